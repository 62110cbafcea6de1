"""Lines that recur in what was kept of one source's articles, as furniture rules for its operator to judge."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from feeds.reading import BlockKind
from feeds.reading.shape import shape
from feeds.text import clean, digest, fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeds.reading import Article, Block

MIN_SEEDS = 5
MIN_SHARE = 0.3
UNKNOWN = "unknown"

_KEPT = frozenset({BlockKind.TITLE, BlockKind.SUMMARY, BlockKind.BODY})
_NUMBER = r"\d+(?:\W+\d+)*"  # with its separators: 1,204 and 2026-02-03 05:10 are one each
_NUMBERS = re.compile(_NUMBER)
_PARTS = re.compile(rf"({_NUMBER})|([^\W\d]+)")
_MAX_PATTERN = 1_900  # the rules' own limit, with room for what stands around the alternatives
_OPENING = 2  # paragraphs that tell an article from its copies
_STANDING = 0.5  # what more of a source's seeds say than this share tells none of them apart
_TAIL = 0.4
_SLACK = 10  # of weight: numbers grow


@dataclass(frozen=True, slots=True)
class Kept:
    """One line that a subscriber would read. `key` is the same for lines that differ in numbers, case or marks."""

    text: str
    key: str
    kind: BlockKind
    paragraph: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """What was kept of one seed: its title line, summary and body, in order. `source` is its id or host."""

    source: str
    lines: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A furniture rule for one line of one source, seen in `seeds` of `of` seeds; `spellings`, commonest first."""

    source: str
    key: str
    kind: BlockKind
    spellings: tuple[str, ...]
    seeds: int
    of: int


def sample(article: Article) -> Sample:
    """Take from an article what the rules left to read."""
    return Sample(article.source or UNKNOWN, tuple(_kept(block) for block in article.blocks if block.kind in _KEPT))


def _kept(block: Block) -> Kept:
    look = shape(block.text)
    return Kept(block.text, mask(block.text), block.kind, look.paragraph, look.heading)


def mask(text: str) -> str:
    """Fold a line and write every number in it as 0, so that counters and dates do not tell lines apart."""
    return fold(_NUMBERS.sub("0", unicodedata.normalize("NFKC", text)))


def propose(samples: Iterable[Sample], min_seeds: int = MIN_SEEDS, min_share: float = MIN_SHARE) -> list[Proposal]:
    """Find the lines that stand in at least `min_seeds` seeds and `min_share` (0..1) of the seeds of one source.

    Seeds that open alike, the line itself aside, are copies of one article and count once. Lines without a letter
    are never proposed. The commonest come first.
    """
    sources: defaultdict[str, list[Sample]] = defaultdict(list)
    for one in samples:
        if one.lines:
            sources[one.source].append(one)
    found = [proposal for name in sorted(sources) for proposal in _of_source(sources[name], min_seeds, min_share)]
    return sorted(found, key=lambda one: (one.source, -one.seeds, one.key))


def _of_source(samples: Sequence[Sample], min_seeds: int, min_share: float) -> Iterator[Proposal]:
    holders: defaultdict[str, list[Sample]] = defaultdict(list)
    for one in samples:
        for key in {line.key for line in one.lines}:
            holders[key].append(one)
    standing = frozenset(key for key, holding in holders.items() if len(holding) > _STANDING * len(samples))
    of = len({_opening(one, standing) for one in samples})
    for key, holding in holders.items():
        if len(holding) < max(min_seeds, min_share * of) or not any(char.isalpha() for char in key):
            continue
        seeds = len({_opening(one, standing | {key}) for one in holding})
        spellings = _spellings(key, holding)
        if seeds >= max(min_seeds, min_share * of) and len(_form(spellings[0])) <= _MAX_PATTERN:
            yield Proposal(samples[0].source, key, _kind(key, holding), spellings, seeds, of)


def _opening(one: Sample, without: frozenset[str]) -> tuple[str, ...]:
    """What tells an article from others: its first paragraphs but for these lines, or all its lines if it has none."""
    own = (line.key for line in one.lines if line.paragraph and line.key not in without)
    return tuple(islice(own, _OPENING)) or tuple(line.key for line in one.lines)


def _spellings(key: str, holding: Sequence[Sample]) -> tuple[str, ...]:
    counts = Counter(line.text for one in holding for line in one.lines if line.key == key)
    return tuple(sorted(counts, key=lambda text: (-counts[text], text)))


def _kind(key: str, holding: Sequence[Sample]) -> BlockKind:
    """Guess from place and shape what most of the lines are; a wrong guess leaves out the line all the same."""
    guesses = Counter(_guess(key, one) for one in holding)
    return max(sorted(guesses), key=lambda kind: guesses[kind])


def _guess(key: str, one: Sample) -> BlockKind:
    at = next(number for number, line in enumerate(one.lines) if line.key == key)
    if not one.lines[at].heading or one.lines[at].kind is BlockKind.TITLE:
        return BlockKind.NOTICE
    after = one.lines[at + 1 : at + 2]
    if not after or (at > 0 and one.lines[at - 1].kind is BlockKind.TITLE):
        return BlockKind.CREDIT  # under the title or at the very end stands who wrote it
    late = at >= _TAIL * len(one.lines)
    return BlockKind.RELATED if late and after[0].heading else BlockKind.NOTICE


def to_toml(proposals: Iterable[Proposal]) -> str:
    """Write the proposals in the form of `furniture.toml`, each under a comment that says where it was seen."""
    return "\n".join(_rule(one) for one in proposals)


def _rule(one: Proposal) -> str:
    examples = ", ".join(_quoted(text) for text in one.spellings[:2])
    heaviest = max(shape(text).weight for text in one.spellings)
    return (
        f"# in {one.seeds} of {one.of} seeds of {_quoted(one.source)}\n"
        "[[rule]]\n"
        f'id = "learned-{slug(one.source) or UNKNOWN}-{digest(one.key)[:8]}"\n'
        f'kind = "{one.kind}"\n'
        f"pattern = '{_pattern(one.spellings)}'\n"
        f"max = {heaviest + _SLACK}\n"
        f"example = [{examples}]\n"
    )


def _pattern(spellings: Sequence[str]) -> str:
    """A pattern that matches every spelling whole, whatever its numbers; the rarest are left out if it grows long."""
    forms = list({form.lower(): form for form in map(_form, reversed(spellings))}.values())[::-1]
    while len(forms) > 1 and sum(len(form) + 1 for form in forms) > _MAX_PATTERN:
        forms.pop()
    return rf"(?i)\W*(?:{'|'.join(forms)})\W*"


def _form(text: str) -> str:
    """The words of a line as a pattern; it needs no escapes, for words hold nothing that means something there."""
    pattern, end = "", 0
    for part in _PARTS.finditer(text):
        between = r"\W+" if pattern and part.start() > end else ""
        pattern += between + (_NUMBER if part[1] else part[2])
        end = part.end()
    return pattern


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's, with escapes for what cannot be seen."""
    shown = json.dumps(clean(text), ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in shown)
