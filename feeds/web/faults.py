"""What went wrong with feeds in this process: logged once, shown by `/healthz` until the feed is well again."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import structlog
from cachetools import LRUCache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.syndication.document import Fault

_MOST = 100  # feeds remembered at once


class Faults:
    """Faults by the path of the feed that has them; safe for threads."""

    def __init__(self) -> None:
        self._found: LRUCache[str, str] = LRUCache(_MOST)
        self._lock = Lock()

    def left_out(self, path: str, faults: Sequence[Fault]) -> None:
        """Note the entries that a feed had to be written without; none of them clears what was noted before."""
        for fault in faults:
            structlog.get_logger(__name__).error("entry left out", feed=path, guid=fault.guid, reason=fault.reason)
        self._note(path, "left out: " + ", ".join(fault.guid for fault in faults) if faults else "")

    def failed(self, path: str, error: Exception) -> None:
        """Note a feed that could not be written at all."""
        structlog.get_logger(__name__).error("feed failed", feed=path, exc_info=error)
        self._note(path, "cannot be written; its last good version is served")

    def _note(self, path: str, words: str) -> None:
        with self._lock:
            if words:
                self._found[path] = words
            else:
                self._found.pop(path, None)

    def shown(self) -> dict[str, str]:
        """What is wrong now, by path."""
        with self._lock:
            return dict(sorted(self._found.items()))
