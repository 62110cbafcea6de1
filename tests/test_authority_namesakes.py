from __future__ import annotations

import pytest

from feeds.authority.namesakes import longer, namesake


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("the actress Cho Hyun bowed", "Cho Hyun", True),
        ("Cho Hyun, a 25-year-old skater,", "Cho Hyun", True),
        ("Photo by Cho Hyun", "Cho Hyun", True),
        ("배우 조현이", "조현", True),
        ("조현 기자", "조현", True),
        ("사진=조현", "조현", True),
        ("赵显 记者", "赵显", False),
        ("歌手赵显", "赵显", True),
        ("Cho Hyun, a career diplomat,", "Cho Hyun", False),
        ("조현 장관", "조현", False),
    ],
)
def test_trades_that_no_politician_has(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert namesake(text, start, start + len(name)) is expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [("-young dances", True), (" Young dances", True), ("-led talks", False), (" Tuesday", False), (" said", False)],
)
def test_given_names_that_go_on(rest: str, expected: bool) -> None:
    assert longer(f"the man Park Jin{rest}", len("the man Park Jin")) is expected
