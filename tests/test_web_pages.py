from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from feeds.web.i18n import INTERFACES
from feeds.web.pages import Listed, active, groups
from feeds.web.words import Name
from storage.ledger import Origin, put_origins
from storage.log import list_feeds, window
from storage.names import labels
from storage.types import LATEST, UNDATED, Evidence, Subject, Tag
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
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from storage.engine import Store
    from storage.types import Report

EN = INTERFACES["en"]
ITEM = f"/items/{uuid_of(1)}"
PAGES = ("/", "/latest", "/topics", "/actors", "/topics/trade-tariffs", "/actors/marco-rubio", ITEM)
# Everything that a page of ours may consist of; an element or attribute beyond these came in with somebody's text.
ELEMENTS = set(
    "html head meta title link body a header nav main footer p h1 h2 h3 div section aside article "  # noqa: SIM905
    "ul li dl dt dd code q span time svg path circle input".split()
)
ATTRIBUTES = set(
    "lang dir class id href hreflang rel type title charset name content media datetime aria-label aria-labelledby "  # noqa: SIM905
    "aria-current aria-hidden readonly value viewbox width height d fill stroke stroke-width cx cy r".split()
)
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><svg/onload=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "</title></style></textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    '<a href="javascript:alert(1)">x</a>',
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
)


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
        assert {found.tag for found in tree.iter() if isinstance(found.tag, str)} <= ELEMENTS
        assert {name for found in tree.iter() for name in found.attrib} <= ATTRIBUTES
        assert len(ids := tree.xpath("//@id")) == len(set(ids))


def test_an_empty_store_has_pages_too(store: Store) -> None:
    client = client_for(store)
    for path in ("/", "/latest", "/topics", "/actors"):
        page(client, path)


def test_the_front_page_says_what_is_new_and_what_it_is_about(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/")
    assert texts(tree, "//article//h3") == ["The talks", "Rubio on tariffs"]
    assert texts(tree, "//aside//li") == ["Diplomacy & talks 1", "Trade & tariffs 1", "Marco Rubio 1"]
    assert tree.xpath("//input/@value") == [f"{BASE}/latest.{suffix}" for suffix in ("rss", "atom", "json")]


def test_lists_are_grouped_and_counted(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/actors")
    assert texts(tree, "//h2") == ["People", "Countries"]
    assert texts(tree, "//li") == ["Marco Rubio 1", "South Korea 0"]
    assert tree.xpath("//li/a/@href") == ["/actors/marco-rubio", "/actors/south-korea"]


def test_a_dropped_subject_leaves_the_lists_and_keeps_its_page(sqlite_store: Store) -> None:
    fill(sqlite_store)
    name_subjects(sqlite_store, [one for one in SUBJECTS if one != RUBIO], at=later(5))
    client = client_for(sqlite_store)
    assert texts(page(client, "/actors"), "//li") == ["South Korea 0"]
    assert texts(page(client, "/actors/marco-rubio"), "//h1") == ["Marco Rubio"]


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
    assert tree.xpath("//input/@value") == [f"{address}.rss", f"{address}.atom", f"{address}.json"]
    assert tree.xpath("//link[@rel='alternate'][@type]/@href") == [
        f"{address}.rss",
        f"{address}.atom",
        f"{address}.json",
    ]


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
    assert texts(tree, "//*[@aria-labelledby='dated']//li") == ["2026.02.03 in the dateline rule numeric-day"]
    assert texts(tree, "//*[@aria-labelledby='actors']//li") == ["marco-rubio in the title rule name"]
    assert texts(tree, "//*[@aria-labelledby='topics']//dt") == ["Trade & tariffs"]
    assert r"wire/a\nb\xff.txt" in texts(tree, "//*[@class='facts']//dd//code")
    assert tree.xpath("//link[@rel='alternate'][@type]/@href")[:3] == [
        f"{BASE}/latest.rss",
        f"{BASE}/latest.atom",
        f"{BASE}/latest.json",
    ]


def test_dates_are_shown_as_exactly_as_they_are_known(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    add_item(sqlite_store, report("Undated", published=UNDATED), uuid=uuid_of(1))
    assert texts(page(client_for(sqlite_store), "/latest"), "//article//*[@class='meta']")[0].startswith(
        "undated, first seen "
    )


def test_a_revision_is_told(sqlite_store: Store) -> None:
    item, _ = fill(sqlite_store)
    change_item(sqlite_store, item, report("Rubio, revised"), at=later(9))
    tree = page(client_for(sqlite_store), ITEM)
    assert texts(tree, "//h1") == ["Rubio, revised"]
    assert any(text.startswith("2, of ") for text in texts(tree, "//*[@class='facts']//dd"))


def test_each_text_is_marked_with_its_language(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    add_item(sqlite_store, report("조현 장관", language="ko"), uuid=uuid_of(1))
    add_item(sqlite_store, report("???", language="und"), uuid=uuid_of(2), at=later(1))
    tree = page(client_for(sqlite_store), "/latest")
    assert tree.xpath("//article/h3/@lang") == ["", "ko"]
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


def hostile(payload: str) -> Report:
    """A report with the payload in every field that text can come in by."""
    words = (Evidence(payload, payload, 0, payload), Evidence(payload, "title", 0, payload))
    dated = report().published
    return report(
        payload,
        summary=payload,
        body=f"{payload}\n\n{payload}",
        url=payload,
        source=payload,
        authors=(payload, payload),
        notes=(payload,),
        language=payload[:35],
        published=type(dated)("day", "text", first=dated.first, last=dated.last, evidence=words, conflicts=(payload,)),
        tags=(Tag("topic", "hostile", "principal", 1, words), Tag("actor", "hostile", "mentioned", 1, words)),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_field_stays_text(sqlite_store: Store, payload: str) -> None:
    names = {payload: (payload,), "en": (payload,)}
    name_subjects(
        sqlite_store,
        [
            Subject("topic", "hostile", payload, "topic", names, payload, payload),
            Subject("actor", "hostile", payload, payload[:16], names, payload),
        ],
    )
    add_item(sqlite_store, hostile(payload), uuid=uuid_of(1))
    with sqlite_store.write() as conn:
        put_origins(conn, payload.encode(), [Origin(payload.encode(), 0, "0" * 64, 1, current=True)])
    client = client_for(sqlite_store, title=payload)
    for path in ("/", "/latest", "/topics", "/actors", "/topics/hostile", "/actors/hostile", ITEM, "/nowhere"):
        tree: Any = html.document_fromstring(client.get(path).data.decode())
        assert {found.tag for found in tree.iter()} <= ELEMENTS, path  # a comment would be no name at all
        assert {name for found in tree.iter() for name in found.attrib} <= ATTRIBUTES
        assert not [href for href in tree.xpath("//@href") if not href.startswith(("/", "https://", "#"))]
        assert payload in tree.findtext(".//title")
    assert texts(page(client, ITEM), "//h1") == [" ".join(payload.split())]


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


def test_active_counts_by_number_and_then_by_name(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    for number, slugs in enumerate([("trade-tariffs",), ("diplomacy-talks",), ("trade-tariffs", "unknown-to-us")], 1):
        add_item(sqlite_store, report(tags=[tag("topic", slug) for slug in slugs[:1]]), uuid=uuid_of(number))
    with sqlite_store.read() as conn:
        (feed,) = list_feeds(conn, "latest")
        entries, names = window(conn, feed), labels(conn)
    assert feed.key == LATEST
    assert active(entries, names, "topic", EN) == (
        Listed(Name("Trade & tariffs", "en"), "/topics/trade-tariffs", 2),
        Listed(Name("Diplomacy & talks", "en"), "/topics/diplomacy-talks", 1),
    )
    assert active(entries, {}, "topic", EN) == ()


def test_groups_stand_in_a_fixed_order(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    with sqlite_store.read() as conn:
        found, names = list_feeds(conn, "actor"), labels(conn)
    assert [heading for heading, _ in groups(reversed(found), names, EN)] == ["People", "Countries"]
