"""Going through all items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sweep import count_items, item_ids_after
from tests.builders import add_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store


def test_every_item_is_met_once(store: Store) -> None:
    name_subjects(store)
    ids = [add_item(store, report(f"Item {number}"), uuid=uuid_of(number)).id for number in range(5)]
    with store.read() as conn:
        assert count_items(conn) == 5
        met, last = [], 0
        while batch := item_ids_after(conn, last, 2):
            met += batch
            last = batch[-1]
    assert met == ids
