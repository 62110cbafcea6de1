"""Reports of one event find each other in the store."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feeds.ingest.grouping import regroup
from storage.groups import group_of, members, term_counts_of
from storage.types import UNDATED
from tests.builders import add_item, change_item, uuid_of
from tests.event_reports import KEPT_BACK, TUNED, agreement, grouped, labelled, name_shipped_subjects

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Report


def of(event: str) -> list[Report]:
    return [one.report for one in labelled(*TUNED) if one.event == event]


@pytest.mark.parametrize("files", [TUNED, KEPT_BACK])
def test_the_groups_agree_with_the_labels(sqlite_store: Store, files: tuple[str, ...]) -> None:
    name_shipped_subjects(sqlite_store)
    reports = list(labelled(*files))
    random.Random(1).shuffle(reports)
    found = agreement([one.event for one in reports], grouped(sqlite_store, [one.report for one in reports]))
    assert found.precision >= 0.85
    assert found.recall >= 0.85


def test_the_same_on_both_engines(store: Store) -> None:
    name_shipped_subjects(store)
    groups = grouped(store, [*of("xi-lee-2025"), *of("alone-floods")])
    assert groups == [uuid_of(0)] * 3 + [None]


def test_a_revision_stays_in_its_group_and_counts_its_words_once(sqlite_store: Store) -> None:
    name_shipped_subjects(sqlite_store)
    one, other = of("copy-harvest")
    grouped(sqlite_store, [one])
    second = add_item(sqlite_store, other, uuid=uuid_of(7))
    with sqlite_store.write() as conn:
        assert regroup(conn, second.id) == uuid_of(0)
    changed = replace(other, title="Corrected", body="All of this was wrong.", tags=())
    change_item(sqlite_store, second, changed)
    with sqlite_store.write() as conn:
        regroup(conn, second.id)
        assert group_of(conn, second.id) == uuid_of(0)
        assert len(members(conn, uuid_of(0))) == 2
        assert term_counts_of(conn, "en", [])[0] == 2


def test_copies_are_linked_without_tags_and_dates(sqlite_store: Store) -> None:
    name_shipped_subjects(sqlite_store)
    bare = [replace(one, tags=(), published=UNDATED) for one in of("copy-harvest")]
    assert grouped(sqlite_store, bare) == [uuid_of(0), uuid_of(0)]
