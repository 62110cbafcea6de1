"""A page taken apart: the kinds of its lines and the rules that gave them."""

from __future__ import annotations

from feeds.reading import BlockKind
from feeds.reading.blocks import Segments, segment
from feeds.reading.repair import repair, split_lines
from feeds.reading.tools import load_tools

RULES = load_tools(None).rules
FIRST = "The two harbour towns agreed on Monday to share their pilots and tugs, the mayor of the larger one said."
SECOND = "A council of six will settle the costs within a month, and the first joint watch begins in the autumn."
THIRD = "Fishermen on both sides welcomed the plan, though some doubt that the tugs will be there when it storms."
ELSEWHERE = "Engineers in the capital finished the long bridge over the estuary a year late, the ministry announced."


def parts(text: str, *, known_title: str = "") -> Segments:
    return segment(repair(split_lines(text)), RULES, known_title=known_title)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text[:24]) for block in parts(text).blocks]


def body(text: str) -> list[str]:
    return [block.text for block in parts(text).blocks if block.kind is BlockKind.BODY]


def test_title_decks_and_body() -> None:
    found = parts(f"Towns share their tugs\n\nCosts stay open\nFishermen wait\n\n{FIRST}\n\n{SECOND}")

    assert found.title == "Towns share their tugs"
    assert [block.kind.value for block in found.blocks] == ["title", "deck", "deck", "body", "body"]
    assert [block.rule for block in found.blocks] == [
        "title-line",
        "short-line-before-text",
        "short-line-before-text",
        "",
        "",
    ]


def test_blocks_point_into_the_source() -> None:
    text = f"Towns share their tugs\n\n[Anchor] {FIRST}\n\n{SECOND} (END)\n"

    found = parts(text).blocks

    assert [(block.kind.value, text[block.start : block.end].strip()) for block in found] == [
        ("title", "Towns share their tugs"),
        ("notice", "[Anchor]"),
        ("body", FIRST),
        ("body", SECOND),
        ("notice", "(END)"),
    ]


def test_headings_between_paragraphs_stay() -> None:
    assert body(f"Towns share their tugs\n\n{FIRST}\n\nWhat it costs\n\n{SECOND}") == [FIRST, "What it costs", SECOND]


def test_a_lead_that_is_said_again_is_a_summary() -> None:
    again = f"{FIRST.removesuffix('.')}, after talks that lasted all night. Nobody slept."

    assert [kind for kind, _ in kinds(f"Towns share their tugs\n\n{FIRST}\n\n{again}\n\n{SECOND}")] == [
        "title",
        "summary",
        "body",
        "body",
    ]


def test_a_title_printed_twice_is_no_body() -> None:
    assert body(f"Towns share their tugs\n\n{FIRST}\n\nTowns share their tugs\n\n{SECOND}") == [FIRST, SECOND]


def test_a_title_from_outside_is_found_in_the_text() -> None:
    found = parts(f"Local news\n\nTOWNS share their tugs!\n\n{FIRST}", known_title="Towns share their tugs")

    assert [block.kind.value for block in found.blocks] == ["deck", "title", "body"]


def test_short_lines_after_furniture_at_the_end_go_with_it() -> None:
    found = parts(f"Towns share their tugs\n\n{FIRST}\n\n{SECOND}\n\nAll rights reserved.\nHarbour House\nRoom 12")

    assert [block.rule for block in found.blocks][3:] == [
        "rights",
        "short-line-among-notices",
        "short-line-among-notices",
    ]


def test_a_short_last_line_without_furniture_stays() -> None:
    assert body(f"Towns share their tugs\n\n{FIRST}\n\nNobody objected")[-1] == "Nobody objected"


def test_labels_that_recur_are_furniture_whatever_they_say() -> None:
    text = f"Towns share their tugs\n\nXyzzy plugh\n\n{FIRST}\n\nXyzzy plugh\n\n{SECOND}\n\n{THIRD}"

    assert body(text) == [FIRST, SECOND, THIRD]


def test_a_chronology_keeps_its_dates() -> None:
    text = (
        f"How the towns came to terms\n\n{FIRST}\n\n{SECOND}\n\nMarch 1, 2024\n\n{THIRD}\n\n"
        f"April 2, 2024\n\n{ELSEWHERE}\n\nMay 3, 2024\n\n"
        "The mayors signed the paper in the old customs house, and the harbour bells were rung for them."
    )

    assert [line for line in body(text) if line[-4:] == "2024"] == ["March 1, 2024", "April 2, 2024", "May 3, 2024"]


def test_text_without_anything_special_is_all_body() -> None:
    assert body(f"{FIRST}\n\n{SECOND}") == [FIRST, SECOND]


def test_an_empty_page() -> None:
    assert parts("") == Segments((), (), "")
