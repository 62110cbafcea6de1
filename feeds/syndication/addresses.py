"""Where things live: the paths of feeds and items, and the one gate that a foreign URL passes before it is shown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID, uuid5

from feeds.text import clean

if TYPE_CHECKING:
    from storage.types import FeedKey

_SOURCES = UUID("0b1d9a52-6c3e-5f0b-8f4a-2d7e5a90c1b4")
_LISTS = {"topic": "topics", "actor": "actors"}
# RFC 3986 section 2: what may stand in a path, and in a query or fragment; brackets are legal in neither.
_IN_PATH = "/:@!$&'()*+,;=~%"
_IN_QUERY = _IN_PATH + "?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")


def list_path(kind: str) -> str:
    """The path of the list of all topics or all actors: `/topics`, `/actors`."""
    return f"/{_LISTS[kind]}"


def feed_path(key: FeedKey) -> str:
    """The path of a feed without a suffix, non-ASCII slugs percent-encoded once; that of a selection has parameters."""
    if key.kind == "select":
        return key.slug
    return "/latest" if key.kind == "latest" else f"{list_path(key.kind)}/{quote(key.slug, safe='')}"


def archive_path(key: FeedKey, block: int) -> str:
    """The path of a closed block of a feed's log, without a suffix."""
    return f"{feed_path(key)}/archive/{block}"


def with_suffix(address: str, suffix: str) -> str:
    """Put a format's suffix onto a path or URL, before its query."""
    path, mark, query = address.partition("?")
    return f"{path}.{suffix}{mark}{query}"


@lru_cache(4_096)
def source_id(name: str) -> str:
    """The permanent id by which entries name the publisher that their text is from."""
    return f"urn:uuid:{uuid5(_SOURCES, name)}"


def item_path(uuid: str) -> str:
    """The path of an item's page; `uuid` is the bare UUID of its guid."""
    return f"/items/{quote(uuid, safe='')}"


@lru_cache(4_096)
def http_url(text: str) -> str | None:
    """Return the URL in ASCII, percent-encoded once, or None if a feed must not show it.

    Shown are only absolute http and https URLs (FreshRSS#8912) with a host that can be written in ASCII (IDNA), a
    valid port and no user name or password. No length is refused.
    """
    text = clean(text).strip()
    try:
        parts = urlsplit(text)
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # UnicodeError, from IDNA, is one too
        return None
    if parts.scheme not in {"http", "https"} or host is None or "@" in parts.netloc or port == 0:
        return None
    place = host if port is None else f"{host}:{port}"
    path, query, fragment = (
        quote(_STRAY_PERCENT.sub("%25", part), safe=safe)
        for part, safe in ((parts.path, _IN_PATH), (parts.query, _IN_QUERY), (parts.fragment, _IN_QUERY))
    )
    return urlunsplit((parts.scheme, place, path, query, fragment))


def _ascii_host(host: str) -> str | None:
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = host.encode("idna").decode("ascii")
    return host if _HOST.fullmatch(host) else None
