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
    assert {name for name, forms in TABLE.items() if not forms.keys() >= {"en"} or len(forms) < 3} == set()
    forms = [(name, form) for name, by_language in TABLE.items() for each in by_language.values() for form in each]
    assert [(name, form) for name, form in forms if name not in of(form)] == []


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
