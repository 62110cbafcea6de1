"""Archives, cursors and tombstones: window and blocks hold every item, and a cursor tells every move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.history import archive, since, tombstones
from storage.items import retract_item, supersede_item
from storage.log import closed_blocks, find_feed, place_item, take_out, window
from storage.state import tick
from storage.types import LATEST, FeedKey
from tests.builders import add_item, change_item, feeds_for, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Feed, Item

RUBIO = FeedKey("actor", "marco-rubio")


def feed_of(store: Store, key: FeedKey = LATEST) -> Feed:
    with store.read() as conn:
        found = find_feed(conn, key)
    assert found
    return found


def fill(store: Store, number: int) -> list[Item]:
    name_subjects(store)
    return [add_item(store, report(f"Item {n}"), uuid=uuid_of(n)) for n in range(1, number + 1)]


def test_window_and_archives_hold_every_item_once(sqlite_store: Store) -> None:
    made = fill(sqlite_store, 260)
    for item in made[::7]:
        change_item(sqlite_store, item, report(item.report.title + ", corrected"))
    feed = feed_of(sqlite_store)
    with sqlite_store.read() as conn:
        blocks = [archive(conn, feed, block) or () for block in range(1, closed_blocks(feed.head) + 1)]
        shown = [entry.item.guid for entries in (*blocks, window(conn, feed)) for entry in entries]
        assert sorted(shown) == sorted(item.guid for item in made)
        assert archive(conn, feed, 0) is None
        assert archive(conn, feed, closed_blocks(feed.head) + 1) is None
    assert [len(block) for block in blocks] == [85, 86]


def test_a_cursor_tells_every_move_oldest_first(store: Store) -> None:
    name_subjects(store)
    rubio = [tag("actor", "marco-rubio")]
    one, two, three = (add_item(store, report(f"Item {n}", tags=rubio), uuid=uuid_of(n)) for n in (1, 2, 3))
    cursor = feed_of(store, RUBIO).head
    change_item(store, one, report("Item 1, corrected", tags=rubio))
    with store.write() as conn:
        at = tick(conn, later(5))
        place_item(conn, two.id, feeds_for(report("Item 2")), revised=False, at=at)
        retract_item(conn, three.id, "wrong", at)
        take_out(conn, three.id, at)
    feed = feed_of(store, RUBIO)
    with store.read() as conn:
        entries, departures, reached = since(conn, feed, cursor, 100)
        assert [entry.item.report.title for entry in entries] == ["Item 1, corrected"]
        assert [(one.guid, one.kind, one.reason) for one in departures] == [
            (two.guid, "left", ""),
            (three.guid, "gone", "wrong"),
        ]
        assert reached == feed.head
        assert since(conn, feed, feed.head, 100) == ((), (), feed.head)
        assert [one.guid for one in tombstones(conn, feed)] == [three.guid]
        assert [one.guid for one in tombstones(conn, feed, 1)] == [three.guid]
        assert tombstones(conn, feed, 2) == ()


def test_a_long_absence_is_told_in_pages(store: Store) -> None:
    made = fill(store, 7)
    feed, told, position = feed_of(store), [], 0
    with store.read() as conn:
        for _ in range(10):
            entries, _, position = since(conn, feed, position, 3)
            told += [entry.item.guid for entry in entries]
            if position == feed.head:
                break
    assert told == [item.guid for item in made]


def test_a_superseded_brief_s_tombstone_names_its_successor(store: Store) -> None:
    brief, article = fill(store, 2)
    with store.write() as conn:
        at = tick(conn, later(5))
        supersede_item(conn, brief.id, article.id, at)
        take_out(conn, brief.id, at)
    with store.read() as conn:
        [grave] = tombstones(conn, feed_of(store))
    assert (grave.guid, grave.kind, grave.successor, grave.at) == (brief.guid, "gone", article.guid, at)
