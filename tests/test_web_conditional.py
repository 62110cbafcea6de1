from __future__ import annotations

from datetime import UTC, datetime

import pytest
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from feeds.web.conditional import choose_coding, matches, not_modified

TAG = 'W/"17-9f86d081884c7d65"'
CHANGED = datetime(2026, 2, 3, 12, 0, 0, 900_000, tzinfo=UTC)
SAME, EARLIER, LATER = (f"Tue, 03 Feb 2026 {time} GMT" for time in ("12:00:00", "11:59:59", "12:00:01"))


@pytest.mark.parametrize(
    "header",
    [
        'W/"17-9f86d081884c7d65"',
        '"17-9f86d081884c7d65"',  # strong in the request: the comparison is weak
        'w/"17-9f86d081884c7d65"',
        "17-9f86d081884c7d65",  # some clients lose the quotes
        "*",
        " * ",
        'W/"1-0", "x,y", W/"17-9f86d081884c7d65"',
        'W/"1-0",W/"17-9f86d081884c7d65",W/"3"',
        'W/"17-9f86d081884c7d65-gzip"',  # Apache mod_deflate
        'W/"17-9f86d081884c7d65--gzip"',  # Jetty
        'W/"17-9f86d081884c7d65;gzip"',
        'W/"17-9f86d081884c7d65:gzip"',
        'W/"17-9f86d081884c7d65-br"',
        '"17-9f86d081884c7d65:zstd"',
    ],
)
def test_matching_tags(header: str) -> None:
    assert matches(TAG, header)


@pytest.mark.parametrize(
    "header",
    [
        'W/"16-9f86d081884c7d65"',
        'W/"17-9f86d081884c7d6"',
        'W/"17-9f86d081884c7d65x"',
        'W/"x17-9f86d081884c7d65"',
        'W/"17-9f86d081884c7d65-gzip-gzip"',
        '"*"',
        'W/"1", *',
        '"a, 17-9f86d081884c7d65"',  # a comma inside the quotes does not part two tags
        "",
        ",,,",
        '"',
        "W/",
        "\x00\xff",
    ],
)
def test_tags_that_do_not_match(header: str) -> None:
    assert not matches(TAG, header)


def test_a_hostile_list_of_tags_costs_no_time_worth_naming() -> None:
    assert not matches(TAG, '"a", ' * 20_000)
    assert not matches(TAG, '"' * 100_001)
    assert not matches(TAG, "W/" * 50_000)


@pytest.mark.parametrize(
    ("none_match", "since", "expected"),
    [
        (None, None, False),
        (TAG, None, True),
        (TAG, EARLIER, True),  # If-None-Match alone decides: an old date does not spoil a good tag
        ('W/"other"', LATER, False),  # nor does a good date save an old tag
        ("", SAME, False),
        ("garbage", SAME, False),
        (None, SAME, True),  # the header has whole seconds, the change had a fraction
        (None, LATER, True),
        (None, EARLIER, False),
        (None, "Mon, 01 Jan 1800 00:00:00 GMT", False),
        (None, "Tue Feb  3 12:00:00 2026", True),  # asctime, RFC 9110 section 5.6.7
        (None, "Tuesday, 03-Feb-26 12:00:00 GMT", True),  # RFC 850, same section
        (None, "yesterday", False),
        (None, "", False),
        (None, "99999999999999", False),
        (None, "Tue, 99 Feb 2026 12:00:00 GMT", False),
    ],
)
def test_which_header_decides(none_match: str | None, since: str | None, expected: bool) -> None:
    assert not_modified(TAG, CHANGED, none_match, since) is expected


def test_without_a_last_modified_only_the_tag_counts() -> None:
    assert not not_modified(TAG, None, None, LATER)
    assert not_modified(TAG, None, TAG, None)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip, br, zstd", "br"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("gzip;q=0", "identity"),
        ("gzip;q=0, br;q=0", "identity"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", "identity"),
        ("identity", "identity"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip;q=0.8", "gzip"),
        ("deflate, zstd", "identity"),
        ("gzip;q=much", "identity"),
        (";;;,,q=", "identity"),
    ],
)
def test_content_coding(header: str, coding: str) -> None:
    assert choose_coding(parse_accept_header(header, Accept)) == coding
