"""Texts to the words they are searched by: one stream of tokens, the same for both engines and for queries.

A word of a script that writes spaces is one token, folded: NFKC, case, accents. Scripts that do not, and Korean, whose
particles cling to names, give every pair of neighbouring characters, and the last character by itself: `韩国人` gives
`韩国 国人 人`. So a name of two characters is found wherever it stands, and one character by the beginning of a token.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.han import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer letters; the Japanese middle dot parts names and is none.
_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3100-\u312f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"([{_DENSE}]+)|([^\\W_{_DENSE}][^\\W_{_DENSE}\u0300-\u036f]*)")
_ASCII_WORD = re.compile("[a-z0-9]+")
_IS_DENSE = re.compile(f"[{_DENSE}]")
_MARKS = re.compile("[\u0300-\u036f]")
# Letters with a stroke, which Unicode does not take apart.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"})

# What PostgreSQL can hold of one text (documentation, section 12.11), so that both engines hold the same.
_LONGEST_TEXT = 16_000  # tokens; positions end at 16,383
_MOST_OFTEN = 255  # positions of one token
_LONGEST_TOKEN = 48  # bytes; 16,000 of these stay below a megabyte
GAP = "\ue000"  # a token that no text gives: it parts title, summary and body, and stands for what is not indexed


class _Simplified(dict[int, int]):
    """One character to its simplified form, filled as characters are met."""

    def __missing__(self, code: int) -> int:
        folded = simplified(chr(code))
        value = ord(folded) if len(folded) == 1 else code
        self[code] = value
        return value


_SIMPLIFIED = _Simplified()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand side by side; where `open` is true, the last one may go on."""

    tokens: tuple[str, ...]
    open: bool


def runs(text: str) -> list[str]:
    """Fold a text to its words and runs of dense script, in order: `G7峰會, Trump's` gives `g7 峰会 trump s`."""
    if text.isascii():
        return [word[:_LONGEST_TOKEN] for word in _ASCII_WORD.findall(text.lower())]
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return [run for match in _RUN.finditer(folded) if (run := _fold(match))]


def stream(*texts: str) -> str:
    """Give the tokens under which an item with these texts (title, summary, body) is found, parted by spaces."""
    often: Counter[str] = Counter()
    kept = []
    for token in _all(texts):
        often[token] += 1
        kept.append(token if often[token] <= _MOST_OFTEN else GAP)
        if len(kept) == _LONGEST_TEXT:
            break
    return " ".join(kept)


def phrase(text: str) -> Phrase:
    """Give the tokens of a query's words, in order.

    >>> phrase("李在明")
    Phrase(tokens=('李在', '在明'), open=False)
    """
    found = runs(text)
    tokens = [token for run in found for token in _tokens(run)]
    if not found or not _IS_DENSE.match(found[-1]):
        return Phrase(tuple(tokens), open=False)
    # The last character may go on in the text: it stands for itself only where nothing stands before it.
    alone = len(found[-1]) == 1
    return Phrase(tuple(tokens if alone else tokens[:-1]), open=alone)


def _all(texts: Iterable[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        if place:
            yield GAP
        for run in runs(text):
            yield from _tokens(run)


def _tokens(run: str) -> list[str]:
    if run.isascii() or not _IS_DENSE.match(run):
        return [run]
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def _fold(match: re.Match[str]) -> str:
    if match[1]:
        return match[1].translate(_SIMPLIFIED)
    word = match[2]
    if not word.isascii():
        word = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", word.translate(_STROKES))))
    return word.encode()[:_LONGEST_TOKEN].decode(errors="ignore")
