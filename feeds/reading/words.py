"""A group of words as furniture rules ask for it: one pattern, and a quick look whether it can match at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Where a spaced script meets Hangul, kana or Han, a word ends: `AI가` holds the word `AI`.
_SPACED = "0-9A-Za-z_\u00c0-\u10ff"
_FIRST_HANGUL = 0x1100


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found in a folded line (`Shape.folded`).

    A line without any of the `parts` holds none of the words, and most lines do not.
    """

    pattern: re.Pattern[str]
    parts: AhoCorasick = field(compare=False, repr=False)

    def within(self, text: str) -> bool:
        """Tell whether the text holds one of the words."""
        return bool(self.parts.find_matches_as_indexes(text)) and self.pattern.search(text) is not None

    def without(self, text: str) -> str:
        """The text with a space in the place of each of the words."""
        return self.pattern.sub(" ", text)


def compile_words(words: Iterable[str]) -> Words:
    """Fold the words; `photo*` stands for every word that begins so; those of scripts without spaces match anywhere."""
    folded = {unicodedata.normalize("NFKC", word).lower() for word in words}
    ordered = sorted(folded, key=lambda word: (-len(word), word))
    return Words(re.compile(_alternation(ordered)), AhoCorasick({max(_parts(word), key=len) for word in ordered}))


def _alternation(words: Sequence[str]) -> str:
    whole = [word for word in words if _is_spaced(word) and not word.endswith("*")]
    stems = [word for word in words if _is_spaced(word) and word.endswith("*")]
    other = [word for word in words if not _is_spaced(word)]
    spaced = [_any(whole)] if whole else []
    if stems:
        spaced.append(f"(?:{_any(stems)})[{_SPACED}]*")
    bounded = [f"(?<![{_SPACED}])(?:{'|'.join(spaced)})(?![{_SPACED}])"] if spaced else []
    return "|".join([*bounded, *([_any(other)] if other else [])])


def _any(words: Sequence[str]) -> str:
    """One of the words, branched by their first letters: `re` tries branch after branch."""
    letters: dict[str, list[str]] = {}
    for word in words:
        first, *rest = _parts(word)
        letters.setdefault(first[0], []).append(r"\s+".join(re.escape(part) for part in (first[1:], *rest)))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in letters.items())


def _parts(word: str) -> list[str]:
    return word.rstrip("*").split()


def _is_spaced(word: str) -> bool:
    """Tell a word of a script that parts words by spaces; in the others, Hangul among them, endings follow directly."""
    return word[0].isalnum() and ord(word[0]) < _FIRST_HANGUL
