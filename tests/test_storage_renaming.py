from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage.items import item_by_id
from storage.log import find_feed, window
from storage.names import sync_subjects
from storage.types import FeedKey
from tests.builders import NOON, RUBIO, SEOUL, SUBJECTS, TARIFFS, add_item, name_subjects, report, tag

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Subject, SubjectKind

OLD, NEW = FeedKey("actor", "marco-rubio"), FeedKey("actor", "rubio")
RENAMED = [replace(RUBIO, slug="rubio"), *SUBJECTS[1:]]


def _shown(store: Store, key: FeedKey) -> list[tuple[int, str]]:
    with store.read() as conn:
        feed = find_feed(conn, key)
        return [] if feed is None else [(entry.position, entry.item.report.title) for entry in window(conn, feed)]


def _slugs(store: Store, item_id: int) -> list[str]:
    with store.read() as conn:
        return [each.slug for each in item_by_id(conn, item_id).report.tags]


def _sync(store: Store, subjects: list[Subject], moved: list[tuple[SubjectKind, str, str]]) -> None:
    with store.write() as conn:
        sync_subjects(conn, subjects, moved, NOON)


def test_a_renamed_feed_keeps_its_log(store: Store) -> None:
    name_subjects(store)
    ids = [add_item(store, report(name, tags=[tag("actor", "marco-rubio")]), uuid=name).id for name in ("One", "Two")]
    with store.read() as conn:
        before = find_feed(conn, OLD)
    _sync(store, RENAMED, [("actor", "marco-rubio", "rubio")])
    assert _shown(store, NEW) == [(2, "Two"), (1, "One")]
    assert _shown(store, OLD) == []
    assert [_slugs(store, item_id) for item_id in ids] == [["rubio"], ["rubio"]]
    with store.read() as conn:
        after = find_feed(conn, NEW)
    assert before is not None
    assert after is not None
    assert (after.id, after.head) == (before.id, before.head)
    assert after.version > before.version


def test_a_merged_feed_gives_its_items_to_the_other(store: Store) -> None:
    name_subjects(store)
    both = add_item(store, report("Both", tags=[tag("actor", "marco-rubio"), tag("actor", "south-korea")]), uuid="both")
    one = add_item(
        store, report("One", tags=[tag("actor", "marco-rubio"), tag("topic", "trade-tariffs")]), uuid="one"
    ).id
    _sync(store, [SEOUL, TARIFFS], [("actor", "marco-rubio", "south-korea")])
    assert _shown(store, FeedKey("actor", "south-korea")) == [(2, "One"), (1, "Both")]
    assert _shown(store, FeedKey("topic", "trade-tariffs")) == [(1, "One")]
    assert (_slugs(store, both.id), sorted(_slugs(store, one))) == (["south-korea"], ["south-korea", "trade-tariffs"])


def test_nothing_is_carried_twice(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid="one")
    _sync(store, RENAMED, [("actor", "marco-rubio", "rubio")])
    with store.read() as conn:
        once = find_feed(conn, NEW)
    _sync(store, RENAMED, [("actor", "marco-rubio", "rubio")])
    with store.read() as conn:
        assert find_feed(conn, NEW) == once
