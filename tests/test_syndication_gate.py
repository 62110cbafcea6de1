"""What an item may say without harm to a feed, found out by trying everything; and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.syndication import formats
from feeds.syndication.formats import FORMATS
from feeds.syndication.gate import refusal
from feeds.syndication.writing import write
from storage.types import UNDATED, EventDate, Evidence, Published, Report, Tag
from tests.syndication_samples import DAY, EXACT, document, entry, report

BYTES: Any = b"x"
NONE: Any = None
texts = st.text(st.characters(exclude_categories=()), max_size=40)
days = st.dates(date.min, date.max)
zones = st.integers(-86_399, 86_399).map(lambda seconds: timezone(timedelta(seconds=seconds)))
moments = st.datetimes(datetime.min, datetime.max, timezones=zones)  # noqa: DTZ901 - bounds are naive
evidence = st.lists(st.builds(Evidence, texts, texts, st.none() | st.integers(0, 10**9), texts), max_size=2).map(tuple)
published = st.one_of(
    st.just(UNDATED),
    st.builds(Published, st.just("second"), st.just("text"), instant=moments, evidence=evidence),
    st.builds(Published, st.sampled_from(["day", "month", "range"]), st.just("text"), first=days, last=days),
)
reports = st.builds(
    Report,
    kind=st.sampled_from(["article", "brief"]),
    title=texts,
    summary=texts,
    body=texts,
    language=texts,
    published=published,
    url=st.none() | texts | texts.map("https://news.example/{}".format) | texts.map("http://{}".format),
    source=st.none() | texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
    events=st.lists(st.builds(EventDate, days, days, texts, st.none() | moments, evidence), max_size=2).map(tuple),
    tags=st.lists(
        st.builds(Tag, st.sampled_from(["actor", "topic"]), texts, st.just("mentioned"), st.floats(0, 1), evidence),
        max_size=2,
    ).map(tuple),
)


@given(reports)
@settings(max_examples=150, deadline=None)
def test_nothing_that_an_article_can_say_is_refused(one: Report) -> None:
    assert refusal(one) is None


@pytest.mark.slow
@given(reports)
@settings(max_examples=20_000, deadline=None)
def test_nothing_that_an_article_can_say_is_refused_however_long_one_tries(one: Report) -> None:
    assert refusal(one) is None


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ({"tags": (Tag("topic", "x", "mentioned", float("nan")),)}, "JSON Feed: ValueError"),
        ({"tags": (Tag("topic", "x", "mentioned", 1, (Evidence(BYTES, "title", 0, "r"),)),)}, "JSON Feed: TypeError"),
        ({"title": None}, "AttributeError"),
        ({"events": (EventDate(date(2026, 1, 1), NONE, "x"),)}, "JSON Feed: AttributeError"),
    ],
)
def test_what_no_writer_can_write_is_refused_with_the_reason(harm: dict[str, Any], reason: str) -> None:
    assert (refusal(report(**harm)) or "").startswith(reason)


def test_what_no_reader_can_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = formats.Format("atom", "Atom", "application/atom+xml", lambda _: b"<feed>")
    monkeypatch.setitem(FORMATS, "atom", broken)
    assert refusal(report()) == "the entry would make the Atom feed unreadable"


@pytest.mark.parametrize("suffix", ["rss", "atom", "json", "ics"])
def test_a_feed_is_written_without_the_entry_that_cannot_be(suffix: str) -> None:
    no_day: Any = EventDate(date(2026, 1, 1), NONE, "x", key="1-0")
    poison = entry(2, title="Poison", events=(no_day,), tags=(Tag("topic", "x", "mentioned", float("nan")),))
    if suffix in {"rss", "atom"}:
        poison = entry(2, title=None)
    good = EventDate(date(2026, 1, 2), date(2026, 1, 2), "x", key="1-0")
    told = document(entry(3, title="Last", events=(good,)), poison, entry(1, title="First", events=(good,)))
    written = write(FORMATS[suffix], told)
    assert [fault.guid for fault in written.faults] == [poison.item.guid]
    assert all(word in written.data for word in (b"First", b"Last"))
    assert b"Poison" not in written.data


def test_a_fault_of_the_feed_itself_is_raised() -> None:
    def fail(_: object) -> bytes:
        raise ZeroDivisionError

    broken = formats.Format("atom", "Atom", "application/atom+xml", fail)
    with pytest.raises(ZeroDivisionError):
        write(broken, document())
    assert write(FORMATS["atom"], document(entry(published=DAY), entry(2, published=EXACT))).faults == ()
