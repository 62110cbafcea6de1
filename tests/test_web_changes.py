from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.web.changes import changes
from storage.items import revisions_of
from tests.builders import add_item, change_item, later, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store


def test_what_changed_stands_paragraph_by_paragraph_newest_first(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    first = add_item(sqlite_store, report("A", summary="", body="One.\n\nTwo."), uuid=uuid_of(1))
    second = change_item(sqlite_store, first, report("A", summary="", body="One.\n\nTwo and a half."), at=later(1))
    third = change_item(sqlite_store, second, report("B", summary="", body="One.\n\nTwo and a half."), at=later(2))
    with sqlite_store.read() as conn:
        found = changes(third, revisions_of(conn, third.id))
    assert [(one.revision, one.removed, one.added, one.more) for one in found] == [
        (3, ("A",), ("B",), 0),
        (2, ("Two.",), ("Two and a half.",), 0),
    ]
    assert [one.at for one in found] == [third.updated, second.updated]


def test_a_long_change_is_cut_and_says_so(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    first = add_item(sqlite_store, report("A", summary="", body="Old."), uuid=uuid_of(1))
    new = report("A", summary="", body="\n\n".join(f"New {number}." for number in range(20)))
    second = change_item(sqlite_store, first, new, at=later(1))
    with sqlite_store.read() as conn:
        (found,) = changes(second, revisions_of(conn, second.id))
    assert (found.removed, len(found.added), found.more) == (("Old.",), 8, 12)
