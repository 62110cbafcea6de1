"""Selections on HTTP (docs/selecting.md)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from feeds.syndication.selection_address import address, selection
from feeds.syndication.selection_form import normal
from storage.backup import backup, restore
from storage.migrate import open_store
from storage.names import sync_subjects
from storage.state import tick
from storage.types import Subject
from tests.builders import (
    RUBIO,
    SEOUL,
    SUBJECTS,
    TALKS,
    TARIFFS,
    add_item,
    change_item,
    later,
    name_subjects,
    report,
    tag,
    uuid_of,
)
from tests.selections import queries
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from storage.engine import Store
    from storage.query import Query

_BOTH = "/select.atom?q=topic:trade-tariffs%20actor:south-korea"
_NO_CURSOR = "since= goes with a whole feed: leave kind=, lang= and salience= away, or leave since= away."
BOTH = (tag("actor", "marco-rubio"), tag("actor", "south-korea"), tag("topic", "trade-tariffs"))
HAN = Subject("topic", "韩美", "韩美", "topic", {"zh": ("韩美",)})


@pytest.fixture
def client(sqlite_store: Store) -> FlaskClient:
    fill(sqlite_store)
    add_item(sqlite_store, report("Both", tags=BOTH, language="zh"), uuid=uuid_of(3), at=later(3))
    return client_for(sqlite_store)


def titles(reply: TestResponse) -> list[str]:
    assert reply.status_code == 200, reply.text
    return [item["title"] for item in reply.get_json()["items"]]


def ask(client: FlaskClient, q: str, form: str = "json") -> TestResponse:
    return client.get(f"/select.{form}", query_string={"q": q})


def pages(client: FlaskClient, url: str | None) -> Iterator[TestResponse]:
    while url:
        reply = client.get(url.removeprefix(BASE))
        yield reply
        url = reply.get_json().get("next_url")


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_selection_is_a_feed_in_every_format(client: FlaskClient, form: str) -> None:
    reply = ask(client, "topic:trade-tariffs -lang:zh", form)
    assert reply.status_code == 200
    if form == "json":
        assert titles(reply) == ["Rubio on tariffs"]
        return
    parsed = feedparser.parse(reply.data)
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == ["Rubio on tariffs"]
    assert parsed.feed.title == "Trade & tariffs, not in Chinese · Dateline"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/select.atom?q=actor:south-korea+topic:trade-tariffs", _BOTH),
        ("/select.atom?q=actor:South+topic:trade-tariffs", None),
        ("/select.atom?q=%22South Korea%22&lang=EN", "/select.atom?q=lang:en%20%22south%20korea%22"),
        ("/select.atom?q=Tariffs&limit=50", "/select.atom?q=tariffs"),
        ("/select.atom?q=tariffs&limit=7", "/select.atom?limit=7&q=tariffs"),
        ("/select.atom?limit=7&q=Tariffs&q=", "/select.atom?limit=7&q=tariffs"),
        ("/select.atom?q=actor:marco-rubio", "/actors/marco-rubio.atom"),
        ("/select.atom?q=actor:Marco%20actor:south-korea", None),
        ("/select.atom?q=actor:卢比奥 actor:south-korea", "/actors/marco-rubio+south-korea.atom"),
        ("/select.atom?q=lang:ZH", "/latest.atom?lang=zh"),
        ("/select.atom?q=kind:article OR kind:brief", "/latest.atom"),
        ("/select.atom?q=a b OR a c", "/select.atom?q=a%20(b%20OR%20c)"),
        ("/select.atom?lang=zh", "/latest.atom?lang=zh"),
        ("/actors/south-korea+marco-rubio.atom", "/actors/marco-rubio+south-korea.atom"),
        ("/actors/south-korea+south-korea.atom", "/actors/south-korea.atom"),
        ("/actors/Marco%20Rubio.atom?lang=en", "/actors/marco-rubio.atom?lang=en"),
        ("/actors/marco-rubio.atom?lang=en&kind=article", "/actors/marco-rubio.atom?kind=article&lang=en"),
        ("/actors/marco-rubio.atom?limit=50&lang=en", "/actors/marco-rubio.atom?lang=en"),
        ("/topics/trade-tariffs.atom?salience=principal", "/topics/trade-tariffs.atom"),
        ("/topics/trade-tariffs?lang=EN&ui=ko", "/topics/trade-tariffs?lang=en&ui=ko"),
    ],
)  # fmt: skip
def test_what_means_the_same_has_one_address(client: FlaskClient, asked: str, canonical: str | None) -> None:
    reply = client.get(asked)
    if canonical is None:
        assert reply.status_code == 400
        return
    assert (reply.status_code, reply.headers.get("Location")) == (301, canonical)
    assert client.get(canonical).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/select.json?q=topic:trade-tariffs%20both",
        "/select.json?_=123&q=topic:trade-tariffs+both&null",
        "/select.json?q=topic%3Atrade-tariffs%20both&utm_source=x",
    ],
)
def test_unknown_parameters_and_encodings_change_nothing(client: FlaskClient, path: str) -> None:
    first = client.get("/select.json?q=topic:trade-tariffs%20both")
    reply = client.get(path)
    assert (reply.status_code, reply.data, reply.headers["ETag"]) == (200, first.data, first.headers["ETag"])
    assert reply.get_json()["feed_url"] == f"{BASE}/select.json?q=topic:trade-tariffs%20both"


def test_a_cache_gets_one_entry_however_the_query_is_written(sqlite_store: Store) -> None:
    from tests.web_samples import app_for

    fill(sqlite_store)
    app = app_for(sqlite_store)
    client = app.test_client(use_cookies=False)
    for query in ("rubio tariffs", "tariffs  RUBIO", "(tariffs) rubio rubio", "tariffs AND rubio"):
        for noise in ("", "&_=1", "&x"):
            client.get(f"/select.atom?q={quote(query)}{noise}", follow_redirects=True)
    site = app.extensions["dateline"]
    kept = {key[0] for key in site.ready._get.cache}
    assert kept == {"/select.atom?q=rubio%20tariffs"}


def test_a_dyad_holds_what_both_actors_are_in(client: FlaskClient) -> None:
    reply = client.get("/actors/marco-rubio+south-korea.json")
    assert titles(reply) == ["Both"]
    assert reply.get_json()["title"] == "Marco Rubio, South Korea · Dateline"
    assert reply.get_json()["home_page_url"] == f"{BASE}/actors/marco-rubio+south-korea"
    page = client.get("/actors/marco-rubio+south-korea")
    assert page.status_code == 200
    assert f'href="{BASE}/actors/marco-rubio+south-korea.atom"' in page.text
    assert client.get("/actors/marco-rubio+nobody.atom").status_code == 404


def test_filters_narrow_a_stored_feed(client: FlaskClient) -> None:
    assert titles(client.get("/latest.json?lang=zh")) == ["Both"]
    assert titles(client.get("/latest.json?limit=1")) == ["Both"]
    assert titles(client.get("/topics/trade-tariffs.json?kind=article&lang=en")) == ["Rubio on tariffs"]
    assert titles(client.get("/actors/marco-rubio.json?kind=brief")) == []
    assert titles(client.get("/actors/marco-rubio.json?salience=principal")) == ["Both", "Rubio on tariffs"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/latest.json?limit=0", "limit= takes a number from 1 to 500."),
        ("/latest.json?limit=501", "limit= takes a number from 1 to 500."),
        ("/latest.json?limit=１", "limit= takes a number from 1 to 500."),
        ("/latest.json?lang=%C3%A4", "lang: takes a language tag such as en or zh-Hant (BCP 47)."),
        ("/latest.json?lang=en&lang=zh", "lang= may stand in an address once."),
        ("/select.json?q=rubio&q=tariffs", "q= may stand in an address once."),
        ("/latest.json?kind=opinion", "kind: takes article or brief."),
        ("/latest.json?salience=high", "salience= takes the word principal."),
        ("/latest.json?lang=en&page=x", "page= takes what the link to the next page of this selection says."),
        ("/latest.json?lang=en&since=start", _NO_CURSOR),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_refused_with_what_it_takes(client: FlaskClient, path: str, sentence: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.get_json()) == (400, {"error": sentence})


def test_a_fault_is_pointed_at(client: FlaskClient) -> None:
    text = "韩国 actor:marco-rubi"
    reply = ask(client, text)
    assert reply.status_code == 400
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.get_json() == {
        "error": "There is no actor “marco-rubi”. Did you mean marco-rubio?",
        "query": text,
        "position": 9,
    }
    assert ask(client, text, "atom").text == (
        "There is no actor “marco-rubi”. Did you mean marco-rubio?\n\n韩国 actor:marco-rubi\n           ^\n"
    )
    assert ask(client, text, "atom").content_type == "text/plain; charset=utf-8"
    page = client.get("/select", query_string={"q": '"<b>" actor:<script>'})
    assert page.status_code == 400
    assert "<script" not in page.text


def test_what_parameters_make_too_long_is_refused_and_not_led_elsewhere(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    client = client_for(sqlite_store)
    for text in (
        " ".join(f"w{number}" for number in range(32)),
        " ".join(["somewords"] + ["abcdefghi"[:9] + str(n) for n in range(30)]),
    ):
        reply = client.get("/select.atom", query_string={"q": text, "lang": "en", "kind": "brief"})
        assert reply.status_code == 400


def test_pages_hold_every_item_once_while_others_arrive(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    items = [
        add_item(sqlite_store, report(f"Number {number}", language="ko"), uuid=uuid_of(number), at=later(number))
        for number in range(1, 8)
    ]
    client, seen = client_for(sqlite_store), []
    for count, reply in enumerate(pages(client, "/latest.json?lang=ko&limit=3")):
        seen += titles(reply)
        add_item(sqlite_store, report("New", language="ko"), uuid=uuid_of(100 + count), at=later(100 + count))
        if count == 0:
            change_item(sqlite_store, items[5], report("Number 6 again", language="ko"), at=later(200))
    assert seen == [f"Number {number}" for number in range(7, 0, -1)]


def test_a_page_names_the_next_one_in_every_format(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    for number in (1, 2, 3):
        add_item(sqlite_store, report(f"Number {number}"), uuid=uuid_of(number), at=later(number))
    client = client_for(sqlite_store)
    for form in ("rss", "atom"):
        first = etree.fromstring(client.get(f"/latest.{form}?limit=2").data)
        links = {
            link.get("rel"): link.get("href", "")
            for link in first.iter("{http://www.w3.org/2005/Atom}link")
            if link.get("rel")
        }
        assert links["self"] == f"{BASE}/latest.{form}?limit=2"
        assert links["next"].startswith(f"{BASE}/latest.{form}?limit=2&page=")
        last = client.get(links["next"].removeprefix(BASE))
        assert [entry.title for entry in feedparser.parse(last.data).entries] == ["Number 1"]
        assert b'rel="next"' not in last.data
        assert f'{links["next"]}>; rel="self"' in last.headers.getlist("Link")[0]


def test_a_mark_of_another_life_is_gone(client: FlaskClient) -> None:
    assert client.get("/latest.json?lang=en&page=0123456789ab-1").status_code == 410


def test_bytes_are_the_validator_and_the_feeds_it_draws_from_tell_when_to_look(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    path = "/select.atom?q=topic:trade-tariffs%20tariffs"
    first = client.get(path)
    assert "Last-Modified" not in first.headers
    assert first.headers["ETag"].startswith('W/"')
    again = {"If-None-Match": first.headers["ETag"]}
    add_item(sqlite_store, report("Elsewhere", tags=(tag("topic", "diplomacy-talks"),)), uuid=uuid_of(7), at=later(7))
    assert client.get(path, headers=again).status_code == 304
    add_item(sqlite_store, report("No such word", tags=(tag("topic", "trade-tariffs"),)), uuid=uuid_of(8), at=later(8))
    assert client.get(path, headers=again).status_code == 304, "the feed changed, the selection did not"
    new = report("New tariffs", tags=(tag("topic", "trade-tariffs"),))
    item = add_item(sqlite_store, new, uuid=uuid_of(9), at=later(9))
    second = client.get(path, headers=again)
    assert (second.status_code, second.data.count(b"<entry")) == (200, 2)
    change_item(sqlite_store, item, report("Nothing", body="", summary="", tags=new.tags), at=later(10))
    assert client.get(path).data.count(b"<entry") == 1


def test_a_new_name_shows_in_the_title_of_a_selection(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    path = "/select.json?q=lang:en%20-actor:south-korea"
    assert client.get(path).get_json()["title"] == "In English, not South Korea · Dateline"
    named = Subject("actor", "south-korea", "Republic of Korea", "country", {"en": ("Republic of Korea",)})
    with sqlite_store.write() as conn:
        sync_subjects(conn, [RUBIO, TARIFFS, TALKS, named], [], tick(conn, later(5)))
    assert client.get(path).get_json()["title"] == "In English, not Republic of Korea · Dateline"


def test_an_empty_selection_is_a_valid_feed_that_does_not_change(sqlite_store: Store) -> None:
    oldest, _ = fill(sqlite_store)
    client = client_for(sqlite_store)
    for number, form in enumerate(("rss", "atom", "json")):
        first = ask(client, "nowhere", form)
        assert first.status_code == 200
        add_item(sqlite_store, report("More"), uuid=uuid_of(10 + number), at=later(20 + number))
        assert ask(client, "nowhere", form).headers["ETag"] == first.headers["ETag"]
    assert not feedparser.parse(ask(client, "nowhere", "atom").data).bozo
    assert ask(client, "nowhere").get_json()["_dateline"]["updated"] == oldest.first_seen.isoformat()


def test_an_empty_store_answers_every_selection(sqlite_store: Store) -> None:
    client = client_for(sqlite_store)
    assert titles(ask(client, "anything")) == []
    assert titles(client.get("/latest.json?lang=en")) == []


def test_names_that_are_not_ascii_are_written_once_and_understood_twice(sqlite_store: Store) -> None:
    name_subjects(sqlite_store, (*SUBJECTS, HAN))
    add_item(sqlite_store, report("一", tags=(tag("topic", "韩美"), tag("actor", "marco-rubio"))), uuid=uuid_of(1))
    client = client_for(sqlite_store)
    for path in ("/topics/韩美.json", "/topics/%E9%9F%A9%E7%BE%8E.json", "/topics/韩美.json?lang=en"):
        assert titles(client.get(path)) == ["一"]
    for form in ("rss", "atom", "json"):
        reply = ask(client, "topic:韩美 actor:marco-rubio", form)
        assert reply.status_code == 200
        written = reply.data.decode()
        assert f"{BASE}/select.{form}?q=topic:%E9%9F%A9%E7%BE%8E%20actor:marco-rubio" in written
        assert "%25E9" not in written
        assert all(value.isascii() for value in reply.headers.getlist("Link"))
    moved = ask(client, "topic:韓美 actor:marco-rubio")
    assert moved.status_code == 301
    assert moved.headers["Location"] == "/select.json?q=topic:%E9%9F%A9%E7%BE%8E%20actor:marco-rubio"


@pytest.mark.parametrize("name", ["韩国", "韓國", "李在明", "조현"])
def test_chinese_and_korean_names_are_found(sqlite_store: Store, name: str) -> None:
    name_subjects(sqlite_store)
    add_item(sqlite_store, report("韓國的李在明與조현은"), uuid=uuid_of(1))
    client = client_for(sqlite_store)
    assert titles(client.get("/select.json", query_string={"q": name}, follow_redirects=True)) == [
        "韓國的李在明與조현은"
    ]


def test_words_are_words_and_never_patterns(client: FlaskClient) -> None:
    for text in ("(a+)+$", ".*", "[a-z]{1000}", 'a" OR "b', "NEAR(a b)", "a*", "words : a", "^a", "a & b | c:*", "'a'"):
        assert ask(client, text).status_code in {200, 301, 400}
    assert ask(client, "x" * 501).status_code == 400
    assert ask(client, "(" * 400).status_code == 400


def test_two_workers_and_both_engines_give_the_same_bytes(store: Store, tmp_path: Path) -> None:
    fill(store)
    backup(store, tmp_path / "kept.db")
    restore(tmp_path / "kept.db", f"sqlite:///{tmp_path}/again.db")
    again = open_store(f"sqlite:///{tmp_path}/again.db")
    path = "/select.atom?q=tariffs%20-lang:zh"
    told = [client_for(each).get(path).data for each in (store, store, again)]
    again.dispose()
    assert told[0].count(b"<entry") == 1
    assert len(set(told)) == 1


def test_every_address_on_the_page_of_the_docs_answers(client: FlaskClient) -> None:
    text = (Path(__file__).parents[1] / "docs" / "selecting.md").read_text(encoding="utf-8")
    found = re.findall(r"http://127\.0\.0\.1:8000(/[^\s'\"]+\?[^\s'\"]+|/actors/\S+)", text)
    asked = re.findall(r"q=([^'`]+)['`]", text) + re.findall(r"^```\n(topic.+)$", text, re.MULTILINE)
    assert (len(found), len(asked)) == (3, 7)
    for path in found:
        assert client.get(path).status_code == 200
    for one in asked:
        assert ask(client, one).status_code in {200, 301}
    for short, same in re.findall(r"^\| `(/\S+)` \| `/select\?q=(.+)` \|$", text, re.MULTILINE):
        reply = ask(client, same)
        assert reply.headers["Location"] == normalised(short)


def normalised(address: str) -> str:
    path, _, query = address.partition("?")
    query = "&".join(sorted(query.split("&"))) if query else ""
    return f"{path}.json?{query}" if query else f"{path}.json"


def test_any_selection_has_an_address_that_leads_to_itself(sqlite_store: Store) -> None:
    name_subjects(sqlite_store, (RUBIO, SEOUL, TARIFFS, TALKS))
    client = client_for(sqlite_store)

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(queries)
    def check(query: Query) -> None:
        wanted = address(selection(normal(query)))
        path, _, rest = wanted.partition("?")
        reply = client.get(f"{path}.json?{rest}")
        assert reply.status_code == 200, (unquote(wanted), reply.headers.get("Location"), reply.text)

    check()
