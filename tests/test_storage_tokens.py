"""Texts to tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.tokens import GAP, Phrase, phrase, runs, stream


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("G7峰會, Trump's", ["g7", "峰会", "trump", "s"]),
        ("Erdoğan in München; Łódź, STRASSE straße", ["erdogan", "in", "munchen", "lodz", "strasse", "strasse"]),
        ("Erdog\u0306an", ["erdogan"]),
        ("韓國的李在明", ["韩国的李在明"]),
        ("マルコ・ルビオ ﾙﾋﾞｵ", ["マルコ", "ルビオ", "ルビオ"]),
        ("조현은 ㈜ 서울", ["조현은", "주", "서울"]),
        ("１２ U.S. snake_case", ["12", "u", "s", "snake", "case"]),
        ("…!", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_what_is_folded_stays(text: str) -> None:
    assert runs(" ".join(runs(text))) == runs(text)


@given(st.text())
def test_tokens_hold_nothing_that_an_engine_could_read_otherwise(text: str) -> None:
    for token in stream(text).split(" "):
        assert all(char.isalnum() or char > "\x7f" for char in token)
        assert len(token.encode()) <= 48


def test_pairs_of_characters_and_the_last_one() -> None:
    assert stream("韩国人", "", "of G7") == f"韩国 国人 人 {GAP} {GAP} of g7"


def test_a_query_leaves_its_end_open_where_the_text_may_go_on() -> None:
    assert phrase("李在明") == Phrase(("李在", "在明"), open=False)
    assert phrase("美") == Phrase(("美",), open=True)
    assert phrase("韩国 美国") == Phrase(("韩国", "国", "美国"), open=False)
    assert phrase("trade war") == Phrase(("trade", "war"), open=False)


def test_a_text_is_bounded_as_the_lesser_engine_is() -> None:
    tokens = stream("the " * 300 + "end").split(" ")
    assert tokens.count("the") == 255
    assert tokens[299:] == [GAP, "end"]
    assert len(stream(" ".join(map(str, range(20_000)))).split(" ")) == 16_000
