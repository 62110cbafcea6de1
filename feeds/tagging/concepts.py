"""The things and deeds that a text tells of, by words that mean the same in several languages (concepts.toml). Pure."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from feeds.authority.bounds import left_free, right_free, script
from feeds.authority.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANY = "~"  # ends a form that any ending may follow
_START = "|"  # begins a Korean form that stands at the beginning of a word
_NOTHING = "nothing"  # longer words that keep the forms within them from counting
_ENDING = re.compile(r"(?:s|es|d|ed|ing|ments?|ations?|ors?|ers?)?(?![a-z])")
_SHORT = 3  # letters of a form that only an s may follow: "car" is not "care"
_PLURAL = re.compile(r"s?(?![a-z])")
_REST = re.compile(r"[a-z]*")


class _Lexicon:
    """The compiled forms of every concept."""

    def __init__(self, table: Mapping[str, Mapping[str, list[str]]]) -> None:
        named: dict[tuple[str, bool], list[str]] = defaultdict(list)
        endings: dict[str, re.Pattern[str]] = {}
        for concept, by_language in table.items():
            for form in (form for forms in by_language.values() for form in forms):
                text = fold(form.removeprefix(_START).removesuffix(_ANY)).lower
                named[text, form.startswith(_START)] += [concept] if concept != _NOTHING else []
                endings[text] = _REST if form.endswith(_ANY) else _PLURAL if len(text) <= _SHORT else _ENDING
        self._forms = [
            (tuple(dict.fromkeys(concepts)), endings[text], first) for (text, first), concepts in named.items()
        ]
        self._automaton = AhoCorasick(text for text, _ in named)

    def occurrences(self, text: str) -> Iterator[str]:
        """Each concept as often as it occurs in a folded text: the longest forms that stand whole, leftmost first."""
        found = [
            match
            for match in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if self._whole(text, *match)
        ]
        found.sort(key=lambda match: (match[1], -match[2]))
        reached = 0
        for number, start, end in found:
            if start >= reached:
                reached = end
                yield from self._forms[number][0]

    def _whole(self, text: str, number: int, start: int, end: int) -> bool:
        _, ending, first = self._forms[number]
        kind = script(text[start])
        if kind == "word":
            return left_free(text, start) and ending.match(text, end) is not None
        if kind == "katakana":
            return left_free(text, start) and right_free(text, end)
        return not first or left_free(text, start)


def concepts(text: str) -> Iterator[str]:
    """The concepts of a text, each as often as it occurs, whatever the language."""
    return _lexicon().occurrences(fold(text).lower)


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(tomllib.loads(files("feeds.tagging").joinpath("concepts.toml").read_text("utf-8")))
