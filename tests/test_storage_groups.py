"""Groups with permanent ids, and what items are compared by, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.groups import (
    actor_types,
    assign,
    candidates,
    count_terms,
    forget_sketch,
    group_of,
    groups_of,
    members,
    other_reports,
    put_sketch,
    read_sketches,
    term_counts_of,
)
from storage.items import retract_item
from tests.builders import NOON, add_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store


@pytest.fixture
def ids(store: Store) -> list[int]:
    """The ids of five items."""
    name_subjects(store)
    return [add_item(store, report(f"Item {number}"), uuid=uuid_of(number)).id for number in range(5)]


def test_a_group_is_named_after_its_oldest_item(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        assert assign(conn, [ids[2], ids[1]], []) == uuid_of(1)
        assert assign(conn, [ids[0]], [uuid_of(1)]) == uuid_of(1)
        assert members(conn, uuid_of(1)) == (ids[0], ids[1], ids[2])
        assert group_of(conn, ids[3]) is None
        assert groups_of(conn, ids) == dict.fromkeys(ids[:3], uuid_of(1))


def test_an_item_lists_the_other_reports_that_are_still_there(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        assert other_reports(conn, ids[0]) == ()
        assign(conn, ids[:3], [])
        retract_item(conn, ids[1], "wrong", NOON)
        assert [item.id for item in other_reports(conn, ids[0])] == [ids[2]]


def test_a_merge_keeps_the_older_id_and_the_other_leads_to_it(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        assign(conn, [ids[2], ids[3]], [])
        assign(conn, [ids[0], ids[1]], [])
        assert assign(conn, [ids[4]], [uuid_of(2), uuid_of(0)]) == uuid_of(0)
        assert members(conn, uuid_of(0)) == tuple(ids)
        assert members(conn, uuid_of(2)) == tuple(ids)
        assert members(conn, uuid_of(99)) == ()


def test_sketches_are_found_by_key_and_day(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        for day, item_id in enumerate(ids):
            assert put_sketch(conn, item_id, "en", bytes([day]), day=day, keys=[7, 100 + day])
        assert not put_sketch(conn, ids[0], "ko", b"new", day=3, keys=[7, 8, 8])
        assert candidates(conn, [7], (1, 2), each=10, most=10) == [ids[2], ids[1]]
        assert candidates(conn, [7, 8], None, each=10, most=2) == [ids[0], ids[4]]
        assert candidates(conn, [7], None, each=1, most=9) == [ids[4]]
        assert read_sketches(conn, ids[:2]) == {ids[0]: ("ko", b"new"), ids[1]: ("en", b"\x01")}
        forget_sketch(conn, ids[4])
        assert candidates(conn, [104], None, each=10, most=9) == []


def test_terms_are_counted_by_kind(store: Store) -> None:
    with store.write() as conn:
        count_terms(conn, "en", [1, 2, 2])
        count_terms(conn, "en", [2])
        count_terms(conn, "ko", [3])
        assert term_counts_of(conn, "en", [1, 2, 3]) == (2, {1: 1, 2: 2})
        assert term_counts_of(conn, "ja", [1]) == (0, {})
        assert term_counts_of(conn, "en", range(12_000))[1] == {1: 1, 2: 2}


def test_types_of_actors_are_read_from_the_store(store: Store) -> None:
    name_subjects(store)
    with store.read() as conn:
        assert actor_types(conn, ["marco-rubio", "south-korea", "nobody"]) == {
            "marco-rubio": "person",
            "south-korea": "country",
        }
