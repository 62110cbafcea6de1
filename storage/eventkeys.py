"""Which event date of a revised article is which of the old one: the key stays, the sequence counts changes. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.types import EventDate, Report


def keyed(events: Iterable[EventDate], revision: int) -> tuple[EventDate, ...]:
    """Give event dates the keys of a revision in which they are new."""
    return tuple(replace(event, key=f"{revision}-{place}", sequence=0) for place, event in enumerate(events))


def carried_over(old: Report, new: Report, revision: int) -> tuple[EventDate, ...]:
    """The event dates of the new report, those that continue an old one under its key.

    One is the same where everything is; else where its sentence is, and only the date was mended; else where its date
    is, and only the sentence was. A calendar shows the title too, so a new title counts as a change; where in the text
    the words of the date stand does not.
    """
    found = list(keyed(new.events, revision))
    waiting = list(old.events)
    open_places = list(range(len(found)))
    for same in (_all, _sentence, _days):
        for place in list(open_places):
            match = next((event for event in waiting if same(event) == same(new.events[place])), None)
            if match is None:
                continue
            changed = _all(match) != _all(new.events[place]) or old.title != new.title
            found[place] = replace(found[place], key=match.key, sequence=match.sequence + int(changed))
            waiting.remove(match)
            open_places.remove(place)
    return tuple(found)


def _all(event: EventDate) -> object:
    return event.sentence, event.first, event.last, event.instant


def _sentence(event: EventDate) -> object:
    return event.sentence


def _days(event: EventDate) -> object:
    return event.first, event.last, event.instant
