"""Words of a story without a topic that may name one: what its title says and its text says again. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

_MOST = 3  # of one story
_AGAIN = 2  # times that the text must say it
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_RUN = re.compile(r"[\u4e00-\u9fff]{3,8}|[ァ-ヺー]{4,12}")
_HANGUL = re.compile("[가-힣]")
# Words that begin or end no phrase.
_SMALL = frozenset(
    re.findall(
        r"\S+",
        """
        a about after all an and are as at back be been before best but by can could did do does down first for from get
        gets had has have he her here his how i if in into is it its just last may might more most new no not now of off
        on one or other our out over says she should so some than that the their them there these they this those to
        top two up us was we were what when where which while who why will with would you your
        """,
    )
)


def keyphrases(title: str, body: str) -> tuple[str, ...]:
    """The phrases of two words, or runs of Chinese or katakana, that a title has and the text repeats, in order.

    >>> keyphrases("The harbour dues of Osaka", "Harbour dues rose. All harbour dues.")
    ('harbour dues',)
    """
    text = body.casefold()
    found = dict.fromkeys(phrase for phrase in (*_pairs(title), *_RUN.findall(title)))
    return tuple(phrase for phrase in found if text.count(phrase) >= _AGAIN)[:_MOST]


def _pairs(title: str) -> list[str]:
    words = [(word[0].casefold(), word.start(), word.end()) for word in _WORD.finditer(title)]
    return [
        f"{first} {second}"
        for (first, _, end), (second, start, _) in pairwise(words)
        if title[end:start] == " " and _telling(first) and _telling(second)
    ]


def _telling(word: str) -> bool:
    return word not in _SMALL and (len(word) > 2 or _HANGUL.match(word) is not None)  # noqa: PLR2004
