from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from feeds.web import marks
from feeds.web.marks import LIGHTS, Marked, Piece, anchor, anchors, mark
from storage.types import EventDate, Evidence, Report, Tag
from tests.builders import ON_DAY, report

STYLE = Path(marks.__file__).parent / "static" / "style.css"
BODY = "South Korea spoke.\n\nThen the US-Korea talks began on Tuesday."


def one(*evidence: Evidence, title: str = "Ministers meet") -> Report:
    tag = Tag("actor", "south-korea", "principal", 1.0, evidence)
    return report(title, body=BODY, summary="In short.", tags=(tag,))


def cut(pieces: tuple[Piece, ...]) -> list[tuple[str, tuple[int, ...], str | None]]:
    return [(piece.text, tuple(reason.number for reason in piece.reasons), piece.anchor) for piece in pieces]


def test_words_are_marked_where_they_stand() -> None:
    found = mark(
        one(Evidence("South Korea", "body", 0, "name"), Evidence("Korea", "body", BODY.index("-Korea") + 1, "x"))
    )
    assert cut(found.body[0]) == [("South Korea", (1,), "body-0"), (" spoke.", (), None)]
    assert cut(found.body[1]) == [
        ("Then the US-", (), None),
        ("Korea", (1,), "body-32"),
        (" talks began on Tuesday.", (), None),
    ]
    assert anchors(found) == {"body-0", "body-32"}


def test_words_that_mean_two_things_are_marked_twice() -> None:
    tags = (
        Tag("actor", "united-states", "principal", 1.0, (Evidence("US-Korea", "body", 29, "pair"),)),
        Tag("topic", "talks", "principal", 1.0, (Evidence("Korea talks", "body", 32, "phrase"),)),
    )
    event = EventDate(ON_DAY.first, ON_DAY.last, "", None, (Evidence("Tuesday", "body", 53, "weekday"),))  # type: ignore[arg-type]
    found = mark(report(body=BODY, tags=tags, events=(event,)))
    assert cut(found.body[1]) == [
        ("Then the ", (), None),
        ("US-", (1,), "body-29"),
        ("Korea", (1, 2), "body-32"),
        (" talks", (2,), None),
        (" began on ", (), None),
        ("Tuesday", (3,), "body-53"),
        (".", (), None),
    ]
    assert [reason.kind for reason in found.reasons] == ["date", "actor", "topic", "event"]


def test_words_that_are_not_at_their_place_mark_nothing() -> None:
    wrong = (
        Evidence("North Korea", "body", 0, "name"),
        Evidence("South Korea", "body", 4_000, "name"),
        Evidence("", "body", 0, "name"),
        Evidence("2026.02.03", "dateline", None, "numeric"),
        Evidence("South Korea", "metadata", 0, "name"),
    )
    found = mark(one(*wrong))
    assert anchors(found) == set()
    assert [anchor(piece) for piece in wrong[-2:]] == [None, None]


def test_a_span_over_two_paragraphs_is_marked_in_both() -> None:
    found = mark(one(Evidence("spoke.\n\nThen", "body", 12, "odd")))
    assert cut(found.body[0])[-1] == ("spoke.", (1,), "body-12")
    assert cut(found.body[1])[0] == ("Then", (1,), None)


def test_title_and_summary_are_cut_too() -> None:
    found = mark(one(Evidence("Korea", "title", 6, "name"), title="South Korea"))
    assert cut(found.title) == [("South ", (), None), ("Korea", (1,), "title-6")]
    assert cut(found.summary) == [("In short.", (), None)]


def test_a_summary_that_the_body_repeats_is_marked_there_once() -> None:
    words = (Evidence("talks", "summary", 9, "phrase"), Evidence("spoke", "summary", 9, "wrong"))
    told = replace(one(*words), summary="US-Korea talks")
    found = mark(told)
    assert found.summary == ()
    assert cut(found.body[1])[1] == ("talks", (1,), "body-38")
    assert [(piece.zone, piece.offset) for piece in found.reasons[1].evidence] == [("body", 38), ("summary", 9)]
    assert anchors(found) == {"body-38"}


def test_however_many_lines_there_are_the_stylesheet_lights_each() -> None:
    tags = tuple(Tag("actor", f"a{number}", "principal", 1.0, ()) for number in range(150))
    found = mark(report(body=BODY, tags=tags))
    known = set(map(int, re.findall(r"\.m(\d+)[ ,]", style := STYLE.read_text())))
    assert known == set(map(int, re.findall(r"\.w(\d+)[ ,]", style))) == set(range(LIGHTS + 1))
    assert {reason.light for reason in found.reasons} == known
    assert [reason.light for reason in found.reasons[:26]] == list(range(26))


def joined(marked: Marked) -> tuple[str, list[str]]:
    return "".join(piece.text for piece in marked.title), ["".join(p.text for p in each) for each in marked.body]


@given(st.data(), st.text("ab\n 韓", max_size=40), st.text("ab韓", max_size=9))
def test_cutting_loses_and_repeats_no_character(data: st.DataObject, body: str, title: str) -> None:
    offsets = st.integers(-2, 45)
    evidence = []
    for zone in data.draw(st.lists(st.sampled_from(["title", "body"]), max_size=6)):
        start, length = data.draw(offsets), data.draw(st.integers(0, 9))
        text = {"title": title, "body": body}[zone]
        evidence.append(Evidence(text[max(start, 0) : max(start, 0) + length], zone, start, "r"))
    marked = mark(replace(one(*evidence), title=title, body=body))
    assert joined(marked) == (title, [part for part in body.split("\n\n") if part.strip()])
