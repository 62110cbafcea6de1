"""Each place of a page that may say when it appeared."""

from __future__ import annotations

from datetime import date

import pytest

from feeds.reading.markup import parse_html
from feeds.reading.page import Stamp
from feeds.reading.places import Claim, all_claims, printed_claims, searched_claims, updates


def claims(html: str = "<p>x</p>", url: str = "", **metas: str) -> list[Claim]:
    return all_claims(
        parse_html(f"<html>{html}</html>"), {key.replace("_", "."): metas[key] for key in metas}, {}, [], url
    )


def said(found: list[Claim]) -> list[tuple[str, str]]:
    return [(claim.stamp.text, claim.stamp.field) for claim in found]


def test_linked_data_of_the_article_goes_before_that_of_other_nodes() -> None:
    root = parse_html("<p>x</p>")
    page = {"@type": "WebPage", "datePublished": "2025-01-02"}

    assert said(all_claims(root, {}, {"datePublished": "2025-01-03"}, [page], "")) == [
        ("2025-01-03", "JSON-LD datePublished")
    ]
    assert said(all_claims(root, {}, {}, [page], "")) == [("2025-01-02", "JSON-LD datePublished")]
    assert all_claims(root, {}, {}, [page, {"datePublished": "2025-01-05"}], "") == []


def test_the_only_day_in_data_of_the_page() -> None:
    data = '<script type="application/json">{"publishedAt": "2025-01-02T03:04:05Z"}</script>'

    assert said(claims(data)) == [("2025-01-02T03:04:05Z", "data of the page")]
    assert claims(data + data.replace("01-02", "01-09")) == []


def test_meta_elements_by_what_they_are_made_for() -> None:
    found = claims(date="2025-01-01", pubdate="2025-01-02", datepublished="2025-01-03")

    assert [(claim.stamp.field, claim.weight) for claim in found] == [
        ("meta datepublished", 9),
        ("meta pubdate", 8),
        ("meta date", 5),
    ]


@pytest.mark.parametrize("text", ["soon", "9" * 100, "", "2025-13-45"])
def test_what_is_no_date_claims_nothing(text: str) -> None:
    assert claims(date=text) == []


def test_time_elements() -> None:
    own = '<time itemprop="datePublished" datetime="2025-01-02">x</time>'

    assert said(claims(own)) == [("2025-01-02", "time element")]
    one = "<article><time>2 January 2025</time></article><time>2024-01-01</time>"
    assert [(claim.day.isoformat(), claim.weight) for claim in claims(one)] == [("2025-01-02", 4)]
    two = "<article><time>2 January 2025</time><time>2024-01-01</time></article>"
    assert [(claim.day.isoformat(), claim.weight) for claim in claims(two)] == [("2025-01-02", 3)]
    assert claims("<article><blockquote><time>2 January 2025</time></blockquote></article>") == []
    assert said(claims('<span itemprop="datePublished" content="2025-01-02">x</span>')) == [
        ("2025-01-02", "itemprop datePublished")
    ]


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("https://pier.example/2025/01/02/tugs", ["2025-01-02"]),
        ("https://pier.example/2025/1/2/tugs", ["2025-01-02"]),
        ("https://pier.example/20250102/tugs", ["2025-01-02"]),
        ("https://pier.example/2025/01/tugs", []),
        ("https://pier.example/2025064/tugs", []),
        ("https://pier.example/news/29-10-2025", ["2025-10-29"]),
    ],
)
def test_address(url: str, days: list[str]) -> None:
    assert [claim.day.isoformat() for claim in claims(url=url)] == days


def test_printed_days_and_those_of_changes() -> None:
    page = "<h1>Tugs</h1><p class=date>2 January 2025</p><p class=date>Updated: 5 January 2025</p><p>Long.</p>"

    assert [(one.stamp.text, one.family, one.stamp.changed) for one in printed_claims(parse_html(page), "Tugs")] == [
        ("2 January 2025", "print", False),
        ("5 January 2025", "change", True),
    ]


def test_many_printed_days_that_look_alike_weigh_little() -> None:
    page = "<h1>Tugs</h1>" + "".join(f"<p class=date>{day} January 2025</p>" for day in (2, 3, 4))

    assert [claim.weight for claim in printed_claims(parse_html(page), "Tugs")] == [3, 3, 3]


def test_a_search_of_the_whole_page_needs_a_second_witness() -> None:
    wide = parse_html("<html><body><p>Taken in spring 2019, then 05/2019 again and 05/2019.</p></body></html>")

    assert list(searched_claims(wide, set())) == []
    assert [claim.day for claim in searched_claims(wide, {date(2019, 5, 1)})] == [date(2019, 5, 1)]


def test_what_a_link_to_another_page_says_is_not_of_this_one() -> None:
    teaser = '<a href="/ferry">The old ferry sails again <time datetime="2019-05-01">1 May 2019</time></a>'
    page = parse_html(f"<html><body><h1>Tugs</h1><p>Two towns quarrel.</p>{teaser}</body></html>")

    assert claims(f"<main>{teaser}</main>") == []
    ago = '<a href="/thread"><time datetime="2019-05-01">a minute ago</time></a>'
    assert [claim.day for claim in claims(f"<main>{ago}</main>")] == [date(2019, 5, 1)]
    assert list(searched_claims(page, set())) == []
    own = parse_html(f"<html><body><h1>Tugs</h1>{teaser.replace('The old ferry sails again ', '')}</body></html>")
    assert [claim.day for claim in searched_claims(own, set())] == [date(2019, 5, 1)]


def test_updates() -> None:
    assert updates({"lastmod": "2025-01-09"}, {"dateModified": "2025-01-08"}) == (
        Stamp("2025-01-08", "JSON-LD dateModified"),
        Stamp("2025-01-09", "meta lastmod"),
    )
