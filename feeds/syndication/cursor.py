"""Cursors: opaque marks of a place in one feed of one life of a store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.errors import BadRequest, Gone
from feeds.sentences import Sentence
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


def write_page(store_id: str, position: int) -> str:
    """Mark a page of a selection by the place in `latest` of the last item before it."""
    return f"{digest(store_id, 'page')[:12]}-{position}"


def read_page(text: str, store_id: str, latest: Feed) -> int:
    """Find the place that a page of a selection begins below.

    Raises:
        BadRequest: it is no mark of a page.
        Gone: it is of another server, or of a store that was restored from a backup since.

    """
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise BadRequest(Sentence("page= takes what the link to the next page of this selection says."))
    if found[1] != digest(store_id, "page")[:12] or int(found[2]) > latest.head:
        raise Gone(Sentence("This page is of an earlier life of this store: begin again without page=."))
    return int(found[2])


def _life(store_id: str, feed: Feed) -> str:
    return digest(store_id, feed.key.kind, feed.key.slug)[:12]
