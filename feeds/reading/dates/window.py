"""When a text can have been written, by the titles that it gives people: they held them from a day to a day.

Each title beside a name allows the days on which its bearer held it; a former title allows only what came after. The
window is what all of them allow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from feeds.authority.roles import role_mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.authority.matcher import Matcher
    from feeds.authority.roles import Holder, RoleMention
    from feeds.reading.dates.story import Span, Story
    from storage.types import Evidence

EARLIEST = date(1990, 1, 1)
_KNOWN_FOR = timedelta(days=5 * 365)  # how long after its youngest date an authority still serves to date reports
_UNSURE = timedelta(days=31)  # a date that nobody checked may be off by so much
_DAY = timedelta(days=1)
# A sentence that looks back gives people the titles that they had then.
_LOOKS_BACK = re.compile(
    r"\b(?:19|20)\d\d\b|\bthen[- ]|\bat the time\b|\blast year\b|\byears? (?:ago|earlier)\b|\bformer\b"
    r"|\bwhen [hs]he was\b|(?:19|20)\d\d[年년]|去年|前年|当时|當時|时任|時任|曾任|지난해|작년|당시|昨年|当時",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that the titles allow: `spans` in order, with the titles that bound them and those that disagree."""

    spans: tuple[Span, ...]
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[str, ...] = ()
    mentions: tuple[RoleMention, ...] = field(default=(), repr=False)


def horizon(matcher: Matcher) -> date:
    """The last day that this authority can say anything about."""
    return (matcher.latest_start or EARLIEST) + _KNOWN_FOR


def role_window(story: Story, matcher: Matcher) -> Window:
    """Intersect what every title of the text allows; without any title that is all days up to the horizon."""
    last = horizon(matcher)
    mentions = role_mentions(matcher, story.text, story.language)
    spans: tuple[Span, ...] = ((EARLIEST, last),)
    evidence: dict[str, Evidence] = {}
    conflicts = []
    seen = set()
    for mention in mentions:
        if (mention.holders, mention.former) in seen:
            continue
        narrower = meet(spans, _allowed(mention, last))
        rule = _rule(mention)
        if not narrower:
            if not _LOOKS_BACK.search(_sentence(story.text, mention)):
                seen.add((mention.holders, mention.former))
                conflicts.append(f"{rule} does not fit the other titles: {mention.text}")
            continue
        seen.add((mention.holders, mention.former))
        if narrower != spans:
            spans = narrower
            evidence[rule] = story.evidence(mention.start, mention.end, rule)
    return Window(spans, _bounding(evidence, mentions, spans, last), tuple(dict.fromkeys(conflicts)), mentions)


def meet(spans: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """The days that are in both."""
    pairs = ((max(one[0], other[0]), min(one[1], other[1])) for one in spans for other in others)
    return tuple(sorted({pair for pair in pairs if pair[0] <= pair[1]}))


def _allowed(mention: RoleMention, last: date) -> list[Span]:
    if mention.former:
        ends = [holder.end or holder.start or EARLIEST for holder in mention.holders]
        unsure = _UNSURE if not all(holder.checked for holder in mention.holders) else timedelta(0)
        return [(max(EARLIEST, min(ends) - unsure), last)]
    return [span for holder in mention.holders if (span := _term(holder, last))[0] <= span[1]]


def _term(holder: Holder, last: date) -> Span:
    """The days in office; a little more where the dates are not certain."""
    unsure = timedelta(0) if holder.checked else _UNSURE
    start = holder.start - unsure if holder.start else EARLIEST
    return max(start, EARLIEST), min(holder.end - _DAY + unsure, last) if holder.end else last


def _bounding(
    evidence: dict[str, Evidence], mentions: Sequence[RoleMention], spans: Sequence[Span], last: date
) -> tuple[Evidence, ...]:
    """The titles that the first or the last day of the window hangs on."""
    edges = {edge for span in spans for edge in span}
    kept = {_rule(one) for one in mentions if any(edges & set(span) - {last} for span in _allowed(one, last))}
    return tuple(one for rule, one in evidence.items() if rule in kept)


def _rule(mention: RoleMention) -> str:
    held = mention.holders[0]
    former = "former " if mention.former else ""
    terms = ", ".join(f"{one.start or '..'}/{one.end or '..'}" for one in mention.holders)
    return f"title-window: {former}{held.title} {held.slug} {terms}"


def _sentence(text: str, mention: RoleMention) -> str:
    start = max(text.rfind(mark, 0, mention.start) for mark in (". ", "\n", "。", "다. "))
    ends = [at for mark in (". ", "\n", "。") if (at := text.find(mark, mention.end)) >= 0]
    return text[start + 1 : min(ends, default=len(text))]
