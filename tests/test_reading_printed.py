"""Dates in a page's print: which look like its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds.reading.markup import parse_html
from feeds.reading.printed import is_teased, printed_dates

if TYPE_CHECKING:
    from collections.abc import Iterator


def days(html: str, language: str = "", title: str = "Tugs for two") -> list[tuple[str, int]]:
    found = printed_dates(parse_html(f"<html><body>{html}</body></html>"), title, language)
    return [(one.found.day.isoformat(), one.score) for one in found]


def test_a_marked_line_under_the_headline_is_best() -> None:
    page = (
        "<div class=masthead>Friday, January 10, 2025</div><h1>Tugs for two</h1>"
        "<div class=post-date>January 2, 2025</div>"
        "<p>They met on January 1, 2025, the mayor said, and would meet again; both towns have been at odds for years "
        "over their tugs.</p><footer>January 3, 2025</footer><div class=comments><p>January 4, 2025</p></div>"
    )

    assert days(page) == [("2025-01-02", 8), ("2025-01-04", 0), ("2025-01-10", -3)]


def test_a_marked_day_right_above_the_headline_is_no_masthead() -> None:
    page = "<h2 class=date-header>Friday, January 10, 2025</h2><h1>Tugs for two</h1>"

    assert days(page) == [("2025-01-10", 8)]
    assert days(page.replace(" class=date-header", "")) == [("2025-01-10", -3)]


def test_the_date_in_a_link_to_another_page_is_not_of_this_one() -> None:
    page = "<h1>Tugs for two</h1><p class=date>{}</p><ul><li>{}</li></ul>"
    teaser = '<a href="/ferry">The old ferry sails again <time>January 5, 2025</time></a>'
    own = '<a href="/2025/01/02">January 2, 2025</a>'

    assert days(page.format(own, teaser)) == [("2025-01-02", 8)]
    assert days(page.format(own, '<a href="/ferry">Old ferry, January 5, 2025, sails</a>')) == [("2025-01-02", 8)]


def test_a_date_behind_the_text_is_not_near_the_headline() -> None:
    page = "<h1>Tugs for two</h1><p>1 January 2025, by Ann Low</p>{}<p>2 January 2025</p>"

    assert days(page.format("<p>Short.</p>")) == [("2025-01-01", 5), ("2025-01-02", 5)]
    assert days(page.format("<p>" + "The tugs met again. " * 80 + "</p>")) == [("2025-01-01", 5), ("2025-01-02", 3)]


def test_any_heading_that_has_the_words_of_the_title_is_the_headline() -> None:
    assert days("<h3>Tugs: for two</h3><p>2 January 2025</p>") == [("2025-01-02", 5)]
    assert days("<h3>More of tugs for two</h3><p>2 January 2025</p>") == [("2025-01-02", 2)]


def test_a_label_may_stand_in_an_element_of_its_own() -> None:
    page = "<h1>Tugs for two</h1><b>{}</b> <i>2 January 2025</i>"

    assert days(page.format("Datum:")) == [("2025-01-02", 9)]
    assert days(page.format("Letzte Änderung:")) == [("2025-01-02", 2)]
    assert days(page.format("Harbour")) == [("2025-01-02", 5)]


def test_a_time_element_that_repeats_its_attribute_prints_nothing() -> None:
    assert days('<time datetime="2025-01-02">2025-01-02</time>') == []
    assert days('<time datetime="2025-01-02">2 January 2025</time>') == [("2025-01-02", 5)]


def test_an_update_is_told_and_loses() -> None:
    found = printed_dates(
        parse_html("<h1>Tugs</h1><p>Updated: 5 January 2025</p><p>Published: 2 January 2025</p>"), "Tugs", "en"
    )

    assert [(one.found.day.day, one.label) for one in found] == [(2, "published"), (5, "modified")]


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("31.01.22", "de", "2022-01-31"),
        ("4. 2. 2022", "de", "2022-02-04"),
        ("03/04/2025", "fr", "2025-04-03"),
        ("03/04/2025", "en-US", "2025-03-04"),
        ("<b>2</b> <b>January</b> <b>2025</b>", "en", "2025-01-02"),
        ("2 January<br>2025", "en", "2025-01-02"),
        ("03/04/25", "de", "2025-04-03"),
    ],
)
def test_forms(text: str, language: str, day: str) -> None:
    assert [found for found, _ in days(f"<h1>Tugs for two</h1><p>{text}</p>", language)] == [day]


def test_other_dates_of_the_page_tell_which_figure_is_the_day() -> None:
    assert days("<h1>Tugs for two</h1><p>03/04/2025</p>", "en") == []
    assert {day for day, _ in days("<h1>Tugs for two</h1><p>03/04/2025</p><p>30/04/2025</p>", "en")} == {
        "2025-04-03",
        "2025-04-30",
    }


def test_copyright_and_prose_are_no_dates_of_the_page() -> None:
    prose = (
        "The council of the two towns, which had been founded on 2 January 1999 by the fishermen of both shores, " * 2
    )

    assert days(f"<h1>Tugs for two</h1><p>© 2 January 2025</p><p>{prose}</p>") == []


def test_a_list_of_others_is_told_by_its_template() -> None:
    items = "".join(f"<li><span>{day} January 2025</span></li>" for day in (3, 4, 5, 6))

    assert max(score for _, score in days(f"<h1>Tugs for two</h1><ul>{items}</ul>")) == 2


def test_nodes_are_bounded() -> None:
    assert len(days("<p>2 January 2025</p>" * 2_000)) == 300


class Link:
    """A link to another page with a thousand texts in it; `read` counts those that were asked for."""

    tag = "a"

    def __init__(self, text: str) -> None:
        self.text, self.read = text, 0

    def get(self, name: str) -> str:
        return {"href": "/ferry"}.get(name, "")

    def itertext(self) -> Iterator[str]:
        for _ in range(1_000):
            self.read += 1
            yield self.text


@pytest.mark.parametrize("text", ["2 January 2025", " ", "The old ferry sails again. " * 1_000])
def test_of_a_long_link_only_the_beginning_is_read(text: str) -> None:
    link = Link(text)

    assert is_teased(link)
    assert link.read < 100


def test_a_link_around_nothing_but_a_time_is_the_pages_own() -> None:
    page = parse_html('<a href="/ferry"><time>an hour ago</time></a> <a href="/tug"><time>2 May</time> Tug</a>')

    assert [is_teased(element) for element in page.iter("time")] == [False, True]
