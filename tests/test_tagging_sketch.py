"""Reports reduced to what they are compared by."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from feeds.tagging.sketch import CONCEPT, PLACES, When, likeness, minhash, pack, sketch, unpack, when
from storage.types import UNDATED, EventDate, Published, Report, Tag
from tests.authorities import on

SEEN = date(2016, 3, 1)
TYPES = {"kim-jong-un": "person", "north-korea": "country"}
TAGS = (
    Tag("topic", "nuclear-weapons", "principal", 1.0),
    Tag("actor", "north-korea", "principal", 1.0),
    Tag("actor", "kim-jong-un", "mentioned", 0.5),
)
TEXT = " ".join(f"The {number} boats of the fleet left harbour {number} before dawn." for number in range(40))


def report(title: str, body: str, language: str = "en", **more: object) -> Report:
    return Report("article", title, "", body, language, on("2016-01-06"), **more)  # type: ignore[arg-type]


def test_an_amount_is_a_fact() -> None:
    one, other = (sketch(report("", text), SEEN, {}).facts for text in ("It is $350 billion", "3500억"))
    assert one == other
    assert len(one) == 1


def test_what_is_kept_comes_back() -> None:
    event = EventDate(date(2016, 1, 6), date(2016, 1, 6), "It happened on 6 January.")
    one = sketch(report("A test", TEXT, tags=TAGS, events=(event,)), SEEN, TYPES)
    again = unpack(pack(one), "en")
    assert (again.when, again.minhash, again.known) == (one.when, one.minhash, one.known)
    assert again.words == pytest.approx(one.words)
    assert again.facts == pytest.approx(one.facts)
    assert len(one.keys) == 3
    assert len(one.bands) == 8


def test_persons_numbers_and_event_days_tell_of_an_event_and_countries_and_topics_do_not() -> None:
    event = EventDate(date(2016, 1, 6), date(2016, 1, 6), "")
    for more, telling in (
        ({"tags": TAGS[:2]}, 0),
        ({"tags": TAGS}, 1),
        ({"events": (event,)}, 1),
    ):
        assert len(sketch(report("A test", "It was.", **more), SEEN, TYPES).known) == telling
    assert len(sketch(report("A test", "It cost 4.5 million."), SEEN, TYPES).known) == 1


def test_concepts_are_facts_of_every_language_that_tell_of_an_event() -> None:
    one, other = (sketch(report("", text), SEEN, {}) for text in ("A missile was launched", "미사일 발사"))
    assert one.facts.keys() == other.facts.keys() == one.known
    assert len(one.facts) == 2
    assert all(fact & CONCEPT for fact in one.facts)


def test_the_heaviest_concepts_are_keys() -> None:
    assert len(sketch(report("Missile launched at dawn", "A court met. A bus burned. A film ran."), SEEN, {}).keys) == 3


def test_inflections_of_a_latin_word_are_one_word() -> None:
    one, other = (sketch(report("", text), SEEN, {}).words for text in ("negotiations of parties", "negotiated party"))
    assert one.keys() == other.keys()


def test_chinese_and_korean_are_compared_by_pairs_of_characters() -> None:
    words = sketch(report("", "개성공단을 중단", "ko"), SEEN, {}).words
    assert len(words) == 5
    assert len(sketch(report("", "安理会通过决议", "zh"), SEEN, {}).words) == 6


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (on("2016-01-06"), When(date(2016, 1, 6).toordinal(), True)),
        (
            Published("range", "inferred", first=date(2016, 1, 4), last=date(2016, 1, 8)),
            When(date(2016, 1, 8).toordinal(), False),
        ),
        (Published("range", "inferred", first=date(2016, 1, 1), last=date(2016, 3, 8)), When(SEEN.toordinal(), False)),
        (UNDATED, When(SEEN.toordinal(), False)),
        (
            Published("second", "metadata", instant=datetime(2016, 1, 6, 3, tzinfo=UTC)),
            When(date(2016, 1, 6).toordinal(), True),
        ),
    ],
)
def test_a_wide_range_and_an_unknown_date_count_by_first_seen(published: Published, expected: When) -> None:
    assert when(published, SEEN) == expected


@pytest.mark.parametrize(
    ("published", "days", "expected"),
    [
        (UNDATED, ["2016-01-04", "2016-01-29", "2016-04-01"], When(date(2016, 1, 29).toordinal(), False)),
        (UNDATED, ["2016-04-01"], When(SEEN.toordinal(), False)),
        (
            Published("range", "inferred", first=date(2016, 1, 1), last=date(2016, 2, 8)),
            ["2015-12-30", "2016-01-04", "2016-02-20"],
            When(date(2016, 1, 4).toordinal(), False),
        ),
        (on("2016-01-06"), ["2016-01-04"], When(date(2016, 1, 6).toordinal(), True)),
    ],
)
def test_a_report_without_a_day_counts_by_the_latest_that_it_tells_of(
    published: Published, days: list[str], expected: When
) -> None:
    events = [EventDate(date.fromisoformat(day), date.fromisoformat(day), "") for day in days]
    weeks = EventDate(date(2016, 1, 30), date(2016, 2, 2), "")
    assert when(published, SEEN, [*events, weeks]) == expected


def test_copies_are_alike_and_other_texts_are_not() -> None:
    whole, cut = minhash(TEXT), minhash(TEXT[: len(TEXT) * 9 // 10])
    assert len(whole) == PLACES
    assert likeness(whole, whole) == 1.0
    assert likeness(whole, cut) > 0.7
    other = " ".join(f"Farmer {number} sold {number} pigs at the market in spring." for number in range(40))
    assert likeness(whole, minhash(other)) < 0.1


def test_too_short_a_text_is_no_copy_of_anything() -> None:
    assert minhash("Nothing to see") == ()
    assert likeness((), ()) == 0.0


def test_the_hash_is_the_same_in_every_process() -> None:
    assert minhash(TEXT)[:3] == (447354752, 997985857, 2851149122)
