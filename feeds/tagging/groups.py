"""Whether two reports are of the same event, and which group a report belongs to. Pure; thresholds were measured.

Copies: MinHash. One language: TF-IDF of the words, with the facts that both have, faded by the days between them.
Two languages: the facts alone. `benchmarks/groups.py` prints the figures; docs/authority.md says what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from feeds.tagging.sketch import Sketch, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WINDOW_DAYS = 4  # reports further apart are compared for copies only
FADE_DAYS = 3.0  # in which a likeness falls to 1/e
ZONE_DAYS = 1  # reports in two languages are often written in two zones: so many days apart is as good as none
COPY = 0.5  # MinHash likeness from which two texts are versions of one
SAME_LANGUAGE = 0.15
FEWEST_WORDS = 0.15  # cosine of the words below which the facts alone decide nothing within a language
ACROSS_LANGUAGES = 0.5
WORDS_SHARE = 0.8  # of the words in a likeness within a language; the rest is the facts'
ENOUGH = 5.5  # nats of rarity that shared facts need to count in full: two stories of one country are not yet alike
UNSEEN = 20  # reports without the term that are supposed beside those that were seen: a young store knows little
UNCERTAIN = 0.85  # a date that is only a first sight counts less
TOGETHER = 0.7  # of the threshold: what a report must be like the whole group, on average, so that groups do not chain


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many of `total` reports have each hash; what few have says more (inverse document frequency)."""

    total: int
    counts: Mapping[int, int]

    def __call__(self, term: int) -> float:
        """How much a term says, in nats."""
        return log((self.total + UNSEEN) / (self.counts.get(term, 0) + 1))


@dataclass(frozen=True, slots=True)
class Rarities:
    """The rarity of words within a language and of facts in all."""

    words: Rarity
    facts: Rarity


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
    facts = _cosine(one.facts, other.facts, rarity.facts) * min(1.0, _shared(one, other, rarity.facts) / ENOUGH)
    sure = 1.0 if one.when.certain and other.when.certain else UNCERTAIN
    if not alike:
        return sure * exp(-max(0, gap - ZONE_DAYS) / FADE_DAYS) * facts / ACROSS_LANGUAGES
    words = _cosine(one.words, other.words, rarity.words)
    if words < FEWEST_WORDS:
        return 0.0
    return sure * exp(-gap / FADE_DAYS) * (WORDS_SHARE * words + (1 - WORDS_SHARE) * facts) / SAME_LANGUAGE


def _shared(one: Sketch, other: Sketch, rarity: Rarity) -> float:
    """How much the facts that both have say, in nats."""
    return sum(min(w, other.facts[fact]) * rarity(fact) for fact, w in one.facts.items() if fact in other.facts)


def choose(
    scores: Mapping[int, float], groups: Mapping[int, str], members: Mapping[str, Iterable[int]]
) -> tuple[list[int], list[str]]:
    """Which reports, and which groups, a new one belongs with: `scores` by report, `groups` of those that have one.

    `members` are the members of those groups; one without a score was not compared and does not count.

    Returns:
        The reports without a group that it is of one event with, and the groups that it is as a whole like.

    """
    alike = [item for item, score in sorted(scores.items()) if score >= 1]
    lone = [item for item in alike if item not in groups]
    found = dict.fromkeys(groups[item] for item in alike if item in groups)
    return lone, [group for group in found if _together([scores.get(item) for item in members[group]])]


def _together(scores: Sequence[float | None]) -> bool:
    compared = [score for score in scores if score is not None]
    return sum(min(score, 1.0) for score in compared) >= TOGETHER * len(compared)


def _cosine(one: Mapping[int, float], other: Mapping[int, float], rarity: Rarity) -> float:
    if len(one) > len(other):
        one, other = other, one
    dot = sum(weight * other[term] * rarity(term) ** 2 for term, weight in one.items() if term in other)
    return dot / (_norm(one, rarity) * _norm(other, rarity)) if dot else 0.0


def _norm(weights: Mapping[int, float], rarity: Rarity) -> float:
    return sqrt(sum((weight * rarity(term)) ** 2 for term, weight in weights.items()))
