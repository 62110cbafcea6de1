"""Which answer a poller gets: 304 or 200, and in which content coding; pure functions of header values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from werkzeug.http import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from werkzeug.datastructures import Accept

Coding = Literal["identity", "gzip", "br"]

# One member of If-None-Match (RFC 9110 section 8.8.3); a bare word is what careless clients send.
_MEMBER = re.compile(r'(?:[Ww]/)?(?:"([^"]*)"|([^\s",]+))')
# What servers and proxies append when they compress: Apache `-gzip`, Jetty `--gzip`, some CDNs `;gzip` and `:gzip`.
_SUFFIX = re.compile(r"(?:--?|[;:])(?:gzip|br|deflate|zstd)$")


def not_modified(
    etag: str, last_modified: datetime | None, if_none_match: str | None, if_modified_since: str | None
) -> bool:
    """Tell whether the client already holds what we would send (RFC 9110 section 13.2.2).

    If-None-Match alone decides where it is sent at all, even empty or garbled; If-Modified-Since counts only without
    it, and only where we vouch for a Last-Modified.
    """
    if if_none_match is not None:
        return matches(etag, if_none_match)
    since = parse_date(if_modified_since)
    if since is None or last_modified is None:
        return False
    return last_modified.replace(microsecond=0) <= since


def matches(etag: str, if_none_match: str) -> bool:
    """Compare weakly (RFC 9110 section 8.8.3.2) with each tag of the list; a coding's suffix does not count."""
    if if_none_match == etag or if_none_match.strip() == "*":
        return True
    wanted = _opaque(etag)
    return any(_SUFFIX.sub("", tag) == wanted for tag in _members(if_none_match))


def _members(header: str) -> Iterator[str]:
    for match in _MEMBER.finditer(header):
        yield match[1] if match[1] is not None else match[2]


def _opaque(etag: str) -> str:
    return etag.removeprefix("W/").strip('"')


def choose_coding(accept: Accept) -> Coding:
    """Pick the coding the client likes best; at a tie the smaller one; what it never named is not forced on it."""
    choice: Coding = "identity"
    best = accept.quality("identity") if any(name == "identity" for name, _ in accept) else 0.0
    for coding in ("gzip", "br"):
        quality = accept.quality(coding)
        if quality > 0 and quality >= best:
            choice, best = coding, quality
    return choice
