"""Lines and their first marks."""

from __future__ import annotations

from feeds.reading import BlockKind
from feeds.reading.repair import split_lines
from feeds.reading.rules import load_rules
from feeds.reading.sheet import open_sheet
from tests.test_reading_blocks import FIRST, SECOND, THIRD

PLACES = "\n".join(
    f'[[rule]]\nid = "{place}"\nkind = "notice"\npattern = "{place} .*"\nwhere = "{place}"\nmax = 500'
    for place in ("head", "tail", "inner", "below", "edge")
)


def marked(place: str) -> list[int]:
    """Which of seven like lines around and between three paragraphs the place reaches."""
    line = f"{place} words"
    others = [f"{line} {letter}" for letter in "abcdefg"]
    text = "\n\n".join(
        [others[0], others[1], FIRST, others[2], SECOND, others[3], THIRD, others[4], others[5], others[6]]
    )
    sheet = open_sheet(split_lines(text), load_rules({"a.toml": PLACES}))
    hit = {sheet.lines[at].text for at, mark in enumerate(sheet.marks) if mark is not None}
    return [number for number, other in enumerate(others) if other in hit]


def test_places() -> None:
    assert marked("head") == [0, 1]
    assert marked("tail") == [3, 4, 5, 6]
    assert marked("below") == [1, 2, 3, 4, 5, 6]
    assert marked("edge") == [0, 1, 4, 5, 6]
    assert marked("inner") == [0, 1, 2, 3, 4, 5, 6]


def test_the_last_paragraph_is_not_inner() -> None:
    rules = load_rules(
        {"a.toml": '[[rule]]\nid = "x"\nkind = "caption"\npattern = ".*\\\\(AP\\\\)"\nwhere = "inner"\nmax = 500'}
    )
    text = f"{FIRST} (AP)\n\n{SECOND}\n\n{THIRD} (AP)"

    assert [mark.kind if mark else None for mark in open_sheet(split_lines(text), rules).marks] == [
        BlockKind.CAPTION,
        None,
        None,
    ]


def test_shares_begin_at_nothing_and_grow() -> None:
    shares = open_sheet(split_lines(f"{FIRST}\n{FIRST}\n{FIRST}\n{FIRST}"), load_rules({})).shares()

    assert shares == [0.0, 0.25, 0.5, 0.75]
