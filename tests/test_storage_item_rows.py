from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from storage.backup import backup
from storage.item_rows import forget_items, read_items
from storage.items import item_by_id, items_by_id, replace_tags, retract_item
from storage.migrate import open_store
from storage.renaming import carry_over
from storage.schema import items
from tests.builders import add_item, change_item, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from pathlib import Path

    from storage.engine import Store
    from storage.types import Item

ABOUT = (tag("topic", "trade-tariffs"), tag("actor", "marco-rubio"), tag("actor", "south-korea"))


def read(store: Store, item: Item) -> Item:
    with store.read() as conn:
        return read_items(conn, [item.id])[item.id]


def test_what_was_not_written_since_is_the_same_object(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(tags=ABOUT), uuid=uuid_of(1))
    assert read(store, item) is item
    forget_items()
    again = read(store, item)
    assert again is not item
    assert again.report == item.report


def test_whatever_is_written_gives_another(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(tags=ABOUT), uuid=uuid_of(1))
    revised = change_item(store, item, report("Ministers meet again", tags=ABOUT), at=later(1))
    assert (revised.revision, read(store, item).report.title) == (2, "Ministers meet again")
    with store.write() as conn:
        replace_tags(conn, item.id, ABOUT[:1])
    assert read(store, item).report.tags == ABOUT[:1]
    with store.write() as conn:
        carry_over(conn, [("topic", "trade-tariffs", "diplomacy-talks")], later(2))
    assert [one.slug for one in read(store, item).report.tags] == ["diplomacy-talks"]
    with store.write() as conn:
        retract_item(conn, item.id, "withdrawn", later(3))
    assert read(store, item).gone_reason == "withdrawn"


def test_a_change_that_is_rolled_back_is_not_kept(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report(tags=ABOUT), uuid=uuid_of(1))

    def retag(number: int) -> int:
        replace_tags(conn, item.id, ABOUT[:number])
        return len(item_by_id(conn, item.id).report.tags)

    with pytest.raises(ZeroDivisionError), store.write() as conn:
        assert retag(1) == 1
        raise ZeroDivisionError
    assert read(store, item) is item
    with store.write() as conn:
        assert retag(2) == 2


def test_a_copy_of_the_store_that_goes_on_by_itself_is_another(store: Store, tmp_path: Path) -> None:
    name_subjects(store)
    item = add_item(store, report(tags=ABOUT), uuid=uuid_of(1))
    backup(store, tmp_path / "saved.db")
    other = open_store(f"sqlite:///{tmp_path}/saved.db")
    for one, number in ((store, 1), (other, 2)):
        with one.write() as conn:
            replace_tags(conn, item.id, ABOUT[:number])
    assert [len(read(one, item).report.tags) for one in (store, other)] == [1, 2]
    other.dispose()


def test_a_store_of_an_earlier_version_keeps_what_it_reads(sqlite_store: Store) -> None:
    """The migration gives all items one stamp: two of them are not one for it."""
    name_subjects(sqlite_store)
    made = [add_item(sqlite_store, report(f"Report {n}"), uuid=uuid_of(n)) for n in (1, 2)]
    with sqlite_store.write() as conn:
        conn.execute(update(items).values(stamp=7))
    for one in made:
        assert read(sqlite_store, one).report.title == one.report.title
        assert read(sqlite_store, one) is read(sqlite_store, one)


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
