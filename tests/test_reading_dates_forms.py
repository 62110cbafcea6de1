"""The forms of partial dates: where they are looked for, nothing that they match is missed."""

from __future__ import annotations

from itertools import product

import pytest

from feeds.reading.dates.forms import find_forms, patterns

ENGLISH = (
    "January February March April May June July August September October November December Jan Sept. Dec. Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday next last Last this coming past of 5 5th 12 to 14, 5-14 "
    "YESTERDAY today Tomorrow week, x"
)
PARTS = {
    "en": [*ENGLISH.split(), "on the 5th."],
    "zh": [*"今去明本上下这這个個星期周週礼禮拜昨天日号年月一三六13，至", "2025年", "12月", "18-20日"],
    "ko": [
        *(
            "올해",
            "지난해",
            "지난 ",
            "이번 ",
            "다음 ",
            "이달 ",
            "내",
            "달 ",
            "주 ",
            "오는 ",
            "3일",
            "12월",
            "(금)",
            "금요일",
        ),
        *("일", "어제", "오늘", "1", "18~20일", "6/3(금)"),
    ],
    "ja": [
        *"今昨去来先月火木日曜週年のき明あす13／/",
        "きのう",
        "きょう",
        "（金）",
        "12月",
        "から",
        "18~20日",
        "6/3(金)",
    ],
}


@pytest.mark.parametrize("language", sorted(PARTS))
def test_a_form_is_found_wherever_it_stands(language: str) -> None:
    gap = " " if language == "en" else ""
    found: set[str] = set()
    for parts in product(PARTS[language], repeat=3):
        text = f"x{gap}{gap.join(parts)}, x"
        expected = [(form.pattern, match.span()) for form in patterns()[language] for match in form.finditer(text)]
        assert [(match.re.pattern, match.span()) for match in find_forms(text, language)] == expected, text
        found.update(form for form, _ in expected)
    assert found == {form.pattern for form in patterns()[language]}  # or the parts say nothing of a form


def test_a_language_without_forms_has_none() -> None:
    assert list(find_forms("5 mai", "fr")) == []
