"""Captions, told by their place and by what stands under them."""

from __future__ import annotations

import pytest

from tests.test_reading_blocks import FIRST, SECOND, kinds, parts

CAPTION = "Two mayors shake hands on a windy pier in front of their tugs."


@pytest.mark.parametrize(
    "label", ["AI-generated image", "Photo courtesy of the port", "AI 生成的图像", "사진 제공: 항만청"]
)
def test_line_over_a_picture_credit(label: str) -> None:
    found = parts(f"{CAPTION}\n{label}\n\nTowns share their tugs\n\n{FIRST}")

    assert found.title == "Towns share their tugs"
    assert [block.kind.value for block in found.blocks] == ["caption", "credit", "title", "body"]


def test_an_unknown_label_that_recurs_marks_captions_too() -> None:
    found = parts(f"{CAPTION}\nXyzzy plugh\n\nTowns share their tugs\n\nXyzzy plugh\n\n{FIRST}\n\n{SECOND}")

    assert found.title == "Towns share their tugs"
    assert found.blocks[0].rule == "line-over-picture-credit"


def test_a_caption_without_a_label_before_a_title_that_the_text_takes_up() -> None:
    found = parts(f"{CAPTION}\n\nHarbour towns agreed to share pilots and tugs\n\n{FIRST}\n\n{SECOND}")

    assert found.title == "Harbour towns agreed to share pilots and tugs"
    assert found.blocks[0].rule == "sentence-before-title"


def test_a_first_sentence_before_a_heading_is_no_caption() -> None:
    text = f"{CAPTION}\n\nBackground\n\n{FIRST}\n\n{SECOND}"

    assert kinds(text)[0][0] == "body"


def test_a_title_over_a_picture_credit_stays_the_title() -> None:
    assert parts(f"Towns share their tugs\nAI-generated image\n\n{FIRST}").title == "Towns share their tugs"


def test_a_caption_inside_the_text() -> None:
    assert kinds(f"Towns share their tugs\n\n{FIRST}\n\n{CAPTION}\nPhoto: Port archive\n\n{SECOND}")[2][0] == "caption"
