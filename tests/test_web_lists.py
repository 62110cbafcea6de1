from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.names import sync_subjects
from storage.state import tick
from storage.types import Subject
from tests.builders import NOON, RUBIO, SUBJECTS, add_item, later, name_subjects, report, tag, uuid_of
from tests.test_web_pages import page, texts
from tests.web_samples import client_for, fill

if TYPE_CHECKING:
    from storage.engine import Store


def test_lists_are_grouped_and_counted(sqlite_store: Store) -> None:
    fill(sqlite_store)
    tree = page(client_for(sqlite_store), "/actors")
    assert texts(tree, "//h2") == ["People", "Countries"]
    assert texts(tree, "//li") == ["Marco Rubio 1 items", "South Korea 0 items"]
    assert tree.xpath("//li/a/@href") == ["/actors/marco-rubio", "/actors/south-korea"]


def test_a_dropped_subject_leaves_the_lists_and_keeps_its_page(sqlite_store: Store) -> None:
    fill(sqlite_store)
    name_subjects(sqlite_store, [one for one in SUBJECTS if one != RUBIO], at=later(5))
    client = client_for(sqlite_store)
    assert texts(page(client, "/actors"), "//li") == ["South Korea 0 items"]
    assert texts(page(client, "/actors/marco-rubio"), "//h1") == ["Marco Rubio"]


def fill_long(store: Store) -> None:
    """More actors than one page lists, of whom two have items."""
    many = [Subject("actor", f"a-{number:03}", f"Actor {number:03}", "person", {}) for number in range(250)]
    seoul = Subject("actor", "z-seoul", "Séoul", "country", {"en": ("Séoul",), "ko": ("서울",)})
    with store.write() as conn:
        sync_subjects(conn, [*many, seoul], (), tick(conn, NOON))
    add_item(store, report("One", tags=[tag("actor", "a-007")]), uuid=uuid_of(1), at=later(1))
    for number in (2, 3):
        add_item(store, report("More", tags=[tag("actor", "a-200")]), uuid=uuid_of(number), at=later(number))


def test_a_long_list_begins_with_what_has_items_and_leads_to_pages_of_names(store: Store) -> None:
    fill_long(store)
    client = client_for(store)
    tree = page(client, "/actors?ui=ja")
    assert tree.xpath("//main//li/a[@class or contains(@href, 'a-')]/@href") == [
        "/actors/a-200?ui=ja",
        "/actors/a-007?ui=ja",
    ]
    assert tree.xpath("//nav[@class='directory']//a/@href") == [f"/actors/names/{n}?ui=ja" for n in (1, 2, 3)]
    assert texts(page(client, "/actors"), "//nav[@class='directory']//a") == [
        "Actor 000 – Actor 119",
        "Actor 120 – Actor 239",
        "Actor 240 – Séoul",
    ]
    last = page(client, "/actors/names/3")
    assert texts(last, "//h1") == ["Actor 240 – Séoul"]
    assert len(last.xpath("//section//li")) == 11
    assert texts(last, "//nav[@class='directory']//a[@aria-current]") == ["Actor 240 – Séoul"]
    for wrong in ("0", "4", "x"):
        assert client.get(f"/actors/names/{wrong}").status_code == 404
    assert client.get("/topics/names/1").status_code == 404


@pytest.mark.parametrize("name", ["SEOUL", "séo", "서울", "z-seoul"])
def test_an_actor_is_found_by_a_part_of_a_name_in_any_language(sqlite_store: Store, name: str) -> None:
    fill_long(sqlite_store)
    tree = page(client_for(sqlite_store), f"/actors?name={name}")
    assert tree.xpath("//section//li/a/@href") == ["/actors/z-seoul"]
    assert tree.xpath("//input[@id='name']/@value") == [name]


def test_what_is_not_found_leads_to_the_search(sqlite_store: Store) -> None:
    fill_long(sqlite_store)
    client = client_for(sqlite_store)
    tree = page(client, '/actors?name=No"body&ui=ko')
    assert tree.xpath("//section//a/@href") == ["/select?q=%22No%20body%22&ui=ko"]
    assert texts(page(client, "/actors?name=actor"), "//*[@class='hint']") == ["100 are listed / 250"]
    assert len(page(client, "/actors?name=%20").xpath("//nav[@class='directory']")) == 1
