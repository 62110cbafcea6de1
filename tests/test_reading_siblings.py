"""Paragraphs that the extractor passed over."""

from __future__ import annotations

from feeds.reading.markup import parse_html
from feeds.reading.page import Hint, Line
from feeds.reading.siblings import complete, coverage

TEXTS = [
    "The two harbour towns agreed on Monday to share their pilots and tugs, the mayor of the larger one said.",
    "A council of six will settle the costs within a month, and the first joint watch begins in the autumn.",
    "Fishermen on both shores had asked for it since the storm of two winters ago, which sank three boats.",
    "Nobody expects the old quarrel over the sandbank to be settled by it, least of all those who began it.",
]
OTHER = "Rain is expected over the southern hills on Thursday, and the wind will turn to the north at night."


def lines(*texts: str) -> list[Line]:
    return [Line(text, 0, 0, 0, Hint.PARAGRAPH) for text in texts]


def box(*texts: str, name: str = "story") -> str:
    return f"<div class='{name}'>" + "".join(f"<p>{text}</p>" for text in texts) + "</div>"


def completed(html: str, *found: str) -> list[str]:
    return [line.text for line in complete(parse_html(f"<html><body>{html}</body></html>"), lines(*found))]


def test_a_box_of_the_same_template_is_taken_too_where_it_stands() -> None:
    html = box(*TEXTS[:2]) + box(OTHER, name="weather") + box(TEXTS[2]) + box(TEXTS[3])

    assert completed(html, *TEXTS[:2]) == TEXTS
    assert completed(html, TEXTS[0], TEXTS[1], TEXTS[3]) == TEXTS


def test_nothing_is_taken_from_before_the_article_or_from_around_it() -> None:
    html = (
        box(OTHER)
        + box(*TEXTS[:2])
        + f"<aside>{box(OTHER)}</aside><div class=comments>{box(OTHER)}</div><form>{box(OTHER)}</form>"
        + box(f"<a href=x>{OTHER}</a>", "Short.")
    )

    assert completed(html, *TEXTS[:2]) == TEXTS[:2]


def test_a_template_without_a_name_or_of_which_little_was_found_says_nothing() -> None:
    assert completed("".join(f"<p>{text}</p>" for text in TEXTS), *TEXTS[:2]) == TEXTS[:2]
    one = box(*TEXTS[:3]) + box(TEXTS[3], name="teaser") + box(OTHER, name="teaser")
    assert completed(one, *TEXTS) == TEXTS


def test_a_paragraph_of_which_the_extractor_changed_the_start_is_known_by_its_end() -> None:
    changed = "Earlier on, " + TEXTS[1]

    assert completed(box(TEXTS[0], TEXTS[1], TEXTS[2]), TEXTS[0], changed, TEXTS[2]) == [TEXTS[0], changed, TEXTS[2]]


def test_offsets_count_into_the_text_as_it_is_then() -> None:
    found = complete(parse_html(box(*TEXTS[:3])), lines(*TEXTS[:2]))
    joined = "\n".join(line.text for line in found)

    assert len(found) == 3
    assert [joined[line.start : line.end] for line in found] == [line.text for line in found]


def test_coverage() -> None:
    root = parse_html(box(*TEXTS))

    assert coverage(root, lines(*TEXTS)) == 1.0
    assert 0.2 < coverage(root, lines(TEXTS[0])) < 0.3
    assert coverage(root, []) == 0.0
