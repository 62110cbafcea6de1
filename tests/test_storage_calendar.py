"""Which event dates a calendar holds: the latest, however old the entries; both ways of finding them find the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from storage import calendar
from storage.calendar import dated_entries
from storage.log import find_feed
from storage.types import EventDate, FeedKey
from tests.builders import RUBIO, add_item, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Feed

NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def feed(store: Store) -> Feed:
    """Nine items with two dates each, ever earlier ones; every third is not about the actor, one has no date."""
    name_subjects(store)
    for number in range(10):
        days = [] if number == 5 else [NEW_YEAR - timedelta(days=number), NEW_YEAR - timedelta(days=number + 40)]
        about = [tag("actor", RUBIO.slug)] if number % 3 else []
        events = tuple(EventDate(day, day, f"It was on {day}.") for day in days)
        add_item(store, report(f"Item {number}", tags=about, events=events), uuid=uuid_of(number), at=later(number))
    with store.read() as conn:
        found = find_feed(conn, FeedKey("actor", RUBIO.slug))
    assert found is not None
    return found


@pytest.mark.parametrize("small", [0, 10_000])
@pytest.mark.parametrize(("most", "titles"), [(500, "87421"), (3, "421"), (6, "87421"), (1, "1")])
def test_a_calendar_is_made_of_the_latest_dates(
    store: Store, feed: Feed, monkeypatch: pytest.MonkeyPatch, small: int, most: int, titles: str
) -> None:
    monkeypatch.setattr(calendar, "_SMALL", small)
    monkeypatch.setattr(calendar, "MOST_DATES", most)
    with store.read() as conn:
        found = dated_entries(conn, feed)
    assert [entry.item.report.title for entry in found] == [f"Item {number}" for number in titles]
