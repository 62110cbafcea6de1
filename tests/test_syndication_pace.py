from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feeds.syndication.document import Channel, FeedDocument, Paging
from feeds.syndication.pace import items_per_day, minutes_to_live
from tests.builders import NOON, later
from tests.syndication_samples import document, entry


@pytest.mark.parametrize(
    ("number", "hours", "pace"),
    [
        (1, 0, 1),  # no more than one a day is known of one item
        (49, 1, 49),
        (50, 24, 50),
        (50, 2.5, 480),
        (50, 0, 1200),  # an import is no pace
        (12, 288, 1),
    ],
)
def test_a_pace_is_what_the_newest_items_show(number: int, hours: float, pace: float) -> None:
    assert items_per_day(number, NOON - timedelta(hours=hours), NOON) == pytest.approx(pace)


def lively(number: int, minutes: float, max_age: int = 60) -> FeedDocument:
    """A feed of so many entries, one in so many minutes, the last of which came at noon."""
    told = document(*map(entry, range(1, number + 1)), channel=Channel("https://feeds.example", max_age=max_age))
    seen = [later(-minutes * (number - place)) for place in range(1, number + 1)]
    entries = tuple(replace(each, first_seen=at) for each, at in zip(told.entries, seen, strict=True))
    return replace(told, entries=tuple(reversed(entries)), updated=NOON)


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        (lively(0, 1), 60),
        (lively(1, 1), 60),
        (lively(50, 1), 5),
        (lively(149, 40), 20),  # the newest fifty count: 40 minutes apart, but for the first
        (lively(50, 600), 60),
        (lively(50, 1, max_age=601), 11),
        (lively(50, 600, max_age=7_200), 120),
        (replace(lively(50, 1), paging=Paging(archive=True)), 60),
    ],
)
def test_half_the_time_between_two_items_is_soon_enough(told: FeedDocument, minutes: int) -> None:
    assert minutes_to_live(told) == minutes
