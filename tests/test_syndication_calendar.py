"""Calendars of event dates, read back by an independent parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import vobject

from feeds.syndication.calendar import calendar
from feeds.syndication.document import Channel
from storage.types import EventDate
from tests.syndication_samples import SEOUL, document, entry

if TYPE_CHECKING:
    from feeds.syndication.document import FeedDocument

MEETING = EventDate(date(2026, 2, 6), date(2026, 2, 6), "They meet on Friday; the public, too.", key="1-0")
FAIR = EventDate(date(2026, 3, 9), date(2026, 3, 12), "한국 전시회는 9일부터 12일까지 열린다.", key="1-1", sequence=3)
CALL = EventDate(
    date(2026, 2, 7), date(2026, 2, 7), "At 9:30 they call.", datetime(2026, 2, 7, 9, 30, tzinfo=SEOUL), key="2-0"
)


def read(told: FeedDocument) -> Any:
    return vobject.readOne(calendar(told).decode())


def test_the_calendar_says_what_it_is() -> None:
    told = read(document(entry(events=(MEETING,))))
    assert told.version.value == "2.0"
    assert told.uid.value == document().id
    assert told.name == "VCALENDAR"
    assert told.contents["name"][0].value == told.contents["x-wr-calname"][0].value == "Marco Rubio · Dateline"
    assert told.source.value == "https://feeds.example/actors/marco-rubio.ics"
    assert told.url.value == "https://feeds.example/actors/marco-rubio"
    assert told.contents["refresh-interval"][0].value == told.contents["x-published-ttl"][0].value == "PT1H"
    assert told.contents["last-modified"][0].value == "20260302T093015Z"
    assert read(document(channel=Channel("https://feeds.example", max_age=7200))).contents["x-published-ttl"][
        0
    ].value == ("PT2H")


def test_an_event_of_a_day_lasts_all_day_and_says_where_it_is_from() -> None:
    (event,) = read(document(entry(3, events=(MEETING,)))).vevent_list
    assert event.uid.value == "00000000-0000-5000-8000-000000000003-1-0@dateline"
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 2, 6), date(2026, 2, 7))
    assert event.sequence.value == "0"
    assert event.summary.value == "The envoy & the tariffs"
    assert event.description.value == (
        "They meet on Friday; the public, too.\n\nhttps://feeds.example/items/00000000-0000-5000-8000-000000000003"
    )
    assert event.url.value == "https://news.example/a?x=1&y=2"
    assert event.categories.value == ["Trade & tariffs", "Marco Rubio"]
    assert event.transp.value == "TRANSPARENT"
    moments = [event.dtstamp.value, event.contents["last-modified"][0].value, event.created.value]
    assert moments[0] == datetime(2026, 3, 1, 8, 0, 1, tzinfo=UTC)


def test_days_end_with_the_last_and_times_are_in_utc() -> None:
    call, fair = read(document(entry(events=(FAIR, CALL)))).vevent_list
    assert (fair.dtstart.value, fair.dtend.value) == (date(2026, 3, 9), date(2026, 3, 13))
    assert (fair.sequence.value, fair.description.value.split("\n")[0]) == ("3", FAIR.sentence)
    assert call.dtstart.value == datetime(2026, 2, 7, 0, 30, tzinfo=UTC)
    assert "dtend" not in call.contents


def test_lines_are_folded_within_75_octets_and_between_characters() -> None:
    written = calendar(
        document(entry(title="대한민국 외교부 장관 회담 " * 30, events=(FAIR, replace(CALL, sentence="é" * 500))))
    )
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 and line.decode() is not None for line in lines)
    assert b"\n" not in b"".join(lines)
    assert (
        read(document(entry(title="대한민국 " * 80, events=(FAIR,)))).vevent.summary.value == ("대한민국 " * 80).strip()
    )


def test_the_latest_five_hundred_dates_in_order_and_the_same_bytes_always() -> None:
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(600)]
    entries = [
        entry(number, events=(EventDate(day, day, "x", key="1-0"), EventDate(day, day, "y", key="1-1")))
        for number, day in enumerate(days[:300])
    ]
    told = read(document(*entries)).vevent_list
    assert [event.dtstart.value for event in told] == [day for day in days[50:300] for _ in range(2)]
    assert calendar(document(*entries)) == calendar(document(*reversed(entries)))


def test_the_ends_of_time_and_an_empty_calendar() -> None:
    last = EventDate(date.max, date.max, "x", key="1-0")
    first = EventDate(date.min, date.min, "", datetime(1, 1, 1, tzinfo=SEOUL), key="1-1")
    old = EventDate(date(1905, 1, 1), date(1905, 1, 1), "", datetime(1905, 1, 1, tzinfo=SEOUL), key="1-2")
    assert calendar(document(entry(events=(last, first, old)))).count(b"BEGIN:VEVENT") == 3
    assert b"VEVENT" not in calendar(document(entry()))
    # A calendar must have a component (RFC 5545 section 3.6), but an empty feed is no fault: parsers take it.
    assert read(document()).contents["uid"]
