from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from storage.groups import assign
from storage.happenings import happenings, nearest
from storage.items import retract_item
from storage.types import EventDate
from tests.builders import add_item, later, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Item


def on(first: str, last: str = "", sentence: str = "It happens.", instant: datetime | None = None) -> EventDate:
    return EventDate(date.fromisoformat(first), date.fromisoformat(last or first), sentence, instant)


def add(store: Store, number: int, *events: EventDate) -> Item:
    return add_item(store, report(f"Report {number}", events=events, source="paper"), uuid=uuid_of(number))


def told(store: Store, first: str, last: str, most: int = 100) -> list[tuple[str, str, int]]:
    with store.read() as conn:
        found = happenings(conn, date.fromisoformat(first), date.fromisoformat(last), most).told
    return [(one.first.isoformat(), one.last.isoformat(), one.item_id) for one in found]


def test_what_lies_within_or_reaches_into_the_days_is_told(store: Store) -> None:
    name_subjects(store)
    add(store, 1, on("2026-01-31"), on("2026-02-01"), on("2026-02-28"), on("2026-03-01"))
    add(store, 2, on("2026-01-29", "2026-02-02"), on("2026-02-27", "2026-03-03"), on("2026-01-20", "2026-01-31"))
    assert told(store, "2026-02-01", "2026-02-28") == [
        ("2026-01-29", "2026-02-02", 2),
        ("2026-02-01", "2026-02-01", 1),
        ("2026-02-27", "2026-03-03", 2),
        ("2026-02-28", "2026-02-28", 1),
    ]


def test_it_says_who_tells_it_and_of_which_event(store: Store) -> None:
    name_subjects(store)
    moment = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)
    item = add(store, 1, on("2026-02-03", sentence="They meet.", instant=moment))
    with store.write() as conn:
        group = assign(conn, [item.id], [])
    with store.read() as conn:
        (one,) = happenings(conn, date(2026, 2, 3), date(2026, 2, 3), 1).told
    assert (one.sentence, one.title, one.language, one.source) == ("They meet.", "Report 1", "en", "paper")
    assert (one.uuid, one.instant, one.group) == (uuid_of(1), moment, group)


def test_of_a_busy_day_the_newest_are_told(store: Store) -> None:
    name_subjects(store)
    for number in range(1, 6):
        add(store, number, on("2026-02-03"), on("2026-02-04"))
    assert told(store, "2026-02-03", "2026-02-04", most=2) == [
        ("2026-02-03", "2026-02-03", 4),
        ("2026-02-03", "2026-02-03", 5),
        ("2026-02-04", "2026-02-04", 4),
        ("2026-02-04", "2026-02-04", 5),
    ]


def test_it_is_said_of_which_days_not_all_was_read(store: Store) -> None:
    name_subjects(store)
    for number in range(1, 4):
        add(store, number, on("2026-02-03"), *([on("2026-02-04")] if number < 3 else []))
    with store.read() as conn:
        assert happenings(conn, date(2026, 2, 3), date(2026, 2, 4), 2).cut == {date(2026, 2, 3)}


def test_a_selection_that_fits_few_finds_them_however_old(store: Store) -> None:
    name_subjects(store)
    for number in range(1, 12):
        add(store, number, on("2026-02-03"))
    with store.read() as conn:
        found = happenings(conn, date(2026, 2, 3), date(2026, 2, 3), 1, lambda ids: ids & {2})
        assert ([one.item_id for one in found.told], found.cut) == ([2], frozenset())
        assert nearest(conn, date(2026, 3, 1), date(2026, 3, 31), lambda ids: ids & {2}) == (date(2026, 2, 3), None)
        assert nearest(conn, date(2026, 3, 1), date(2026, 3, 31), lambda _ids: set()) == (None, None)


def test_what_was_withdrawn_is_not_told(store: Store) -> None:
    name_subjects(store)
    gone = add(store, 1, on("2026-02-03"))
    with store.write() as conn:
        retract_item(conn, gone.id, "wrong", later(1))
    assert told(store, "2026-02-03", "2026-02-03") == []
    with store.read() as conn:
        assert nearest(conn, date(2026, 3, 1), date(2026, 3, 31)) == (None, None)


def test_the_nearest_events_before_and_after(store: Store) -> None:
    name_subjects(store)
    add(store, 1, on("2025-07-01"), on("2025-12-24"), on("2026-05-05"), on("2027-01-01"))
    with store.read() as conn:
        assert nearest(conn, date(2026, 2, 1), date(2026, 2, 28)) == (date(2025, 12, 24), date(2026, 5, 5))
        assert happenings(conn, date.min, date.min, 5).told == ()
