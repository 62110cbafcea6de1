"""What was written before is put in again, where it belongs (`test_web_kept` walks what may change)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from feeds.syndication.atom import atom
from feeds.syndication.formats import FORMATS, PAGED
from feeds.syndication.jsonfeed import jsonfeed
from feeds.syndication.rss import rss
from feeds.syndication.writing import write
from tests.syndication_samples import document, entry

if TYPE_CHECKING:
    from feeds.syndication.document import FeedDocument


@pytest.mark.parametrize("suffix", PAGED)
def test_entries_new_and_known_stand_in_the_documents_order(suffix: str) -> None:
    known = document(*(entry(number, title=f"Title {number}") for number in range(1, 6)))
    FORMATS[suffix].write(known)
    mixed = document(*(entry(number, title=f"Title {number}") for number in range(6, 9)))
    entries = (mixed.entries[0], *known.entries[:2], mixed.entries[1], known.entries[4], mixed.entries[2])
    titles = [one.title for one in entries]
    data = FORMATS[suffix].write(with_entries(mixed, entries)).decode()
    assert sorted(titles, key=data.index) == titles
    assert data == FORMATS[suffix].write(with_entries(document(), entries)).decode()
    assert "piece" not in data


def with_entries(told: FeedDocument, entries: tuple[object, ...]) -> FeedDocument:
    return replace(told, entries=entries)  # type: ignore[arg-type]


def test_a_text_that_looks_like_the_mark_is_text() -> None:
    told = document(entry(1, title="A <?piece ?> of it", body="<?piece ?>"), entry(2))
    for write_it, path in ((atom, "{*}entry/{*}title"), (rss, "channel/item/title")):
        titles = [found.text for found in etree.fromstring(write_it(told)).iterfind(path)]
        assert titles == ["A <?piece ?> of it", "The envoy & the tariffs"]


def test_the_address_of_the_schema_is_that_of_the_document() -> None:
    told = document(entry(1))
    jsonfeed(told)
    assert (
        b'"about":"https://other.example/'
        in jsonfeed(replace(told, base_url="https://other.example")).partition(b'"items"')[2]
    )


def test_an_entry_that_fails_is_not_kept_and_fails_again() -> None:
    bad = document(entry(1), entry(2, title="Fine"))
    object.__setattr__(bad.entries[0], "title", "\x00")
    for _ in range(2):
        written = write(FORMATS["atom"], bad)
        assert [fault.guid for fault in written.faults] == [bad.entries[0].guid]
        assert b"Fine" in written.data
