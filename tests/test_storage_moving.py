"""Moving a batch of items says the same as moving them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.log import find_feed, place_item, window
from storage.moving import move_items
from storage.state import tick
from storage.types import LATEST, FeedKey
from tests.builders import NOON, add_item, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store

RUBIO, SEOUL, TALKS = (
    FeedKey("actor", "marco-rubio"),
    FeedKey("actor", "south-korea"),
    FeedKey("topic", "diplomacy-talks"),
)
WANTED = [{LATEST, SEOUL}, {LATEST, RUBIO, SEOUL}, {LATEST}]


def shown(store: Store) -> dict[str, tuple[int, int, list[tuple[int, int]]]]:
    """Head, size and entries of each feed."""
    found = {}
    with store.read() as conn:
        for key in (LATEST, RUBIO, SEOUL, TALKS):
            feed = find_feed(conn, key)
            assert feed is not None
            entries = [(entry.position, entry.item.id) for entry in window(conn, feed)]
            found[key.slug] = (feed.head, feed.size, entries)
    return found


def versions(store: Store) -> dict[str, int]:
    with store.read() as conn:
        feeds = [find_feed(conn, key) for key in (LATEST, RUBIO, SEOUL, TALKS)]
    return {feed.key.slug: feed.version for feed in feeds if feed}


@pytest.mark.parametrize("batch", [True, False])
def test_a_batch_moves_as_its_items_would_one_by_one(store: Store, batch: bool) -> None:
    name_subjects(store)
    ids = [add_item(store, report(f"{n}", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(n)).id for n in range(3)]
    before = versions(store)
    for wanted in (WANTED, WANTED[::-1]):
        with store.write() as conn:
            at = tick(conn, NOON)
            if batch:
                move_items(conn, dict(zip(ids, wanted, strict=True)), at)
            else:
                for item_id, keys in zip(ids, wanted, strict=True):
                    place_item(conn, item_id, keys, revised=False, at=at)
    one, two, three = ids
    assert shown(store) == {
        "": (3, 3, [(3, three), (2, two), (1, one)]),
        "marco-rubio": (5, 1, [(2, two)]),
        "south-korea": (4, 2, [(4, three), (2, two)]),
        "diplomacy-talks": (0, 0, []),
    }
    after = versions(store)
    assert after["diplomacy-talks"] == before["diplomacy-talks"]
    if batch:
        assert after[""] == before[""] + 2, "once a batch"


def test_a_feed_that_is_not_there_is_an_error(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(), uuid=uuid_of(1))
    with pytest.raises(KeyError, match="no feed actor nobody"), store.write() as conn:
        move_items(conn, {item.id: {FeedKey("actor", "nobody")}}, tick(conn, NOON))
