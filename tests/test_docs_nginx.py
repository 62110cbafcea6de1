"""The nginx examples of the docs, in a real nginx: files of an export, and a cache in front of a real server."""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from feeds.export.run import export
from feeds.settings import Settings
from storage.migrate import upgrade
from storage.types import EventDate, Subject
from tests.builders import SUBJECTS, add_item, later, name_subjects, report, tag, uuid_of
from tests.nginx import nginx
from tests.server import get, serving
from tests.web_samples import BASE, FEED, client_of_export, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.server import Answer, Server

pytestmark = pytest.mark.slow

SMALL = 1_024  # bytes; what is shorter has no compressed form
STALE = 2.1  # seconds until what the cache may keep for one second is stale: nginx counts whole seconds

EXPORTED = [
    "/",
    "/latest",
    "/latest?ui=ko",
    "/?ui=ja",
    "/topics",
    "/topics/trade-tariffs",
    "/topics/trade-tariffs?ui=zh",
    "/topics/trade-tariffs/months/2026-02?ui=zh",
    "/latest/months/2026-02?ui=ja",
    "/actors/names/1?ui=ja",
    "/calendar?ui=ja",
    "/calendar/2026-02?ui=ja",
    "/calendar/2026-02-03",
    "/actors/marco-rubio.atom",
    "/actors/marco-rubio.rss",
    "/actors/marco-rubio.json",
    "/latest/archive/1.atom",
    "/feeds.opml",
    "/static/style.css",
    "/static/icon.svg",
    "/json-feed.schema.json",
    f"/items/{uuid_of(1)}",
    f"/items/{uuid_of(1)}.json",
    f"/items/{uuid_of(200)}.ics",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, str]]:
    """The same store by Dateline itself and, exported, by nginx."""
    home: Path = tmp_path_factory.mktemp("site")
    store, _ = upgrade(f"sqlite:///{home}/one.db")
    fill(store)
    name_subjects(store, [*SUBJECTS, Subject("topic", "한", "한", "topic", {})])
    for number in range(10, 160):
        add_item(
            store,
            report(f"Item {number}", tags=(tag("topic", "trade-tariffs"),)),
            uuid=uuid_of(number),
            at=later(number),
        )
    soon = EventDate(date(2026, 2, 3), date(2026, 2, 4), "Talks open in Seoul on Tuesday and go on for a day. " * 20)
    add_item(store, report("Talks open", events=(soon,)), uuid=uuid_of(200), at=later(200))
    export(Settings(base_url=BASE), store, home / "out", lambda _number, _total: None)
    changes = {"/srv/dateline/export/current": f"{home}/out/current"}
    with nginx("nginx-export.conf", home / "nginx", changes) as url:
        assert "[warn]" not in (home / "nginx" / "error.log").read_text()
        yield client_of_export(store), url
    store.dispose()


@pytest.mark.parametrize("path", EXPORTED)
def test_an_exported_file_is_served_as_dateline_would(site: tuple[FlaskClient, str], path: str) -> None:
    client, url = site
    ours, theirs = client.get(path), get(url + path)
    assert (theirs.status, theirs.body) == (200, ours.data)
    names = ["Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]
    for name in (*names, "Access-Control-Allow-Origin"):
        assert (name, theirs.headers[name]) == (name, ours.headers.get(name))
    assert get(url + path, method="HEAD").headers["Content-Length"] == str(len(ours.data))


@pytest.mark.parametrize("path", EXPORTED)
def test_an_exported_file_has_validators_and_a_compressed_form(site: tuple[FlaskClient, str], path: str) -> None:
    _, url = site
    plain, zipped = get(url + path), get(url + path, {"Accept-Encoding": "gzip"})
    if len(plain.body) < SMALL:
        assert (zipped.headers["Content-Encoding"], zipped.body) == (None, plain.body)
    else:
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(zipped.body) == plain.body
        shown = ["Sec-Fetch-Dest"] if path.endswith((".rss", ".atom")) else []
        assert plain.headers.get_all("Vary") == ["Accept-Encoding", *shown]
    assert zipped.headers["Content-Type"] == plain.headers["Content-Type"]
    for answer, coding in ((plain, "identity"), (zipped, "gzip")):
        for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = get(url + path, {name: str(answer.headers[value]), "Accept-Encoding": coding})
            assert (again.status, again.body) == (304, b"")
    assert get(url + path, {"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize(
    "path", ["/latest.atom", "/topics/trade-tariffs.rss", "/topics/%ED%95%9C.atom", "/latest.json"]
)
def test_a_feed_has_the_label_that_browsers_heed_when_somebody_opens_it(
    site: tuple[FlaskClient, str], path: str
) -> None:
    client, url = site
    shown = {"Sec-Fetch-Dest": "document"}
    ours, theirs = client.get(path, headers=shown), get(url + path, shown)
    assert (theirs.status, theirs.body, theirs.headers["Content-Type"]) == (200, ours.data, ours.content_type)
    if path != "/topics/%ED%95%9C.atom":  # an empty one is too small
        assert get(url + path, shown | {"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert get(url + path, {"Sec-Fetch-Dest": "empty"}).headers["Content-Type"] == client.get(path).content_type
    assert get(f"{url}/document{path}").status == 404
    assert get(f"{url}/topics/nothing.atom", shown).status == 404


def test_a_feed_links_to_its_page_and_its_formats(site: tuple[FlaskClient, str]) -> None:
    _, url = site
    for path, headers in (
        ("/latest.ics", {}),
        ("/topics/%ED%95%9C.atom", {}),
        ("/topics/%ED%95%9C.rss?x=1", {"Sec-Fetch-Dest": "document"}),
    ):
        feed, _, suffix = path.partition("?")[0].rpartition(".")
        told = (
            f'<{feed}.{suffix}>; rel="self"',
            f'<{feed}>; rel="alternate"; type="text/html"',
            f'<{feed}.rss>; rel="alternate"; type="application/rss+xml"',
            f'<{feed}.atom>; rel="alternate"; type="application/atom+xml"',
            f'<{feed}.json>; rel="alternate"; type="application/feed+json"',
            f'<{feed}.ics>; rel="alternate"; type="text/calendar"',
        )
        assert get(url + path, headers).headers["Link"] == ", ".join(told)
    for path in ("/latest", "/latest/archive/1.atom", "/topics/nothing.atom", "/topics.opml"):
        assert get(url + path).headers["Link"] is None


def test_what_is_not_there_is_the_page_of_the_house(site: tuple[FlaskClient, str]) -> None:
    client, url = site
    for path in (
        "/actors/nobody",
        "/topics/nothing.atom",
        "/ui/ko/latest.html",
        "/select?q=a",
        "/../etc/passwd",
        "/items/",
        "/latest.html",
        "/latest.atom.gz",
        f"/items/{uuid_of(1)}.json.br",
        "/404.html",
    ):
        answer = get(url + path)
        assert (path, answer.status) == (path, 400 if ".." in path else 404)
    assert get(url + "/actors/nobody").body == client.get("/404").data
    assert get(url + "/latest?ui=../../x").body == client.get("/latest").data


@dataclass(frozen=True)
class Cached:
    """nginx as a cache in front of a real server."""

    url: str
    server: Server
    home: Path

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[str | None, Answer]:
        """What the cache did, and the answer."""
        answer = get(self.url + path, headers)
        return answer.headers["X-Cache"], answer


@pytest.fixture
def cached(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Cached]:
    """One that keeps answers for a second; a test may change more of the configuration."""
    (tmp_path / "seeds").mkdir()
    database = f"sqlite:///{tmp_path}/one.db"
    store, _ = upgrade(database)
    fill(store)
    store.dispose()
    settings = {"DATELINE_MAX_AGE": "1", "DATELINE_WEB_WORKERS": "1"}
    with serving(tmp_path / "seeds", database, tmp_path / "log", **settings) as server:
        changes = {
            "127.0.0.1:8000": server.url.removeprefix("http://"),
            "/var/cache/nginx-dateline": f"{tmp_path}/cache",
            **getattr(request, "param", {}),
        }
        with nginx("nginx.conf", tmp_path / "nginx", changes) as url:
            yield Cached(url, server, tmp_path)


def test_the_cache_keeps_each_coding_and_passes_every_header_on(cached: Cached) -> None:
    for coding in ("identity", "gzip", "br"):
        headers = {"Accept-Encoding": coding}
        straight = cached.server.get(FEED, headers)
        did, first = cached.get(FEED, headers)
        assert (did, first.status, first.body) == ("MISS", 200, straight.body)
        did, second = cached.get(FEED, {"Accept-Encoding": f"{coding}, x;q=0.1"})
        assert did in {"HIT", "REVALIDATED", "STALE"}
        assert second.body == straight.body
        for name in ("Content-Type", "ETag", "Cache-Control", "Vary", "Content-Encoding", "Content-Security-Policy"):
            assert (name, second.headers[name]) == (name, straight.headers[name])
        assert second.headers.get_all("Link") == straight.headers.get_all("Link")
    assert cached.get("/healthz")[0] is None


def test_parameters_that_nobody_knows_open_no_entry_of_the_cache(cached: Cached) -> None:
    def kept(path: str) -> bool:
        did, answer = cached.get(path)
        assert answer.status == 200, path
        return did != "MISS"

    for path in (FEED, "/latest?ui=ko", "/latest.atom?lang=en", "/select?q=%E9%9F%A9&ui=ja"):
        assert not kept(path)
        joined = "&" if "?" in path else "?"
        for unknown in ("utm_source=a&utm_medium=b", "fbclid=x.-_", "x", "langs=zh&q-=1&Lang=ko"):
            assert kept(path + joined + unknown), unknown
    whole = cached.get("/latest.json")[1].body
    for known in ("%6Cang=zh", "utm=1&lang=zh", "lang=zh", "x=1&&lang=zh", "lang=zh&utm=1&kind=brief"):
        assert cached.get(f"/latest.json?{known}")[1].body != whole, known
    assert cached.get("/latest.json?utm=1")[1].body == whole


def test_the_front_page_is_kept_by_language_whatever_stands_behind_it(cached: Cached) -> None:
    for path in ("/", "/?utm_source=a"):
        for language, leads in (("ko", "/?ui=ko"), ("ja", "/?ui=ja"), ("en", None)):
            answer = cached.get(path, {"Accept-Language": language})[1]
            assert (answer.status, answer.headers["Location"]) == (302 if leads else 200, leads)


def test_the_cache_answers_304_itself(cached: Cached) -> None:
    until = time.monotonic() + 20
    while "Last-Modified" not in cached.server.get(FEED).headers:  # held back while a change is young
        assert time.monotonic() < until, "it never came"
        time.sleep(0.1)
    _, first = cached.get(FEED)
    cached.server.end()
    tag = str(first.headers["ETag"])
    for match in (tag, f'"x", {tag}', "*"):
        _, answer = cached.get(FEED, {"If-None-Match": match})
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    assert cached.get(FEED, {"If-Modified-Since": str(first.headers["Last-Modified"])})[1].status == 304


def test_the_cache_serves_what_it_has_while_it_asks_again_and_while_the_server_is_down(cached: Cached) -> None:
    _, old = cached.get("/latest.json")
    (cached.home / "seeds" / "new.txt").write_text(
        "Rubio lands in Seoul\n\nMarco Rubio landed in Seoul, officials said.\n"
    )
    cached.server.wait_for("/latest.json", "Rubio lands")
    time.sleep(STALE)
    did, stale = cached.get("/latest.json")
    assert (did, stale.body) == ("STALE", old.body), "nobody waits for the new version"
    until = time.monotonic() + 20
    while b"Rubio lands" not in (now := cached.get("/latest.json")[1]).body:
        assert time.monotonic() < until, "the new version never came"
        time.sleep(0.05)
    cached.server.end()
    time.sleep(STALE)
    did, answer = cached.get("/latest.json")
    assert (did, answer.status, answer.body) == ("STALE", 200, now.body)
    missing = get(cached.url + "/latest.atom")
    assert missing.status in {502, 503}, "never kept, and nobody to ask"


@pytest.mark.parametrize(
    "cached",
    [{"rate=10r/s": "rate=1r/m", "burst=200": "burst=4", "rate=100r/s": "rate=1r/m", "burst=400": "burst=40"}],
    indirect=True,
)
def test_the_cache_refuses_who_asks_without_validators_again_and_again(cached: Cached) -> None:
    answers = [get(cached.url + FEED) for _ in range(8)]
    spent = [answer.status for answer in answers].index(429)
    assert {answer.status for answer in answers[:spent]} == {200}
    refused = answers[spent]
    assert {answer.status for answer in answers[spent:]} == {429}
    assert refused.headers["Retry-After"] == "60"
    assert b"Too many requests" in refused.body
    tag = {"If-None-Match": str(answers[0].headers["ETag"])}
    polls = [get(cached.url + FEED, tag) for _ in range(20)]
    assert {poll.status for poll in polls} == {304}, "who sends validators goes on"
    assert polls[-1].headers["ETag"] == answers[0].headers["ETag"], "and a refusal never took the feed's place"
    flood = [get(cached.url + FEED, tag).status for _ in range(30)]
    assert flood[-1] == 429, "but even they may not flood"
