from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from storage.eventkeys import carried_over
from storage.items import item_by_id
from storage.types import EventDate, Evidence
from tests.builders import add_item, change_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store

MEETING = EventDate(date(2026, 2, 6), date(2026, 2, 6), "They meet on Friday.", key="1-0")
VOTE = EventDate(date(2026, 2, 9), date(2026, 2, 9), "The vote is on Monday.", key="1-1", sequence=2)


def keys(*events: EventDate, title: str = "Talks") -> list[tuple[str, int]]:
    old = report("Talks", events=(MEETING, VOTE))
    new = report(title, events=tuple(EventDate(one.first, one.last, one.sentence) for one in events))
    return [(one.key, one.sequence) for one in carried_over(old, new, 3)]


def on(day: int, sentence: str) -> EventDate:
    return EventDate(date(2026, 2, day), date(2026, 2, day), sentence)


def test_what_stays_keeps_its_key_and_sequence_wherever_it_stands() -> None:
    assert keys(MEETING, VOTE) == [("1-0", 0), ("1-1", 2)]
    assert keys(VOTE, MEETING) == [("1-1", 2), ("1-0", 0)]


def test_words_that_moved_within_the_text_are_no_change() -> None:
    [before, after] = (replace(MEETING, evidence=(Evidence("Friday", "body", place, "weekday"),)) for place in (13, 90))
    [found] = carried_over(report("Talks", events=(before,)), report("Talks", events=(after,)), 2)
    assert (found.key, found.sequence, found.evidence) == ("1-0", 0, after.evidence)


def test_a_mended_date_or_sentence_is_the_same_event_changed() -> None:
    assert keys(on(7, MEETING.sentence), VOTE) == [("1-0", 1), ("1-1", 2)]
    assert keys(MEETING, on(9, "Monday is voting day.")) == [("1-0", 0), ("1-1", 3)]


def test_a_new_title_changes_every_event_since_calendars_show_it() -> None:
    assert keys(MEETING, VOTE, title="Talks at last") == [("1-0", 1), ("1-1", 3)]


def test_a_new_event_gets_a_key_that_no_other_ever_had() -> None:
    assert keys(on(20, "A dinner."), MEETING) == [("3-0", 0), ("1-0", 0)]
    assert keys() == []


def test_the_store_keeps_them(store: Store) -> None:
    name_subjects(store)
    item = add_item(store, report("Talks", events=(MEETING, VOTE)), uuid=uuid_of(1))
    moved = report("Talks", events=(on(7, MEETING.sentence), VOTE, on(20, "A dinner.")))
    change_item(store, item, moved)
    with store.read() as conn:
        events = item_by_id(conn, item.id).report.events
    assert [(one.key, one.sequence) for one in events] == [("1-0", 1), ("1-1", 0), ("2-2", 0)]
