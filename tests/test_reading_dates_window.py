"""The days that the titles of a text allow."""

from __future__ import annotations

from datetime import date

import pytest

from feeds.reading.dates.story import Story
from feeds.reading.dates.window import EARLIEST, horizon, meet, role_window
from tests.authorities import shipped

LAST = horizon(shipped().matcher)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody of note spoke.", (EARLIEST, LAST)),
        ("Acting President Choi Sang-mok spoke.", (date(2024, 12, 27), date(2025, 3, 23))),
        ("Foreign Minister Cho Hyun spoke.", (date(2025, 6, 17), LAST)),  # its date is not certain: a month more
        ("Former Secretary of State Antony Blinken spoke.", (date(2025, 1, 20), LAST)),
    ],
)
def test_window(text: str, expected: tuple[date, date]) -> None:
    assert role_window(Story("", "", text, "en"), shipped().matcher).spans == (expected,)


def test_a_second_term_is_a_second_span() -> None:
    window = role_window(Story("", "", "President Donald Trump spoke.", "en"), shipped().matcher)

    assert window.spans == ((date(2017, 1, 20), date(2021, 1, 19)), (date(2025, 1, 20), LAST))


def test_titles_of_two_times_are_a_conflict() -> None:
    text = "President Moon Jae-in spoke. President Lee Jae Myung spoke."

    (conflict,) = role_window(Story("", "", text, "en"), shipped().matcher).conflicts

    assert conflict == (
        "title-window: President lee-jae-myung 2025-06-04/.. does not fit the other titles: Lee Jae Myung"
    )


def test_a_sentence_that_looks_back_is_none() -> None:
    text = "President Lee Jae Myung spoke. In 2018 President Moon Jae-in had spoken."

    window = role_window(Story("", "", text, "en"), shipped().matcher)

    assert window.conflicts == ()
    assert window.spans == ((date(2025, 6, 4), LAST),)


def test_meet() -> None:
    one, two = (date(2025, 1, 1), date(2025, 1, 10)), (date(2025, 1, 5), date(2025, 2, 1))

    assert meet((one,), (two,)) == ((date(2025, 1, 5), date(2025, 1, 10)),)
    assert meet((one,), ((date(2026, 1, 1), date(2026, 1, 2)),)) == ()
