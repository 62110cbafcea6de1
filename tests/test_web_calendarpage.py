"""The calendar: a real table of a month, the sentences on their days, no clock in what caches keep."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html

from storage.groups import assign
from storage.types import EventDate
from tests.builders import add_item, later, name_subjects, report, uuid_of
from tests.test_web_hostile import ATTRIBUTES, ELEMENTS, PAYLOADS
from tests.test_web_pages import page, texts
from tests.web_samples import BASE, client_for

if TYPE_CHECKING:
    from storage.engine import Store

MORE_ELEMENTS = {"form", "button"}
MORE_ATTRIBUTES = {
    "abbr",
    "method",
    "action",
    "maxlength",
    "autocomplete",
    "autocapitalize",
    "spellcheck",
    "placeholder",
}


def on(first: str, last: str = "", sentence: str = "They meet in Seoul.") -> EventDate:
    return EventDate(date.fromisoformat(first), date.fromisoformat(last or first), sentence)


def fill(store: Store) -> None:
    name_subjects(store)
    events = (on("2026-02-10", "2026-02-12"), on("2026-02-12", sentence="They sign."))
    first = add_item(store, report("The talks", events=events), uuid=uuid_of(1))
    korean = report("회담", language="ko", events=(on("2026-02-12", sentence="서명한다."),))
    second = add_item(store, korean, uuid=uuid_of(2), at=later(1))
    with store.write() as conn:
        assign(conn, [first.id, second.id], [])


def test_a_month_is_a_table_on_both_engines(store: Store) -> None:
    fill(store)
    tree = page(client_for(store), "/calendar/2026-02")
    assert texts(tree, "//h1") == ["February 2026"]
    assert texts(tree, "//th[@scope='col']") == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert len(tree.xpath("//table/caption")) == 1
    assert [len(row) for row in tree.xpath("//tbody/tr")] == [7, 7, 7, 7, 7]
    assert texts(tree, "//td[@id='d2026-02-10']//li") == ["They meet in Seoul."]
    assert texts(tree, "//td[@id='d2026-02-11']//li") == ["goes on: They meet in Seoul."]
    assert texts(tree, "//td[@id='d2026-02-12']//li") == [
        "ends: They meet in Seoul.",
        "They sign. +1 and 1 other report",
    ]
    assert tree.xpath("//td[@id='d2026-02-10']//li/a/@href") == [f"/items/{uuid_of(1)}"]
    assert tree.xpath("//td/h2/a/@href") == ["/calendar/2026-02-10", "/calendar/2026-02-11", "/calendar/2026-02-12"]
    assert tree.xpath("//td/*[@class='more']") == []
    assert {found.tag for found in tree.iter() if isinstance(found.tag, str)} <= ELEMENTS | MORE_ELEMENTS
    assert {name for found in tree.iter() for name in found.attrib} <= ATTRIBUTES | MORE_ATTRIBUTES


def test_a_day_with_more_than_a_cell_holds_leads_to_all_of_it(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    for number in range(1, 8):
        event = on("2026-02-12", sentence=f"Meeting {number}.")
        add_item(sqlite_store, report(f"Report {number}", events=(event,)), uuid=uuid_of(number), at=later(number))
    tree = page(client_for(sqlite_store), "/calendar/2026-02")
    assert len(tree.xpath("//td[@id='d2026-02-12']//li")) == 4
    assert texts(tree, "//td[@id='d2026-02-12']/*[@class='more']") == ["7 events, Thursday, 12 February 2026"]
    for number in range(8, 23):
        event = on("2026-02-12", sentence=f"Meeting {number}.")
        add_item(sqlite_store, report(f"Report {number}", events=(event,)), uuid=uuid_of(number), at=later(number))
    client = client_for(sqlite_store)
    busy = page(client, "/calendar/2026-02")
    assert texts(busy, "//td[@id='d2026-02-12']/*[@class='more']") == [
        "more than 20 events, Thursday, 12 February 2026"
    ]
    assert len(page(client, "/calendar/2026-02-12").xpath("//article")) == 22


def test_a_reader_sees_the_report_in_the_readers_language_and_week(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/calendar/2026-02?ui=ko")
    assert texts(tree, "//h1") == ["2026년 2월"]
    assert texts(tree, "//th") == ["일", "월", "화", "수", "목", "금", "토"]
    assert texts(tree, "//td[@id='d2026-02-12']//li") == ["끝: They meet in Seoul.", "서명한다. +1 그 밖에 기사 1건"]
    assert tree.xpath("//td[@id='d2026-02-12']//li/a/@lang") == ["en", "ko"]


def test_a_day_tells_all_of_it(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/calendar/2026-02-12")
    assert texts(tree, "//h1") == ["Thursday, 12 February 2026"]
    assert texts(tree, "//article//h2") == ["They meet in Seoul.", "They sign."]
    assert texts(tree, "//article/p[not(@class)]") == ["The talks", "The talks and 1 other report"]
    assert texts(tree, "//article/p[@class]") == ["10 February 2026 – 12 February 2026", "on this day"]
    assert tree.xpath("//main//a/@href")[0] == "/calendar/2026-02"


def test_months_lead_to_their_neighbours_and_empty_ones_to_the_nearest_events(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    assert page(client, "/calendar/2026-02").xpath("//nav[@class='turn']/a") == []
    add_item(sqlite_store, report("Before", events=(on("2025-06-01"),)), uuid=uuid_of(3), at=later(3))
    add_item(sqlite_store, report("After", events=(on("2026-12-01"),)), uuid=uuid_of(4), at=later(4))
    links = page(client, "/calendar/2026-02").xpath("//nav[@class='turn']/a")
    assert [(link.get("href"), link.get("rel")) for link in links] == [
        ("/calendar/2026-01", "prev"),
        ("/calendar/2026-03", "next"),
    ]
    empty = page(client, "/calendar/2027-01?ui=ja")
    assert empty.xpath("//main/p[not(@class)]/a/@href") == ["/calendar/2026-12?ui=ja"]
    assert empty.xpath("//nav[@class='turn']/a/@rel") == ["prev"]


@pytest.mark.parametrize("path", ["2026-13", "2026-02-30", "9999-12", "x", "2026-2", "%00", "2026-02-10x"])
def test_no_such_month(sqlite_store: Store, path: str) -> None:
    assert client_for(sqlite_store).get(f"/calendar/{path}").status_code == 404


def test_the_clock_chooses_the_month_and_a_stylesheet_marks_today(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store, timezone="Asia/Seoul")
    seen = []
    # 23:30 in Seoul and 00:30 the day after, both on one day of UTC.
    for moment in (datetime(2026, 2, 10, 14, 30, tzinfo=UTC), datetime(2026, 2, 10, 15, 30, tzinfo=UTC)):
        with time_machine.travel(moment, tick=False):
            seen.append((client.get("/calendar").data, client.get("/static/today.css").text))
    assert seen[0][0] == seen[1][0], "the bytes of a month do not change at midnight"
    assert b"February 2026" in seen[0][0]
    assert "#d2026-02-10 {" in seen[0][1]
    assert "#d2026-02-11 {" in seen[1][1]
    with time_machine.travel(datetime(2026, 2, 28, 15, 0, tzinfo=UTC)):
        assert "March 2026" in client.get("/calendar").text
        assert '" 오늘"' in client.get("/static/today.css?ui=ko").text


def test_pages_have_validators(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    for path in ("/calendar", "/calendar/2026-02", "/calendar/2026-02-10", "/static/today.css"):
        full = client.get(path)
        assert full.headers["Cache-Control"].startswith("public, max-age=60")
        assert client.get(path, headers={"If-None-Match": full.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_sentence_stays_text(sqlite_store: Store, payload: str) -> None:
    name_subjects(sqlite_store)
    hostile = report(payload, source=payload, language=payload[:35], events=(on("2026-02-10", sentence=payload),))
    add_item(sqlite_store, hostile, uuid=uuid_of(1))
    client = client_for(sqlite_store, title=payload)
    for path in ("/calendar/2026-02", "/calendar/2026-02-10"):
        tree = html.document_fromstring(client.get(path).text)
        assert {found.tag for found in tree.iter()} <= ELEMENTS | MORE_ELEMENTS, path
        assert {name for found in tree.iter() for name in found.attrib} <= ATTRIBUTES | MORE_ATTRIBUTES
        assert payload in str(tree.findtext(".//title"))


def test_nothing_before_flask_keeps_what_the_clock_changes(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    seen = []
    for day in (10, 11):
        with time_machine.travel(datetime(2096, 2, day, 12, tzinfo=UTC)):
            seen += [client.get("/static/today.css").text for _ in range(3)]
    assert len(set(seen)) == 2


def test_a_selection_narrows_it_and_stays_in_its_links(store: Store) -> None:
    fill(store)
    client = client_for(store)
    moved = client.get("/calendar/2026-02?q=LANG:ko&ui=en")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/calendar/2026-02?q=lang:ko&ui=en")
    tree = page(client, "/calendar/2026-02?q=lang:ko")
    assert texts(tree, "//td//li") == ["서명한다."]
    assert texts(tree, "//*[@class='only']") == ["Only: in Korean · the items · all events"]
    assert tree.xpath("//*[@class='only']/a/@href") == ["/latest?lang=ko", "/calendar/2026-02"]
    assert tree.xpath("//a[@type='text/calendar']/@href") == ["/latest.ics?lang=ko"]
    assert client.get("/latest.ics?lang=ko").status_code == 200
    for path in ("/calendar/2026-02?q=lang:ko", "/calendar/2026-02-12?q=lang:ko"):
        offered = page(client, path).xpath("//link[@rel='alternate'][@type]/@href")
        assert offered[:2] == [f"{BASE}/latest.rss?lang=ko", f"{BASE}/latest.atom?lang=ko"]
    assert texts(page(client, "/calendar/2026-02-12?q=-lang:ko"), "//article//h2") == [
        "They meet in Seoul.",
        "They sign.",
    ]
    empty = page(client, "/calendar/2026-05?q=lang:ko")
    assert empty.xpath("//main/p[not(@class)]/a/@href") == ["/calendar/2026-02?q=lang:ko"]
    add_item(store, report("Before", events=(on("2025-06-01"),)), uuid=uuid_of(3), at=later(3))
    assert page(client, "/calendar/2026-02?q=lang:ko").xpath("//nav[@class='turn']/a/@href") == [
        "/calendar/2026-01?q=lang:ko"
    ]


def test_a_selection_that_cannot_be_read_is_pointed_at(sqlite_store: Store) -> None:
    fill(sqlite_store)
    reply = client_for(sqlite_store).get("/calendar/2026-02", query_string={"q": "lang:ko actor:<b>nobody"})
    assert (reply.status_code, reply.headers["Cache-Control"]) == (400, "no-store")
    tree = html.document_fromstring(reply.text)
    assert texts(tree, "//mark") == ["<b>nobody"]
    assert tree.xpath("//main//form/@action") == ["/calendar/2026-02"]
