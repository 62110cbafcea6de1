"""Names of stored items become candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.ingest.noting import note_names
from storage.candidates import find_candidate, list_candidates
from tests.authorities import shipped
from tests.builders import add_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store


def test_a_name_in_two_items_is_counted_twice_and_reading_again_changes_nothing(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    text = "Mayor Orla Fenwick met Foreign Minister Cho Hyun."
    items = [add_item(sqlite_store, report(f"Item {n}", body=text, summary=""), uuid=uuid_of(n)) for n in range(2)]
    for item in (*items, *items):
        with sqlite_store.write() as conn:
            note_names(conn, item.id, item.report, shipped().matcher)
    with sqlite_store.read() as conn:
        found = find_candidate(conn, "Orla Fenwick")
        assert [one.name for one in list_candidates(conn, "waiting", 9)] == ["Orla Fenwick"]
    assert found is not None
    assert (found.number, found.titles, found.kind, found.sentences) == (2, ("Mayor",), "person", (text,))
