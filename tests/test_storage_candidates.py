"""Candidates: counted once an item, examples kept, rejection remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.candidates import (
    Candidate,
    find_candidate,
    forget_candidate,
    forget_quotations,
    judge_candidate,
    list_candidates,
    note_candidate,
)
from tests.builders import add_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store


def seen(name: str = "Orla Fenwick", title: str = "Mayor", sentence: str = "She left.") -> Candidate:
    return Candidate(name, "en", "person", (title,), 1, (sentence,), "waiting")


@pytest.fixture
def ids(store: Store) -> list[int]:
    """The ids of seven items."""
    name_subjects(store)
    return [add_item(store, report(f"Item {number}"), uuid=uuid_of(number)).id for number in range(7)]


def test_an_item_counts_once_and_titles_and_sentences_gather(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        note_candidate(conn, ids[0], seen())
        note_candidate(conn, ids[0], seen())
        note_candidate(conn, ids[1], seen(title="Senator", sentence="She came."))
        assert find_candidate(conn, "Orla Fenwick") == Candidate(
            "Orla Fenwick", "en", "person", ("Mayor", "Senator"), 2, ("She left.", "She came."), "waiting"
        )


def test_five_sentences_are_kept_of_any_number(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        for item_id in ids:
            note_candidate(conn, item_id, seen(sentence=f"Sentence {item_id}."))
        found = find_candidate(conn, "Orla Fenwick")
    assert found is not None
    assert found.number == 7
    assert found.sentences == tuple(f"Sentence {item_id}." for item_id in ids[:5])


def test_most_named_first(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        note_candidate(conn, ids[0], seen("Abe Zoe"))
        for item_id in ids[:2]:
            note_candidate(conn, item_id, seen())
        assert [one.name for one in list_candidates(conn, "waiting", 10)] == ["Orla Fenwick", "Abe Zoe"]
        assert len(list_candidates(conn, "waiting", 1)) == 1


def test_a_rejected_name_is_not_proposed_again(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        note_candidate(conn, ids[0], seen())
        judge_candidate(conn, "Orla Fenwick", "rejected")
        note_candidate(conn, ids[1], seen())
        assert list_candidates(conn, "waiting", 10) == ()
        assert [one.number for one in list_candidates(conn, "rejected", 10)] == [1]


def test_an_accepted_name_is_gone(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        note_candidate(conn, ids[0], seen())
        forget_candidate(conn, "Orla Fenwick")
        assert find_candidate(conn, "Orla Fenwick") is None


def test_a_purged_item_is_no_longer_quoted(store: Store, ids: list[int]) -> None:
    with store.write() as conn:
        note_candidate(conn, ids[0], seen())
        note_candidate(conn, ids[1], seen(sentence="She came."))
        forget_quotations(conn, ids[0])
        found = find_candidate(conn, "Orla Fenwick")
    assert found is not None
    assert (found.number, found.sentences) == (2, ("She came.",))
