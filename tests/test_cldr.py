from __future__ import annotations

from feeds.cldr import PATH, languages, months, territories, weekdays
from tests.cldr import written


def test_it_says_what_babel_says() -> None:
    assert PATH.read_text(encoding="utf-8") == written(), "make cldr"


def test_words_in_their_order() -> None:
    assert territories("zh_Hant")["KR"] == "南韓"
    assert [names[11] for names in months("de")] == ["Dezember", "Dez.", "Dez"]
    assert weekdays("ko")[0] == "월요일"
    assert "Korean" in languages()
