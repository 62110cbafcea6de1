"""Names beside titles that the authority does not know."""

from __future__ import annotations

import pytest

from feeds.tagging.candidates import propose
from tests.authorities import shipped, story


def proposed(text: str, language: str = "en") -> list[tuple[str, str]]:
    found = propose(story(text, language=language), shipped().matcher)
    return [(each.name, each.title) for each in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Mayor Orla Fenwick opened the bridge.", [("Orla Fenwick", "Mayor")]),
        (
            "en",
            "Zubrovian Foreign Minister Dmitri de la Zoe said so.",
            [("Dmitri de la Zoe", "Zubrovian Foreign Minister")],
        ),
        (
            "en",
            "It was Ulla Brandqvist, the chief executive of Nordfisk, who sold.",
            [("Ulla Brandqvist", "chief executive")],
        ),
        ("en", "Chairman Otto J. Wendel On Monday left.", [("Otto J. Wendel", "Chairman")]),
        ("ko", "박새로미 외교부 장관은 6일 말했다.", []),
        ("ko", "박새롬 외교부 장관은 6일 말했다.", [("박새롬", "외교부 장관")]),
        ("ko", "남궁새 대표가 떠났다.", [("남궁새", "대표")]),
        ("zh", "祖国副外长裴青野访华。", [("裴青野", "祖国副外长")]),
        ("zh", "外长伊凡·祖布罗夫表示感谢。", [("伊凡·祖布罗夫", "外长")]),
        ("ja", "田沼一郎社長が辞任した。", [("田沼一郎", "社長")]),
        ("ja", "イワン・ズブロフ外相は述べた。", [("イワン・ズブロフ", "外相")]),
    ],
)
def test_a_full_name_beside_a_title_is_proposed(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert proposed(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Foreign Minister Cho Hyun met Secretary of State Marco Rubio."),
        ("en", "Minister Fenwick spoke."),
        ("en", "The president Monday said no."),
        ("en", "General Motors Company grew, and so did the Director of Sales."),
        ("ko", "쌀과 소고기 시장은 열지 않는다."),
        ("ko", "이재명 대통령은 말했다. 정부는 장관을 보냈다."),
        ("zh", "外交部发言人说，总统将访问。"),
        ("ja", "石破茂首相と米国務長官が会談した。新首相は。"),
    ],
)
def test_known_actors_family_names_and_other_words_are_not(language: str, text: str) -> None:
    assert proposed(text, language) == []


def test_the_sentence_is_kept_and_a_name_is_proposed_once() -> None:
    text = "It rained. Mayor Orla Fenwick opened the bridge. Mayor Orla Fenwick left."
    [one] = propose(story(text), shipped().matcher)
    assert one.sentence == "Mayor Orla Fenwick opened the bridge."
    assert one.language == "en"
