"""Retagging: items move only where they enter or leave, and doing it again does nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feeds.authority import Actor, subjects
from feeds.ingest.put import feeds_for
from feeds.ingest.retag import Retagged, retag
from feeds.tagging import Story
from feeds.tagging.tag import Tagger
from storage.items import item_by_id, retract_item
from storage.log import feeds_of, find_feed, place_item, window
from storage.names import sync_subjects
from storage.state import tick
from storage.types import LATEST, FeedKey
from tests.authorities import shipped, tagger
from tests.builders import NOON, add_item, report, uuid_of

if TYPE_CHECKING:
    from feeds.authority import Authority
    from storage.engine import Store
    from storage.types import Item, Report

FENWICK = Actor("orla-fenwick", "person", "Orla Fenwick", {"en": ("Orla Fenwick",)})
TEXTS = ("Mayor Orla Fenwick went to France.", "Nothing happened in Japan.", "Orla Fenwick left Japan.")


def wider() -> Authority:
    """The shipped authority and one actor more."""
    known = shipped()
    return replace(known, actors={**known.actors, FENWICK.slug: FENWICK})


def tagged(title: str, body: str, topics: tuple[str, ...] = (), actors: tuple[str, ...] = ()) -> Report:
    tags = tagger().tag(Story(title, "", body, "en", topics=topics, actors=actors))
    return report(title, summary="", body=body, tags=tags)


@pytest.fixture
def items(store: Store) -> list[Item]:
    """Three items tagged by the shipped authority, in their feeds."""
    name(store, shipped())
    return [add_item(store, tagged(f"Item {n}", body), uuid=uuid_of(n)) for n, body in enumerate(TEXTS)]


def name(store: Store, authority: Authority) -> None:
    with store.write() as conn:
        sync_subjects(conn, subjects(authority), authority.redirects, tick(conn, datetime.now(UTC)))


def run(store: Store, authority: Authority) -> Retagged:
    name(store, authority)
    return retag(store, Tagger(authority), {}, lambda _: None)


def versions(store: Store) -> dict[str, tuple[int, int]]:
    """Head and version of the feeds looked at."""
    keys = [LATEST, *(FeedKey("actor", slug) for slug in ("france", "japan", "orla-fenwick", "china"))]
    with store.read() as conn:
        found = [find_feed(conn, key) for key in keys]
    return {feed.key.slug: (feed.head, feed.version) for feed in found if feed}


def test_items_enter_the_feed_of_a_new_actor_and_move_nowhere_else(store: Store, items: list[Item]) -> None:
    name(store, wider())
    before = versions(store)
    assert run(store, wider()) == Retagged(seen=3, changed=2)
    after = versions(store)
    assert after["orla-fenwick"][0] == before["orla-fenwick"][0] + 2
    for slug in ("", "france", "japan"):
        assert after[slug][0] == before[slug][0], "no item moves where it stays"
    assert after["france"][1] > before["france"][1], "its entry shows a new tag"
    assert after["china"] == before["china"]
    with store.read() as conn:
        feed = find_feed(conn, FeedKey("actor", "orla-fenwick"))
        assert feed is not None
        assert [entry.item.id for entry in window(conn, feed)] == [items[2].id, items[0].id]
        assert item_by_id(conn, items[0].id).revision == 1
        assert item_by_id(conn, items[0].id).updated == items[0].updated


def test_again_changes_nothing_and_back_takes_the_items_out(store: Store, items: list[Item]) -> None:
    run(store, wider())
    done = versions(store)
    assert run(store, wider()) == Retagged(seen=3, changed=0)
    assert versions(store) == done
    assert run(store, shipped()) == Retagged(seen=3, changed=2)
    with store.read() as conn:
        assert FeedKey("actor", "orla-fenwick") not in {feed.key for feed in feeds_of(conn, items[0].id)}


def test_what_a_seed_declares_stays_declared(store: Store) -> None:
    name(store, shipped())
    one = add_item(store, tagged("Item", "Nothing at all.", actors=("China",), topics=("Sport",)), uuid=uuid_of(1))
    assert run(store, wider()) == Retagged(seen=1, changed=0)
    with store.read() as conn:
        assert item_by_id(conn, one.id).report.tags == one.report.tags


def test_an_item_that_was_withdrawn_enters_no_feed(store: Store, items: list[Item]) -> None:
    with store.write() as conn:
        at = tick(conn, NOON)
        retract_item(conn, items[0].id, "wrong", at)
        place_item(conn, items[0].id, (), revised=False, at=at)
    run(store, wider())
    with store.read() as conn:
        assert feeds_of(conn, items[0].id) == ()
        assert "orla-fenwick" in {tag.slug for tag in item_by_id(conn, items[0].id).report.tags}


def test_a_run_that_is_broken_off_goes_on_where_it_was(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.ingest.retag._BATCH", 2)
    name(sqlite_store, wider())
    for n, body in enumerate(TEXTS):
        add_item(sqlite_store, tagged(f"Item {n}", body), uuid=uuid_of(n))

    def broken(done: int) -> None:
        raise KeyboardInterrupt(done)

    with pytest.raises(KeyboardInterrupt, match="2"):
        retag(sqlite_store, Tagger(wider()), {}, broken)
    assert run(sqlite_store, wider()) == Retagged(seen=3, changed=1)


def test_items_of_a_child_topic_stay_in_the_feed_of_its_parent(sqlite_store: Store) -> None:
    name(sqlite_store, shipped())
    parents = {topic.slug: topic.parent for topic in shipped().topics.values() if topic.parent}
    one = tagged(
        "Orla Fenwick on tariffs", "Orla Fenwick spoke of tariffs. The tariff on steel and the tariffs on cars."
    )
    item = add_item(sqlite_store, one, uuid=uuid_of(1))
    with sqlite_store.write() as conn:
        place_item(conn, item.id, feeds_for(one.tags, parents), revised=False, at=tick(conn, NOON))
    name(sqlite_store, wider())
    retag(sqlite_store, Tagger(wider()), parents, lambda _: None)
    with sqlite_store.read() as conn:
        shown = {feed.key.slug for feed in feeds_of(conn, item.id)}
    assert {"orla-fenwick", "trade-tariffs", parents["trade-tariffs"]} <= shown
