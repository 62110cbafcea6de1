"""The compacted log: positions, versions, windows and departures, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.items import item_by_id, replace_tags, revisions_of
from storage.log import closed_blocks, feeds_of, find_feed, list_feeds, place_item, window
from storage.state import tick
from storage.types import LATEST, FeedKey
from tests.builders import add_item, change_item, feeds_for, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Feed, Item

RUBIO = FeedKey("actor", "marco-rubio")
TARIFFS = FeedKey("topic", "trade-tariffs")


def feed(store: Store, key: FeedKey = LATEST) -> Feed:
    with store.read() as conn:
        found = find_feed(conn, key)
    assert found is not None
    return found


def titles(store: Store, key: FeedKey = LATEST, limit: int | None = None) -> list[tuple[int, str]]:
    with store.read() as conn:
        found = find_feed(conn, key)
        assert found is not None
        return [(entry.position, entry.item.report.title) for entry in window(conn, found, limit)]


def test_a_known_feed_is_empty_before_its_first_item(store: Store) -> None:
    name_subjects(store)
    assert feed(store, RUBIO).version == 1
    assert titles(store, RUBIO) == []
    with store.read() as conn:
        assert find_feed(conn, FeedKey("actor", "nobody")) is None


def test_an_item_takes_the_next_position_in_each_of_its_feeds_and_no_other(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    before = feed(store, RUBIO)
    add_item(store, report("Two", tags=[tag("topic", "trade-tariffs")]), uuid=uuid_of(2))
    assert titles(store) == [(2, "Two"), (1, "One")]
    assert titles(store, TARIFFS) == [(1, "Two")]
    assert feed(store, RUBIO) == before, "a change in one feed must not touch another"


def test_a_revision_comes_up_again_under_the_same_guid(store: Store) -> None:
    name_subjects(store)
    first = add_item(store, report("One"), uuid=uuid_of(1))
    add_item(store, report("Two"), uuid=uuid_of(2))
    revised = change_item(store, first, report("One, corrected"))
    assert titles(store) == [(3, "One, corrected"), (2, "Two")]
    assert (revised.guid, revised.revision, revised.first_seen) == (first.guid, 2, first.first_seen)
    assert revised.updated > first.updated
    assert feed(store).size == 2
    with store.read() as conn:
        assert [old.title for old in revisions_of(conn, first.id)] == ["One"]


def retag(store: Store, item: Item, *slugs: str) -> None:
    with store.write() as conn:
        at = tick(conn, later(9))
        replace_tags(conn, item.id, [tag("actor", slug) for slug in slugs])
        place_item(conn, item.id, feeds_for(item_by_id(conn, item.id).report), revised=False, at=at)


def test_a_retag_moves_an_item_only_where_it_enters_or_leaves(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    latest, seoul, rubio = (feed(store, key) for key in (LATEST, FeedKey("actor", "south-korea"), RUBIO))
    retag(store, item, "south-korea")
    assert titles(store, RUBIO) == []
    assert titles(store, FeedKey("actor", "south-korea")) == [(1, "One")]
    after = feed(store, RUBIO)
    assert (after.head, after.size, after.version) == (rubio.head + 1, 0, rubio.version + 1)
    assert feed(store, FeedKey("actor", "south-korea")).version == seoul.version + 1
    assert (feed(store).head, feed(store).version) == (latest.head, latest.version + 1)


def test_an_item_that_left_can_come_back(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    retag(store, item)
    retag(store, item, "marco-rubio")
    assert titles(store, RUBIO) == [(3, "One")]
    assert feed(store, RUBIO).size == 1


@pytest.mark.parametrize(
    ("head", "closed"), [(0, 0), (1, 0), (100, 0), (149, 0), (150, 1), (249, 1), (250, 2), (1050, 10)]
)
def test_a_block_closes_once_fifty_positions_follow_it(head: int, closed: int) -> None:
    assert closed_blocks(head) == closed


@pytest.mark.parametrize(("number", "shown"), [(49, 49), (149, 149), (150, 50), (151, 51)])
def test_a_window_holds_what_no_closed_block_holds(sqlite_store: Store, number: int, shown: int) -> None:
    name_subjects(sqlite_store)
    for index in range(1, number + 1):
        add_item(sqlite_store, report(f"Item {index}"), uuid=uuid_of(index))
    found = titles(sqlite_store)
    assert len(found) == shown
    assert found[0] == (number, f"Item {number}")
    assert titles(sqlite_store, limit=3) == found[:3]


def test_departures_do_not_empty_a_window(sqlite_store: Store) -> None:
    """After 40 departures the open block alone would show 10 entries; older ones fill up to fifty."""
    name_subjects(sqlite_store)
    rubio = [tag("actor", "marco-rubio")]
    made = [add_item(sqlite_store, report(f"Item {n}", tags=rubio), uuid=uuid_of(n)) for n in range(1, 161)]
    for item in made[-40:]:
        retag(sqlite_store, item)
    assert len(titles(sqlite_store, RUBIO)) == 50


def test_feeds_are_listed_by_label_and_an_item_knows_its_feeds(store: Store) -> None:
    name_subjects(store)
    both = [tag("actor", "south-korea"), tag("topic", "trade-tariffs")]
    item = add_item(store, report("One", tags=both), uuid=uuid_of(1))
    with store.read() as conn:
        assert [(one.label, one.size) for one in list_feeds(conn, "actor")] == [("Marco Rubio", 0), ("South Korea", 1)]
        assert [one.key.slug for one in feeds_of(conn, item.id)] == ["", "trade-tariffs", "south-korea"]


def test_a_feed_that_does_not_exist_is_an_error(store: Store) -> None:
    name_subjects(store)
    with pytest.raises(KeyError, match="no feed actor nobody"):
        add_item(store, report("One", tags=[tag("actor", "nobody")]), uuid=uuid_of(1))
    assert titles(store) == [], "the transaction is undone whole"
