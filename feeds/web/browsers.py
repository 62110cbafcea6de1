"""A feed that somebody opens in a browser: the same bytes, under the label with which browsers heed its stylesheet.

Chromium shows `application/rss+xml` and `application/atom+xml` as plain text, and `application/xml` by its stylesheet;
docs/pages.md tells what is known of others. Who navigates to an address says so in Sec-Fetch-Dest (W3C Fetch
Metadata), which no script of a page can set. Who does not say it gets the registered type. Accept decides nothing:
readers send `text/html` in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.syndication.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_SHOWN = {FORMATS[name].media_type: "application/xml; charset=utf-8" for name in ("rss", "atom")}
VARY = "Accept-Encoding"
VARY_SHOWN = f"{VARY}, Sec-Fetch-Dest"


def vary(media_type: str) -> str:
    """Which request headers an answer of this type hangs on (RFC 9110 section 12.5.5)."""
    return VARY_SHOWN if media_type in _SHOWN else VARY


class ForPeople:
    """WSGI middleware around everything else: it changes a header's value and never a byte of the body."""

    def __init__(self, inner: WSGIApplication) -> None:
        self.inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, but for the label."""
        if environ.get("HTTP_SEC_FETCH_DEST") != "document":
            return self.inner(environ, start_response)

        def begin(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            shown = [(name, _label(name, value)) for name, value in headers]
            return start_response(status, shown, *rest)  # type: ignore[arg-type]

        return self.inner(environ, begin)  # type: ignore[arg-type]


def _label(name: str, value: str) -> str:
    return _SHOWN.get(value, value) if name.lower() == "content-type" else value
