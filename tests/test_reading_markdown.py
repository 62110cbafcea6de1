"""Markdown, with front matter and HTML in it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from feeds.errors import SeedInvalid
from feeds.reading.markdown import read_markdown
from feeds.reading.page import Hint


def test_marks_are_gone_and_lines_are_joined() -> None:
    page = read_markdown(
        '---\ntitle: Tugs\n---\n# Tugs\n\nThey **met** on the\n[pier](https://example.org "t").\n\n> Quoted *words*\n\n'
        "- one\n- two\n\n![boat](a.png)\n\n\\###\n\n```\ncode here\n```\n"
    )

    assert page.declared.title == "Tugs"
    assert [line.text for line in page.lines] == [
        "Tugs",
        "They met on the pier.",
        "Quoted words",
        "one",
        "two",
        "code here",
    ]
    assert page.lines[0].hint is Hint.HEADING


def test_html_inside() -> None:
    page = read_markdown(
        "Text before.\n\n<div class=a>\n<p>\n Inside <b>it</b>.\n</p>\n<figcaption>Pier</figcaption></div>\n"
    )

    assert [(line.text, line.hint) for line in page.lines] == [
        ("Text before.", Hint.NONE),
        ("Inside it.", Hint.NONE),
        ("Pier", Hint.CAPTION),
    ]


def test_tables_are_read_cell_by_cell() -> None:
    assert [line.text for line in read_markdown("|a|b|\n|-|-|\n|c|d|\n").lines] == ["a", "b", "c", "d"]


def test_a_very_long_text_is_read_as_plain_text() -> None:
    assert read_markdown("**word** " * 20_000).lines[0].text.startswith("**word** **word**")


@pytest.mark.parametrize(
    "text", [">" * 50_000, "- " * 40_000, "[" * 20_000, "*a " * 10_000, "`" * 50_000, "<b>" * 9_000]
)
def test_hostile_markdown_ends(text: str) -> None:
    with suppress(SeedInvalid):
        assert len(read_markdown(text).lines) <= 1


def test_a_text_of_very_many_brackets_is_read_as_plain_text() -> None:
    assert read_markdown("**a** " + "[b " * 3_100).lines[0].text.startswith("**a** [b")
