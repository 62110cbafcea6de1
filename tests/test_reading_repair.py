"""Damage in scraped text, and how it is mended."""

from __future__ import annotations

import pytest

from feeds.errors import SeedInvalid
from feeds.reading.page import MAX_LINES
from feeds.reading.repair import repair, split_lines


def texts(source: str) -> list[str]:
    return [line.text for line in repair(split_lines(source))]


def test_lines_know_where_they_stood() -> None:
    source = "Title\r\n\r\n  Körper\u00a0\nmore\n\n\nend"

    lines = split_lines(source)

    assert [(source[line.start : line.end], line.group) for line in lines] == [
        ("Title", 0),
        ("Körper", 1),
        ("more", 1),
        ("end", 3),
    ]


def test_list_with_quotes_and_bare_commas() -> None:
    source = (
        "Title\nDeck of ‘words’ remains,\n,\n,\n, ‘First ‘inner’ part ends.’,\n,\n,"
        " ‘Second part ends with ‘a word.’\\n’"
    )

    assert texts(source) == [
        "Title",
        "Deck of ‘words’ remains",
        "First ‘inner’ part ends.",
        "Second part ends with ‘a word.’",
    ]


def test_list_with_straight_quotes_and_empty_entries() -> None:
    source = '["Title of it",\n"",\n"He said \\"no\\" twice.",\nNone,\n\'Last one ends.\\n\'\n]'

    assert texts(source) == ["Title of it", 'He said "no" twice.', "Last one ends."]


def test_list_on_one_line() -> None:
    assert texts("['Title of it', 'First part.', 'Second part.']") == ["Title of it", "First part.", "Second part."]


def test_list_on_one_line_with_either_quote() -> None:
    source = """['Title of it', "The first part isn't long.", 'One said "yes", "no" and left.']"""

    assert texts(source) == ["Title of it", "The first part isn't long.", 'One said "yes", "no" and left.']


def test_list_with_several_items_on_a_line() -> None:
    source = """['Title of it', "Its deck, too",\n'',\n'First part.',\n"Second part isn't long."]"""

    assert texts(source) == ["Title of it", "Its deck, too", "First part.", "Second part isn't long."]


@pytest.mark.parametrize(
    "source",
    [
        '"We will go on," said one.\n\n"Never," said the other, "not now."',
        '"Yes", "no", "perhaps": that is what they said.\n\n"Never", she said.',
    ],
)
def test_quotations_are_no_list(source: str) -> None:
    assert texts(source) == source.split("\n\n")


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("It ended.\\nIt began.", ["It ended.", "It began."]),
        ("Read C:\\new folder", ["Read C:\\new folder"]),
        ("caf\\u00e9 \\ud83d\\ude00", ["café 😀"]),
        ("R&amp;D &#8211; done", ["R&D – done"]),
        ("AT&T and Q&A", ["AT&T and Q&A"]),
        ("a\u00a0b\u200b c\u202e", ["a b c"]),
        ("---", []),
        ("null", []),
    ],
)
def test_escapes_and_invisibles(damaged: str, mended: list[str]) -> None:
    assert texts(damaged) == mended


def test_fixed_width_paragraphs_are_joined() -> None:
    source = (
        "Title\n\nThe two sides will hold talks in Washington this week, the\n"
        "ministry said, and a second round is planned for the autumn in\nSeoul.\n\nShort line\nShort line two"
    )

    assert texts(source) == [
        "Title",
        (
            "The two sides will hold talks in Washington this week, the ministry said, and a second round is planned "
            "for the autumn in Seoul."
        ),
        "Short line",
        "Short line two",
    ]


def test_sentences_on_lines_of_their_own_stay_apart() -> None:
    source = "The first sentence of the report stands here and it ends.\nThe second sentence of the report is here now."

    assert len(texts(source)) == 2


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(SeedInvalid, match="more than 2000 lines"):
        split_lines("a\n" * (MAX_LINES + 1))


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(SeedInvalid, match="more than 400000 characters"):
        split_lines("a" * 400_001)


def test_escapes_make_no_more_lines_than_are_allowed() -> None:
    with pytest.raises(SeedInvalid, match="more than 2000 lines"):
        repair(split_lines("A\\n" * 2_100))


def test_a_list_item_loses_every_kind_of_space_around_it() -> None:
    assert texts(",\n\u3000‘One went.’,\n,\n [‘Two went.’],\t\n") == ["One went.", "Two went."]
