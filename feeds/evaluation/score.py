"""One file judged against its label: a mark for everything that was asked, in the words of the labelled set."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from feeds.text import fold
from storage.types import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from feeds.evaluation.labels import Label, LabelledBrief
    from feeds.reading import Brief
    from storage.types import Published

Dating = Literal["right day", "honest range", "range too wide", "wrong day", "not dated"]

_WEEK = timedelta(days=7)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class TaggedActor:
    """An actor that an item is tagged with: the name shown, and every name the authority files have for it."""

    label: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What Dateline makes of one file, as far as labels speak of it. `topics` are slugs, best first."""

    title: str = ""
    summary: str = ""
    text: str = ""
    language: str = ""
    published: Published = UNDATED
    actors: tuple[TaggedActor, ...] = ()
    topics: tuple[str, ...] = ()
    briefs: tuple[Brief, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One judgement: `figure` is what it counts for, `good` how it came out.

    `miss` says in words what went wrong; it is empty where nothing did, or where another mark says it already.
    """

    figure: str
    good: bool
    miss: str = ""
    wanted: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """All marks of one file, and how its date came out (None where the label does not speak of it)."""

    file: str
    marks: tuple[Mark, ...]
    dating: Dating | None = None


def score(label: Label, answer: Answer) -> Score:
    """Judge an answer by its label; only what the label speaks of is judged."""
    dating = judge_date(label, answer.published) if "published" in label.asked else None
    marks = (
        *_title(label, answer),
        *_language(label, answer),
        *(_date(label, answer, dating) if dating else ()),
        *_strings(label, answer),
        *(_briefs(label, answer) if "related" in label.asked else ()),
        *(_actors(label, answer) if "actors" in label.asked else ()),
        *_strangers(label, answer),
        *(_topics(label, answer) if "topics" in label.asked else ()),
    )
    return Score(label.file, marks, dating)


def refused(label: Label, reason: str) -> Score:
    """Judge a file that was taken for no article: the answer is empty, and the reason is a miss of its own."""
    empty = score(label, Answer())
    return Score(label.file, (Mark("read", good=False, miss="no article", found=reason), *empty.marks), empty.dating)


def judge_date(label: Label, published: Published) -> Dating:
    """Judge a date in the label's own time zone.

    A range is honest within the label's `acceptable_interval`, or where the label has none and the range is at most
    seven days long and holds the day. Where nobody can know the day, every answer but none is wrong.
    """
    first, last = _days(label, published)
    if first is None or last is None:
        return "not dated" if label.published or label.acceptable_interval else "right day"
    if label.acceptable_interval and first != last:
        earliest, latest = label.acceptable_interval
        if earliest <= first and last <= latest:
            return "honest range"
    if label.published is None:
        return "wrong day"
    slack = timedelta(days=label.tolerance_days)
    day = _day(label.published)
    if last < day - slack or first > day + slack:
        return "wrong day"
    if first == last:
        return "right day"
    return "range too wide" if label.acceptable_interval or last - first >= _WEEK else "honest range"


def _days(label: Label, published: Published) -> tuple[date | None, date | None]:
    if published.instant is None:
        return published.first, published.last
    zone = label.published.tzinfo if isinstance(label.published, datetime) else None
    day = (published.instant.astimezone(zone) if zone else published.instant).date()
    return day, day


def _day(stamp: datetime | date) -> date:
    return stamp.date() if isinstance(stamp, datetime) else stamp


def _title(label: Label, answer: Answer) -> Iterator[Mark]:
    if label.title is not None:
        good = _plain(answer.title).strip() == _plain(label.title).strip()
        yield Mark("titles", good, "title", label.title, answer.title)


def _plain(text: str) -> str:
    """NFC, and every run of spaces one space: that pages and labels differ in full-width ones says nothing."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text))


def _language(label: Label, answer: Answer) -> Iterator[Mark]:
    """A label without a script (`zh`) is met with any; one with a script must be met exactly that far."""
    if label.language is not None:
        wanted = label.language.lower().split("-")
        good = answer.language.lower().split("-")[: len(wanted)] == wanted
        yield Mark("languages", good, "language", label.language, answer.language)


def _date(label: Label, answer: Answer, dating: Dating) -> Iterator[Mark]:
    miss = "" if dating in {"right day", "honest range"} else dating
    wanted = label.published.isoformat() if label.published else "no date"
    yield Mark("right_days", dating == "right day")
    yield Mark("right_days_or_ranges", not miss, miss, wanted, answer.published.edtf or "none")
    yield Mark("days_not_wrong", dating != "wrong day")


def _strings(label: Label, answer: Answer) -> Iterator[Mark]:
    kept = _plain(f"{answer.summary}\n{answer.text}")
    everything = f"{_plain(answer.title)}\n{kept}"
    for wanted in label.must_contain:
        yield Mark("strings_kept", _plain(wanted) in everything, "text lost", wanted)
    for unwanted in label.must_not_contain:
        yield Mark("strings_removed", _plain(unwanted) not in kept, "furniture kept", found=unwanted)


def _briefs(label: Label, answer: Answer) -> Iterator[Mark]:
    """Each labelled brief takes the first brief that begins as it does, in its title or its text."""
    rest = list(answer.briefs)
    for wanted in label.related:
        brief = next((one for one in rest if _begins(one, wanted)), None)
        yield Mark("briefs_found", brief is not None, "brief not found", wanted.title_or_first_sentence)
        if brief is not None:
            rest.remove(brief)
        if wanted.date is not None:
            stated = [f"{event.first}/{event.last}" for event in brief.events] if brief else []
            good = brief is not None and _states(brief, wanted.date)
            yield Mark("brief_dates", good, "date of a brief", wanted.date.isoformat(), ", ".join(stated))
    yield from [Mark("briefs_not_invented", good=True)] * (len(answer.briefs) - len(rest))
    for brief in rest:
        yield Mark("briefs_not_invented", good=False, miss="brief not labelled", found=brief.title)


def _begins(brief: Brief, wanted: LabelledBrief) -> bool:
    opening = fold(wanted.title_or_first_sentence)
    return fold(brief.title).startswith(opening) or fold(brief.text).startswith(opening)


def _states(brief: Brief, day: date) -> bool:
    return any(event.first <= day <= event.last and event.last - event.first < _WEEK for event in brief.events)


def _actors(label: Label, answer: Answer) -> Iterator[Mark]:
    met = _met([actor.name for actor in label.actors], answer.actors)
    for actor in label.actors:
        good = actor.name in met
        yield Mark("actor_recall", good, "salient actor missed" if actor.salient else "actor missed", actor.name)
        if actor.salient:
            yield Mark("salient_recall", good)
    strangers = set(_met(_unwanted(label), answer.actors).values())
    for tagged in answer.actors:
        good = tagged in met.values()
        if good or label.exhaustive_actors:
            yield Mark("actor_precision", good, "" if tagged in strangers else "actor not labelled", found=tagged.label)


def _strangers(label: Label, answer: Answer) -> Iterator[Mark]:
    """Actors of related reports, captions and credits: none of them may tag the item itself."""
    unwanted = _unwanted(label)
    found = _met(unwanted, answer.actors)
    for name in unwanted:
        yield Mark("strangers_left_out", name not in found, "actor from elsewhere", found=name)


def _unwanted(label: Label) -> list[str]:
    wanted = {actor.name for actor in label.actors}
    return [
        name
        for name in (*(actor.name for actor in label.related_only_actors), *label.must_not_be_actor)
        if name not in wanted
    ]


def _met(names: Sequence[str], tagged: Iterable[TaggedActor]) -> dict[str, TaggedActor]:
    """Labelled names and the actors that they mean: by the name shown, else by any other name of the actor."""
    rest = {fold(actor.label): actor for actor in tagged}
    met = {name: rest[fold(name)] for name in names if fold(name) in rest}
    others = [actor for actor in rest.values() if actor not in met.values()]
    for name in names:
        if name not in met:
            found = next((actor for actor in others if fold(name) in {fold(one) for one in actor.names}), None)
            if found is not None:
                met[name] = found
                others.remove(found)
    return met


def _topics(label: Label, answer: Answer) -> Iterator[Mark]:
    for slug in label.topics:
        yield Mark("topic_recall", slug in answer.topics, "topic missed", slug)
    for slug in answer.topics:
        yield Mark("topic_precision", slug in label.topics, "topic not labelled", found=slug)
    if label.topics:
        first = answer.topics[0] if answer.topics else ""
        yield Mark("first_topics", first in label.topics[:2], "first topic", " or ".join(label.topics[:2]), first)
