from __future__ import annotations

from datetime import date

import pytest

from feeds.authority import Hit, role_mentions
from feeds.authority.roles import holder
from tests.authorities import shipped


def _held(text: str, first: str, last: str = "") -> str | None:
    (hit,) = (hit for hit in shipped().matcher.scan(text) if hit.kind == "role")
    return holder(shipped(), hit, date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "day", "slug"),
    [
        ("President Lee", "2010-11-12", "lee-myung-bak"),
        ("President Lee", "2025-11-01", "lee-jae-myung"),
        ("President Lee", "2020-01-01", None),
        ("Foreign Minister Cho", "2025-07-17", "cho-tae-yul"),
        ("Foreign Minister Cho", "2025-07-18", "cho-hyun"),
        ("President Yoon", "2025-04-10", "yoon-suk-yeol"),
        ("President Yoon", "2025-06-10", None),
        ("former President Park", "2024-01-01", "park-geun-hye"),
        ("Defense Minister Kim", "2024-10-01", "kim-yong-hyun"),
        ("Singapore Prime Minister Lee", "2019-01-01", "lee-hsien-loong"),
    ],
)
def test_the_date_decides_who_held_the_title(text: str, day: str, slug: str | None) -> None:
    assert _held(text, day) == slug


def test_a_range_in_which_two_held_it_decides_nothing() -> None:
    assert _held("Foreign Minister Cho", "2025-07-01", "2025-08-01") is None


def test_without_a_date_only_a_single_bearer_counts() -> None:
    yoon, lee = (shipped().matcher.scan(f"President {name}")[0] for name in ("Yoon", "Lee"))
    assert isinstance(yoon, Hit)
    assert holder(shipped(), yoon, None, None) == "yoon-suk-yeol"
    assert holder(shipped(), lee, None, None) is None


def test_windows_for_dating() -> None:
    text = "Acting President Choi Sang-mok met Secretary Blinken; Foreign Minister Cho did not come."
    found = [
        (mention.text, [(h.start, h.end) for h in mention.holders])
        for mention in role_mentions(shipped().matcher, text)
    ]
    assert found == [
        ("Choi Sang-mok", [(date(2024, 12, 27), date(2025, 3, 24))]),
        ("Secretary Blinken", [(date(2021, 1, 26), date(2025, 1, 20))]),
    ]


def test_former_titles_say_so() -> None:
    (mention,) = role_mentions(shipped().matcher, "former Prime Minister Shinzo Abe")
    assert mention.former


@pytest.mark.parametrize(
    "text",
    [
        "President Lee met Foreign Minister Cho Hyun; Marco Rubio, the Secretary of State, and Kim Jong-un stayed.",
        "이재명 대통령은 조현 외교부 장관과 만났다. 김정은은 오지 않았다.",
        "李在明总统会见美国国务卿卢比奥。金正恩没有来。",
        "Seoul and Washington agreed.",
    ],
)
def test_what_stands_beside_a_title_is_found_without_judging_the_other_names(text: str) -> None:
    matcher = shipped().matcher
    titled = [hit for hit in matcher.scan(text) if hit.titles]

    assert [hit for hit in matcher.titled(text) if hit.titles] == titled
    assert len(matcher.titled(text)) < len(matcher.scan(text))
