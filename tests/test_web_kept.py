"""Whatever is written into the store: a process that has much in memory answers with the bytes of one that has nothing.

Each change here is one that entries show, made by whoever makes it in earnest.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from feeds.ingest.put import Putting, feeds_for
from feeds.ingest.retraction import restore, retract
from feeds.text import digest
from storage.groups import assign, touch_beside
from storage.item_rows import forget_items
from storage.items import item_by_id, replace_tags
from storage.moving import move_items
from storage.names import sync_subjects
from storage.state import tick
from storage.types import EventDate
from tests.builders import NOON, ON_DAY, RUBIO, SEOUL, SUBJECTS, TALKS, TARIFFS, later, name_subjects, report, tag
from tests.web_samples import client_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask.testing import FlaskClient

    from storage.engine import Connection, Store
    from storage.types import Report, Subject, Tag

PATHS = [
    f"{feed}.{suffix}"
    for feed in ("/latest", "/actors/marco-rubio", "/topics/trade-tariffs")
    for suffix in ("rss", "atom", "json", "ics")
]
ABOUT = (tag("actor", "marco-rubio"), tag("topic", "trade-tariffs"))
BRIEF = report("Two presidents to meet", kind="brief", body="Two presidents are to meet on Sunday.", tags=ABOUT)
TODAY = ON_DAY.first
assert TODAY is not None
MEETING = EventDate(TODAY, TODAY, "They meet on 3 February.")
PUTTING = ("one", "two", "three", "carrier")  # seeds, and the articles that they give


def told(client: FlaskClient) -> list[bytes]:
    answers = [client.get(path) for path in PATHS]
    return [answer.data if answer.status_code == 200 else answer.status.encode() for answer in answers]


def put(conn: Connection, seed: str, *reports: Report, retag: bool = False) -> int:
    parents: dict[str, str] = {}
    return Putting(conn, seed.encode(), digest(f"{seed} {reports}"), NOON, parents, retag=retag).put(reports).item_id


def article(seed: str, tags: Sequence[Tag] = ABOUT, **changes: object) -> Report:
    return report(f"Report {seed}", tags=tags, url=f"https://papers.example/{seed}", **changes)


def retag(conn: Connection, item_id: int, tags: tuple[Tag, ...]) -> None:
    at = tick(conn, NOON)
    replace_tags(conn, item_id, tags)
    move_items(conn, {item_id: feeds_for(tags, {})}, at)


def group(conn: Connection, ids: Sequence[int]) -> None:
    at = tick(conn, NOON)
    assign(conn, ids, [])
    for item_id in ids:
        touch_beside(conn, item_id, at)


def name(conn: Connection, subjects: Sequence[Subject], *moved: tuple[str, str]) -> None:
    sync_subjects(conn, subjects, [("actor", old, new) for old, new in moved], tick(conn, NOON))


def changes(one: int, two: int, three: int, carrier: int) -> Iterator[tuple[str, Callable[[Connection], object]]]:
    """Everything that an entry may come to say otherwise by; the ids are those of the first articles."""

    def guid(conn: Connection, item_id: int) -> str:
        return item_by_id(conn, item_id).guid

    yield "another article", lambda conn: put(conn, "four", article("four"))
    yield "a revision", lambda conn: put(conn, "one", article("one", body="Other words."))
    yield "another day", lambda conn: put(conn, "one", article("one", body="Other words.", events=(MEETING,)))
    yield "a reread", lambda conn: put(conn, "two", article("two", tags=ABOUT[:1]), retag=True)
    yield "a retag", lambda conn: retag(conn, two, (*ABOUT, tag("actor", "south-korea")))
    yield "a group", lambda conn: group(conn, [two, three])
    yield "one more in it", lambda conn: group(conn, [one, two, three])
    yield "a language", lambda conn: put(conn, "three", article("three", language="ko"))
    yield "a retraction", lambda conn: retract(conn, guid(conn, three), "withdrawn", later(1))
    yield "taken back", lambda conn: restore(conn, guid(conn, three), later(2), {})
    yield "its carrier is gone", lambda conn: retract(conn, guid(conn, carrier), "withdrawn", later(3))
    yield "and returns", lambda conn: restore(conn, guid(conn, carrier), later(4), {})
    yield "a full article", lambda conn: put(conn, "five", replace(BRIEF, kind="article", body=f"{BRIEF.body} Twice."))
    yield "a purge", lambda conn: retract(conn, guid(conn, three), "erased", later(5), purge=True)
    yield "a label", lambda conn: name(conn, [replace(RUBIO, label="Marco A. Rubio"), SEOUL, TARIFFS, TALKS])
    yield "a code", lambda conn: name(conn, [replace(RUBIO, uri=None), SEOUL, TARIFFS, TALKS])
    seoul = replace(SEOUL, slug="seoul")
    yield "another slug", lambda conn: name(conn, [RUBIO, seoul, TARIFFS, TALKS], ("south-korea", "seoul"))
    yield "two in one", lambda conn: name(conn, [RUBIO, TARIFFS, TALKS], ("south-korea", "marco-rubio"),
                                          ("seoul", "marco-rubio"))  # fmt: skip
    yield "an unknown name", lambda conn: name(conn, SUBJECTS[2:])


def test_after_every_kind_of_change_the_bytes_are_those_of_a_new_process(store: Store) -> None:
    name_subjects(store)
    with store.write() as conn:
        carried = {"carrier": [BRIEF]}
        ids = [put(conn, seed, article(seed), *carried.get(seed, [])) for seed in PUTTING]
    client = client_for(store)
    before = told(client)
    for what, change in changes(*ids):
        with store.write() as conn:
            change(conn)
        now = told(client)
        assert now != before, what
        forget_items()
        assert now == told(client_for(store)), what
        before = now


def test_other_settings_are_other_bytes(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    with sqlite_store.write() as conn:
        put(conn, "one", article("one"), BRIEF)
    clients = [
        partial(client_for, sqlite_store),
        partial(client_for, sqlite_store, base_url="https://other.example"),
        partial(client_for, sqlite_store, content="summary"),
    ]
    known = [told(client()) for client in clients]
    assert known[0] != known[1] != known[2] != known[0]
    for client, before in zip(clients, known, strict=True):
        forget_items()
        assert told(client()) == before
