"""The look of a line, in any language: its script, its weight, whether it is a sentence, which words it shares."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]")
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_CLOSERS = " \"'”’»›)]}）」』】〉》\u00a0*_"
_WORD = re.compile(r"\w+")
_INITIALS = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]\.)+$")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Maj|Capt|Sgt|St|No|vs|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_BOUNDARY = re.compile(r"(?<=[。！？])[”’」』）)\"]*\s*|(?<=[.!?؟।])[\"'”’»)\]]*\s+|\n+")

_ASIDE = re.compile(r"[\s]*[(（\[【][^()（）\[\]【】]{1,40}[)）\]】]\s*$")  # `(Yonhap)` after the last sentence
_LOOK_BACK = 12  # as far as an abbreviation reaches
SENTENCE_WEIGHT = 50  # a shorter line may end in a full stop and still be a label
LONG = 220  # nobody writes a heading of this weight


def script(text: str) -> str:
    """Name the script that most letters belong to: latin, han, kana, hangul, cyrillic, arabic, or the empty string.

    Japanese mixes Han with kana: a tenth of kana makes a line Japanese.
    """
    if text.isascii():
        return "latin" if _LATIN.search(text) else ""
    counts = {
        "latin": len(_LATIN.findall(text)),
        "han": 2 * len(_HAN.findall(text)),
        "kana": 2 * len(_KANA.findall(text)),
        "hangul": 2 * len(_HANGUL.findall(text)),
        "cyrillic": len(_CYRILLIC.findall(text)),
        "arabic": len(_ARABIC.findall(text)),
    }
    if counts["kana"] * 10 >= counts["han"] + counts["kana"] > 0:
        counts["kana"] += counts.pop("han")
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def weight(text: str) -> int:
    """Measure a text in Latin letters: a Han or kana character says as much as two and a half, a Hangul one two."""
    if text.isascii():
        return len(text)
    dense = len(_HAN.findall(text)) + len(_KANA.findall(text))
    return len(text) + (3 * dense) // 2 + len(_HANGUL.findall(text))


def ends_sentence(text: str) -> bool:
    """Tell whether the line ends as a sentence does; dots that trail off and initials (`U.S.`) do not count."""
    aside = _ASIDE.search(text[-60:])
    bare = (text[: len(text) - len(aside[0])] if aside else text).rstrip(_CLOSERS) or text.rstrip(_CLOSERS)
    if not bare or bare.endswith(("...", "…", "‥")) or _INITIALS.search(bare[-_LOOK_BACK:]):
        return False
    return bare[-1] in ".!?。！？؟।．"


def is_paragraph(text: str) -> bool:
    """Tell running text from headings, labels and list entries."""
    return shape(text).paragraph


def is_heading(text: str) -> bool:
    """Tell a line that could head something: short, and no sentence."""
    return shape(text).heading


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of a line again and again, worked out once. `folded` is NFKC in lower case."""

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
    return Shape(heavy, sentence, paragraph, heading, unicodedata.normalize("NFKC", text).lower())


def _states(text: str) -> bool:
    """Tell a statement from a headline that asks or exclaims; two sentences are text in any case."""
    return not text.rstrip(_CLOSERS).endswith(("?", "!", "？", "！")) or len(sentences(text)) > 1


def sentences(text: str) -> list[str]:
    """Split into sentences in order; an abbreviation or an initial ends none. Joined, they give the text back."""
    parts: list[str] = []
    start = 0
    for mark in _BOUNDARY.finditer(text):
        before = text[max(start, mark.start() - _LOOK_BACK) : mark.start()]
        if not before.strip() or _ABBREVIATION.search(before) or _INITIALS.search(before):
            continue
        parts.append(text[start : mark.end()].strip())
        start = mark.end()
    rest = text[start:].strip()
    return [*parts, rest] if rest else parts


def tokens(text: str) -> frozenset[str]:
    """What two texts are compared by: folded words; for scripts without spaces, pairs of characters."""
    found: set[str] = set()
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if _HAN.search(word) or _KANA.search(word):
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            found.add(word)
    return frozenset(found)


_MIN_STEM, _STEM, _HANGUL_STEM = 4, 5, 2


def stems(text: str) -> frozenset[str]:
    """Beginnings of the words that say something, whatever their ending; short ones count in capitals or figures."""
    found: set[str] = set()
    for word in _WORD.findall(unicodedata.normalize("NFKC", text)):
        if _HAN.search(word) or _KANA.search(word):
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif _HANGUL.search(word):
            found.add(word[:_HANGUL_STEM])
        elif len(word) >= _MIN_STEM or word.isupper() or word.isdigit():
            found.add(word.casefold()[:_STEM])
    return frozenset(found)


def is_spaced(text: str) -> bool:
    """Tell a text whose words are parted by spaces, and are not Hangul: there a word says less."""
    return not (_HAN.search(text) or _KANA.search(text) or _HANGUL.search(text))


def repeats(text: str, other: str) -> float:
    """The share (0..1) of the text's words that the other text holds too."""
    mine = tokens(text)
    return len(mine & tokens(other)) / len(mine) if mine else 0.0
