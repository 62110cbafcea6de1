"""HTML as a tree and as lines, and what is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest

from feeds.errors import SeedInvalid
from feeds.reading.markup import parse_html, walk
from feeds.reading.page import Hint


def lines(html: str) -> list[tuple[str, Hint]]:
    return [(line.text, line.hint) for line in walk(parse_html(html))]


def test_blocks_links_captions_and_headings() -> None:
    html = (
        "<h2>Tugs</h2><p>They <b>met</b>, <a href=x>it says</a>.</p>"
        "<p><a href=y>Read this</a> | <a href=z>and this</a></p>"
        "<figure><img src=a><figcaption>A <i>pier</i></figcaption></figure><ul><li>one<li>two</ul>"
    )

    assert lines(html) == [
        ("Tugs", Hint.HEADING),
        ("They met, it says.", Hint.NONE),
        ("Read this | and this", Hint.LINK),
        ("A pier", Hint.CAPTION),
        ("one", Hint.NONE),
        ("two", Hint.NONE),
    ]


def test_line_breaks_stay_in_their_group() -> None:
    found = walk(parse_html("<p>one<br>two</p><p>three</p>"))

    assert [line.text for line in found] == ["one", "two", "three"]
    assert found[0].group == found[1].group != found[2].group


def test_what_surrounds_the_article_is_skipped_and_what_follows_it_is_not() -> None:
    html = (
        "<script>x</script>a<nav>b</nav>c<div class='box newsletter-signup'>d</div>e<p class='sharebox'>f</p>"
        "<div id=related>g</div>h<form>i</form>j<article class=related>k</article>"
    )

    assert "".join(text for text, _ in lines(html)) == "acefhjk"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "no markup"),
        ("<div>" * 100_000 + "x", "nested deeper"),
        ("<b>" * 300 + "x", "nested deeper"),
        ("<p>a</p>" * 60_000, "more than 50000 elements"),
        ("<p>a</p>" * 6_000, "more than 2000 lines"),
        ("<p " + " ".join(f"a{n}=1" for n in range(2_000)) + ">x", "more than 500 attributes"),
        ("<p " + " ".join(f"a{n}='>'" for n in range(2_000)) + ">x", "more than 500 attributes"),
        ('<p x=a" ' + " ".join(f"a{n}=1" for n in range(2_000)) + ">x", "more than 500 attributes"),
    ],
)
def test_hostile_markup(html: str, reason: str) -> None:
    with pytest.raises(SeedInvalid, match=reason):
        lines(html)


@pytest.mark.parametrize(
    "html", ["<!--" * 50_000, "<" * 200_000, "<p a='" + "x" * 500_000 + "'>b", "<script>" * 50_000]
)
def test_heavy_but_harmless_markup(html: str) -> None:
    with suppress(SeedInvalid):
        assert len(lines(html)) <= 1


def test_names_longer_than_any_template_needs_are_cut() -> None:
    root = parse_html(f'<div class="\x01{"a " * 9_000}" id="b" title="{"c" * 2_000}">Tugs</div>')

    element = next(root.iter("div"))
    assert (len(element.get("class")), element.get("id"), len(element.get("title"))) == (999, "b", 2_000)
