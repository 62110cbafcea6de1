"""Word groups of the furniture rules: the quick look finds what the pattern finds."""

from __future__ import annotations

import pytest

from feeds.reading.words import compile_words


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["gazette", "bulletin*"], "the gazette", True),
        (["gazette", "bulletin*"], "bulletins today", True),
        (["gazette", "bulletin*"], "gazetted", False),
        (["gazette", "bulletin*"], "a megabulletin", False),
        (["ＡＩ", "신문"], "ai가 한국신문이", True),
        (["all rights reserved"], "all  rights\treserved", True),
        (["all rights reserved"], "all rights are reserved", False),
        (["c++", "더 보기"], "여기서 더 보기를", True),
        (["c++"], "c+ and d++", False),
        (["port", "porter", "*ship*"], "porters", False),
        (["port", "porter"], "porter", True),
    ],
)
def test_within(words: list[str], text: str, expected: bool) -> None:
    assert compile_words(words).within(text) is expected


def test_the_longest_word_is_left_out() -> None:
    assert compile_words(["port", "port of call", "call*"]).without("a port of call, callers, ports") == "a  ,  , ports"


def test_no_words_match_nothing() -> None:
    assert not compile_words([]).within("anything")
