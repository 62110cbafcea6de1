"""The way before Flask gives the answers that Flask gives, header by header, and never an old one."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, product
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feeds.syndication.addresses import archive_path
from feeds.web.browsers import ForPeople
from feeds.web.fast import Fast
from storage.state import get_state
from storage.types import LATEST, Subject
from tests.builders import SUBJECTS, add_item, change_item, later, name_subjects, report, tag, uuid_of
from tests.web_samples import FEED, app_for, fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from storage.engine import Store
    from storage.types import Item

CHINESE = "/topics/\u97e9\u7f8e.rss"
KNOWN = (
    FEED,
    "/latest.rss",
    "/latest.json",
    f"{archive_path(LATEST, 1)}.atom",
    f"/items/{uuid_of(1)}.json",
    "/feeds.opml",
    "/static/style.css",
    CHINESE,
)
TAGS = (
    None,
    "{etag}",
    '"x", {etag}',
    "*",
    "{strong}",
    "{gzip}",
    "{semicolon}",
    'W/"0-0"',
    "",
    ",,,",
    '"',
    "{bare}",
    "\x80",
)
SINCE = (None, None, "{modified}", "Mon, 01 Jan 1990 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "yesterday", "")
CODINGS = (
    None,
    "gzip",
    "br",
    "gzip, deflate, br, zstd",
    "gzip;q=0, br;q=0",
    "br;q=0.5, gzip",
    "*",
    "identity;q=0.1, gzip;q=0.05",
    "gzip;q=x",
    "",
    ", ,",
)
OTHERS: tuple[dict[str, str], ...] = (
    {},
    {"Host": "evil.example"},
    {"Host": "", "X-Forwarded-Host": "evil.example", "Cookie": "a=b"},
)


@dataclass
class Counting:
    """The application behind, and how often it was asked."""

    inner: WSGIApplication
    calls: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self.lock:
            self.calls += 1
        return self.inner(environ, start_response)


@dataclass(frozen=True)
class Reply:
    status: str
    headers: dict[str, list[str]]
    body: bytes


def pair(store: Store, **settings: Any) -> tuple[Fast, Counting]:
    outer = app_for(store, **settings).wsgi_app
    assert isinstance(outer, ForPeople)
    fast = outer.inner
    assert isinstance(fast, Fast)
    behind = fast.inner = Counting(fast.inner)
    return fast, behind


def ask(app: WSGIApplication, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Reply:
    environ = EnvironBuilder(path=path, method=method, headers=Headers(headers or {})).get_environ()
    body, status, told = run_wsgi_app(app, environ, buffered=True)
    sent = {name.lower(): told.getlist(name) for name, _ in told}
    return Reply(status, sent, b"".join(body))


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller]:
    """The store was made in January, the builders' items came in February, and it is March."""
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC)) as traveller:
        for name in {"store", "sqlite_store"} & set(request.fixturenames):
            request.getfixturevalue(name)
        traveller.move_to(datetime(2026, 3, 1, tzinfo=UTC))
        yield traveller


def grow(store: Store) -> None:
    """So many items that a block is closed, and a topic whose slug is not ASCII."""
    fill(store)
    name_subjects(store, [*SUBJECTS, Subject("topic", "\u97e9\u7f8e", "\u97e9\u7f8e", "topic", {})])
    for number in range(10, 160):
        add_item(store, report(f"Item {number}", tags=(tag("actor", "marco-rubio"),)), uuid=uuid_of(number))


def spelt(value: str, etag: str, modified: str) -> str:
    bare = etag.removeprefix("W/").strip('"')
    known = {"etag": etag, "strong": f'"{bare}"', "gzip": f'W/"{bare}-gzip"', "semicolon": f'"{bare};br"', "bare": bare}
    return value.format(**known, modified=modified)


def test_both_ways_give_the_same_answers_header_by_header(sqlite_store: Store, clock: time_machine.Traveller) -> None:
    grow(sqlite_store)
    fast, behind = pair(sqlite_store)
    clock.shift(timedelta(seconds=2))  # a new application notes its settings: a change, and then nothing is kept yet
    every = list(product(KNOWN, ("GET", "HEAD"), TAGS, SINCE, CODINGS, OTHERS))
    tags = {
        path: (ask(fast, path).headers["etag"][0], ask(fast, path).headers.get("last-modified", [""])[0])
        for path in KNOWN
    }
    for path, form in product(KNOWN, ("gzip", "br")):
        ask(fast, path, {"Accept-Encoding": form})
    behind.calls = 0
    statuses = set()
    for path, method, match, since, coding, others in random.Random(5).sample(every, 1_000):
        headers = dict(others)
        for name, value in (("If-None-Match", match), ("If-Modified-Since", since), ("Accept-Encoding", coding)):
            if value is not None:
                headers[name] = spelt(value, *tags[path])
        quick, slow = ask(fast, path, headers, method), ask(behind.inner, path, headers, method)
        assert quick == slow, (path, method, headers)
        statuses.add(quick.status)
    assert statuses == {"200 OK", "304 NOT MODIFIED"}
    assert behind.calls == 0, "nothing of all that needed Flask"


ELSEWHERE = (
    f"{FEED}?_=1",
    "/latest.rss?since=start",
    "/latest.atom?limit=3&_=1",
    "/",
    "/actors/marco-rubio",
    "/healthz",
    "/actors/Marco-Rubio.atom",
    "/actors/nobody.atom",
    "/latest.json?since=none",
    "/actors/marco-rubio%2eatom",
)


def test_what_is_not_a_feed_at_its_own_address_is_left_to_flask(sqlite_store: Store) -> None:
    grow(sqlite_store)
    for path in ELSEWHERE:
        fast, behind = pair(sqlite_store)
        quick = [ask(fast, path) for _ in range(3)]
        assert all(one.status == ask(behind.inner, path).status for one in quick), path
        # The last is the feed's own address, spelt in another way.
        assert behind.calls == 3 or (path == ELSEWHERE[-1] and behind.calls >= 1), path
        assert ask(fast, FEED, method="POST").status.startswith("405")


def test_a_change_in_one_feed_leaves_the_others_known(store: Store) -> None:
    item, _ = fill(store)
    fast, behind = pair(store)
    for path in (FEED, "/topics/diplomacy-talks.atom"):
        ask(fast, path)
    change_item(store, item, report("Rubio again", tags=(tag("actor", "marco-rubio"),)), at=later(9))
    behind.calls = 0
    assert b"Rubio again" in ask(fast, FEED).body
    assert behind.calls == 1
    ask(fast, "/topics/diplomacy-talks.atom")
    assert behind.calls == 1


def test_a_poll_that_began_with_304_is_known_from_then_on(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tag_of_another_worker = ask(pair(sqlite_store)[0], FEED).headers["etag"][0]
    fast, behind = pair(sqlite_store)
    answers = [ask(fast, FEED, {"If-None-Match": tag_of_another_worker}) for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert (answers[0].status, behind.calls) == ("304 NOT MODIFIED", 1)
    assert ask(fast, FEED).status == "200 OK"


def test_an_answer_that_took_long_to_write_does_not_stay_without_last_modified(
    sqlite_store: Store, clock: time_machine.Traveller
) -> None:
    item, _ = fill(sqlite_store)
    fast, behind = pair(sqlite_store)

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def late(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
            clock.shift(timedelta(seconds=2))
            return start_response(status, headers)

        return behind(environ, late)

    with sqlite_store.read() as conn:
        clock.move_to(get_state(conn).clock + timedelta(milliseconds=500), tick=False)
    change_item(sqlite_store, item, report("Again"), at=datetime.now(UTC))
    fast.inner = slow
    assert "last-modified" not in ask(fast, "/latest.atom").headers
    fast.inner = behind
    assert "last-modified" in ask(fast, "/latest.atom").headers


def test_last_modified_appears_once_the_second_is_over_and_goes_when_the_clock_is_set_back(
    sqlite_store: Store, clock: time_machine.Traveller
) -> None:
    fill(sqlite_store)
    fast, _ = pair(sqlite_store)
    clock.move_to(later(2) + timedelta(milliseconds=900), tick=False)
    for _ in range(2):
        assert "last-modified" not in ask(fast, "/latest.atom").headers
    clock.shift(timedelta(milliseconds=200))
    for _ in range(2):
        assert "last-modified" in ask(fast, "/latest.atom").headers
    clock.shift(timedelta(days=-30))
    assert "last-modified" not in ask(fast, "/latest.atom").headers


@pytest.mark.parametrize("number", [200, pytest.param(2_000, marks=pytest.mark.slow)])
def test_changes_and_polls_in_any_order_show_nothing_old(store: Store, number: int) -> None:
    """Two workers, a client for each feed and worker; a 304 must mean that what the client holds is what is stored."""
    about_rubio, about_talks = fill(store)
    workers = [pair(store)[0], pair(store)[0]]
    feeds = {FEED: "rubio", "/topics/diplomacy-talks.json": "talks", "/latest.rss": "either"}
    now = {"rubio": "Rubio on tariffs", "talks": "The talks"}
    held: dict[tuple[int, str], Reply] = {}
    draw, numbers = random.Random(11), count(1)
    for _ in range(number):
        if draw.random() < 0.4:
            about_rubio, about_talks = _change(store, about_rubio, about_talks, draw, now, next(numbers))
            continue
        worker, path = draw.randrange(2), draw.choice(list(feeds))
        before = held.get((worker, path))
        headers = {"If-None-Match": before.headers["etag"][0]} if before and draw.random() < 0.7 else {}
        reply = ask(workers[worker], path, headers)
        if reply.status == "304 NOT MODIFIED":
            assert before is not None
            assert reply.headers["etag"] == before.headers["etag"]
            reply = before
        held[worker, path] = reply
        wanted = now.values() if feeds[path] == "either" else [now[feeds[path]]]
        assert all(f"{title}<".encode() in reply.body or f'{title}"'.encode() in reply.body for title in wanted)


def _change(
    store: Store, rubio: Item, talks: Item, draw: random.Random, now: dict[str, str], number: int
) -> tuple[Item, Item]:
    which = draw.choice(list(now))
    now[which] = f"The {which} of day {number}"
    tags = (tag("actor", "marco-rubio"), tag("topic", "trade-tariffs"))
    if which == "rubio":
        return change_item(store, rubio, report(now[which], tags=tags), at=later(number)), talks
    return rubio, change_item(
        store, talks, report(now[which], tags=(tag("topic", "diplomacy-talks"),)), at=later(number)
    )


def test_polls_while_a_writer_writes_never_show_less_than_was_committed(store: Store) -> None:
    item, _ = fill(store)
    fast, _ = pair(store)
    committed, done = [0], threading.Event()

    def poll() -> int:
        polls = 0
        while not done.is_set():
            at_least = committed[0]
            body = ask(fast, FEED).body
            shown = body.partition(b"Change ")[2].split(b"<", 1)[0]
            assert int(shown or b"0") >= at_least
            polls += 1
        return polls

    with ThreadPoolExecutor(4) as pool:
        pollers = [pool.submit(poll) for _ in range(4)]
        try:
            for number in range(1, 41):
                tags = (tag("actor", "marco-rubio"),)
                item = change_item(store, item, report(f"Change {number}", tags=tags), at=later(number))
                committed[0] = number
        finally:
            done.set()
        assert min(poller.result() for poller in pollers) > 0


def test_of_more_answers_than_there_is_room_for_those_learned_first_are_forgotten(
    sqlite_store: Store, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(sqlite_store)
    fast, behind = pair(sqlite_store)
    clock.shift(timedelta(seconds=2))
    monkeypatch.setattr("feeds.web.fast._MOST", 2)
    for path in KNOWN[:3]:
        ask(fast, path)
    behind.calls = 0
    assert [ask(fast, path).status for path in reversed(KNOWN[:3])] == ["200 OK"] * 3
    assert behind.calls == 1
