"""A report reduced to what comparing it with others needs: word weights, facts, a MinHash, and a day. Pure.

Words compare reports of one language. Facts (actors, topics, numbers, event days, concepts) are the same in every
language, so they compare reports across languages.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import log
from typing import TYPE_CHECKING
from zlib import crc32

from feeds.tagging.amounts import amounts
from feeds.tagging.concepts import concepts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from storage.types import EventDate, Published, Report

PLACES = 64  # of a MinHash
BANDS, _BAND = 8, 3  # copies of a text share one of 8 bands of 3 places with probability .997 at a likeness of .8
CONCEPT = 1 << 20  # marks the hash of a concept: they are counted apart from other facts
_BUCKETS = 1 << 20  # words are kept as hashes below this, so that the table of their counts has an end
_LEAD = 2_000  # characters of a text in which it has said what happened; one of CJK counts for three
_COPIED = 20_000  # characters that are compared for copies
_MOST_TERMS = 160
_TITLE_TIMES = 2  # a word in the title counts as if it occurred this often
_STEM = 7
_NARROW = 7  # days that a range of publication may span and still count as a date
# What an actor of a type tells of an event: everything happens in some country.
_TYPE_WEIGHT = {"person": 1.0, "organisation": 0.8, "bloc": 0.6, "country": 0.4}
_TOPIC_WEIGHT = 0.5
_NUMBER_WEIGHT, _EVENT_WEIGHT = 0.8, 0.8
_CONCEPT_WEIGHT = 0.4  # of one that occurs once in the text

_MOST_KEYS, _CONCEPT_KEYS = 8, 3
_TELLING = 1 << 31  # marks a telling fact where it is kept
_HEAD = struct.Struct("<iBHHH")

_TOKEN = re.compile(
    "(?P<hangul>[\uac00-\ud7a3]+)|(?P<katakana>[\u30a1-\u30fa\u30fc]{2,})|(?P<han>[\u3400-\u9fff\uf900-\ufaff]+)"
    "|(?P<word>[^\\W\\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,})"
)
_STOP = frozenset(
    re.findall(
        r"\S+",
        """
    about above after again against all also although among and another any are around asked because been before being
    between both but can could day days did does doing down during each even ever every few for from further get given
    had has have having her here hers him himself his how however into its itself just last later like made make many
    may me might month more most much must new next nor not now off once one only other our out over own part people
    per put same say said saying says see several she should since some such take than that the their them then there
    these they this those though through time told too two under until upon very was way week well were what when where
    whether which while who whom whose why will with within without would year years yesterday yet you your according
    added adding including reported statement report
    die der das und von den mit auf für ist des ein eine nicht dem sich als auch bei nach wird aus wie oder sind hat
    les des une dans pour par sur est qui que pas avec son ses aux plus
    los las del con por para una que como más sus
    """,
    )
)


@dataclass(frozen=True, slots=True)
class When:
    """The day (proleptic ordinal) that a report counts by, and whether that is when it appeared or only first seen."""

    day: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """One report, fit to compare.

    `words` and `facts` map hashes to weights before rarity is known; facts with the bit `CONCEPT` are concepts. `known`
    are the hashes of those facts that are concepts, persons, organisations, numbers or event days: what two reports
    must share before they can tell of one event. `keys` are hashes of its weightiest tags and concepts: reports of one
    event share one of them, or a band.
    """

    language: str
    when: When
    words: Mapping[int, float]
    facts: Mapping[int, float]
    known: frozenset[int]
    keys: tuple[int, ...]
    minhash: tuple[int, ...]

    @property
    def bands(self) -> tuple[int, ...]:
        """Hashes that copies of the text are likely to share one of."""
        groups = (self.minhash[_BAND * number : _BAND * (number + 1)] for number in range(BANDS))
        return tuple(_hash(f"band {number} {group}") for number, group in enumerate(groups)) if self.minhash else ()


def sketch(report: Report, first_seen: date, types: Mapping[str, str]) -> Sketch:
    """Reduce a report; `types` gives the type of each of its actors by slug."""
    text = f"{report.summary}\n{report.body}"
    facts = facts_of(report, types)
    return Sketch(
        language=report.language.partition("-")[0].lower(),
        when=when(report.published, first_seen, report.events),
        words=_words(report.title, text),
        facts={fact_hash(name): weight for name, weight in facts.items()},
        known=frozenset(fact_hash(name) for name in facts if _telling(name, types)),
        keys=tuple(fact_hash(name) for name in _keys(facts)),
        minhash=minhash(f"{report.title}\n{report.body or report.summary}"[:_COPIED]),
    )


def when(published: Published, first_seen: date, events: Iterable[EventDate] = ()) -> When:
    """The last day of a narrow date, or the day that a report without one counts by, as uncertain.

    That is the latest of the days at which it says that something happened, if there is one, or when it was first seen.
    """
    first, last = published.first, published.last
    if published.instant is not None:
        return When(published.instant.date().toordinal(), certain=True)
    if first is not None and last is not None and (last - first).days <= _NARROW:
        return When(last.toordinal(), certain=first == last)
    begin, end = first or date.min, min(last or first_seen, first_seen)
    told = [event.first for event in events if event.first == event.last and begin <= event.first <= end]
    return When(max(told, default=first_seen).toordinal(), certain=False)


def pack(one: Sketch) -> bytes:
    """Write all but language and keys, to keep beside the report: about 1 KB."""
    facts = {fact | (_TELLING if fact in one.known else 0): weight for fact, weight in one.facts.items()}
    numbers = (len(one.words), len(facts), len(one.minhash))
    return b"".join(
        (
            _HEAD.pack(one.when.day, one.when.certain, *numbers),
            struct.pack(f"<{numbers[0]}I{numbers[0]}f", *one.words, *one.words.values()),
            struct.pack(f"<{numbers[1]}I{numbers[1]}f", *facts, *facts.values()),
            struct.pack(f"<{numbers[2]}I", *one.minhash),
        )
    )


def unpack(data: bytes, language: str) -> Sketch:
    """Read what `pack` wrote; weights come back as 32-bit floats."""
    day, certain, words, facts, places = _HEAD.unpack_from(data)
    at = _HEAD.size
    found = struct.unpack_from(f"<{words}I{words}f", data, at)
    told = struct.unpack_from(f"<{facts}I{facts}f", data, at + 8 * words)
    return Sketch(
        language,
        When(day, bool(certain)),
        dict(zip(found[:words], found[words:], strict=True)),
        {fact & ~_TELLING: weight for fact, weight in zip(told[:facts], told[facts:], strict=True)},
        frozenset(fact & ~_TELLING for fact in told[:facts] if fact & _TELLING),
        (),
        struct.unpack_from(f"<{places}I", data, at + 8 * (words + facts)),
    )


def minhash(text: str) -> tuple[int, ...]:
    """The MinHash of a text's shingles (3 words, 6 characters of CJK), by one permutation; () for too short a text.

    One permutation parted into 64 bins, empty ones filled from the next (Li, Owen and Zhang 2012; Shrivastava and Li
    2014): one hash a shingle instead of 64. `likeness` of two of them estimates the Jaccard index of the shingle sets.
    """
    tokens = re.findall(
        "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|\\w+", unicodedata.normalize("NFKC", text).casefold()
    )
    size = 6 if tokens and sum(len(token) == 1 for token in tokens) > len(tokens) / 2 else 3
    if len(tokens) < 4 * size:
        return ()
    bins: list[int | None] = [None] * PLACES
    for start in range(len(tokens) - size + 1):
        value = crc32(" ".join(tokens[start : start + size]).encode())
        place = value % PLACES
        least = bins[place]
        bins[place] = value if least is None else min(value, least)
    return tuple(_filled(bins, place) for place in range(PLACES))


def _filled(bins: list[int | None], place: int) -> int:
    for step in range(PLACES):
        value = bins[(place + step) % PLACES]
        if value is not None:
            return (value + step * 2_654_435_761) & 0xFFFFFFFF
    return 0


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The estimated Jaccard index of two texts' shingles, 0..1."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / PLACES


def _hash(name: str) -> int:
    return crc32(name.encode()) % _BUCKETS


def _words(title: str, text: str) -> dict[int, float]:
    counts: dict[str, int] = {}
    for term in _terms(title, len(title)):
        counts[term] = counts.get(term, 0) + _TITLE_TIMES
    for term in _terms(text, _LEAD):
        if len(counts) >= _MOST_TERMS and term not in counts:
            continue
        counts[term] = counts.get(term, 0) + 1
    return {_hash(term): 1 + log(count) for term, count in counts.items()}


def _terms(text: str, length: int) -> Iterator[str]:
    """Stems of Latin words, pairs of characters of Hangul and Han, whole runs of katakana, up to `length`."""
    spent = 0
    for found in _TOKEN.finditer(unicodedata.normalize("NFKC", text).casefold()):
        word, kind = found[0], found.lastgroup
        spent += len(word) + 1 if kind == "word" else 3 * len(word)
        if spent > length and length == _LEAD:
            return
        if kind == "word":
            if len(word) > 2 and word not in _STOP:  # noqa: PLR2004 - "of", "to", "in"
                yield _stem(word)
        elif kind == "katakana" or len(word) == 1:
            yield word
        else:
            yield from (word[at : at + 2] for at in range(len(word) - 1))


def _stem(word: str) -> str:
    """The plural's s off, then the first seven letters: near enough to put inflections together."""
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_STEM]


def facts_of(report: Report, types: Mapping[str, str]) -> dict[str, float]:
    """The facts of a report, by a name that begins with their kind, and their weights before rarity is known."""
    return dict(_facts(report, types))


def fact_hash(name: str) -> int:
    """How a fact is kept."""
    return _hash(name) | (CONCEPT if name.startswith("concept ") else 0)


def _facts(report: Report, types: Mapping[str, str]) -> Iterable[tuple[str, float]]:
    text = f"{report.summary}\n{report.body}"
    for tag in report.tags:
        weight = _TOPIC_WEIGHT if tag.kind == "topic" else _TYPE_WEIGHT.get(types.get(tag.slug, ""), 0.5)
        yield f"{tag.kind} {tag.slug}", weight * (0.3 + 0.7 * tag.salience)
    for amount in amounts(f"{report.title}\n{text}"[:_LEAD]):
        yield f"number {amount}", _NUMBER_WEIGHT
    for event in report.events:
        if event.first == event.last:
            yield f"event {event.first.isoformat()}", _EVENT_WEIGHT
    counts = Counter(concepts(text[:_LEAD]))
    counts.update(name for name in concepts(report.title) for _ in range(_TITLE_TIMES))
    for name, count in counts.items():
        yield f"concept {name}", _CONCEPT_WEIGHT * (1 + log(count))


def _keys(facts: Mapping[str, float]) -> list[str]:
    """The names of the weightiest tags, and of the weightiest concepts, by which reports without a tag are found."""
    names = sorted(facts, key=lambda name: (-facts[name], name))
    tags = [name for name in names if name.startswith(("actor ", "topic "))]
    told = [name for name in names if name.startswith("concept ")]
    return [*tags[:_MOST_KEYS], *told[:_CONCEPT_KEYS]]


def _telling(name: str, types: Mapping[str, str]) -> bool:
    kind, _, slug = name.partition(" ")
    return kind in ("number", "event", "concept") or (kind == "actor" and types.get(slug) in ("person", "organisation"))
