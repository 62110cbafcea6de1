"""Full dates at the beginning of a text: its dateline, the day that it was told, or only that of what it tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from feeds.reading.dates.expressions import find_dates
from feeds.reading.dates.names import find_weekdays
from feeds.reading.shape import sentences
from storage.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.reading.dates.expressions import Found

# A date after these words is the past or the future that the report speaks of, not its own day.
_BACKGROUND = re.compile(
    r"(?:\b(?:since|until|till|before|after|from|by|of|dated|born|founded|signed|between|in|to|desde|hasta|depuis|seit|bis)\s(?:the\s)?"
    r"|自从?|截至|直到|至|从|從|由)$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|set\sto|due\sto|scheduled|planned|expected|upcoming|next|would|expir\w+|vence|vencerá|scade|läuft|abrirá|entrará)\b|将|將|预计|預計|即将|예정|予定|será|sera\b|wird\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:announced|said|told|issued|released|published|unveiled|confirmed|stated|anunci\w+|inform\w+|dijo|annoncé|déclaré|teilte|erklärte"
    r"|annunci\w+|disse|afirmou)\b|发布|發布|宣布|公布|表示|发表|發表|밝혔|발표|明らかに|発表",
    re.IGNORECASE,
)
# `Karlsruhe, (12.11.2021). `, `27.1.2022 - `: at most a few names before the date, and what parts it from the text.
_PLACE = re.compile(r"(?:[A-ZÀ-Þ][\w.'’/-]{0,20}[\s,]{1,2}){0,3}[(\[]?\Z")
_PARTING = re.compile(r"[)\]]?\s?(?:[.:|–—―]|-)\s")
_NEAR = 24
_OPENING_CHARS = 6
_LEAD_CHARS = 1_500
_PLACE_CHARS = 50
_PARAGRAPHS, _CHRONICLE = 3, 3


class LeadDate(NamedTuple):
    """A date of the lead: `filed` parts it from the text, `told` says the report's day, `reported` that of the news."""

    found: Found
    kind: Literal["filed", "told", "reported"]
    evidence: Evidence


def lead_dates(body: str, summary: str) -> Iterator[LeadDate]:
    """The date that opens one of the first paragraphs as a dateline does, and the only full date of the lead."""
    yield from _filed(body)
    yield from _only(body[:_LEAD_CHARS].split("\n\n", 1)[0], summary)


def _filed(body: str) -> Iterator[LeadDate]:
    """A dateline; a text of which many paragraphs open with a date is a chronicle and has none."""
    opened = []
    at = 0
    for number, paragraph in enumerate(body.split("\n\n")):
        found = _opening(paragraph[: 2 * _PLACE_CHARS])
        if found is not None:
            opened.append((number, at, found, paragraph[found.start : found.end]))
        at += len(paragraph) + 2
    if opened and len(opened) < _CHRONICLE and opened[0][0] < _PARAGRAPHS:
        _, at, found, text = opened[0]
        yield LeadDate(found, "filed", Evidence(text, "body", at + found.start, "date before the text"))


def _opening(text: str) -> Found | None:
    found = next(iter(find_dates(text)), None)
    if found is None or found.start > _PLACE_CHARS or not _PLACE.fullmatch(text[: found.start]):
        return None
    return found if _PARTING.match(text, found.end) else None


def _only(paragraph: str, summary: str) -> Iterator[LeadDate]:
    """The only full date of the lead: the report's own day if it opens it, stands beside a weekday or a verb of saying.

    Otherwise it is the day of what is reported, and the report is from that day or soon after.
    """
    found = [
        (zone, text, one) for zone, text in (("body", paragraph), ("summary", summary)) for one in find_dates(text)
    ]
    if len({one.day for _, _, one in found}) != 1:
        return
    zone, text, read = found[0]
    sentence = _sentence_around(text, read.start)
    if _FUTURE.search(sentence) or _BACKGROUND.search(text[: read.start]):
        return
    named = find_weekdays(text)
    if named and read.day.weekday() not in named:
        return  # the news is of that weekday, and the full date is of something older or later
    evidence = Evidence(text[read.start : read.end], zone, read.start, "full date in the lead")
    around = text[max(0, read.start - _NEAR) : read.end + _NEAR]
    if read.start <= _OPENING_CHARS or _SAYING.search(around) or _stands_by_weekday(text, read):
        yield LeadDate(read, "told", evidence)
    else:
        yield LeadDate(read, "reported", evidence)


def _sentence_around(text: str, at: int) -> str:
    before = 0
    for sentence in sentences(text):
        before = text.find(sentence, before) + len(sentence)
        if before > at:
            return sentence
    return text


def _stands_by_weekday(text: str, read: Found) -> bool:
    named = find_weekdays(text[max(0, read.start - 14) : read.end + 8])
    return read.day.weekday() in named
