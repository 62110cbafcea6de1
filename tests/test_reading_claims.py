"""Which day a page claims, where its places disagree."""

from __future__ import annotations

from feeds.reading.claims import Claims, read_claims
from feeds.reading.markup import parse_html
from feeds.reading.page import Stamp


def read(html: str = "<p>x</p>", linked: str = "", url: str = "", **metas: str) -> Claims:
    named = {key.replace("_", "."): metas[key] for key in metas}
    return read_claims(parse_html(html), named, {"datePublished": linked} if linked else {}, [], url=url, title="Tugs")


def test_the_heaviest_claim_wins_over_one_other() -> None:
    found = read(linked="2025-01-02", date="2025-01-05")

    assert found.published == (Stamp("2025-01-02", "JSON-LD datePublished"), Stamp("2025-01-05", "meta date"))
    assert found.hints == ()


def test_two_places_that_agree_win_over_one() -> None:
    found = read("<h1>Tugs</h1><p class=date>5 January 2025</p>", linked="2025-01-02", date="2025-01-05")

    assert found.published[0] == Stamp("5 January 2025", "printed date")


def test_fields_of_one_family_count_once() -> None:
    found = read(linked="2025-01-02", pubdate="2025-01-05", date="2025-01-05", datecreated="2025-01-05")

    assert found.published[0] == Stamp("2025-01-02", "JSON-LD datePublished")


def test_a_day_in_the_address_supports_but_is_no_stamp() -> None:
    found = read(url="https://pier.example/2025/01/05/tugs", date="2025-01-02", datepublished="2025-01-05")

    assert found.published == (Stamp("2025-01-05", "meta datepublished"), Stamp("2025-01-02", "meta date"))
    assert read(url="https://pier.example/2025/01/05/tugs") == Claims((), (), ())


def test_a_printed_day_alone_is_a_hint() -> None:
    assert read("<h1>Tugs</h1><p class=date>5 January 2025</p>").hints == (Stamp("5 January 2025", "printed date"),)


def test_the_address_gives_a_moment_in_utc_its_local_day() -> None:
    address = "https://pier.example/2025/01/04/tugs"

    assert read(linked="2025-01-05T01:09:55Z", url=address).published[0] == Stamp(
        "2025-01-04", "URL, beside 2025-01-05T01:09:55Z"
    )
    assert read(linked="2025-01-05T18:09:55Z", url=address).published[0].text == "2025-01-05T18:09:55Z"
    assert read(linked="2025-01-05T01:09:55+01:00", url=address).published[0].text == "2025-01-05T01:09:55+01:00"


def test_an_offset_that_the_page_prints_elsewhere_keeps_the_time() -> None:
    found = read(
        linked="2025-01-05T01:09:55Z", url="https://pier.example/2025/01/04/tugs", date="2025-01-09T10:00:00-07:00"
    )

    assert found.published[0].text == "2025-01-04T18:09:55-07:00"


def test_a_printed_clock_that_shows_the_same_minute_gives_the_local_day() -> None:
    page = "<h1>Tugs</h1><p>Long before.</p><p>January 4, 2025 at {}</p>"

    assert read(page.format("6:09 pm"), linked="2025-01-05T01:09:55Z").published[0].text.startswith("January 4")
    assert read(page.format("6:10 pm"), linked="2025-01-05T01:09:55Z").published[0].text == "2025-01-05T01:09:55Z"
    assert read(page.format("6:00 pm"), linked="2025-01-05T01:00:00Z").published[0].text == "2025-01-05T01:00:00Z"


def test_the_same_moment_in_local_form_wins_over_utc() -> None:
    local = '<time itemprop="datePublished" datetime="2025-01-04T21:11:03-05:00">x</time>'

    assert read(local, linked="2025-01-05T02:11:03Z").published[0].text == "2025-01-04T21:11:03-05:00"
    assert read(local, linked="2025-01-05T02:19:03Z").published[0].text == "2025-01-05T02:19:03Z"


def test_a_day_in_print_that_is_surely_the_pages_own_is_the_local_day() -> None:
    page = "<h1>Tugs</h1><p class={}>5 January 2025</p>"

    assert read(page.format("date"), linked="2025-01-04T23:00:00Z").published[0].text == "5 January 2025"
    assert read(page.format("x"), linked="2025-01-04T23:00:00Z").published[0].text == "2025-01-04T23:00:00Z"
    assert read(page.format("date"), linked="2025-01-04T08:00:00Z").published[0].text == "2025-01-04T08:00:00Z"


def test_a_field_without_a_meaning_is_that_of_the_change_which_the_page_prints() -> None:
    page = "<h1>Tugs</h1><p>Published: 2 January 2025</p><p>{}: 5 January 2025</p>"

    assert read(page.format("Changed"), date="2025-01-05").published[0].text == "5 January 2025"
    found = read(page.format("Last edited"), date="2025-01-05")
    assert (found.published, found.hints[0].text) == ((), "2 January 2025")


def test_modified_days_are_never_published_ones() -> None:
    found = read(datemodified="2025-01-05")

    assert found == Claims((), (), (Stamp("2025-01-05", "meta datemodified"),))
