"""Names, labels and redirects that the writer copies into the store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage.log import find_feed, list_feeds
from storage.names import labels, redirect, subject, subjects_of, sync_subjects
from storage.state import tick
from storage.types import LATEST, FeedKey
from tests.builders import RUBIO, SUBJECTS, TARIFFS, add_item, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.engine import Store
    from storage.names import Redirect
    from storage.types import Subject

KEYS = [LATEST, *(FeedKey(one.kind, one.slug) for one in SUBJECTS)]


def sync(store: Store, subjects: Sequence[Subject], moved: Sequence[Redirect] = ()) -> bool:
    with store.write() as conn:
        return sync_subjects(conn, subjects, moved, tick(conn, later(1)))


def versions(store: Store) -> dict[str, int]:
    with store.read() as conn:
        found = {key: find_feed(conn, key) for key in KEYS}
    return {key.slug or "latest": feed.version for key, feed in found.items() if feed}


def test_every_subject_has_a_feed_from_the_start(store: Store) -> None:
    name_subjects(store)
    assert versions(store) == {
        "latest": 1,
        "marco-rubio": 1,
        "south-korea": 1,
        "trade-tariffs": 1,
        "diplomacy-talks": 1,
    }
    with store.read() as conn:
        assert subject(conn, "actor", "marco-rubio") == RUBIO
        assert subject(conn, "topic", "marco-rubio") is None
        assert [one.label for one in subjects_of(conn, "actor")] == ["Marco Rubio", "South Korea"]
        assert set(labels(conn)) == {(one.kind, one.slug) for one in SUBJECTS}


def test_the_same_names_again_change_nothing(store: Store) -> None:
    name_subjects(store)
    assert sync(store, SUBJECTS) is False
    assert set(versions(store).values()) == {1}


def test_a_new_label_raises_the_feeds_that_show_it_and_no_other(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("One", tags=[tag("actor", "marco-rubio"), tag("topic", "trade-tariffs")]), uuid=uuid_of(1))
    before = versions(store)
    renamed = replace(RUBIO, label="Secretary Rubio")
    assert sync(store, [renamed, *SUBJECTS[1:]]) is True
    after = versions(store)
    risen = {name for name in after if after[name] > before[name]}
    assert risen == {"latest", "marco-rubio", "trade-tariffs"}
    with store.read() as conn:
        assert {feed.label for feed in list_feeds(conn, "actor")} == {"Secretary Rubio", "South Korea"}


def test_a_label_that_goes_or_comes_back_raises_the_feeds_that_show_it(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    seen = [versions(store)]
    for subjects in (SUBJECTS[1:], SUBJECTS):
        sync(store, subjects)
        seen.append(versions(store))
    assert seen[0]["latest"] < seen[1]["latest"] < seen[2]["latest"]
    assert len({each["south-korea"] for each in seen}) == 1


def test_a_new_alias_changes_no_feed(store: Store) -> None:
    name_subjects(store)
    assert sync(store, [replace(RUBIO, names={"en": ("Marco Rubio", "Rubio")}), *SUBJECTS[1:]]) is True
    assert set(versions(store).values()) == {1}


def test_an_actor_that_the_authority_drops_keeps_its_feed(store: Store) -> None:
    name_subjects(store)
    sync(store, [TARIFFS])
    with store.read() as conn:
        assert subjects_of(conn, "actor") == ()
        assert find_feed(conn, FeedKey("actor", "marco-rubio")) is not None


def test_an_old_slug_leads_to_the_new_one(store: Store) -> None:
    assert sync(store, SUBJECTS, [("actor", "rubio", "marco-rubio")]) is True
    assert sync(store, SUBJECTS, [("actor", "rubio", "marco-rubio")]) is False
    with store.read() as conn:
        assert redirect(conn, "actor", "rubio") == "marco-rubio"
        assert redirect(conn, "topic", "rubio") is None


def test_a_merged_actor_s_own_feed_ends(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    assert sync(store, SUBJECTS[1:], [("actor", "marco-rubio", "south-korea")]) is True
    with store.read() as conn:
        assert find_feed(conn, FeedKey("actor", "marco-rubio")) is None
        assert redirect(conn, "actor", "marco-rubio") == "south-korea"
