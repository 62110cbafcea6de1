from __future__ import annotations

import pytest

from feeds.authority.places import elsewhere, piece, thing


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("a diner in Dublin, Ohio, burned", "Dublin", True),
        ("a diner in Dublin, N.H., burned", "Dublin", True),
        ("envoys from Mexico, Canada and Peru", "Mexico", False),
        ("the leaders of China, US officials said", "China", False),
        ("he answered in Korean.", "Korean", True),
        ("translated from Chinese and printed", "Chinese", True),
        ("invested in Korean companies", "Korean", False),
        ("he landed in Japan.", "Japan", False),
    ],
)
def test_towns_and_languages(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert elsewhere(text, start, start + len(name)) is expected


@pytest.mark.parametrize(("text", "expected"), [("French-speaking pupils", True), ("French troops", False)])
def test_things_called_after_a_country(text: str, expected: bool) -> None:
    assert thing(text, len("French")) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("the model Kenya Moore", "Kenya", True),
        ("lamps by Kathy Ireland", "Ireland", True),
        ("said the Moscow Times", "Moscow", True),
        ("aid from China on Monday", "China", False),
        ("In March China said so", "China", False),
        ("Kenya Sends Police to Distant Island", "Kenya", False),
    ],
)
def test_pieces_of_other_names(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert piece(text, start, start + len(name), (), ()) is expected


def test_known_titles_and_names_are_no_other_names() -> None:
    assert not piece("Now Ukraine President", 4, 11, (), {12})
    assert not piece("Marco Rubio China", 12, 17, {11}, ())
