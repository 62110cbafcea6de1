"""What was written before is put in again: the bytes must be those of a process that has never written anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from feeds.syndication.atom import atom
from feeds.syndication.build import build
from feeds.syndication.formats import FORMATS, PAGED
from feeds.syndication.jsonfeed import jsonfeed
from feeds.syndication.rss import rss
from feeds.syndication.writing import write
from storage.groups import assign, with_groups
from storage.item_rows import forget_items
from storage.items import replace_tags, retract_item
from storage.log import find_feed, place_item, take_out, window
from storage.names import labels
from storage.types import FeedKey
from tests.builders import (
    RUBIO,
    SUBJECTS,
    add_item,
    change_item,
    feeds_for,
    later,
    name_subjects,
    report,
    tag,
    uuid_of,
)
from tests.syndication_samples import CHANNEL, document, entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.syndication.document import FeedDocument
    from storage.engine import Store

ABOUT = (tag("actor", "marco-rubio"), tag("topic", "trade-tariffs"))


def bytes_of(store: Store) -> dict[str, bytes]:
    with store.read() as conn:
        feed = find_feed(conn, FeedKey("actor", "marco-rubio"))
        assert feed is not None
        told = build(feed, with_groups(conn, window(conn, feed)), labels(conn), CHANNEL)
    return {suffix: form.write(told) for suffix, form in FORMATS.items()}


def test_after_every_kind_of_change_the_bytes_are_those_of_a_new_process(sqlite_store: Store) -> None:
    store = sqlite_store
    name_subjects(store)
    made = [add_item(store, report(f"Report {n}", tags=ABOUT), uuid=uuid_of(n), at=later(n)) for n in range(1, 6)]

    def retag() -> None:
        with store.write() as conn:
            replace_tags(conn, made[1].id, (*ABOUT, tag("actor", "south-korea")))
            place_item(conn, made[1].id, feeds_for(report(tags=ABOUT)), revised=False, at=later(20))

    def group() -> None:
        with store.write() as conn:
            assign(conn, [made[2].id, made[3].id], [])

    def retract() -> None:
        with store.write() as conn:
            retract_item(conn, made[3].id, "withdrawn", later(40))
            take_out(conn, made[3].id, later(40))

    def rename() -> None:
        changed = [type(RUBIO)("actor", "marco-rubio", "Marco A. Rubio", "person", {}), *SUBJECTS[1:]]
        name_subjects(store, changed, at=later(50))

    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: change_item(store, made[0], report("Report 1, again", tags=ABOUT), at=later(10)),
        retag,
        group,
        retract,
        rename,
    ]
    seen = set()
    for change in changes:
        change()
        told = bytes_of(store)
        forget_items()
        assert told == bytes_of(store)
        seen.add(told["atom"])
    assert len(seen) == len(changes)


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
