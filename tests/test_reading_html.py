"""Whole pages."""

from __future__ import annotations

import pytest

from feeds.errors import SeedInvalid
from feeds.reading.html import read_html
from feeds.reading.page import Stamp

FIRST = "The two harbour towns agreed on Monday to share their pilots and tugs, the mayor of the larger one said."
SECOND = "A council of six will settle the costs within a month, and the first joint watch begins in the autumn."
PAGE = (
    "<html><head><title>Tugs for two</title></head><body><nav><a href=/>Home</a></nav><article><h1>Tugs for two</h1>"
    f"<p>{FIRST}</p><p><a href=/more><strong>SEE THE PICTURES OF THE OLD TUGS NOW</strong></a></p>"
    f"<p>{SECOND}</p></article>"
    "<script>var a = '<p>no</p>';</script><footer>All rights reserved</footer></body></html>"
)


def test_the_article_is_found_and_links_between_paragraphs_are_known() -> None:
    found = [(line.text, line.hint.value) for line in read_html(PAGE).lines]

    assert (FIRST, "paragraph") in found
    assert (SECOND, "paragraph") in found
    assert not any(hint == "paragraph" and "PICTURES" in text for text, hint in found)
    assert not any("Home" in text or "<p>" in text for text, _ in found)


def test_the_page_is_not_changed_by_looking_for_its_date() -> None:
    dated = PAGE.replace("</article>", "<p>Posted 3 March 2024</p></article>")

    assert [line.text for line in read_html(dated).lines][:2] == [line.text for line in read_html(PAGE).lines][:2]


def test_a_day_that_is_only_printed_is_a_hint() -> None:
    dated = PAGE.replace("<p>The", '<div class="post-date">2024-03-03</div><p>The', 1)

    found = read_html(dated).declared

    assert (found.published, found.hints) == ((), (Stamp("2024-03-03", "printed date"),))


def test_a_page_too_short_for_the_extractor_is_walked() -> None:
    assert [line.text for line in read_html("<html><body><p>Short.</p></body></html>").lines] == ["Short."]


def test_a_very_large_page_is_walked() -> None:
    many = "".join(f"<p><b><i>Paragraph <u>number</u> {n}</i></b></p>" for n in range(1_800))

    assert len(read_html(f"<html><body>{many}</body></html>").lines) == 1_800


def test_no_markup() -> None:
    with pytest.raises(SeedInvalid, match="no markup"):
        read_html("<![CDATA[")


def test_controls_that_entities_bring_in_break_nothing() -> None:
    texts = [line.text for line in read_html(f"<p>{FIRST}&#1;<script>x</script>&#2;{SECOND}</p>").lines]

    assert any(FIRST[:-1] in text for text in texts)


def test_programs_are_no_markup() -> None:
    many = " ".join(f"a{number}=1" for number in range(2_000))

    assert len(read_html(f"<p>{FIRST}</p><script>if (1<b {many}>0) {{}}</script><!-- <b {many}> -->").lines) == 1


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>" + "word " * 90_000, "more than 400000 characters"),
        ("<p>a</p>" * 4_100, "more than 2000 lines"),
        ("<div>" + "<br>a" * 4_100, "more than 2000 lines"),
    ],
)
def test_pages_beyond_reason_are_refused_before_the_extractor_sees_them(html: str, reason: str) -> None:
    with pytest.raises(SeedInvalid, match=reason):
        read_html(html)
