"""What a page's head says."""

from __future__ import annotations

import pytest

from feeds.reading.markup import parse_html
from feeds.reading.metadata import read_metadata
from feeds.reading.page import Declared, Stamp


def read(head: str, body: str = "<p>x</p>") -> Declared:
    return read_metadata(parse_html(f"<html lang=en><head>{head}</head><body>{body}</body></html>"))


def test_json_ld_comes_first() -> None:
    found = read(
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "S"}, {"@type": ["NewsArticle"],'
        '"headline": "Tugs for two", "datePublished": "2025-01-02T03:04:05Z", "dateModified": "2025-01-03",'
        '"author": [{"name": "Jane Doe"}, {"name": "John Roe"}], "inLanguage": "de",'
        '"description": "They did."}]}</script>'
        '<meta property="article:published_time" content="2025-01-02T03:00:00Z">'
        '<meta property="og:site_name" content="The Pier">'
        '<title>Tugs for two | The Pier</title><link rel="canonical" href="https://pier.example/tugs">'
    )

    assert found == Declared(
        basis="metadata",
        title="Tugs for two",
        summary="They did.",
        published=(
            Stamp("2025-01-02T03:04:05Z", "JSON-LD datePublished"),
            Stamp("2025-01-02T03:00:00Z", "meta article:published_time"),
        ),
        updated=(Stamp("2025-01-03", "JSON-LD dateModified"),),
        url="https://pier.example/tugs",
        source="The Pier",
        language="de",
        authors=("Jane Doe", "John Roe"),
    )


@pytest.mark.parametrize(
    "script", ["[" * 100_000, "{broken", '"text"', '{"@type": 3}', '[{"@type": "Person"}]', "null"]
)
def test_json_ld_that_says_nothing(script: str) -> None:
    found = read(f'<script type="application/ld+json">{script}</script><title>Tugs</title>')

    assert (found.title, found.published) == ("Tugs", ())


def test_title_of_the_page_not_of_the_site() -> None:
    assert (
        read("<title>Tugs for two towns - The Pier - World</title>", "<h1>Tugs for two towns</h1>").title
        == "Tugs for two towns"
    )


def test_title_that_the_address_was_made_from() -> None:
    found = read(
        '<meta property="og:title" content="What the tugs mean"><title>Tugs for two towns at last</title>'
        '<link rel=canonical href="https://pier.example/tugs-for-two-towns-at-last.html">'
    )

    assert found.title == "Tugs for two towns at last"


def test_the_address_of_a_copy_in_an_archive_is_that_of_the_original() -> None:
    link = '<link rel=canonical href="https://web.archive.example/web/20130307194448/{}">'

    assert read(link.format("http://pier.example/2008/05/tugs")).url == "http://pier.example/2008/05/tugs"
    assert read(link.format("pier.example/tugs")).url == "https://pier.example/tugs"


def test_unsafe_addresses_and_author_links_are_dropped() -> None:
    found = read('<link rel=canonical href="javascript:x"><meta name=author content="https://x.example/jane">')

    assert (found.url, found.authors) == (None, ())


def test_a_section_or_the_site_before_the_headline_is_cut() -> None:
    heading = "<h1>Tugs for two towns at last</h1>"

    assert read('<meta property="og:title" content="Harbour: Tugs for two towns at last">', heading).title == (
        "Tugs for two towns at last"
    )
    assert read("<title>The Pier - Tugs for two towns at last</title>", heading).title == "Tugs for two towns at last"
    assert read('<meta property="og:title" content="Why we need Tugs">', "<h1>Tugs</h1>").title == "Why we need Tugs"
