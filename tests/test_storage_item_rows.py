from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from storage.item_rows import forget_items, read_items
from storage.items import item_by_id, items_by_id, replace_tags, retract_item
from storage.schema import items, tags
from tests.builders import add_item, change_item, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Item

ABOUT = (tag("topic", "trade-tariffs"), tag("actor", "marco-rubio"), tag("actor", "south-korea"))


def read(store: Store, item: Item) -> Item:
    with store.read() as conn:
        return read_items(conn, [item.id])[item.id]


def test_the_same_rows_give_the_same_object(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(tags=ABOUT), uuid=uuid_of(1))
    assert read(store, item) is item
    forget_items()
    again = read(store, item)
    assert again is not item
    assert again.report == item.report


def test_whatever_changes_in_a_row_gives_another(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(tags=ABOUT), uuid=uuid_of(1))
    revised = change_item(store, item, report("Ministers meet again", tags=ABOUT), at=later(1))
    assert (revised.revision, read(store, item).report.title) == (2, "Ministers meet again")
    with store.write() as conn:
        replace_tags(conn, item.id, ABOUT[:1])
    assert read(store, item).report.tags == ABOUT[:1]
    with store.write() as conn:
        conn.execute(update(tags).values(slug="diplomacy-talks"))
    assert [one.slug for one in read(store, item).report.tags] == ["diplomacy-talks"]
    with store.write() as conn:
        retract_item(conn, item.id, "withdrawn", later(2))
    assert read(store, item).gone_reason == "withdrawn"


def test_tags_stand_in_the_order_of_the_tagger(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(tags=ABOUT[::-1]), uuid=uuid_of(1))
    forget_items()
    assert read(store, item).report.tags == ABOUT[::-1]


def test_a_long_text_is_not_kept(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(body="long " * 5_000), uuid=uuid_of(1))
    assert read(store, item) is not item
    assert read(store, item).report == item.report


def test_a_row_that_was_read_and_then_spoilt_is_a_fault(store: Store) -> None:
    name_subjects(store)
    good, bad = (add_item(store, report(f"Report {n}"), uuid=uuid_of(n)) for n in (1, 2))
    with store.write() as conn:
        conn.execute(update(items).where(items.c.id == bad.id).values(published={"precision": "day"}))
    with store.read() as conn:
        found = items_by_id(conn, [good.id, bad.id])
        assert found[good.id] is good
        assert found[bad.id].fault.startswith("its row cannot be read: KeyError")
        with pytest.raises(KeyError):
            read_items(conn, [bad.id])
        assert item_by_id(conn, good.id) is good
