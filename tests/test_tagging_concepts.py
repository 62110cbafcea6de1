"""What a text tells of, in words that mean the same in several languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from feeds.tagging.concepts import concepts

TABLE: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("feeds.tagging").joinpath("concepts.toml").read_text("utf-8")
)


def of(text: str) -> set[str]:
    return set(concepts(text))


def test_every_form_gives_its_concept_and_every_concept_has_forms_in_several_languages() -> None:
    told = {name: forms for name, forms in TABLE.items() if name != "nothing"}
    assert {name for name, forms in told.items() if not forms.keys() >= {"en"} or len(forms) < 3} == set()
    forms = [(name, form) for name, by_language in told.items() for each in by_language.values() for form in each]
    assert [(name, form) for name, form in forms if name not in of(form.removeprefix("|"))] == []


def test_words_that_give_nothing_give_nothing() -> None:
    forms = [form for each in TABLE["nothing"].values() for form in each]
    assert [(form, of(form)) for form in forms if of(form)] == []


@pytest.mark.parametrize(
    "text",
    [
        "A ballistic missile was launched from a submarine",
        "잠수함에서 탄도미사일을 발사했다",
        "从潜艇发射弹道导弹",
        "從潛艇發射彈道飛彈",
        "潜水艦から弾道ミサイルを発射した",
    ],
)
def test_one_sentence_tells_the_same_in_every_language(text: str) -> None:
    assert of(text) >= {"launch", "submarine", "ballistic"}
    assert of(text) <= {"launch", "submarine", "ballistic", "missile"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carmakers care for cards", set()),
        ("two cars", {"car"}),
        ("signed", {"sign"}),
        ("a signal", set()),
        ("Resignation", {"resign"}),
        ("negotiators", {"talks"}),
        ("the Supreme Court", {"supreme-court"}),
        ("アドラム", set()),
        ("ドラムを", {"drum"}),
        ("핵잠수함을", {"submarine"}),
    ],
)
def test_words_count_whole_with_the_endings_of_their_language(text: str, expected: set[str]) -> None:
    assert of(text) == expected


def test_a_concept_comes_as_often_as_it_occurs() -> None:
    assert sorted(concepts("Missiles, missile and rocket")) == ["missile", "missile", "rocket"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops from Poland invaded", {"troops", "invasion"}),
        ("Two in Finland injured", {"injured"}),
        ("The Clinton trial", {"trial"}),
        ("household rates", {"interest-rate"}),
    ],
)
def test_a_longer_form_that_begins_inside_a_word_does_not_hide_the_form_behind_it(
    text: str, expected: set[str]
) -> None:
    assert of(text) == expected


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("그는 정상을 밟고 세상을 바꿨다", "award"),
        ("인도 총리와 만났다", "extradite"),
        ("친구에게 서운하다고 말했다", "panama"),
        ("조선일보가 보도했다", "shipyard"),
        ("쌀 가격이 올랐다", "price-floor"),
        ("직원 열 명을 뽑았다", "former-employee"),
        ("핵 비확산 체제", "outbreak"),
        ("중국 소비자의 불만", "visa"),
        ("태평양의 섬", "pyongyang"),
        ("정부도 나섰다", "bankruptcy"),
        ("문화재를 지켰다", "fire"),
        ("유럽연합의 규정", "agree"),
        ("회사의 방침", "resign"),
        ("분쟁 해결의 길", "resolution"),
        ("공항의 새 건물", "formal-protest"),
        ("감사드립니다", "missile-shield"),
        ("지금 행동해야 한다", "east-sea"),
        ("일이 벌어지진 않았다", "earthquake"),
        ("한국경제신문", "border"),
        ("북방한계선을 넘었다", "visit"),
        ("中国会坚持", "parliament"),
        ("美国会采取措施", "parliament"),
        ("广东海关查获", "east-sea"),
        ("解决议题", "resolution"),
        ("有人质疑这个数字", "hostage"),
        ("解放军报", "release"),
        ("非常重要", "emergency"),
        ("通过电视", "pass-bill"),
        ("東海地方の天気", "east-sea"),
        ("下水道の工事", "ship-named"),
        ("それだけが理由だ", "injured"),
        ("Two climbers are stranded", "shackles"),
        ("hotel chains", "shackles"),
        ("Schools have a floor for reading", "price-floor"),
        ("The question remains open", "remains"),
        ("He ran 80 yards", "shipyard"),
        ("a series of meetings", "drama"),
        ("a village church", "cult"),
        ("The State Department said", "depart"),
    ],
)
def test_a_word_with_another_sense_and_a_piece_of_a_longer_word_give_nothing(text: str, absent: str) -> None:
    assert absent not in of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Children sang", "child"),
        ("사의를 표명했다", "resign"),
        ("'합의'에 이르렀다", "agree"),
        ("제1야당 대표", "opposition"),
        ("美国国会", "parliament"),
        ("国会で可決", "parliament"),
        ("노벨상을 받았다", "award"),
        ("extradition", "extradite"),
        ("해외 소비자물가", "inflation"),
    ],
)
def test_the_word_itself_still_counts(text: str, expected: str) -> None:
    assert expected in of(text)
