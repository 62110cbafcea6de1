"""The look of a line, in any language: its script, its weight, whether it is a sentence, which words it shares."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RANGES = {
    "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff",
    "kana": "\u3041-\u30ff\uff66-\uff9f",
    "hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
}
_DENSE_SCRIPTS = ("han", "kana", "hangul")  # a character of theirs says twice as much
_RUNS = {name: re.compile(f"[{ranges}]+") for name, ranges in _RANGES.items()}
_HANGUL = _RUNS["hangul"]
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_FOREIGN = re.compile(f"[{''.join(_RANGES.values())}]")  # of a script that is not Latin
_DENSE = re.compile(f"[{_RANGES['han']}{_RANGES['kana']}]+")
_HEAVY = re.compile(f"[{_RANGES['han']}{_RANGES['kana']}{_RANGES['hangul']}]")
_CLOSERS = " \"'”’»›)]}）」』】〉》\u00a0*_"
_WORD = re.compile(r"\w+")
_INITIALS = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]\.)+$")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Maj|Capt|Sgt|St|No|vs|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$"
)
# It begins with a set of characters: `re` looks for such a pattern ten times as fast as for one that looks back.
_BOUNDARY = re.compile(r"[。！？.!?؟।\n](?:(?<=[。！？])[”’」』）)\"]*\s*|(?<=[.!?؟।])[\"'”’»)\]]*\s+|(?<=\n)\n*)")

_ASIDE = re.compile(r"[\s]*[(（\[【][^()（）\[\]【】]{1,40}[)）\]】]\s*$")  # `(Yonhap)` after the last sentence
_BRACKETS = ")）]】"
_LOOK_BACK = 12  # as far as an abbreviation reaches
SENTENCE_WEIGHT = 50  # a shorter line may end in a full stop and still be a label
LONG = 220  # nobody writes a heading of this weight


def script(text: str) -> str:
    """Name the script that most letters belong to: latin, han, kana, hangul, cyrillic, arabic, or the empty string.

    Japanese mixes Han with kana: a tenth of kana makes a line Japanese.
    """
    if text.isascii() or not _FOREIGN.search(text):
        return "latin" if _LATIN.search(text) else ""
    counts = {"latin": _count(_LATIN, text)}
    for name, runs in _RUNS.items():
        counts[name] = _count(runs, text) * (2 if name in _DENSE_SCRIPTS else 1)
    if counts["kana"] * 10 >= counts["han"] + counts["kana"] > 0:
        counts["kana"] += counts.pop("han")
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters the runs are long together."""
    return sum(map(len, runs.findall(text)))


def weight(text: str) -> int:
    """Measure a text in Latin letters: a Han or kana character says as much as two and a half, a Hangul one two."""
    if text.isascii() or not _HEAVY.search(text):
        return len(text)
    return len(text) + (3 * _count(_DENSE, text)) // 2 + _count(_HANGUL, text)


def ends_sentence(text: str) -> bool:
    """Tell whether the line ends as a sentence does; dots that trail off and initials (`U.S.`) do not count."""
    aside = _ASIDE.search(text[-60:]) if text.rstrip()[-1:] in _BRACKETS else None
    bare = (text[: len(text) - len(aside[0])] if aside else text).rstrip(_CLOSERS) or text.rstrip(_CLOSERS)
    if not bare or bare.endswith(("...", "…", "‥")) or (bare[-1] == "." and _INITIALS.search(bare[-_LOOK_BACK:])):
        return False
    return bare[-1] in ".!?。！？؟।．"


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of a line again and again, worked out once.

    A `paragraph` is running text, not a heading, a label or a list entry; a `heading` could head something: it is short
    and no sentence. `folded` is NFKC in lower case.
    """

    weight: int
    sentence: bool
    paragraph: bool
    heading: bool
    folded: str


def shape(text: str) -> Shape:
    """Work out the shape of a line."""
    heavy, sentence = weight(text), ends_sentence(text)
    paragraph = heavy >= LONG or (sentence and heavy >= SENTENCE_WEIGHT and _states(text))
    heading = not paragraph and not (sentence and text.rstrip(_CLOSERS).endswith((".", "。", "．")))
    return Shape(heavy, sentence, paragraph, heading, _folded(text))


def _folded(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()


def _states(text: str) -> bool:
    """Tell a statement from a headline that asks or exclaims; two sentences are text in any case."""
    return not text.rstrip(_CLOSERS).endswith(("?", "!", "？", "！")) or len(sentences(text)) > 1


def sentences(text: str) -> list[str]:
    """Split into sentences in order; an abbreviation or an initial ends none. Joined, they give the text back."""
    parts: list[str] = []
    start = 0
    for mark in _BOUNDARY.finditer(text):
        stop = mark.start() + (text[mark.start()] != "\n")
        before = text[max(start, stop - _LOOK_BACK) : stop]
        if not before.strip() or _ABBREVIATION.search(before) or _INITIALS.search(before):
            continue
        parts.append(text[start : mark.end()].strip())
        start = mark.end()
    rest = text[start:].strip()
    return [*parts, rest] if rest else parts


def tokens(text: str) -> frozenset[str]:
    """What two texts are compared by: folded words; for scripts without spaces, pairs of characters."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if text.isascii():
        return frozenset(words)
    return frozenset(part for word in words for part in (_pairs(word) if _DENSE.search(word) else (word,)))


_MIN_STEM, _STEM, _HANGUL_STEM = 4, 5, 2


def stems(text: str) -> frozenset[str]:
    """Beginnings of the words that say something, whatever their ending; short ones count in capitals or figures."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text))
    if text.isascii():
        return frozenset(_stem(word) for word in words if _tells(word))
    return frozenset(part for word in words for part in _stems(word))


def _stems(word: str) -> Sequence[str]:
    if _DENSE.search(word):
        return _pairs(word)
    if _HANGUL.search(word):
        return (word[:_HANGUL_STEM],)
    return (_stem(word),) if _tells(word) else ()


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


def _tells(word: str) -> bool:
    return len(word) >= _MIN_STEM or word.isupper() or word.isdigit()


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


def is_spaced(text: str) -> bool:
    """Tell a text whose words are parted by spaces, and are not Hangul: there a word says less."""
    return not _HEAVY.search(text)


def repeats(text: str, other: str) -> float:
    """The share (0..1) of the text's words that the other text holds too."""
    mine = tokens(text)
    return len(mine & tokens(other)) / len(mine) if mine else 0.0
