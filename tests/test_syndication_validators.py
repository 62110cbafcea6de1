from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from feeds.syndication import validators
from feeds.syndication.formats import FORMATS
from feeds.syndication.validators import RENDERER_VERSION, etag, last_modified, settings_mark
from feeds.text import digest
from storage.state import State
from storage.types import FeedKey
from tests.syndication_samples import AT_HALF_PAST, CHANGED, CHANNEL, DAY, EVENT, beside, document, entry, feed

if TYPE_CHECKING:
    from feeds.syndication.document import Channel
    from storage.types import Feed

# What this version of the writers makes of one known document. A change here needs a new RENDERER_VERSION, or caches
# keep the old bytes under a tag that still matches.
WRITTEN = {7: "69c8725bdc6086af"}


SHOWN = State("store", CHANGED, None, True, "", settings_mark(CHANNEL), CHANGED - timedelta(days=9))


def test_the_renderer_version_rises_with_the_bytes() -> None:
    told = document(
        beside(entry(1, events=(EVENT, AT_HALF_PAST)), "ko"),
        entry(2, url=None, language="und", authors=(), published=DAY),
    )
    assert WRITTEN[RENDERER_VERSION] == digest(*(form.write(told) for form in FORMATS.values()))[:16]


def test_a_tag_is_weak_and_opens_with_the_version() -> None:
    assert re.fullmatch(r'W/"17-[0-9a-f]{16}"', etag("store", feed(), "atom", CHANNEL))


@pytest.mark.parametrize(
    ("store", "changed", "suffix", "channel"),
    [
        ("other", feed(), "atom", CHANNEL),
        ("store", feed(version=18), "atom", CHANNEL),
        ("store", feed(slug="kurt-campbell"), "atom", CHANNEL),
        ("store", replace(feed(), key=FeedKey("topic", "marco-rubio")), "atom", CHANNEL),
        ("store", feed(), "rss", CHANNEL),
        ("store", feed(), "atom", replace(CHANNEL, base_url="https://other.example")),
        ("store", feed(), "atom", replace(CHANNEL, title="Other")),
        ("store", feed(), "atom", replace(CHANNEL, content="summary")),
        ("store", feed(), "atom", replace(CHANNEL, max_age=61)),
    ],
)
def test_whatever_shows_changes_the_tag(store: str, changed: Feed, suffix: str, channel: Channel) -> None:
    assert etag(store, changed, suffix, channel) != etag("store", feed(), "atom", CHANNEL)


def test_a_new_version_of_the_writers_changes_the_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    before = etag("store", feed(), "atom", CHANNEL)
    monkeypatch.setattr(validators, "RENDERER_VERSION", RENDERER_VERSION + 1)
    assert etag("store", feed(), "atom", CHANNEL) != before


def test_a_row_number_does_not_show() -> None:
    assert etag("store", feed(id=8), "atom", CHANNEL) == etag("store", feed(), "atom", CHANNEL)


@pytest.mark.parametrize(
    ("age", "told"),
    [
        (timedelta(seconds=1), datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)),
        (timedelta(days=9), datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)),
        (timedelta(seconds=1) - timedelta(microseconds=1), None),
        (timedelta(), None),
        (timedelta(hours=-1), None),
    ],
)
def test_a_fresh_change_has_no_date_yet(age: timedelta, told: datetime | None) -> None:
    assert last_modified(feed(), SHOWN, CHANNEL, CHANGED + age) == told


def test_other_settings_count_as_a_change_and_unknown_ones_leave_no_date() -> None:
    later = CHANGED + timedelta(hours=2)
    shown = replace(SHOWN, settings_since=CHANGED + timedelta(hours=1))
    assert last_modified(feed(), shown, CHANNEL, later) == datetime(2026, 3, 2, 10, 30, 15, tzinfo=UTC)
    assert last_modified(feed(), shown, replace(CHANNEL, title="Other"), later) is None
