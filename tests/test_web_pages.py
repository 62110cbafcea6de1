from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import html

from feeds.syndication.formats import FORMATS
from storage.groups import assign
from storage.items import Fingerprint, insert_item
from storage.ledger import Origin, put_origins
from storage.log import place_item
from storage.state import tick
from storage.types import LATEST, UNDATED, EventDate, Evidence, FeedKey, Role, Tag
from tests.builders import (
    NOON,
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
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from storage.engine import Store

ITEM = f"/items/{uuid_of(1)}"
FINGERPRINT = Fingerprint("c", "t")
PAGES = ("/", "/latest", "/topics", "/actors", "/topics/trade-tariffs", "/actors/marco-rubio", ITEM)


def page(client: FlaskClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return html.document_fromstring(answer.data.decode())


def texts(tree: html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(xpath)]


def test_every_page_on_both_engines(store: Store) -> None:
    fill(store)
    client = client_for(store)
    for path in PAGES:
        tree = page(client, path)
        assert len(tree.xpath("//h1")) == 1, path
        assert tree.get("lang") == "en"
        assert len(ids := tree.xpath("//@id")) == len(set(ids))


def test_an_empty_store_has_pages_too(store: Store) -> None:
    client = client_for(store)
    for path in ("/", "/latest", "/topics", "/actors"):
        page(client, path)


def test_the_front_page_says_what_is_new_and_what_it_is_about(sqlite_store: Store) -> None:
    _, newest = fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/")
    assert texts(tree, "//article//h3") == ["The talks", "Rubio on tariffs"]
    assert texts(tree, "//h2") == [f"New on {newest.first_seen:%-d %B %Y}", "Active topics", "Active actors"]
    assert texts(tree, "//aside//li") == ["Diplomacy & talks 1 items", "Trade & tariffs 1 items", "Marco Rubio 1 items"]
    assert tree.xpath("//input/@value") == [f"{BASE}/latest.atom"]


def test_an_actor_page_names_it_and_offers_its_feeds(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/actors/marco-rubio")
    assert texts(tree, "//h1") == ["Marco Rubio"]
    assert texts(tree, "//*[contains(@class, 'about')]//dt") == ["English", "Chinese", "Identity"]
    assert [(found.text, found.get("lang")) for found in tree.xpath("//*[contains(@class, 'about')]//dd[@lang]")] == [
        ("Marco Rubio", "en"),
        ("卢比奥", "zh"),
    ]
    address = f"{BASE}/actors/marco-rubio"
    assert tree.xpath("//dd/input/@value") == [f"{address}.{suffix}" for suffix in FORMATS]
    assert tree.xpath("//link[@rel='alternate'][@type]/@href") == [f"{address}.{suffix}" for suffix in FORMATS]


def test_the_item_page_shows_the_text_and_the_reasons(sqlite_store: Store) -> None:
    fill(sqlite_store)
    with sqlite_store.write() as conn:
        put_origins(conn, b"wire/a\nb\xff.txt", [Origin(b"wire/a\nb\xff.txt", 0, "0" * 64, 1, current=True)])
    tree = page(client_for(sqlite_store), ITEM)
    assert texts(tree, "//*[@class='text']//p") == [
        "Rubio on tariffs, in short.",
        "The second paragraph of Rubio on tariffs.",
    ]
    assert texts(tree, "//article//time") == ["3 February 2026"]
    assert texts(tree, "//*[@aria-labelledby='dated']//p") == [
        "The date stands in the line that says when the report was filed. The day is known, the time is not."
    ]
    assert texts(tree, "//*[@aria-labelledby='dated']//li") == ["2026.02.03 in the dateline numeric-day"]
    assert texts(tree, "//*[@aria-labelledby='actors']//li//li") == ["marco-rubio in the title name"]
    assert texts(tree, "//*[@aria-labelledby='topics']//*[@class='chip topic']") == ["Trade & tariffs"]
    assert texts(tree, "//*[@aria-labelledby='feeds']//a") == ["Latest", "Trade & tariffs", "Marco Rubio"]
    assert r"wire/a\nb\xff.txt" in texts(tree, "//*[@class='facts']//dd//code")
    assert tree.xpath("//link[@rel='alternate'][@type]/@href")[:3] == [
        f"{BASE}/latest.rss",
        f"{BASE}/latest.atom",
        f"{BASE}/latest.json",
    ]
    assert tree.xpath("//link[@rel='alternate'][@type]/@href")[-1] == f"{BASE}{ITEM}.json"


def test_a_page_tells_its_feed_in_headers(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    for path, feed in (("/", "/latest"), ("/actors/marco-rubio?ui=ko", "/actors/marco-rubio"), (ITEM, "/latest")):
        assert client.get(path).headers.getlist("Link") == [
            f'<{BASE}{feed}.rss>; rel="alternate"; type="application/rss+xml"',
            f'<{BASE}{feed}.atom>; rel="alternate"; type="application/atom+xml"',
            f'<{BASE}{feed}.json>; rel="alternate"; type="application/feed+json"',
            f'<{BASE}{feed}.ics>; rel="alternate"; type="text/calendar"',
        ]


def test_dates_are_shown_as_exactly_as_they_are_known(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    add_item(sqlite_store, report("Undated", published=UNDATED), uuid=uuid_of(1))
    assert texts(page(client_for(sqlite_store), "/latest"), "//article//*[@class='meta']")[0].startswith(
        "undated, first seen "
    )


def test_every_link_to_a_word_leads_to_it(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    evidence = (Evidence("Rubio", "summary", 6, "name"), Evidence("Rubio", "title", 6, "name"))
    tags = (Tag("actor", "marco-rubio", "principal", 1.0, evidence),)
    for number, body in enumerate(("Seoul.\n\nMarco Rubio spoke.", "Nobody spoke."), start=1):
        told = report("Marco Rubio", summary="Marco Rubio spoke.", body=body, tags=tags)
        add_item(sqlite_store, told, uuid=uuid_of(number), at=later(number))
        tree = page(client_for(sqlite_store), f"/items/{uuid_of(number)}")
        links = tree.xpath("//*[@class='evidence']//a/@href")
        assert links == [["#body-14", "#title-6"], ["#summary-6", "#title-6"]][number - 1]
        assert [len(tree.xpath("//mark[@id=$id]", id=link[1:])) for link in links] == [1, 1]


def test_where_feeds_carry_summaries_the_pages_of_items_do_too(sqlite_store: Store) -> None:
    first, _ = fill(sqlite_store)
    long = report("The talks", body=f"{'A word ' * 60}end.\n\nThe secret.", tags=(tag("topic", "diplomacy-talks"),))
    change_item(sqlite_store, first, report("Rubio again", body="Nothing new.\n\nThe secret."), at=later(8))
    unsummed = add_item(sqlite_store, replace(long, summary=""), uuid=uuid_of(5), at=later(9))
    client = client_for(sqlite_store, content="summary")
    assert texts(page(client, ITEM), "//*[@class='deck']") == ["Rubio again, in short."]
    assert texts(page(client, f"/items/{unsummed.uuid}"), "//*[@class='text']//p") == [f"{'A word ' * 42}A…"]
    for uuid in (first.uuid, unsummed.uuid):
        told = [client.get(f"/items/{uuid}{suffix}").get_data(as_text=True) for suffix in ("", ".json")]
        assert not [text for text in told if "secret" in text or "second paragraph" in text]
        assert "secret" in client_for(sqlite_store).get(f"/items/{uuid}.json").get_data(as_text=True)


def test_a_revision_is_told(sqlite_store: Store) -> None:
    item, _ = fill(sqlite_store)
    change_item(sqlite_store, item, report("Rubio, revised"), at=later(9))
    tree = page(client_for(sqlite_store), ITEM)
    assert texts(tree, "//h1") == ["Rubio, revised"]
    assert any(text.startswith("2, of ") for text in texts(tree, "//*[@class='facts']//dd"))
    assert texts(tree, "//*[@aria-labelledby='past']//del")[0] == "Rubio on tariffs"
    assert texts(tree, "//*[@aria-labelledby='past']//ins")[0] == "Rubio, revised"


def test_each_text_is_marked_with_its_language(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    add_item(sqlite_store, report("조현 장관", language="ko"), uuid=uuid_of(1))
    add_item(sqlite_store, report("???", language="und"), uuid=uuid_of(2), at=later(1))
    tree = page(client_for(sqlite_store), "/latest")
    assert tree.xpath("//article/h3/a/@lang") == ["", "ko"]
    assert "Korean" in texts(tree, "//article//*[@class='meta']")[1]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://paper.example/a?b=1&c=2", "https://paper.example/a?b=1&c=2"),
        ("http://paper.example/기사", "http://paper.example/%EA%B8%B0%EC%82%AC"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("//paper.example/a", None),
        ("https://user:password@paper.example/", None),
        ("ftp://paper.example/a", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(sqlite_store: Store, url: str | None, linked: str | None) -> None:
    name_subjects(sqlite_store)
    add_item(sqlite_store, report(url=url), uuid=uuid_of(1))
    links = page(client_for(sqlite_store), ITEM).xpath("//a[@rel]")
    assert [(link.get("href"), link.get("rel"), link.get("hreflang")) for link in links] == (
        [(linked, "noopener noreferrer external", "en")] if linked else []
    )


def test_pages_have_validators(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    for path in PAGES:
        full = client.get(path)
        assert full.headers["Cache-Control"].startswith("public, max-age=60")
        again = client.get(path, headers={"If-None-Match": full.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert client.head(path).headers == full.headers


def test_paths_stand_under_the_base_url(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store, base_url="https://example.org/news"), "/topics/trade-tariffs")
    assert all(href.startswith(("/news/", "https://example.org/news/", "#")) for href in tree.xpath("//@href"))


@pytest.mark.parametrize(
    "path", ["/items/nothing", f"/items/{uuid_of(9)}", f"/items/{uuid_of(9)}.json", "/items/", "/items"]
)
def test_no_such_item(sqlite_store: Store, path: str) -> None:
    assert client_for(sqlite_store).get(path).status_code == 404


def test_item_addresses_are_one_whatever_the_case(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    uuid = "abcdef00-0000-5000-8000-00000000000a"
    add_item(sqlite_store, report(), uuid=uuid)
    client = client_for(sqlite_store)
    assert client.get(f"/items/{uuid.upper()}").data == client.get(f"/items/{uuid}").data


def test_reports_of_one_event_stand_together_the_readers_language_first(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    reports = [report("회담이 열렸다", language="ko"), report("The talks began"), report("Something else")]
    items = [add_item(sqlite_store, one, uuid=uuid_of(number)) for number, one in enumerate(reports, start=1)]
    with sqlite_store.write() as conn:
        assign(conn, [items[0].id, items[1].id], [])
    client = client_for(sqlite_store)
    assert texts(page(client, "/"), "//article//h3") == ["Something else", "The talks began"]
    assert texts(page(client, "/"), "//*[@class='reports']/p") == ["2 reports of this event"]
    assert texts(page(client, "/"), "//*[@class='reports']//a") == ["회담이 열렸다"]
    assert texts(page(client, "/?ui=ko"), "//article//h3") == ["Something else", "회담이 열렸다"]
    assert texts(page(client, ITEM), "//*[@aria-labelledby='others']//a") == ["The talks began"]


def test_an_actor_page_tells_the_story(sqlite_store: Store) -> None:
    office = Role({"en": "Secretary of State", "ko": "국무장관"}, "south-korea", date(2025, 1, 21), None)
    past = Role({"en": "Senator"}, "south-korea", date(2011, 1, 3), date(2025, 1, 20))
    name_subjects(sqlite_store, (replace(RUBIO, roles=(office, past)), *SUBJECTS[1:]))
    both = (tag("actor", "marco-rubio"), tag("actor", "south-korea"), tag("topic", "trade-tariffs"))
    event = EventDate(date(2026, 2, 10), date(2026, 2, 12), "They meet again.", None, ())
    add_item(sqlite_store, report("Rubio on tariffs", tags=both, events=(event,)), uuid=uuid_of(1))
    add_item(sqlite_store, report("Undated", tags=both[:1], published=UNDATED), uuid=uuid_of(2))
    client = client_for(sqlite_store)
    tree = page(client, "/actors/marco-rubio")
    assert texts(tree, "//*[@class='role']") == ["Secretary of State, South Korea since 21 January 2025"]
    assert texts(tree, "//*[@aria-labelledby='roles']//li") == [
        "Secretary of State, South Korea since 21 January 2025",
        "Senator, South Korea 3 January 2011 – 20 January 2025",
    ]
    assert texts(tree, "//*[@aria-labelledby='activity']//tbody/tr") == ["2 February 20261"]
    assert len(tree.xpath("//*[@aria-labelledby='activity']//rect")) == 52
    assert texts(tree, "//*[@aria-labelledby='company']//li") == [
        "South Korea 1 items with South Korea too",
        "Trade & tariffs 1 items with Trade & tariffs too",
    ]
    assert tree.xpath("//*[@aria-labelledby='company']//a[@class='count']/@href") == [
        "/actors/marco-rubio+south-korea",
        "/select?q=topic:trade-tariffs%20actor:marco-rubio",
    ]
    assert tree.xpath("//*[@aria-labelledby='happens']/p/a/@href") == ["/calendar/2026-02?q=actor:marco-rubio"]
    assert texts(tree, "//*[@aria-labelledby='happens']//*[@class='when']") == ["10 February 2026 – 12 February 2026"]
    assert texts(tree, "//*[@aria-labelledby='months']//li") == ["February 2026 1 items", "Undated 1 items"]
    assert texts(page(client, "/actors/south-korea?ui=ko"), "//*[@aria-labelledby='offices']//li") == [
        "Marco Rubio 국무장관 2025년 1월 21일부터"
    ]


def test_months_and_their_pages(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    with sqlite_store.write() as conn:
        for number in range(1, 202):
            one = report(f"Item {number}", tags=[tag("actor", "marco-rubio")])
            at = tick(conn, later(number))
            item = insert_item(conn, f"urn:uuid:{uuid_of(number)}", one, FINGERPRINT, at=at, published_at=NOON)
            place_item(conn, item, {LATEST, FeedKey("actor", "marco-rubio")}, revised=False, at=at)
    client = client_for(sqlite_store)
    month = "/actors/marco-rubio/months/2026-02"
    assert texts(page(client, month), "//*[@class='lines']//a")[0] == "Item 201"
    assert texts(page(client, f"{month}/3"), "//*[@class='lines']//a") == ["Item 1"]
    assert page(client, f"{month}/3?ui=ja").xpath("//nav[@class='steps']/a/@href") == [
        f"{month}?ui=ja",
        f"{month}/2?ui=ja",
        f"{month}/3?ui=ja",
    ]
    assert texts(page(client, "/latest/months/1999-01"), "//h1") == ["January 1999"]
    assert texts(page(client, "/topics/trade-tariffs/months/undated"), "//h1") == ["Undated"]
    for wrong in (f"{month}/4", f"{month}/0", f"{month}/x", "/latest/months/2026-2", "/latest/months/x"):
        assert client.get(wrong).status_code == 404, wrong
    assert client.get("/actors/Marco-Rubio/months/2026-02/2?ui=ko").headers["Location"] == f"{month}/2?ui=ko"
    assert client.get(f"{month}/1").data == client.get(month).data


def test_a_feed_has_its_own_opml(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    answer = client.get("/actors/marco-rubio.opml")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/x-opml; charset=utf-8")
    assert answer.get_data(as_text=True).count("xmlUrl=") == 1
    assert f'xmlUrl="{BASE}/actors/marco-rubio.' in answer.get_data(as_text=True)
    assert client.get("/topics/Trade-Tariffs.opml").headers["Location"] == "/topics/trade-tariffs.opml"
    assert client.get("/actors/nobody.opml").status_code == 404


def test_a_page_is_rendered_once_until_something_changes(sqlite_store: Store) -> None:
    item, _ = fill(sqlite_store)
    client = client_for(sqlite_store)
    for path in ("/", "/latest", "/topics", "/actors/marco-rubio"):
        before = client.get(path).headers["ETag"]
        assert client.get(path).headers["ETag"] == before
        assert client_for(sqlite_store, title="Other").get(path).headers["ETag"] != before
        assert client_for(sqlite_store, timezone="Asia/Seoul").get(path).headers["ETag"] != before
    change_item(sqlite_store, item, report("Rubio, revised"), at=later(9))
    assert texts(page(client, "/latest"), "//article//h3")[0] == "Rubio, revised"
    assert texts(page(client, "/actors/marco-rubio"), "//article") == []
    name_subjects(sqlite_store, (replace(RUBIO, names={**RUBIO.names, "ko": ("루비오",)}), *SUBJECTS[1:]), at=later(10))
    assert texts(page(client, "/actors/marco-rubio?ui=ko"), "//h1") == ["루비오"]


def test_the_page_of_a_subject_is_the_same_while_others_have_news(sqlite_store: Store) -> None:
    item, _ = fill(sqlite_store)
    client = client_for(sqlite_store)
    paths = ("/", "/actors", "/actors/marco-rubio", "/topics/diplomacy-talks?ui=ko", "/actors/south-korea")
    before = {path: client.get(path).headers["ETag"] for path in paths}
    change_item(sqlite_store, item, replace(item.report, title="Rubio, revised"), at=later(9))
    same = {path for path in paths if client.get(path, headers={"If-None-Match": before[path]}).status_code == 304}
    assert same == {"/topics/diplomacy-talks?ui=ko", "/actors/south-korea"}
    name_subjects(sqlite_store, (replace(RUBIO, label="M. Rubio"), *SUBJECTS[1:]), at=later(10))
    assert all(client.get(path, headers={"If-None-Match": before[path]}).status_code == 200 for path in paths)


def test_the_dates_of_an_item_are_a_calendar(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    event = EventDate(date(2026, 2, 10), date(2026, 2, 12), "They meet again.", None, ())
    add_item(sqlite_store, report("Talks; and, more", events=(event,)), uuid=uuid_of(1))
    add_item(sqlite_store, report("Nothing"), uuid=uuid_of(2))
    client = client_for(sqlite_store)
    answer = client.get(f"{ITEM}.ics")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    lines = answer.get_data(as_text=True).splitlines()
    assert {"DTSTART;VALUE=DATE:20260210", "DTEND;VALUE=DATE:20260213", r"NAME:Talks\; and\, more"} <= set(lines)
    assert f"{ITEM}.ics" in page(client, ITEM).xpath("//a/@href")
    assert client.get(f"/items/{uuid_of(2)}.ics").status_code == 404
