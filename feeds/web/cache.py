"""Ready bytes: each version of a page or feed is rendered once and compressed once, and kept while there is room."""

from __future__ import annotations

import gzip
from threading import Condition, RLock
from typing import TYPE_CHECKING

import brotli
from cachetools import LRUCache, cached

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.web.conditional import Coding

_PATHS = 4096  # whose newest version is known
_ROOM = 64 * 1024 * 1024  # bytes; a feed of fifty entries with its two compressed forms takes about 0.1 MB
# On our feeds brotli 6 takes as long as gzip and is an eighth smaller; brotli 9 takes ten times as long for 2 % more.
_BROTLI_QUALITY, _GZIP_LEVEL = 6, 6


class ReadyBytes:
    """A bounded memory of rendered bytes, by canonical path, ETag and coding.

    Threads that miss the same key at once wait for the first one to render it. Whoever renders must give bytes that
    its ETag stands for, so that what is kept never goes stale.
    """

    def __init__(self, room: int = _ROOM) -> None:
        """Keep at most `room` bytes."""
        self._kept: LRUCache[tuple[str, str, str], bytes] = LRUCache(room, getsizeof=len)
        self._lock = RLock()
        self._turn = Condition(self._lock)
        self._last: LRUCache[str, str] = LRUCache(_PATHS)  # the ETag of the newest version of each path
        self._get = cached(self._kept, key=lambda key, _make: key, condition=self._turn)(_call)

    def get(self, path: str, etag: str, coding: Coding, render: Callable[[], bytes]) -> bytes:
        """Give the bytes in the coding asked for; `render` is called only when the plain ones are not kept."""
        plain = (path, etag, "identity")
        if coding == "identity":
            data = self._get(plain, render)
        else:
            data = self._get((path, etag, coding), lambda: compress(self._get(plain, render), coding))
        with self._turn:
            self._last[path] = etag
        return data

    def last_good(self, path: str) -> tuple[str, bytes] | None:
        """Give the newest version of a path that was ever made here, with its ETag, if its bytes are still kept."""
        with self._turn:
            etag = self._last.get(path, "")
            data = self._kept.get((path, etag, "identity"))
        return None if data is None else (etag, data)

    def peek(self, path: str, etag: str, coding: Coding) -> bytes | None:
        """Give the bytes if they are kept, without making or waiting for any."""
        try:
            with self._lock:
                return self._kept[path, etag, coding]
        except KeyError:
            return None


def _call(_key: tuple[str, str, str], make: Callable[[], bytes]) -> bytes:
    return make()


def compress(data: bytes, coding: Coding) -> bytes:
    """Compress to the same bytes on every worker: no time in the gzip header."""
    if coding == "br":
        return bytes(brotli.compress(data, quality=_BROTLI_QUALITY))
    return gzip.compress(data, compresslevel=_GZIP_LEVEL, mtime=0)
