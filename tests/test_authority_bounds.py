from __future__ import annotations

import pytest

from feeds.authority.bounds import genitive_end, hangul_ends, hangul_tail, left_free, right_free, within_transliteration

TAIL = hangul_tail(["대통령", "외교부 장관"])


@pytest.mark.parametrize(
    ("text", "name", "free"),
    [
        ("in the US.", "US", True),
        ("USB", "US", False),
        ("plus", "us", False),
        ("韩国USTR", "USTR", True),
        ("タイミング", "タイ", False),
        ("タイの", "タイ", True),
        ("プレイタイ", "タイ", False),
        ("전북한우", "북한", False),
        ("북한군", "북한", True),
        ("李在明说", "李在明", True),
    ],
)
def test_names_end_where_their_script_does(text: str, name: str, free: bool) -> None:
    start = text.index(name)
    assert (left_free(text, start) and right_free(text, start + len(name))) is free


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("조현", True),
        ("조현은", True),
        ("조현이라고", True),
        ("조현대통령", True),
        ("조현 씨", True),
        ("조현측은", True),
        ("조현재", False),
        ("조현아가", False),
        ("조현동", False),
    ],
)
def test_a_korean_name_takes_particles_and_titles_only(text: str, ends: bool) -> None:
    assert hangul_ends(text, 2, TAIL) is ends


def test_a_german_genitive() -> None:
    assert genitive_end("Kim Jong Uns Rede", 11) == 12
    assert genitive_end("Kim Jong Unser", 11) is None
    assert genitive_end("Hanss", 4) is None


@pytest.mark.parametrize(
    ("text", "piece"), [("拉布拉多", True), ("弗林特", False), ("弗林说", False), ("阿尔弗林", True)]
)
def test_a_piece_of_a_longer_foreign_name(text: str, piece: bool) -> None:
    start = text.index("拉布") if "拉布" in text else text.index("弗林")
    assert within_transliteration(text, start, start + 2) is piece
