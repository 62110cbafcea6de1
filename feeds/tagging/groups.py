"""Whether two reports are of the same event, and which group a report belongs to. Pure; thresholds were measured.

Copies: MinHash. One language: TF-IDF of the words, with the facts that both have, faded by the days between them.
Two languages: the facts alone, of which the concepts are what words are within a language. `benchmarks/groups.py`
prints the figures; docs/authority.md says what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import exp, log, sqrt
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from feeds.tagging.sketch import CONCEPT, Sketch, fact_hash, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

WINDOW_DAYS = 4  # reports further apart are compared for copies only
FADE_DAYS = 3.0  # in which a likeness falls to 1/e
ZONE_DAYS = 1  # reports in two languages are often written in two zones: so many days apart is as good as none
COPY = 0.5  # MinHash likeness from which two texts are versions of one
SAME_LANGUAGE = 0.2
FEWEST_WORDS = 0.1  # cosine of the words below which the facts alone decide nothing within a language
ACROSS_LANGUAGES = 0.35
WORDS_SHARE = 0.6  # of the words in a likeness within a language; the rest is the facts'
ENOUGH = 4.0  # nats of rarity that shared facts need to count in full: two stories of one country are not yet alike
UNSEEN = 10  # reports without the term that are supposed beside those that were seen: a young store knows little
UNCERTAIN = 0.85  # a date that is only a first sight counts less
TOGETHER = 0.9  # of the threshold: what a report must be like a whole group, on average, so that groups do not chain
CLEAR = 1.5  # of the threshold: what one member at most makes up for others that are less like
SAMPLE = 6  # members of a group, oldest first, that are held against another group


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many of `total` reports have each hash; what few have says more (inverse document frequency)."""

    total: int
    counts: Mapping[int, int]

    def __call__(self, term: int) -> float:
        """How much a term says, in nats."""
        return log((self.total + UNSEEN) / (self.counts.get(term, 0) + 1))


NONE = Rarity(0, {})  # where no word is looked at


@dataclass(frozen=True, slots=True)
class Rarities:
    """The rarity of words within a language, and of facts and concepts in all."""

    words: Rarity
    facts: Rarity
    concepts: Rarity

    def told(self, fact: int) -> float:
        """How much a fact says, in nats: a concept is rare among concepts."""
        return (self.concepts if fact & CONCEPT else self.facts)(fact)


def same_event(one: Sketch, other: Sketch, rarity: Rarities) -> float:
    """How surely two reports tell of one event, as a multiple of the threshold that applies: 1.0 and up is yes."""
    if likeness(one.minhash, other.minhash) >= COPY:
        return 2.0
    gap = abs(one.when.day - other.when.day)
    if gap > WINDOW_DAYS:
        return 0.0
    alike = one.language == other.language
    if not alike and not one.known & other.known:
        return 0.0
    facts = _cosine(one.facts, other.facts, rarity.told) * min(1.0, _shared(one, other, rarity.told) / ENOUGH)
    sure = 1.0 if one.when.certain and other.when.certain else UNCERTAIN
    if not alike:
        return sure * exp(-max(0, gap - ZONE_DAYS) / FADE_DAYS) * facts / ACROSS_LANGUAGES
    words = _cosine(one.words, other.words, rarity.words)
    if words < FEWEST_WORDS:
        return 0.0
    return sure * exp(-gap / FADE_DAYS) * (WORDS_SHARE * words + (1 - WORDS_SHARE) * facts) / SAME_LANGUAGE


def evidence(one: Mapping[str, float], other: Mapping[str, float], rarity: Rarities) -> list[tuple[str, float]]:
    """The facts that both have, by name, and how much each says, in nats; what says most comes first."""
    shared = [(name, min(w, other[name]) * rarity.told(fact_hash(name))) for name, w in one.items() if name in other]
    return sorted(shared, key=lambda entry: (-entry[1], entry[0]))


def _shared(one: Sketch, other: Sketch, rarity: Callable[[int], float]) -> float:
    """How much the facts that both have say, in nats."""
    return sum(min(w, other.facts[fact]) * rarity(fact) for fact, w in one.facts.items() if fact in other.facts)


class _Part(NamedTuple):
    """What is joined as a whole: the compared members of a group, or a report without one."""

    group: str | None
    items: tuple[int, ...]


def choose(
    scores: Mapping[int, float],
    groups: Mapping[int, str],
    members: Mapping[str, Iterable[int]],
    between: Callable[[int, int], float],
) -> tuple[list[int], list[str]]:
    """Which reports, and which groups, a new one belongs with: `scores` by report, `groups` of those that have one.

    `members` are the members of those groups; one without a score was not compared and does not count. `between` gives
    the score of two other reports: what the new one is like is only put together if it is alike, too.

    Returns:
        The reports without a group that it is of one event with, and the groups that it is as a whole like.

    """
    taken: list[_Part] = []
    for part in _ranked(scores, groups, members):
        if all(_together(between(one, other) for one, other in _across(part, before)) for before in taken):
            taken.append(part)
    lone = [item for part in taken if part.group is None for item in part.items]
    return sorted(lone), [part.group for part in taken if part.group is not None]


def _ranked(
    scores: Mapping[int, float], groups: Mapping[int, str], members: Mapping[str, Iterable[int]]
) -> list[_Part]:
    """The groups and reports that the new one is like, the likest first, of those the oldest."""
    alike = [item for item, score in sorted(scores.items()) if score >= 1]
    parts = [_Part(None, (item,)) for item in alike if item not in groups]
    parts.extend(
        _Part(group, tuple(item for item in members[group] if item in scores))
        for group in dict.fromkeys(groups[item] for item in alike if item in groups)
    )
    found = {part: [scores[item] for item in part.items] for part in parts}
    return sorted(
        (part for part in parts if _together(found[part])), key=lambda part: (-_mean(found[part]), part.items)
    )


def _across(one: _Part, other: _Part) -> Iterator[tuple[int, int]]:
    return product(one.items[:SAMPLE], other.items[:SAMPLE])


def _together(scores: Iterable[float]) -> bool:
    return _mean(scores) >= TOGETHER


def _mean(scores: Iterable[float]) -> float:
    return fmean(min(score, CLEAR) for score in scores)


def _cosine(one: Mapping[int, float], other: Mapping[int, float], rarity: Callable[[int], float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    dot = sum(weight * other[term] * rarity(term) ** 2 for term, weight in one.items() if term in other)
    return dot / (_norm(one, rarity) * _norm(other, rarity)) if dot else 0.0


def _norm(weights: Mapping[int, float], rarity: Callable[[int], float]) -> float:
    return sqrt(sum((weight * rarity(term)) ** 2 for term, weight in weights.items()))
