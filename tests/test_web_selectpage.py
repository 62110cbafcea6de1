"""The pages of selections: where a form leads, what is found, where the fault is, and that nothing said is markup."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from feeds.web.selectwords import Marked, marked
from storage.types import EventDate, Subject
from tests.builders import SUBJECTS, add_item, later, name_subjects, report, tag, uuid_of
from tests.test_web_hostile import ATTRIBUTES, ELEMENTS, PAYLOADS
from tests.test_web_pages import page, texts
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from storage.engine import Store

FORM_ELEMENTS = {"form", "button", "select", "option", "datalist", "fieldset", "legend"}
FORM_ATTRIBUTES = set(
    "method action maxlength autocomplete autocapitalize spellcheck list selected checked open aria-invalid "  # noqa: SIM905
    "aria-describedby placeholder".split()
)


def place(client: FlaskClient, path: str, **sent: Any) -> tuple[int, str | None]:
    reply = client.get(path, query_string=sent or None)
    return reply.status_code, reply.headers.get("Location")


def test_the_form_leads_to_the_one_address_of_what_was_filled_in(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    sent = {"build": "1", "actor": ["Marco Rubio", ""], "actor_how": ["any", "all"], "lang": "en", "words": "tariffs"}
    assert place(client, "/select", **sent) == (303, "/select?q=actor:marco-rubio%20lang:en%20tariffs")
    assert place(client, "/select", **sent, ui="ko") == (303, "/select?q=actor:marco-rubio%20lang:en%20tariffs&ui=ko")
    assert place(client, "/select", build="1", actor="Marco Rubio") == (303, "/actors/marco-rubio")
    assert place(client, "/select", build="1", actor=["Marco Rubio", "South Korea"]) == (
        303,
        "/actors/marco-rubio+south-korea",
    )
    assert place(client, "/select", build="1", words=" ", actor="") == (303, "/select")


def test_a_selection_shows_what_it_finds_its_feeds_and_its_form(store: Store) -> None:
    fill(store)
    tree = page(client_for(store), "/select?q=topic:trade-tariffs%20tariffs")
    assert texts(tree, "//h1") == ["Trade & tariffs, “tariffs”"]
    assert texts(tree, "//article//h3") == ["Rubio on tariffs"]
    assert texts(tree, "//main/p[@class='meta']") == ["1 item"]
    assert tree.xpath("//input[@class='address']/@value")[0] == f"{BASE}/select.rss?q=topic:trade-tariffs%20tariffs"
    assert tree.xpath("//input[@id='q']/@value") == ["topic:trade-tariffs tariffs"]
    assert tree.xpath("//input[@name='topic']/@value") == ["Trade & tariffs", ""]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_two_actors_have_a_story_too(store: Store) -> None:
    name_subjects(store)
    both = (tag("actor", "marco-rubio"), tag("actor", "south-korea"), tag("topic", "trade-tariffs"))
    event = EventDate(date(2026, 2, 10), date(2026, 2, 10), "They meet again.")
    add_item(store, report("Both", tags=both, events=(event,)), uuid=uuid_of(1), at=later(1))
    add_item(store, report("One", tags=both[:1]), uuid=uuid_of(2), at=later(2))
    tree = page(client_for(store), "/actors/marco-rubio+south-korea?ui=en")
    assert texts(tree, "//*[@aria-labelledby='activity']//tbody/tr") == ["2 February 20261"]
    assert texts(tree, "//*[@aria-labelledby='company']//li") == ["Trade & tariffs 1 items with Trade & tariffs too"]
    assert tree.xpath("//*[@aria-labelledby='company']//a[@class='count']/@href") == [
        "/select?q=topic:trade-tariffs%20actor:marco-rubio%20actor:south-korea&ui=en"
    ]
    assert texts(tree, "//*[@aria-labelledby='happens']//q") == ["They meet again."]
    assert tree.xpath("//*[@aria-labelledby='happens']/p/a/@href") == [
        "/calendar/2026-02?q=actor:marco-rubio%20actor:south-korea&ui=en"
    ]


def test_what_the_form_cannot_hold_is_told(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/select?q=topic:trade-tariffs%20OR%20actor:marco-rubio")
    assert "says more than the form can hold" in texts(tree, "//details")[0]
    assert set(tree.xpath("//input[@name='actor']/@value")) == {""}


def test_pages_lead_from_the_newest_to_the_oldest(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    for number in range(1, 121):
        add_item(sqlite_store, report(f"Number {number}", language="ko"), uuid=uuid_of(number), at=later(number))
    client, path, seen = client_for(sqlite_store), "/latest?lang=ko", []
    while path:
        tree = page(client, path)
        seen += texts(tree, "//article//h3")
        assert texts(tree, "//main/p[@class='meta']")[0].startswith("120 items")
        path = next(iter(tree.xpath("//a[@rel='next']/@href")), "")
    assert seen == [f"Number {number}" for number in range(120, 0, -1)]
    assert texts(tree, "//main/p[@class='meta']") == ["120 items · back to the newest"]


def test_the_start_offers_what_there_is(sqlite_store: Store) -> None:
    fill(sqlite_store)
    add_item(sqlite_store, report(source="The Seoul Post", language="zh-Hant"), uuid=uuid_of(3), at=later(3))
    client = client_for(sqlite_store)
    tree = page(client, "/select?ui=zh")
    assert tree.xpath("//datalist[@id='actor-offers']/option/@value") == ["卢比奥", "South Korea"]
    assert tree.xpath("//datalist[@id='source-offers']/option/@value") == ["the seoul post"]
    assert tree.xpath("//select[@name='lang']/option/@value") == ["", "en", "zh", "zh-hant"]
    for link in tree.xpath("//*[@aria-labelledby='examples']//a/@href"):
        assert client.get(link, follow_redirects=True).status_code == 200


def test_a_name_that_two_have_is_offered_by_its_slug(sqlite_store: Store) -> None:
    twins = [Subject("actor", slug, "Kim Min", "person", {"en": ("Kim Min",)}) for slug in ("kim-min", "kim-min-2")]
    name_subjects(sqlite_store, [*SUBJECTS, *twins])
    tree = page(client_for(sqlite_store), "/select")
    offered = tree.xpath("//datalist[@id='actor-offers']/option/@value")
    assert sorted(offered) == ["Marco Rubio", "South Korea", "kim-min", "kim-min-2"]


def test_a_fault_is_shown_where_it_is_and_what_was_filled_in_stays(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    reply = client.get("/select", query_string={"build": "1", "actor": "Marco Rubi", "lang": "en"})
    assert (reply.status_code, reply.headers["Cache-Control"]) == (400, "no-store")
    tree = html.document_fromstring(reply.text)
    assert texts(tree, "//mark") == ['"Marco Rubi"']
    assert texts(tree, "//*[@id='fault']") == [
        "At character 7: There is no actor “Marco Rubi”. Did you mean marco-rubio?"
    ]
    assert tree.xpath("//input[@name='actor']/@value") == ["Marco Rubi", ""]
    assert tree.xpath("//select[@name='lang']/option[@selected]/@value") == ["en"]


@pytest.mark.parametrize(
    ("text", "position", "parts"),
    [
        ("lang:en actor:x", 14, ("lang:en actor:", "x", "")),
        ('actor:"a b" c', 6, ("actor:", '"a b"', " c")),
        ("a fish:x b", 2, ("a ", "fish:x", " b")),
        ("a )", 2, ("a ", ")", "")),
        ('a "b', 2, ("a ", '"b', "")),
        ("(a", 2, ("(a", "", "")),
        ("", 0, ("", "", "")),
    ],
)
def test_the_piece_at_a_place_is_marked(text: str, position: int, parts: tuple[str, str, str]) -> None:
    assert marked(text, position) == Marked(*parts)


@pytest.mark.parametrize(
    ("ui", "query", "told"),
    [
        ("ko", "actor:nobody", "7번째 글자: “nobody”이라는 행위자는 없습니다. 목록은 /actors에 있습니다."),
        ("zh", "actor:marco-rubi", "没有名为“marco-rubi”的行为体。是指marco-rubio吗？"),
        ("ja", "(a", "選択が途中で終わっています。必要なもの：閉じ括弧。"),
        ("en", "a )", "“)” cannot stand here: expected the end."),
    ],
)
def test_a_fault_is_told_in_the_readers_language(sqlite_store: Store, ui: str, query: str, told: str) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    english = client.get("/select.json", query_string={"q": query}).get_json()
    for path in ("/select", "/calendar"):
        reply = client.get(path, query_string={"q": query, "ui": ui})
        assert reply.status_code == 400
        assert told in texts(html.document_fromstring(reply.text), "//*[@id='fault']")[0]
    assert client.get("/select.json", query_string={"q": query, "ui": ui}).get_json() == english, "programs: English"
    assert "limit=에는 1에서 500까지의 수를 씁니다." in client.get("/latest?limit=x&ui=ko").text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_queries_forms_and_names_stays_text(sqlite_store: Store, payload: str) -> None:
    subject = Subject("actor", "hostile", payload, "person", {"en": (payload,)})
    name_subjects(sqlite_store, [*SUBJECTS, subject])
    hostile = report(payload, source=payload, tags=(tag("actor", "hostile"), tag("topic", "trade-tariffs")))
    add_item(sqlite_store, hostile, uuid=uuid_of(1))
    client = client_for(sqlite_store, title=payload)
    fields = dict.fromkeys(("words", "topic", "actor", "lang", "source", "kind", "after", "before"), payload)
    for sent in (
        {},
        {"q": payload},
        {"q": f"actor:{payload}"},
        {"q": "actor:hostile -lang:ko"},
        {"build": "1", **fields},
    ):
        reply = client.get("/select", query_string=sent, follow_redirects=True)
        assert reply.status_code in {200, 400}
        tree: Any = html.document_fromstring(reply.text)
        assert {found.tag for found in tree.iter()} <= ELEMENTS | FORM_ELEMENTS, sent
        assert {name for found in tree.iter() for name in found.attrib} <= ATTRIBUTES | FORM_ATTRIBUTES, sent
        assert not [href for href in tree.xpath("//@href") if not href.startswith(("/", "https://", "#"))]
