"""Plain text with what it declares at its top."""

from __future__ import annotations

from feeds.reading.plain import read_plain


def test_offsets_count_from_the_start_of_the_file() -> None:
    text = "---\ntitle: Tugs\n---\n\nThey met.\n"

    page = read_plain(text)

    assert page.declared.title == "Tugs"
    assert [text[line.start : line.end] for line in page.lines] == ["They met."]


def test_text_that_declares_nothing() -> None:
    assert read_plain("They met.").declared.title == ""
