from __future__ import annotations

import pytest

from tests.authorities import shipped


@pytest.mark.parametrize(
    ("text", "title", "slug"),
    [
        ("Foreign Minister Cho Hyun", "Foreign Minister", "cho-hyun"),
        ("Kurt Campbell / U.S. Deputy Secretary of State", "Deputy Secretary of State", "kurt-campbell"),
        ("Tony Blinken, the US Secretary of State", "Secretary of State", "antony-blinken"),
        ("조현 외교부 장관은", "Foreign Minister", "cho-hyun"),
        ("외교부 장관 조현은", "Foreign Minister", "cho-hyun"),
        ("李在明总统", "President", "lee-jae-myung"),
        ("美国财政部长贝森特", "Secretary of the Treasury", "scott-bessent"),
        ("高市早苗首相", "Prime Minister", "sanae-takaichi"),
    ],
)
def test_a_title_goes_to_the_name_beside_it(text: str, title: str, slug: str) -> None:
    hits = [hit for hit in shipped().matcher.scan(text) if hit.targets == (slug,)]
    assert [title in hit.titles for hit in hits] == [True]


@pytest.mark.parametrize(
    ("text", "span", "country", "former"),
    [
        ("South Korean President Lee said", "South Korean President Lee", "south-korea", False),
        ("South Korea's former President Lee", "South Korea's former President Lee", "south-korea", True),
        ("then-President Moon left", "then-President Moon", None, True),
        ("윤 전 대통령은", "윤 전 대통령", None, True),
        ("이 대통령은", "이 대통령", None, False),
        ("安倍元首相", "安倍元首相", None, True),
    ],
)
def test_a_title_makes_a_family_name_a_role(text: str, span: str, country: str | None, former: bool) -> None:
    (hit,) = (hit for hit in shipped().matcher.scan(text) if hit.kind == "role")
    assert (text[hit.start : hit.end], hit.country, hit.former) == (span, country, former)


def test_a_country_in_between_is_no_owner() -> None:
    (hit,) = (hit for hit in shipped().matcher.scan("South Korea, where President Lee") if hit.kind == "role")
    assert hit.country is None
