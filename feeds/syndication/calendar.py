"""iCalendar (RFC 5545, RFC 7986): the days at which the articles of a feed say that something happens."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vDuration, vText, vUri

from feeds.text import clean_line

if TYPE_CHECKING:
    from feeds.syndication.document import FeedDocument, FeedEntry
    from storage.types import EventDate

MOST = 500
_SHORTEST_REFRESH = timedelta(hours=1)  # nobody plans by the minute, and calendars poll without validators


def calendar(document: FeedDocument) -> bytes:
    """Write the 500 latest event dates of the document's entries, the earliest first; the same ones, the same bytes.

    A retracted item is not there: STATUS:CANCELLED would say that the event was called off, which nobody said.
    """
    dated = [(entry, event) for entry in document.entries for event in entry.events]
    dated.sort(key=lambda each: (each[1].first, each[0].guid, each[1].key))
    written = _calendar(document)
    for entry, event in dated[-MOST:]:
        written.add_component(_event(entry, event))
    return bytes(written.to_ical())


def _calendar(document: FeedDocument) -> Calendar:
    refresh = max(_SHORTEST_REFRESH, timedelta(seconds=document.max_age))
    written = Calendar()
    written.add("version", "2.0")
    written.add("prodid", "-//Dateline//Event dates//EN")
    written.add("uid", vText(document.id))
    written.add("last-modified", document.updated)
    written.add("source", vUri(document.self_urls["ics"]), parameters={"VALUE": "URI"})
    written.add("url", vUri(document.url))
    for name in ("name", "x-wr-calname"):
        written.add(name, vText(document.title))
    for name in ("description", "x-wr-caldesc"):
        written.add(name, vText(document.subtitle))
    written.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
    written.add("x-published-ttl", vDuration(refresh))
    return written


def _event(entry: FeedEntry, event: EventDate) -> Event:
    """All day where the text gives days only; DTSTAMP is the last change, as there is no METHOD (section 3.8.7.2)."""
    written = Event()
    written.add("uid", vText(f"{entry.guid.removeprefix('urn:uuid:')}-{event.key}@dateline"))
    written.add("sequence", event.sequence)
    written.add("dtstamp", entry.updated)
    written.add("last-modified", entry.updated)
    written.add("created", entry.first_seen)
    if event.instant is not None and event.first == event.last:
        written.add("dtstart", event.instant.astimezone(UTC))
    else:
        written.add("dtstart", event.first)
        if event.last < date.max:
            written.add("dtend", event.last + timedelta(days=1))  # exclusive
    written.add("summary", vText(clean_line(entry.title)))
    written.add("description", vText("\n\n".join(filter(None, [event.sentence, entry.page]))))
    written.add("url", vUri(entry.url))
    if entry.categories:
        written.add("categories", list(dict.fromkeys(category.label for category in entry.categories)))
    written.add("transp", "TRANSPARENT")
    return written
