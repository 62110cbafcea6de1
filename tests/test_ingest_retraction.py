"""Retracting: out of every feed, back by no file, and erased for good where that is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from feeds.errors import DatelineError
from feeds.ingest.put import Putting
from feeds.ingest.retraction import restore, retract
from storage import schema
from storage.items import item_by_id
from storage.log import find_feed
from storage.types import LATEST, FeedKey
from tests.builders import NOON, name_subjects, report, tag

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Item, Report

BODY = "One came. Two saw. Three won. Four left."
TALKS = report("Secret talks", body=BODY, url="https://news.example.org/a", tags=[tag("actor", "marco-rubio")])


def put(store: Store, seed: bytes, one: Report) -> Item:
    with store.write() as conn:
        outcome = Putting(conn, seed, (seed + one.body.encode()).hex()[:64], NOON, {}).put([one])
        return item_by_id(conn, outcome.item_id)


def size(store: Store, key: FeedKey = LATEST) -> int:
    with store.read() as conn:
        feed = find_feed(conn, key)
    assert feed
    return feed.size


def test_no_file_brings_a_retracted_item_back(store: Store) -> None:
    name_subjects(store)
    item = put(store, b"a", TALKS)
    with store.write() as conn:
        retract(conn, item.guid, "wrong", NOON)
    assert (size(store), size(store, FeedKey("actor", "marco-rubio"))) == (0, 0)
    put(store, b"a", replace(TALKS, body=BODY + " More."))
    put(store, b"b", TALKS)
    assert size(store) == 0
    with store.write() as conn:
        restore(conn, item.uuid, NOON, {})
    assert (size(store), size(store, FeedKey("actor", "marco-rubio"))) == (1, 1)


def test_a_restored_item_is_newer_than_the_word_that_it_was_gone(store: Store) -> None:
    """RFC 6721 section 2: a deleted-entry counts for every entry of that id that was updated before it."""
    name_subjects(store)
    item = put(store, b"a", TALKS)
    with store.write() as conn:
        retract(conn, item.guid, "wrong", NOON)
        gone_at = item_by_id(conn, item.id).gone_at
        restore(conn, item.guid, NOON, {})
        updated = item_by_id(conn, item.id).updated
    assert gone_at is not None
    assert item.updated < gone_at < updated


def test_a_correction_that_came_meanwhile_is_shown_once_the_item_is_restored(store: Store) -> None:
    name_subjects(store)
    item = put(store, b"a", TALKS)
    with store.write() as conn:
        retract(conn, item.guid, "wrong", NOON)
    put(store, b"a", report("Open talks", body=BODY + " More.", url=TALKS.url, tags=[tag("actor", "south-korea")]))
    put(store, b"b", TALKS)
    with store.read() as conn:
        assert item_by_id(conn, item.id).gone_at is not None
    assert size(store, FeedKey("actor", "south-korea")) == 0
    with store.write() as conn:
        restore(conn, item.uuid, NOON, {})
        shown = item_by_id(conn, item.id)
    assert (shown.report.title, shown.report.body, shown.revision) == ("Open talks", BODY + " More.", 2)
    assert [size(store, FeedKey("actor", slug)) for slug in ("marco-rubio", "south-korea")] == [0, 1]


def test_what_comes_after_a_purge_is_not_kept(store: Store) -> None:
    name_subjects(store)
    item = put(store, b"a", TALKS)
    with store.write() as conn:
        retract(conn, item.guid, "wrong", NOON, purge=True)
    put(store, b"a", report("Open talks", body=BODY + " More.", url=TALKS.url))
    with store.read() as conn:
        assert item_by_id(conn, item.id).report.body == ""


def test_another_article_under_the_name_of_a_retracted_one_is_new(store: Store) -> None:
    name_subjects(store)
    item = put(store, b"a", TALKS)
    with store.write() as conn:
        retract(conn, item.guid, "", NOON)
    put(store, b"a", report("Something else", body="Nothing alike."))
    assert size(store) == 1


def test_a_purge_erases_every_word_and_cannot_be_undone(store: Store) -> None:
    name_subjects(store)
    item = put(store, b"a", TALKS)
    put(store, b"a", report("Secret talks", body=BODY + " More.", url=TALKS.url, tags=TALKS.tags))
    with store.write() as conn:
        retract(conn, item.guid, "", NOON, purge=True)
        for table in schema.metadata.sorted_tables:
            rows = [str(tuple(row)) for row in conn.execute(select(table))]
            assert not [row for row in rows if "Secret" in row or "Three won" in row or "news.example.org" in row]
    with pytest.raises(DatelineError, match="was purged"), store.write() as conn:
        restore(conn, item.guid, NOON, {})
    put(store, b"a", TALKS)
    put(store, b"b", TALKS)
    assert size(store) == 0


def test_what_cannot_be_done_is_a_plain_sentence(store: Store) -> None:
    name_subjects(store)
    item = put(store, b"a", TALKS)
    with pytest.raises(DatelineError, match="there is no item"), store.write() as conn:
        retract(conn, "nonsense", "", NOON)
    with pytest.raises(DatelineError, match="was not retracted"), store.write() as conn:
        restore(conn, item.guid, NOON, {})
    with store.write() as conn:
        retract(conn, item.guid, "", NOON)
    with pytest.raises(DatelineError, match="is gone already"), store.write() as conn:
        retract(conn, item.guid, "", NOON)
