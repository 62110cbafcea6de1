from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from feeds.authority.folding import fold


def test_quotes_width_and_script_are_folded() -> None:
    assert fold("“ＵＳ”—臺灣’s").text == '"US"-台湾\'s'


def test_lower_is_on_one_line_and_as_long() -> None:
    folded = fold("Nuclear\nConsultative İ 臺")
    assert folded.lower == "nuclear consultative İ 台"
    assert len(folded.lower) == len(folded.text)


def test_offsets_lead_back_when_characters_join_and_part() -> None:
    text = "①ﾄﾗﾝﾌﾟ" + unicodedata.normalize("NFD", "한국") + "㈱"
    folded = fold(text)
    start = folded.text.index("トランプ")
    assert text[slice(*folded.original(start, start + 4))] == "ﾄﾗﾝﾌﾟ"
    korea = folded.text.index("한국")
    assert unicodedata.normalize("NFC", text[slice(*folded.original(korea, korea + 2))]) == "한국"


@given(st.text(max_size=60))
def test_every_span_stays_inside_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.lower) == len(folded.text)
    end = len(folded.text)
    assert folded.original(0, end) == (0, len(text))


@given(st.text(alphabet="aΣςİ臺\nÀß한", max_size=20))
def test_lower_case_is_that_of_each_character(text: str) -> None:
    folded = fold(text).text
    each = (char.lower() if len(char.lower()) == 1 else char for char in folded)
    assert fold(text).lower == "".join(each).replace("\n", " ")
