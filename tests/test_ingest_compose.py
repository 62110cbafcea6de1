"""From an article to what is stored: cleaning, notes, and the instant on the wire."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from feeds.ingest.compose import compose, story_of, wire_time
from feeds.reading import Article
from storage.types import UNDATED, Published
from tests.builders import ON_DAY, tag

if TYPE_CHECKING:
    from storage.types import Precision

SEEN = datetime(2026, 2, 10, 8, 0, tzinfo=UTC)
ARTICLE = Article("A title", "text", "A summary.", "A body.", "en", published=ON_DAY, url="https://example.org/a")


def days(precision: Precision, first: date, last: date, zone: str | None = None) -> Published:
    return Published(precision, "text", first=first, last=last, zone=zone)


DAY = date(2026, 2, 3)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (days("day", DAY, DAY), datetime(2026, 2, 3, 12, 0, tzinfo=UTC)),
        (days("day", DAY, DAY, "Asia/Seoul"), datetime(2026, 2, 3, 3, 0, tzinfo=UTC)),
        (days("day", DAY, DAY, "-05:30"), datetime(2026, 2, 3, 17, 30, tzinfo=UTC)),
        (days("day", DAY, DAY, "No/Where"), datetime(2026, 2, 3, 12, 0, tzinfo=UTC)),
        (days("month", date(2026, 1, 1), date(2026, 1, 31)), datetime(2026, 1, 31, 12, 0, tzinfo=UTC)),
        (days("range", date(2026, 1, 5), date(2026, 1, 9)), datetime(2026, 1, 9, 12, 0, tzinfo=UTC)),
        (days("day", SEEN.date(), SEEN.date()), SEEN),
        (days("day", date(2031, 1, 1), date(2031, 1, 1)), SEEN),
        (days("day", date(9999, 12, 31), date(9999, 12, 31), "-11:00"), SEEN),
        (UNDATED, SEEN),
    ],
)
def test_the_wire_shows_a_day_at_noon_and_nothing_later_than_first_seen(published: Published, shown: datetime) -> None:
    assert wire_time(published, SEEN) == shown


def test_an_exact_time_is_itself_unless_it_lies_ahead() -> None:
    seoul = timezone(timedelta(hours=9))
    exact = Published("second", "dateline", instant=datetime(2024, 12, 25, 5, 10, tzinfo=seoul))
    assert wire_time(exact, SEEN) == datetime(2024, 12, 24, 20, 10, tzinfo=UTC)
    ahead = replace(exact, instant=SEEN + timedelta(days=1))
    assert wire_time(ahead, SEEN) == SEEN


def test_what_no_feed_may_hold_is_cleaned_from_every_field() -> None:
    dirty = "a\x00b\x0b\ufffec\ud800"
    article = replace(
        ARTICLE, title=f"{dirty}\u202e\n t", summary=dirty, body=dirty, authors=(dirty, "\x00"), url=dirty
    )
    report = compose(article, ())
    assert (report.title, report.summary, report.body) == ("abc t", "abc", "abc")
    assert (report.authors, report.url) == (("abc",), "abc")


def test_doubts_are_noted_on_the_item() -> None:
    article = replace(ARTICLE, doubtful=True, encoding="cp949", title_basis="inferred")
    assert compose(article, ()).notes == ("decoded as cp949 with doubt", "title inferred from the first sentence")
    assert compose(ARTICLE, ()).notes == ()


def test_the_tagger_sees_the_article_s_own_words_and_its_tags_are_kept() -> None:
    story = story_of(replace(ARTICLE, topics=("trade",), actors=("Marco Rubio",)))
    assert (story.title, story.body, story.topics, story.actors) == ("A title", "A body.", ("trade",), ("Marco Rubio",))
    given = tag("actor", "marco-rubio")
    assert compose(ARTICLE, [given]).tags == (given,)
    assert compose(ARTICLE, []).published == ON_DAY
