from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import brotli
import feedparser
import pytest
import time_machine
import vobject
from lxml import etree
from sqlalchemy import event

from feeds.ingest.retraction import retract
from storage.groups import assign, touch_beside
from storage.state import tick
from storage.types import EventDate, Subject
from tests.builders import (
    RUBIO,
    SUBJECTS,
    add_item,
    change_item,
    later,
    name_subjects,
    report,
    tag,
    uuid_of,
)
from tests.web_samples import BASE, FEED, client_for, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.engine import Store

EVERY = [
    f"{path}.{suffix}"
    for path in ("/latest", "/topics/trade-tariffs", "/actors/south-korea")
    for suffix in ("rss", "atom", "json", "ics")
]
MEDIA_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
}


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller]:
    """The store was made in January, the builders' items came in February, and it is March."""
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC)) as traveller:
        for name in {"store", "sqlite_store"} & set(request.fixturenames):
            request.getfixturevalue(name)
        traveller.move_to(datetime(2026, 3, 1, tzinfo=UTC))
        yield traveller


@pytest.mark.parametrize("path", [*EVERY, "/feeds.opml"])
def test_every_feed_in_every_format(sqlite_store: Store, path: str) -> None:
    fill(sqlite_store)
    answer = client_for(sqlite_store).get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == MEDIA_TYPES[path.rpartition(".")[2]]
    assert answer.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400"
    shown = ", Sec-Fetch-Dest" if path.endswith((".rss", ".atom")) else ""
    assert answer.headers["Vary"] == f"Accept-Encoding{shown}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"].startswith('W/"')
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert "Set-Cookie" not in answer.headers


def test_a_feed_holds_its_items_and_only_those(store: Store) -> None:
    fill(store)
    client = client_for(store)
    titles = [item["title"] for item in client.get("/latest.json").get_json(force=True)["items"]]
    assert titles == ["The talks", "Rubio on tariffs"]
    assert [entry.title for entry in feedparser.parse(client.get(FEED).data).entries] == ["Rubio on tariffs"]
    assert [entry.title for entry in feedparser.parse(client.get("/topics/trade-tariffs.rss").data).entries] == [
        "Rubio on tariffs"
    ]


def test_known_but_empty_is_a_valid_feed_and_unknown_is_404(store: Store) -> None:
    fill(store)
    client = client_for(store)
    for suffix in ("rss", "atom"):
        parsed = feedparser.parse(client.get(f"/actors/south-korea.{suffix}").data)
        assert (parsed.bozo, parsed.entries) == (False, [])
    assert client.get("/actors/south-korea.json").get_json(force=True)["items"] == []
    for path in ("/actors/nobody.atom", "/topics/south-korea.atom", "/actors/south-korea.xml", "/latest/archive/1.ics"):
        assert client.get(path).status_code == 404, path
    assert client.get("/actors/nobody.json").get_json() == {"error": "There is no actor of this name."}
    for path in ("/actors/nobody.atom?ui=ko", "/actors/nobody.rss", "/actors/nobody.ics", "/actors/nobody.opml"):
        told = client.get(path)
        assert told.content_type == "text/plain; charset=utf-8"
        assert told.text == "There is no actor of this name.\n"
    assert client.get("/latest.atom?limit=0").text == "limit= takes a number from 1 to 500.\n"


def test_a_store_that_was_never_filled_serves_an_empty_latest(store: Store) -> None:
    client = client_for(store)
    assert client.get("/latest.json").get_json(force=True)["items"] == []
    assert client.get("/latest.rss").status_code == client.get("/feeds.opml").status_code == 200


@pytest.mark.parametrize("path", EVERY)
def test_polls_are_byte_identical_in_time_and_between_workers(
    sqlite_store: Store, path: str, clock: time_machine.Traveller
) -> None:
    fill(sqlite_store)
    first = client_for(sqlite_store).get(path)
    clock.shift(timedelta(days=40))
    second = client_for(sqlite_store).get(path)
    assert first.data == second.data
    assert dict(first.headers) == dict(second.headers)


@pytest.mark.parametrize("path", [*EVERY, "/feeds.opml"])
def test_a_validator_gives_304_with_its_headers_and_no_body(sqlite_store: Store, path: str) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    full = client.get(path)
    headers = {"If-None-Match": full.headers["ETag"], "If-Modified-Since": "Mon, 01 Jan 1990 00:00:00 GMT"}
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.data) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
        assert answer.headers[name] == full.headers[name]
    assert answer.headers.get("Last-Modified") == full.headers.get("Last-Modified")
    assert answer.headers.getlist("Link") == full.headers.getlist("Link")
    assert "Content-Type" not in answer.headers
    assert "Content-Length" not in answer.headers


def test_last_modified_alone_gives_304(store: Store) -> None:
    fill(store)
    client = client_for(store)
    stamp = client.get(FEED).headers["Last-Modified"]
    assert stamp == "Tue, 03 Feb 2026 12:01:00 GMT"
    assert client.get(FEED, headers={"If-Modified-Since": stamp}).status_code == 304
    assert client.get(FEED, headers={"If-Modified-Since": "Mon, 01 Jan 1990 00:00:00 GMT"}).status_code == 200


def test_last_modified_is_held_back_while_the_second_is_not_over(store: Store, clock: time_machine.Traveller) -> None:
    fill(store)
    clock.move_to(later(1) + timedelta(milliseconds=900), tick=False)
    assert "Last-Modified" not in client_for(store).get(FEED).headers
    clock.shift(timedelta(milliseconds=100))
    assert "Last-Modified" in client_for(store).get(FEED).headers


def test_a_304_costs_two_look_ups_and_no_rendering(store: Store) -> None:
    fill(store)
    client = client_for(store)
    etag = client.get(FEED).headers["ETag"]
    fresh = client_for(store)  # another worker, with nothing ready
    statements: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert fresh.get(FEED, headers={"If-None-Match": etag}).status_code == 304
    reads = [text for text in statements if text.startswith("SELECT")]
    assert len(reads) == 2
    assert "FROM feeds" in reads[0]
    assert "FROM store" in reads[1]
    assert fresh.get(FEED).status_code == 200
    assert any("FROM items" in text for text in statements)


def test_a_second_poll_reads_no_item_again(store: Store) -> None:
    fill(store)
    client = client_for(store)
    first = client.get(FEED)
    statements: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert client.get(FEED + "?utm_source=x&_=123&null").data == first.data
    assert not any("FROM items" in text for text in statements)


def test_a_change_shows_in_its_feeds_and_leaves_the_others_at_304(store: Store) -> None:
    about_rubio, _ = fill(store)
    client = client_for(store)
    paths = {path: client.get(path).headers["ETag"] for path in (FEED, "/topics/diplomacy-talks.atom", "/latest.rss")}
    changed = report("Rubio, revised", tags=(tag("actor", "marco-rubio"), tag("topic", "trade-tariffs")))
    change_item(store, about_rubio, changed, at=later(3))

    def status(path: str) -> int:
        return client.get(path, headers={"If-None-Match": paths[path]}).status_code

    assert [status(path) for path in paths] == [200, 304, 200]
    assert b"Rubio, revised" in client.get(FEED).data
    backdated = report("An old one", tags=(tag("topic", "diplomacy-talks"),))
    add_item(store, backdated, uuid=uuid_of(3), at=later(-99_999))
    assert status("/topics/diplomacy-talks.atom") == 200


@pytest.mark.parametrize("path", [FEED, "/feeds.opml", "/latest.json", "/actors/nobody.rss"])
def test_head_is_get_without_the_body(sqlite_store: Store, path: str) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    get, head = client.get(path), client.head(path)
    assert head.data == b""
    assert (head.status_code, dict(head.headers)) == (get.status_code, dict(get.headers))


def test_content_codings(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    plain = client.get(FEED)
    zipped = client.get(FEED, headers={"Accept-Encoding": "gzip"})
    small = client.get(FEED, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert small.headers["Content-Encoding"] == "br"
    assert gzip.decompress(zipped.data) == brotli.decompress(small.data) == plain.data
    assert plain.headers["ETag"] == zipped.headers["ETag"] == small.headers["ETag"]
    assert small.headers["Content-Length"] == str(len(small.data))


def test_link_headers_name_the_feed_itself_as_the_document_does(sqlite_store: Store) -> None:
    fill(sqlite_store)
    answer = client_for(sqlite_store).get("/actors/marco-rubio.atom?utm_source=x")
    address = f"{BASE}/actors/marco-rubio"
    assert answer.headers.getlist("Link") == [
        f'<{address}.atom>; rel="self"; type="application/atom+xml"',
        f'<{address}>; rel="alternate"; type="text/html"',
        f'<{address}.rss>; rel="alternate"; type="application/rss+xml"',
        f'<{address}.json>; rel="alternate"; type="application/feed+json"',
        f'<{address}.ics>; rel="alternate"; type="text/calendar"',
    ]
    links = feedparser.parse(answer.data).feed.links
    assert [link["href"] for link in links if link["rel"] == "self"] == [f"{address}.atom"]


def test_the_opml_lists_every_feed(store: Store) -> None:
    fill(store)
    outlines = etree.fromstring(client_for(store).get("/feeds.opml").data).findall(".//outline[@type='rss']")
    assert [outline.get("xmlUrl") for outline in outlines] == [
        f"{BASE}{path}.atom"
        for path in (
            "/latest",
            "/topics/diplomacy-talks",
            "/topics/trade-tariffs",
            "/actors/marco-rubio",
            "/actors/south-korea",
        )
    ]


def test_a_subject_that_the_authority_dropped_keeps_its_feed_and_leaves_the_opml(store: Store) -> None:
    fill(store)
    name_subjects(store, [one for one in SUBJECTS if one != RUBIO], at=later(5))
    client = client_for(store)
    assert client.get(FEED).status_code == 200
    assert b"marco-rubio" not in client.get("/feeds.opml").data


def test_slugs_in_other_scripts_work_raw_and_percent_encoded(store: Store) -> None:
    name_subjects(store, [*SUBJECTS, Subject("topic", "韩美", "韩美", "topic", {"zh": ("韩美",)})])
    client = client_for(store)
    raw, encoded = client.get("/topics/韩美.json"), client.get(f"/topics/{quote('韩美')}.json")
    assert raw.status_code == 200
    assert raw.data == encoded.data
    assert json.loads(raw.data)["feed_url"] == f"{BASE}/topics/%E9%9F%A9%E7%BE%8E.json"
    assert raw.headers.getlist("Link")[0].startswith(f"<{BASE}/topics/%E9%9F%A9%E7%BE%8E.json>")


@pytest.mark.parametrize("path", EVERY)
def test_only_reading_is_allowed(sqlite_store: Store, path: str) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        answer = client.open(path, method=method, data=b"x")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    options = client.options(path)
    assert options.status_code == 200
    assert options.headers["Access-Control-Allow-Headers"] == "If-None-Match, If-Modified-Since"


def test_a_calendar_holds_what_is_to_come_however_long_ago_it_was_announced(store: Store) -> None:
    name_subjects(store)
    fair = EventDate(date(2027, 5, 1), date(2027, 5, 3), "The fair opens in May next year.")
    about = [tag("actor", "marco-rubio")]
    item = add_item(store, report("A fair", tags=about, events=(fair,)), uuid=uuid_of(1), at=later(1))
    for number in range(2, 60):
        add_item(store, report(f"Item {number}", tags=about), uuid=uuid_of(number), at=later(number))
    client = client_for(store)
    event = vobject.readOne(client.get("/actors/marco-rubio.ics").get_data(as_text=True)).vevent
    assert (event.uid.value, event.sequence.value) == (f"{uuid_of(1)}-1-0@dateline", "0")
    change_item(store, item, report("A fair", tags=about, events=(replace(fair, last=date(2027, 5, 4)),)), at=later(99))
    event = vobject.readOne(client.get("/actors/marco-rubio.ics").get_data(as_text=True)).vevent
    assert (event.uid.value, event.sequence.value) == (f"{uuid_of(1)}-1-0@dateline", "1")
    assert event.dtend.value == date(2027, 5, 5)
    with store.write() as conn:
        retract(conn, item.guid, "No such fair", later(100))
    assert b"VEVENT" not in client.get("/actors/marco-rubio.ics").data


def test_reports_of_one_event_name_each_other_in_every_feed(store: Store) -> None:
    about_rubio, about_talks = fill(store)
    client = client_for(store)
    paths = {
        path: client.get(path).headers["ETag"]
        for path in (FEED, "/topics/diplomacy-talks.rss", "/actors/south-korea.atom")
    }
    with store.write() as conn:
        assign(conn, [about_rubio.id, about_talks.id], [])
        at = tick(conn, later(5))
        touch_beside(conn, about_rubio.id, at)
        touch_beside(conn, about_talks.id, at)
    answers = [client.get(path, headers={"If-None-Match": etag}) for path, etag in paths.items()]
    assert [answer.status_code for answer in answers] == [200, 200, 304]
    assert f"/items/{about_talks.uuid}".encode() in answers[0].data
    assert f"/items/{about_rubio.uuid}".encode() in answers[1].data
    with store.write() as conn:
        retract(conn, about_talks.guid, "wrong", later(6))
    assert f"/items/{about_talks.uuid}".encode() not in client.get(FEED).data


def test_who_sends_a_date_alone_is_told_of_other_settings(store: Store, clock: time_machine.Traveller) -> None:
    fill(store)
    stamp = {"If-Modified-Since": client_for(store).get(FEED).headers["Last-Modified"]}
    assert client_for(store).get(FEED, headers=stamp).status_code == 304
    older = client_for(store)
    newer = client_for(store, title="Another name")
    clock.shift(timedelta(seconds=2))
    answer = newer.get(FEED, headers=stamp)
    assert (answer.status_code, b"Another name" in answer.data) == (200, True)
    stamp = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert newer.get(FEED, headers=stamp).status_code == 304
    # A process that still runs by the old settings vouches for no date.
    assert "Last-Modified" not in older.get(FEED, headers=stamp).headers
    assert older.get(FEED, headers=stamp).status_code == 200


def test_programs_find_every_feed_with_its_size_and_pace(store: Store) -> None:
    about_rubio, _ = fill(store)
    for number in range(10, 70):
        one = report(f"Item {number}", tags=[tag("actor", "marco-rubio")])
        add_item(store, one, uuid=uuid_of(number), at=later(60 * number))
    client = client_for(store)
    answer = client.get("/feeds.json")
    told = {feed["slug"]: feed for feed in answer.get_json()["feeds"]}
    assert list(told) == ["", "diplomacy-talks", "trade-tariffs", "marco-rubio", "south-korea"]
    rubio = told["marco-rubio"]
    assert rubio["formats"]["ics"] == {"url": f"{BASE}/actors/marco-rubio.ics", "type": "text/calendar"}
    assert set(rubio["formats"]) == {"rss", "atom", "json", "ics"}
    assert (rubio["size"], rubio["type"], rubio["uri"]) == (61, "person", RUBIO.uri)
    assert rubio["changed_at"] == "2026-02-06T09:00:00+00:00"
    assert rubio["items_per_day"] == 24.49  # the newest fifty, in 49 hours
    assert (told["trade-tariffs"]["items_per_day"], told["south-korea"]["items_per_day"]) == (0.35, 0.0)
    assert rubio["id"] == client.get("/actors/marco-rubio.json").get_json(force=True)["_dateline"]["id"]
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/feeds.json", headers=etag).status_code == 304
    change_item(store, about_rubio, report("Changed", tags=[tag("topic", "trade-tariffs")]), at=later(9_999))
    assert client.get("/feeds.json", headers=etag).status_code == 200
