"""Texts folded for matching (NFKC, one kind of quote, Simplified Chinese), with the way back to where it all stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from storage.han import simplified

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´＇", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("‧•∙⋅･", "·"),
        **dict.fromkeys("\u00a0\u2009\u202f\u3000", " "),
    }
)
# What may join the character before it under NFKC: combining marks, Hangul vowels and finals, half-width voice marks.
_CLUSTER = re.compile(
    "(?s:.)[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is folded; `lower` is it in lower case and on one line, with the same length."""

    text: str
    lower: str
    offsets: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `text[start:end]` came from."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


class _Single(dict[int, int]):
    """Fold one character, if that gives one character again; filled as characters are met."""

    def __missing__(self, code: int) -> int:
        folded = simplified(unicodedata.normalize("NFKC", chr(code)).translate(_ALIKE))
        value = ord(folded) if len(folded) == 1 else code
        self[code] = value
        return value


class _Lower(dict[int, int]):
    """The lower case of one character, if that is one character; a line's end is a space, names may run over it."""

    def __missing__(self, code: int) -> int:
        lower = chr(code).lower()
        value = ord(lower) if len(lower) == 1 else code
        self[code] = value
        return value


_SINGLE = _Single()
_LOWER = _Lower({ord("\n"): ord(" ")})


def fold(text: str) -> Folded:
    """Fold a text for matching.

    >>> fold("臺灣“U.S.”").text
    '台湾"U.S."'
    """
    if text.isascii():
        return Folded(text, text.lower().replace("\n", " "), None)
    folded = text.translate(_SINGLE)
    if unicodedata.is_normalized("NFKC", folded):
        return Folded(folded, lower_case(folded), None)
    chars: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = unicodedata.normalize("NFKC", cluster[0]).translate(_SINGLE)
        chars.append(piece)
        offsets += [cluster.start()] * len(piece)
    folded = "".join(chars)
    return Folded(folded, lower_case(folded), (*offsets, len(text)))


def fold_name(name: str) -> str:
    """Fold a name of the authority files the way texts are folded."""
    if name.isascii():
        return name
    folded = name.translate(_SINGLE)
    return folded if unicodedata.is_normalized("NFKC", folded) else fold(name).text


def lower_case(folded: str) -> str:
    """What `Folded.lower` is for a text that is folded already."""
    lower = folded.lower()
    # Character by character only where the whole differs: a capital sigma at a word's end, letters that grow.
    if len(lower) != len(folded) or "Σ" in folded:
        return folded.translate(_LOWER)
    return lower.replace("\n", " ")
