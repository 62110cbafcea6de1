"""Who an item is: guids, addresses, and which text continues which."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feeds.ingest.identity import canonical_url, continues, fingerprint, guid_of, guid_of_bytes, outranks, same_text
from tests.builders import NOON, ON_DAY, report, tag

DIGEST = "ab" * 32
URL = "https://news.example.org/world/talks"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (URL, "news.example.org/world/talks"),
        ("http://NEWS.example.org:80/world/talks/?utm_source=x&fbclid=1#top", "news.example.org/world/talks"),
        ("https://news.example.org/view?b=2&a=1&gclid=9", "news.example.org/view?a=1&b=2"),
        ("https://news.example.org:8443/a", "news.example.org:8443/a"),
        ("https://news.example.org/", None),
        ("https://news.example.org?utm_medium=rss", None),
        ("ftp://news.example.org/a", None),
        ("https://[broken", None),
        ("https://news.example.org:99999/a", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_reduced_to_what_names_the_article(url: str | None, canonical: str | None) -> None:
    assert canonical_url(url) == canonical


def test_a_guid_comes_from_the_id_then_the_address_then_the_bytes() -> None:
    """The literal values are a promise: a release that changes them would flood every subscriber."""
    with_id = report(declared_id="42", source="ytn", url=URL)
    assert guid_of(with_id, DIGEST) == "urn:uuid:50d48e4b-fb3d-553c-9bea-12be7bd45db0"
    assert guid_of(report(url=URL), DIGEST) == "urn:uuid:2c0a1ecb-19a5-569c-9975-6a19ca1ac7d1"
    assert (
        guid_of(report(url="https://news.example.org/"), DIGEST)
        == guid_of_bytes(DIGEST)
        == "urn:uuid:d0ffea06-713a-5d9f-8954-0e1b314a9548"
    )
    assert guid_of(replace(with_id, source="other"), DIGEST) != guid_of(with_id, DIGEST)


def test_the_same_address_in_another_dress_is_the_same_item() -> None:
    one, other = report(url=URL), report(url=URL.replace("https", "http") + "/?utm_campaign=x")
    assert guid_of(one, DIGEST) == guid_of(other, "cd" * 32)


def test_a_fingerprint_sees_what_a_reader_would_and_not_the_tags() -> None:
    base = report()
    assert fingerprint(base) == fingerprint(report(tags=[tag("topic", "trade-tariffs")]))
    for change in ({"title": "T"}, {"body": "B"}, {"url": URL}, {"published": replace(ON_DAY, last=ON_DAY.last)}):
        same = "published" in change
        assert (fingerprint(report(**change)).content == fingerprint(base).content) is same
    later = replace(ON_DAY, first=NOON.date() + timedelta(days=1), last=NOON.date() + timedelta(days=1))
    assert fingerprint(report(published=later)).content != fingerprint(base).content


def test_a_text_is_the_same_in_another_case_and_spacing_but_not_from_another_source() -> None:
    one = report(body="The Ministers met.\n\nThey agreed.")
    assert fingerprint(one).text == fingerprint(report(body="the ministers  MET. They agreed")).text
    assert fingerprint(one).text != fingerprint(replace(one, source="other")).text


OLD = report("Old title", body="One came. Two saw. Three won. Four left.")


def test_half_of_the_sentences_continue_an_article() -> None:
    assert continues(OLD, report("New title", body="One came. Two saw. Five hid. Six ran."))
    assert not continues(OLD, report("New title", body="One came. Seven hid. Five hid. Six ran."))
    assert continues(OLD, report("OLD  TITLE", body="Nothing alike."))


def test_an_id_or_an_address_continues_an_article_whatever_it_says() -> None:
    other = report("New title", body="Nothing alike.")
    assert not continues(OLD, other)
    assert continues(replace(OLD, declared_id="1"), replace(other, declared_id="1"))
    assert not continues(replace(OLD, declared_id="1", source="a"), replace(other, declared_id="1", source="b"))
    assert continues(replace(OLD, url=URL), replace(other, url=URL))
    assert not same_text(replace(OLD, url=URL), replace(other, url=URL))


def test_the_later_then_the_fuller_report_wins_whoever_came_first() -> None:
    short, full = report(body="One."), report(body="One. Two.")
    assert outranks(full, short)
    assert not outranks(short, full)
    later = replace(short, modified=NOON)
    assert outranks(later, full)
    assert not outranks(full, later)
    assert not outranks(full, full)
