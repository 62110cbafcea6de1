"""Which topics a story has: keyphrases that add up to points, every point open to inspection."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import MATCHKIND_STANDARD, AhoCorasick

from feeds.authority.bounds import left_free, right_free
from feeds.authority.folding import fold
from storage.types import Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeds.authority.model import Authority, Topic
    from feeds.tagging.zones import Zone
    from storage.types import Evidence

EVIDENCE = 8  # kept for each tag
# Points of a long text are divided by 1 + ln(length / NORMAL): more words say more by chance.
NORMAL = 6_000  # in units of which a CJK character counts for three Latin ones
# Of the best topic's points that another one needs too, unless it requires actors: those bear it out already.
RELATIVE = 0.25
# ... but no more than these: a story of the usual length that says as much of a subject discusses it, whatever else it
# is about. Long documents touch on much; the length norm raises it for them.
DISCUSSED = 5.5
PRINCIPAL_SHARE = 0.5  # of the best topic's points
# From this weight one phrase is enough; of lighter ones a topic needs two, or the actors that it requires.
TELLING = 2.5
# What the points of a topic count for more if the actors that it requires are principal: it says more than a general
# one, such as that there were talks.
BORNE = 1.25
# ... and what is then left of the threshold of a topic between two actors: few words are needed to say what ties them.
BORNE_THRESHOLD = 0.6
# What a general topic needs of the points of the best other topic: it is for stories that are about nothing narrower.
GENERAL = 2.0


class Phrase(NamedTuple):
    """A keyphrase of a topic; a negative one has a weight below 0."""

    topic: str
    text: str
    weight: float


class Points(NamedTuple):
    """What one phrase gave to one topic."""

    topic: str
    phrase: str
    weight: float
    times: int
    zone: float
    points: float
    evidence: tuple[Evidence, ...]


class TopicScorer:
    """The compiled phrases of one authority; immutable once built."""

    def __init__(self, authority: Authority) -> None:
        self.topics: Mapping[str, Topic] = authority.topics
        self._phrases: list[list[Phrase]] = []
        patterns: dict[str, int] = {}
        for phrase in _phrases(authority):
            number = patterns.setdefault(phrase.text, len(patterns))
            if number == len(self._phrases):
                self._phrases.append([])
            self._phrases[number].append(phrase)
        self._automaton = AhoCorasick(patterns, matchkind=MATCHKIND_STANDARD)
        self._countries = frozenset(slug for slug, actor in authority.actors.items() if actor.type == "country")

    def points(self, texts: tuple[Zone, ...]) -> list[Points]:
        """What every phrase of the story gives, by topic and in order of first occurrence."""
        places: dict[Phrase, list[tuple[Zone, int, int]]] = defaultdict(list)
        for zone in texts:
            folded = fold(zone.text)
            for phrase, start, end in self._longest(folded.lower):
                places[phrase].append((zone, *folded.original(start, end)))
        norm = _norm(texts)
        return [_points(phrase, found, norm) for phrase, found in places.items()]

    def tags(self, texts: tuple[Zone, ...], actors: frozenset[str], principal: Sequence[str] = ()) -> tuple[Tag, ...]:
        """The topics of a story, best first; `salience` is the points as a share of the best topic's.

        `actors` are those of the story, `principal` the principal ones among them, weightiest first.
        """
        found: dict[str, list[Points]] = defaultdict(list)
        for points in self.points(texts):
            found[points.topic].append(points)
        main = frozenset(principal)
        scores = self._above(self._borne_out(found, actors, main), _norm(texts))
        scores = {slug: score for slug, score in scores.items() if not self._yields(slug, scores)}
        ranked = {slug: score * self._weight(slug, main) for slug, score in scores.items()}
        for slug, talks in self._between(ranked, principal):
            found[slug] += found[talks]
            ranked[slug] = min(self.topics[slug].threshold * BORNE_THRESHOLD, ranked[talks])
        best = max(ranked.values(), default=1.0)
        return tuple(
            Tag(
                "topic",
                slug,
                "principal" if score >= PRINCIPAL_SHARE * best else "mentioned",
                round(score / best, 3),
                _evidence(found[slug]),
            )
            for slug, score in sorted(ranked.items(), key=lambda entry: (-entry[1], entry[0]))
        )

    def _above(self, scores: Mapping[str, float], norm: float) -> dict[str, float]:
        """The topics that say enough beside the best one; general ones where nothing narrower says much."""
        narrow = max((score for slug, score in scores.items() if not self.topics[slug].general), default=0.0)
        kept = {slug: s for slug, s in scores.items() if not self.topics[slug].general or s >= GENERAL * narrow}
        most = max(kept.values(), default=1.0)
        return {slug: score for slug, score in kept.items() if score >= self._bar(slug, most, norm)}

    def _yields(self, slug: str, scores: Mapping[str, float]) -> bool:
        """Whether a topic that this one yields to has at least as many points."""
        return any(scores.get(other, 0.0) >= scores[slug] for other in self.topics[slug].yields_to)

    def _between(self, scores: Mapping[str, float], principal: Sequence[str]) -> list[tuple[str, str]]:
        """What ties the two weightiest countries of a story, where it tells of their talks; each with the talks."""
        two = frozenset([slug for slug in principal if slug in self._countries][:2])
        return [
            (topic.slug, topic.given_with)
            for topic in self.topics.values()
            if topic.given_with is not None
            and topic.given_with in scores
            and topic.slug not in scores
            and two.issuperset(topic.requires_actors)
        ]

    def _weight(self, slug: str, principal: frozenset[str]) -> float:
        required = self.topics[slug].requires_actors
        return BORNE if required and principal.issuperset(required) else 1.0

    def _bar(self, slug: str, most: float, norm: float) -> float:
        """The points that a topic needs beside the best topic's."""
        topic = self.topics[slug]
        if topic.general:
            return PRINCIPAL_SHARE * most
        return 0.0 if topic.requires_actors else min(RELATIVE * most, DISCUSSED * norm)

    def _borne_out(
        self, found: Mapping[str, list[Points]], actors: frozenset[str], principal: frozenset[str]
    ) -> dict[str, float]:
        """The points of the topics that have enough of them, of phrases that tell enough, and the actors they need."""
        kept = {}
        for slug, points in found.items():
            topic, score = self.topics[slug], sum(one.points for one in points)
            borne = len(topic.requires_actors) > 1 and principal.issuperset(topic.requires_actors)
            enough = score >= topic.threshold * (BORNE_THRESHOLD if borne else 1.0)
            if enough and actors.issuperset(topic.requires_actors) and (topic.requires_actors or _telling(points)):
                kept[slug] = score
        return kept

    def _longest(self, text: str) -> Iterator[tuple[Phrase, int, int]]:
        """The longest phrases of each topic that stand free, leftmost first, without overlap within the topic."""
        found = [
            match
            for match in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if left_free(text, match[1]) and (right_free(text, match[2]) or _plural(text, match[2]))
        ]
        found.sort(key=lambda match: (match[1], -match[2]))
        reached: dict[str, int] = {}
        for number, start, end in found:
            for phrase in self._phrases[number]:
                if start >= reached.get(phrase.topic, 0):
                    reached[phrase.topic] = end
                    yield phrase, start, end


def _telling(points: list[Points]) -> bool:
    found = [one for one in points if one.points > 0]
    return len(found) > 1 or found[0].weight >= TELLING


def _norm(texts: tuple[Zone, ...]) -> float:
    length = sum(len(t) if t.isascii() else sum(1 if char < "\u1100" else 3 for char in t) for _, t, *_ in texts)
    return 1 + log(max(1.0, length / NORMAL))


def _plural(text: str, end: int) -> bool:
    """Whether an English plural s ends the word at `end`."""
    return text.startswith("s", end) and right_free(text, end + 1)


def _phrases(authority: Authority) -> list[Phrase]:
    found = []
    for topic in authority.topics.values():
        weights: dict[str, float] = {}
        for by_text in topic.phrases.values():
            for text, weight in by_text.items():
                weights.setdefault(fold(text).lower, weight)
        for text, weight in topic.negatives.items():
            weights[fold(text).lower] = -abs(weight)
        found += [Phrase(topic.slug, text, weight) for text, weight in weights.items()]
    return found


def _points(phrase: Phrase, found: list[tuple[Zone, int, int]], norm: float) -> Points:
    """Weight x (1 + ln count) x the best zone, over the length norm."""
    zone = max(zone.weight_at(start) for zone, start, _ in found)
    points = phrase.weight * (1 + log(len(found))) * zone / norm
    evidence = tuple(zone.evidence(start, end, f"keyphrase {phrase.weight:g}") for zone, start, end in found[:2])
    return Points(phrase.topic, phrase.text, phrase.weight, len(found), zone, round(points, 3), evidence)


def _evidence(points: list[Points]) -> tuple[Evidence, ...]:
    ranked = sorted(points, key=lambda entry: (-entry.points, entry.phrase))
    return tuple(evidence for entry in ranked for evidence in entry.evidence[:1])[:EVIDENCE]
