"""Phrases that hang a report on a day that the authority knows: `took office last month`, `a month into the term`.

Each gives the days on which the phrase can have been written, with room for "around" and for unchecked dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from feeds.reading.dates.names import fold, months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.authority.matcher import Matcher
    from feeds.authority.roles import Holder, RoleMention
    from feeds.reading.dates.story import Span, Story
    from storage.types import Evidence

_MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905 - reads better
        1,
    )
} | {"a": 1, "an": 1}
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_OFFICE = re.compile(
    r"(?=[taewbs上本지이先今])(?:"
    r"\b(?:(?:took|assumed|entered)\soffice|was\s(?:sworn\sin|inaugurated|appointed)|took\sup\s(?:his|her|the)\s(?:post|position|duties)"
    r"|(?:began|started)\s(?:his|her)\s(?:term|tenure))"
    rf"\s(?:(?:just|only|earlier|late)\s)?(?:(?P<rel>last|this)\s(?P<unit>week|month|year)|(?:in|last)\s(?P<month>{_MONTH})(?!\s(?:\d|last))"
    rf"|{_COUNT}\s(?P<units>day|week|month|year)s?\sago)"
    r"|(?P<zh>上|本)[个個]?月(?:\d{1,2}[日号號])?(?:[刚剛]{1,2}|才)?(?:就任|上任|到任|履新|就[职職])"
    r"|(?P<ko>지난\s?달|이달|이번\s?달)(?:\s?\d{1,2}일)?(?:에)?\s(?:취임|부임)"
    r"|(?P<ja>先|今)月(?:\d{1,2}日)?に?(?:就任|着任|赴任))"
)
_WHO = r"(?P<who>[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2}?)(?:['’]s)?"
_SINCE = re.compile(
    rf"\b{_COUNT}\s(?P<unit>day|week|month|year)s?\s(?:have\spassed\s)?(?P<way>since|after|into|before|until)\s(?:the\s(?:launch|inauguration|start)\sof\s)?"
    rf"(?:the\s)?{_WHO}\s(?:(?:second|new|first)\s)?(?:administration|government|presidency|inauguration|launch|swearing-in|term)\b"
)
_LEAVING = re.compile(
    rf"\b{_COUNT}\s(?P<unit>day|week|month)s?\s(?:before|until|left\sin|ahead\sof)\s(?:the\send\sof\s)?(?:his|her)\s(?:term|tenure|time\sin\soffice)"
    r"(?:\s(?:ends|expires|is\sover|runs\sout))?"
)
# `_SINCE` and `_LEAVING` are slow, and no match of theirs is without this.
_COUNTED = re.compile(r"(?:day|week|month|year)s?\s(?:have|since|after|into|before|until|left|ahead)\s")
_INTO = re.compile(
    r"[취就上执](?:(?<=취)임\s?(?P<ko>\d{1,3})(?P<kou>일|주|개월)(?:\s?(?:만에|째|을\s맞))"
    r"|(?:(?<=就)[任职]|(?<=上)任|(?<=执)政)(?:约|近|已)?(?P<zh>\d{1,3})(?P<zhu>天|周|个月)"
    r"|(?<=就)任(?:から)?(?:約)?(?P<ja>\d{1,3})(?P<jau>日|週間|[かカヵヶ]月))"
)
_UNITS = {
    "day": 1, "week": 7, "month": 30.44, "year": 365.25, "일": 1, "주": 7, "개월": 30.44,
    "天": 1, "周": 7, "个月": 30.44, "日": 1, "週間": 7,
}  # fmt: skip
_ROOM = {1: 2, 7: 4, 30.44: 16, 365.25: 100}
_ABOUT = re.compile(r"\b(?:about|around|nearly|almost|some|roughly|within|over|than|just|barely)\s$|约|近|약\s?|約")
# It begins with a set of characters, which `re` looks for quickly.
_THIS_OR = re.compile(
    rf"[t本이今](?:(?<=t)(?<!\wt)his\smonth\sor\s(?:in\s)?(?:early|mid|late)?[-\s]?(?P<month>{_MONTH})\b"
    r"|(?<=本)月底?或(?P<zh>\d{1,2})月|(?<=이)(?:달|번\s?달)\s?말?(?:이나|또는|에서)\s(?P<ko>\d{1,2})월"
    r"|(?<=今)月末?(?:か|または)(?P<ja>\d{1,2})月)"
)
_UNSURE = timedelta(days=31)
_HEADS = frozenset({"President", "Prime Minister", "Premier", "Chancellor", "Chief Executive", "Acting President"})
_BESIDE = 16  # characters for a name and what joins it to the phrase
_FEW_MONTHS = 335  # "in June" without a year is the latest June


@dataclass(frozen=True, slots=True)
class Anchor:
    """A phrase and the days on which it can have been written."""

    spans: tuple[Span, ...]
    evidence: Evidence


def anchors(story: Story, mentions: Sequence[RoleMention], matcher: Matcher) -> Iterator[Anchor]:
    """Every phrase of the text that hangs it on the start or the end of somebody's time in office."""
    for match in _OFFICE.finditer(story.text):
        for holder in _near(story.text, match.start(), mentions):
            yield from _anchor(story, match, _took_office(match, holder), "tenure-start")
    for match in _INTO.finditer(story.text):
        number, unit = next((match[key], match[key + "u"]) for key in ("ko", "zh", "ja") if match[key])
        away = timedelta(days=int(number) * _UNITS.get(unit, 30.44))
        for holder in _near(story.text, match.start(), mentions):
            yield from _anchor(
                story, match, _away(holder, holder.start, away, _room(unit, story, match)), "tenure-start"
            )
    if not _COUNTED.search(story.text):
        return
    for match in _SINCE.finditer(story.text):
        for holder in _heads(match["who"], mentions, matcher):
            way = -1 if match["way"] in {"before", "until"} else 1
            yield from _anchor(story, match, _counted(story, match, holder, holder.start, way), "tenure-start")
    for match in _LEAVING.finditer(story.text):
        for holder in _near(story.text, match.start(), mentions):
            yield from _anchor(story, match, _counted(story, match, holder, holder.end, -1), "tenure-end")


def month_of(story: Story) -> tuple[int, Evidence] | None:
    """The month of the report where it says "this month or early March": the one before."""
    match = _THIS_OR.search(story.text)
    if match is None:
        return None
    printed = match["month"]
    number = months()[fold(printed)] if printed else int(match["zh"] or match["ko"] or match["ja"])
    if not 1 <= number <= 12:  # noqa: PLR2004 - months
        return None
    return (number - 2) % 12 + 1, story.evidence(match.start(), match.end(), "this-month-or-the-next")


def _anchor(story: Story, match: re.Match[str], span: Span | None, rule: str) -> Iterator[Anchor]:
    if span is not None:
        yield Anchor((span,), story.evidence(match.start(), match.end(), rule))


def _near(text: str, at: int, mentions: Sequence[RoleMention]) -> list[Holder]:
    """Whose office the phrase speaks of: who stands right before it, or the last title before it in its paragraph."""
    words = text[max(0, at - _BESIDE) : at]
    named = [one for one in mentions if not one.former and len(one.holders) == 1 and one.text in words]
    if named:
        return list(max(named, key=lambda one: words.rfind(one.text)).holders)
    before = [one for one in mentions if one.end <= at and not one.former and at - one.end < 300]  # noqa: PLR2004
    if not before or "\n" in text[before[-1].end : at]:
        return []
    return list(before[-1].holders) if len(before[-1].holders) == 1 else []


def _heads(who: str, mentions: Sequence[RoleMention], matcher: Matcher) -> list[Holder]:
    """Whose government it is: a head of state or government whom the text names with that title."""
    found = {
        holder
        for one in mentions
        if not one.former
        for holder in one.holders
        if holder.title in _HEADS
        and who.rpartition(" ")[2] in (matcher.authority.actors[holder.slug].family.get("en"), one.text)
    }
    return list(found) if len(found) == 1 else []


def _took_office(match: re.Match[str], holder: Holder) -> Span | None:
    start = holder.start
    if start is None:
        return None
    wide = timedelta(0) if holder.checked else _UNSURE
    first, last = start - wide, start + wide
    if match["n"]:
        return _away(
            holder, start, timedelta(days=_number(match["n"]) * _UNITS[match["units"]]), _ROOM[_UNITS[match["units"]]]
        )
    if match["month"]:
        named = months()[fold(match["month"])]
        return (start, start + timedelta(_FEW_MONTHS)) if named in {first.month, start.month, last.month} else None
    cjk = match["zh"] or match["ko"] or match["ja"]
    unit = "month" if cjk else match["unit"]
    shift = 1 if match["rel"] == "last" or cjk in {"上", "先"} or (cjk or "").startswith("지난") else 0
    if unit == "week":
        monday = timedelta(start.weekday())
        return first - monday + timedelta(7 * shift), last - monday + timedelta(7 * shift + 6)
    if unit == "year":
        return date(first.year + shift, 1, 1), date(last.year + shift, 12, 31)
    return _month_edges(first, shift)[0], _month_edges(last, shift)[1]


def _counted(story: Story, match: re.Match[str], holder: Holder, day: date | None, way: int) -> Span | None:
    away = timedelta(days=way * _number(match["n"]) * _UNITS[match["unit"]])
    return _away(holder, day, away, _room(match["unit"], story, match))


def _away(holder: Holder, day: date | None, away: timedelta, room: float) -> Span | None:
    if day is None:
        return None
    margin = timedelta(days=room) + (timedelta(0) if holder.checked else _UNSURE)
    return day + away - margin, day + away + margin


def _room(unit: str, story: Story, match: re.Match[str]) -> float:
    room = _ROOM[_UNITS.get(unit, 30.44)]
    return 1.5 * room if _ABOUT.search(story.text[max(0, match.start() - 10) : match.start()]) else room


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _month_edges(day: date, shift: int) -> Span:
    number = 12 * day.year + day.month - 1 + shift
    first = date(number // 12, number % 12 + 1, 1)
    following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first, following - timedelta(days=1)
