"""Tell whether a family name belongs to somebody whom the authority does not know ("Eric Trump", "Cho Min-ho")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'-]*\.?)\s$")
_WORD_AFTER = re.compile(r"\s([^\W\d_][\w'-]*)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\"'(\[\]»」』。！？/\n-]\s*)$")
_MIDDLE_DOTS = "·・"
_LONGEST_HEADLINE = 400
_TITLED = 0.75  # the share of longer words with a capital from which a line is a headline in title case
# Capitalised words that are no given name: what begins a sentence, days, months, parties, forms of address.
_NO_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        a an the and but or nor so yet if as at by for from in into like of on over since than that then though to under
        unlike until upon when where while with without after before because although both even just meanwhile however
        today yesterday tomorrow later earlier how why what who will can did does is was has says pro anti ex vs vs.
        versus mr mr. dr dr. gen gen. sen sen. rep rep. gov gov. president minister secretary chairman leader chief
        officials senior former representative republican democrat democratic republicans democrats gop team camp
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
        september october november december
        """,
    )
)
# Words that may stand first in a sentence, right before a family name.
_OPENERS = frozenset(
    re.findall(
        r"\S+",
        """
        about above according across again against ahead all alongside already also among another any around aside back
        behind being below beneath beside besides between beyond blame both call candidate can't critics days democrats
        don't done down during each either elsewhere enter every everybody everyone ex-president except fans first for
        former give given gone got had have he her here him his hours if including inside instead it its just last least
        left less let lest let's likewise long made make many maybe meet memo mention mere months more most move much my
        nearly neither never next no nobody none nonetheless not nothing notwithstanding now off often once only opinion
        opposite our out outside over past per perhaps person please plus poor prosecutors quite rather really regarding
        republicans right round same save say says see seeing send she should since some somehow someone soon still such
        supporters surely take tell thanks that that's their them there there's therefore these they they're think this
        those though through throughout thus together told too toward towards true trust two underneath until up upon
        us voters watch watching we week weeks well we're were whatever what's whenever where's whereas wherever whether
        which who's whoever whom whose won't would year years yes you your
        """,
    )
)
_WOMAN = frozenset({"ms", "ms.", "mrs", "mrs.", "miss", "madam", "lady", "wife"})
_JUNIOR = frozenset({"jr", "jr.", "sr", "sr."})


def another_person(
    text: str, start: int, end: int, ends: Container[int], starts: Container[int], *, titled: bool = False
) -> bool:
    """Whether `text[start:end]` is the family name of somebody else: a given name stands before or after it.

    `ends` and `starts` are where known names end and start: those are no given names. `titled`: a title comes
    before it.
    """
    if text[start - 1 : start] in tuple(_MIDDLE_DOTS) and start > 1 and text[start - 2].isalpha():
        return True
    headline = headline_at(text, start)
    before = not titled and given_before(text, start, ends, headline=headline)
    return before or _given_after(text, end, starts, headline=headline)


def headline_at(text: str, at: int) -> bool:
    """Whether the line around `at` is a headline in title case."""
    return title_cased(_line(text, at))


def no_name(word: str) -> bool:
    """Whether a capitalised word is one that begins sentences, or a title, day, month or party: no given name."""
    return word.lower() in _NO_NAMES


def given_before(text: str, start: int, ends: Container[int], *, headline: bool) -> bool:
    """Whether a given name stands before `start`; no known name may end there, and in a headline all are capitals."""
    found = _WORD_BEFORE.search(text, max(0, start - 40), start)
    if not found or (start - 1) in ends:
        return False
    word = found[1]
    if word.lower() in _WOMAN:
        return True
    if not word[0].isupper() or no_name(word) or headline or word.isupper() or word.endswith(("'s", "s'")):
        return False
    return not (_SENTENCE_START.search(text, 0, found.start(1)) and _opens_sentences(word.lower()))


def _opens_sentences(word: str) -> bool:
    return word in _OPENERS or word.endswith(("ly", "ing", "ed"))


def _given_after(text: str, end: int, starts: Container[int], *, headline: bool) -> bool:
    found = _WORD_AFTER.match(text, end)
    if not found or (end + 1) in starts:
        return False
    word = found[1]
    if word.lower() in _JUNIOR:
        return True
    hyphenated = "-" in word and word[0].isupper() and word.partition("-")[2].isalpha()
    return hyphenated or (word[0].isupper() and not headline and not no_name(word) and not word.isupper())


def _line(text: str, at: int) -> str:
    stop = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if stop < 0 else stop]


def title_cased(line: str) -> bool:
    """Whether a line capitalises its words, as English headlines do; one of many words is none."""
    if len(line) > _LONGEST_HEADLINE:
        return False
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]  # noqa: PLR2004 - "and", "the" stay small
    return (
        len(words) > 1 and sum(word[0].isupper() for word in words) >= _TITLED * len(words) and line[-1:] not in ".。"
    )
