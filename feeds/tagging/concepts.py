"""The things and deeds that a text tells of, by words that mean the same in several languages (concepts.toml). Pure."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ahocorasick_rs import MATCHKIND_LEFTMOST_LONGEST, AhoCorasick

from feeds.authority.bounds import left_free, right_free, script
from feeds.authority.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANY = "~"  # ends a form that any ending may follow
_ENDING = re.compile(r"(?:s|es|d|ed|ing|ments?|ations?|ors?|ers?)?(?![a-z])")
_SHORT = 3  # letters of a form that only an s may follow: "car" is not "care"
_PLURAL = re.compile(r"s?(?![a-z])")
_REST = re.compile(r"[a-z]*")


class _Lexicon:
    """The compiled forms of every concept."""

    def __init__(self, table: Mapping[str, Mapping[str, list[str]]]) -> None:
        named: dict[str, list[str]] = defaultdict(list)
        endings: dict[str, re.Pattern[str]] = {}
        for concept, by_language in table.items():
            for form in (form for forms in by_language.values() for form in forms):
                text = fold(form.removesuffix(_ANY)).lower
                named[text].append(concept)
                endings[text] = _REST if form.endswith(_ANY) else _PLURAL if len(text) <= _SHORT else _ENDING
        self._forms = [(tuple(dict.fromkeys(concepts)), endings[text]) for text, concepts in named.items()]
        self._automaton = AhoCorasick(named, matchkind=MATCHKIND_LEFTMOST_LONGEST)

    def occurrences(self, text: str) -> Iterator[str]:
        """Each concept as often as it occurs in a folded text."""
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            concepts, ending = self._forms[number]
            if _whole(text, start, end, ending):
                yield from concepts


def _whole(text: str, start: int, end: int, ending: re.Pattern[str]) -> bool:
    kind = script(text[start])
    if kind == "word":
        return left_free(text, start) and ending.match(text, end) is not None
    return kind != "katakana" or (left_free(text, start) and right_free(text, end))


def concepts(text: str) -> Iterator[str]:
    """The concepts of a text, each as often as it occurs, whatever the language."""
    return _lexicon().occurrences(fold(text).lower)


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(tomllib.loads(files("feeds.tagging").joinpath("concepts.toml").read_text("utf-8")))
