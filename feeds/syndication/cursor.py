"""Cursors: opaque marks of a place in one feed of one life of a store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.errors import BadRequest, Gone
from feeds.text import digest

if TYPE_CHECKING:
    from storage.types import Feed

START = "start"  # before the first item
_CURSOR = re.compile(r"([0-9a-f]{12})-([0-9]{1,12})")


def write_cursor(store_id: str, feed: Feed, position: int) -> str:
    """Mark a position: `9f86d081884c-120`. The first part ties it to the feed and to this life of the store."""
    return f"{_life(store_id, feed)}-{position}"


def read_cursor(text: str, store_id: str, feed: Feed) -> int:
    """Find the position that a cursor marks.

    Raises:
        BadRequest: it is no cursor.
        Gone: it belongs to another feed or server, or to a store that was restored from a backup since.

    """
    if text == START:
        return 0
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise BadRequest("since= takes a cursor from `_dateline.cursor` of this feed, or `start`.")
    if found[1] != _life(store_id, feed) or int(found[2]) > feed.head:
        raise Gone("This cursor is of another feed or of an earlier life of this store: begin again with since=start.")
    return int(found[2])


def _life(store_id: str, feed: Feed) -> str:
    return digest(store_id, feed.key.kind, feed.key.slug)[:12]
