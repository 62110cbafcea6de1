"""Answers to polls from memory, before Flask: what Flask said of a path is said again while the store stands still.

It decides nothing by itself. It learns the headers of an answer that Flask gave, and gives them again, with the bytes
that `ReadyBytes` has, as long as a glance at the store shows the same stamp: for a feed its version, else the store's
clock. Whatever it does not know goes to Flask. `make bench-serve` measures what that buys.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from feeds.syndication.formats import FORMATS
from feeds.web.browsers import vary
from feeds.web.conditional import choose_coding, not_modified
from storage.glance import Glances
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from feeds.web.answers import Version
    from feeds.web.conditional import Coding
    from feeds.web.site import Site
    from storage.glance import Stamp

ANSWERED = "dateline.version"  # where a view leaves the `Version` that it answered with, in the WSGI environment
_MOST = 16_384  # answers known at once; one takes about 2 KB
_FEED = re.compile(rf"/(?:latest|(topic|actor)s/([^/\x00]+?))(?:/archive/[0-9]+)?\.(?:{'|'.join(FORMATS)})")
_SECOND_US = 1_000_000
_ABOUT_BODY = {"content-type", "content-length", "content-encoding"}

Headers = list[tuple[str, str]]
Asked = tuple[str, str]  # the path and the query, as the server has them
FeedName = tuple[str, str]  # kind and slug


class Known(NamedTuple):
    """An answer of Flask's: `headers` are those not about the body; not to be given before the time `since`."""

    feed: FeedName
    mark: tuple[str, int]  # of a `Stamp`
    version: Version
    headers: Headers
    since: float


class Fast:
    """WSGI middleware around the application; safe for threads."""

    def __init__(self, inner: WSGIApplication, site: Site) -> None:
        self.inner = inner
        self._glances, self._ready = Glances(site.store), site.ready
        self._known: OrderedDict[Asked, Known] = OrderedDict()  # read without a lock; the one learned first goes first
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or let Flask answer and learn from it."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.inner(environ, start_response)
        asked = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        known = self._known.get(asked)
        feed = _feed(asked[0]) if known is None else known.feed
        # The glance comes before Flask's own look: what is learned is never taken for newer than it is.
        stamp = self._glances.glance(feed)
        if stamp is None:
            return self.inner(environ, start_response)
        if known is not None and known.mark == stamp.mark and known.since <= time.time():
            body = self._answer(known, environ, start_response)
            if body is not None:
                return body
        return self._learn(asked, feed, stamp, environ, start_response)

    def _answer(self, known: Known, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes] | None:
        """Answer; None, and nothing begun, where the bytes are not kept."""
        version = known.version
        match, modified = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
        if match == version.etag or (
            (match or modified) and not_modified(version.etag, version.last_modified, match, modified)
        ):
            start_response("304 NOT MODIFIED", [*known.headers])
            return []
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = self._ready.peek(version.path, version.etag, coding)
        if body is None:
            return None
        headers = [("Content-Type", version.media_type), ("Content-Length", str(len(body))), *known.headers]
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _learn(
        self, asked: Asked, feed: FeedName, stamp: Stamp, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        now = time.time()  # before Flask looks at its clock: what it held back for a second may take longer to write

        def begin(status: str, headers: Headers, *rest: object) -> object:
            version: Version | None = environ.get(ANSWERED)
            if version is not None and _may_keep(version, asked, headers, stamp, now):
                plain = [(name, value) for name, value in headers if name.lower() not in _ABOUT_BODY]
                with self._lock:
                    self._known.pop(asked, None)
                    self._known[asked] = Known(feed, stamp.mark, version, plain, now)
                    if len(self._known) > _MOST:
                        self._known.popitem(last=False)
            return start_response(status, headers, *rest)  # type: ignore[arg-type]

        return self.inner(environ, begin)  # type: ignore[arg-type]


def _feed(path: str) -> FeedName:
    """Which feed's version the answer at a path hangs on; where it is no feed's, one that is not there."""
    match = _FEED.fullmatch(path)
    if match is None:
        return "", ""
    key = LATEST if match[1] is None else FeedKey(match[1], match[2])  # type: ignore[arg-type]
    return key.kind, key.slug if key.slug.isascii() else key.slug.encode("latin-1").decode("utf-8", "replace")


def _may_keep(version: Version, asked: Asked, headers: Headers, stamp: Stamp, now: float) -> bool:
    """Keep what hangs on nothing but the store and the settings, under its canonical address only.

    Pages may show the time. While the last change is younger than a second, Last-Modified may be held back.
    """
    path, _, query = version.path.partition("?")
    told = {name.lower(): value for name, value in headers}
    return (
        (unquote_to_bytes(path).decode("latin-1"), query) == asked
        and told.get("vary") == vary(version.media_type)
        and not version.media_type.startswith("text/html")
        and (version.last_modified is not None or now * _SECOND_US - stamp.clock >= _SECOND_US)
    )


@lru_cache(256)
def _coding(accept_encoding: str) -> Coding:
    return choose_coding(parse_accept_header(accept_encoding, Accept))
