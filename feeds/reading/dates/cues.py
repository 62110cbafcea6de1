"""The words around a date that say what it is the date of: `cues.toml`, one table a language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's words; the head of `cues.toml` says what each kind means."""

    saying: frozenset[str]
    past: frozenset[str]
    planned: frozenset[str]
    before: tuple[str, ...]
    after: tuple[str, ...]
    adjective: frozenset[str]
    says: re.Pattern[str]
    plans: re.Pattern[str]
    happens: re.Pattern[str]


@lru_cache(maxsize=1)
def cues() -> Mapping[str, Cues]:
    """Every language's cues, compiled."""
    table = tomllib.loads((files(__package__) / "cues.toml").read_text(encoding="utf-8"))
    return {
        language: _cues(words, spaced=language == "en") for language, words in table.items() if language != "example"
    }


def _cues(words: Mapping[str, Any], *, spaced: bool) -> Cues:
    return Cues(
        saying=frozenset(words["saying"]),
        past=frozenset(words.get("past", ())),
        planned=frozenset(words["planned"]),
        before=tuple(words["before"]),
        after=tuple(words.get("after", ())),
        adjective=frozenset(words.get("adjective", ())),
        says=_any(words["saying"], spaced=spaced),
        plans=_any(words["planned"], spaced=spaced),
        happens=_any(words["happening"], spaced=spaced),
    )


def _any(words: list[str], *, spaced: bool) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE) if spaced else re.compile(joined)
