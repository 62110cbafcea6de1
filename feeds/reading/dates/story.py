"""The main text of an article as inference reads it: one string, with the way back to title, summary and body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from feeds.reading.dates.mentions import find_mentions
from feeds.reading.dates.stance import stance
from feeds.reading.shape import sentences
from storage.types import Evidence

if TYPE_CHECKING:
    from datetime import date

    from feeds.reading.dates.mentions import Mention
    from feeds.reading.dates.stance import Stance

Span = tuple["date", "date"]
_SAME_OPENING = 60  # a summary that begins like the body is taken from it
LONGEST = 20_000  # characters of a text that are searched for dates
_LONGEST_SENTENCE = 3_000  # what is longer is a table or worse
_MOST_IN_SENTENCE = 40


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a sentence: `mention` counts into `sentence`, which begins at `start` of the whole text."""

    mention: Mention
    stance: Stance
    sentence: str
    start: int

    @property
    def text(self) -> str:
        """The words of the date."""
        return self.sentence[self.mention.start : self.mention.end]


@dataclass(frozen=True)
class Story:
    """What inference knows of an article: its main text, the lines that date it, and what surrounds it.

    `related` are the texts of the reports that the page carries along; they break ties and do nothing else. `bounds`
    are the first and last day that the page itself allows, `not_after` the day of its last change.
    """

    title: str
    summary: str
    body: str
    language: str
    datelines: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    bounds: Span | None = None
    not_after: date | None = None

    @cached_property
    def text(self) -> str:
        """Title, summary and body, a line break between them; a summary that the body repeats is left out."""
        return "\n".join(text for _, text in self._parts)

    @cached_property
    def _parts(self) -> list[tuple[str, str]]:
        copied = not self.summary or self.body.startswith(self.summary[:_SAME_OPENING])
        parts = [("title", self.title), ("summary", "" if copied else self.summary), ("body", self.body[:LONGEST])]
        return [part for part in parts if part[1]]

    @cached_property
    def lead_end(self) -> int:
        """Where the first paragraph of the body ends in `text`."""
        body = next((len(self.text) - len(text) for zone, text in self._parts if zone == "body"), 0)
        end = self.text.find("\n\n", body)
        return len(self.text) if end < 0 else end

    @cached_property
    def dated(self) -> list[Dated]:
        """Every date of the text with its stance, in order."""
        found = []
        at = 0
        for _, text in self._parts:
            found += [replace(one, start=at + one.start) for one in read_dates(text, self.language)]
            at += len(text) + 1
        return found

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """Point at `text[start:end]` where it stands in the item."""
        at = 0
        for zone, text in self._parts:
            if start <= at + len(text):
                return Evidence(self.text[start:end], zone, start - at, rule)
            at += len(text) + 1
        return Evidence(self.text[start:end], "body", None, rule)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where each sentence of the text begins and ends."""
    found = []
    at = 0
    for sentence in sentences(text):
        begin = text.find(sentence, at)
        at = begin + len(sentence)
        found.append((begin, at))
    return found


@lru_cache(maxsize=32)
def read_dates(text: str, language: str) -> tuple[Dated, ...]:
    """Find the dates of a text, and for each what it is the date of; remembered, for date and events ask in turn."""
    mentions = find_mentions(text, language)
    if not mentions:
        return ()
    found: list[Dated] = []
    number = 0
    for begin, end in spans_of(text):
        inside = []
        while number < len(mentions) and mentions[number].start < end:
            one = mentions[number]
            inside.append(replace(one, start=one.start - begin, end=one.end - begin))
            number += 1
        if len(inside) > _MOST_IN_SENTENCE or end - begin > _LONGEST_SENTENCE:
            continue
        sentence = text[begin:end]
        found += [Dated(one, stance(sentence, one, inside, language), sentence, begin) for one in inside]
    return tuple(found)
