"""A small site for the tests of the web: two items in a real store, and a client that asks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from feeds.settings import Settings
from feeds.web.app import create_app
from storage.items import retract_item
from storage.log import take_out
from storage.state import tick
from storage.types import UNDATED, EventDate, Evidence, Tag
from tests.builders import SUBJECTS, add_item, change_item, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from storage.engine import Store
    from storage.types import Item

BASE = "https://news.example"
FEED = "/actors/marco-rubio.atom"


def app_for(store: Store, **settings: Any) -> Flask:
    """The application on a store, as it would run at `BASE`."""
    return create_app(Settings(**{"base_url": BASE, **settings}), store)


def client_of_export(store: Store) -> FlaskClient:
    """A client of the application whose pages are exported."""
    return create_app(Settings(base_url=BASE), store, asks=False).test_client(use_cookies=False)


def client_for(store: Store, **settings: Any) -> FlaskClient:
    """A client without cookies."""
    return app_for(store, **settings).test_client(use_cookies=False)


def fill(store: Store) -> tuple[Item, Item]:
    """Name the four subjects of the builders; one item is about Rubio and tariffs, one about the talks."""
    name_subjects(store)
    about_rubio = report("Rubio on tariffs", tags=(tag("actor", "marco-rubio"), tag("topic", "trade-tariffs")))
    about_talks = report("The talks", tags=(tag("topic", "diplomacy-talks"),))
    return (
        add_item(store, about_rubio, uuid=uuid_of(1), at=later(1)),
        add_item(store, about_talks, uuid=uuid_of(2), at=later(2)),
    )


def fill_richly(store: Store) -> None:
    """A store in which every kind of page has everything: languages, dates, revisions, a withdrawn item."""
    name_subjects(store)
    everything = tuple(Tag(one.kind, one.slug, "principal", 1.0, _words(one.label)) for one in SUBJECTS)
    long = report(
        "Marco Rubio speaks of South Korea and of tariffs",
        body="Marco Rubio spoke in Seoul on Tuesday.\n\nSouth Korea and tariffs came next, at length.",
        tags=everything,
        url="https://paper.example/a",
        source="paper",
        authors=("A. Writer",),
        events=(EventDate(date(2026, 2, 10), date(2026, 2, 12), "They meet again on 10 February.", None, ()),),
    )
    first = add_item(store, long, uuid=uuid_of(1), at=later(1))
    change_item(store, first, replace(long, title=f"{long.title}, at length"), at=later(2))
    add_item(
        store,
        report("조현 장관, 관세를 말하다", language="ko", published=UNDATED, tags=everything[:2]),
        uuid=uuid_of(2),
        at=later(3),
    )
    gone = add_item(store, report("It was wrong", tags=everything), uuid=uuid_of(3), at=later(4))
    with store.write() as conn:
        moment = tick(conn, later(5))
        retract_item(conn, gone.id, "the report was wrong", moment)
        take_out(conn, gone.id, moment)
    for number, language in enumerate(("en", "zh-Hans", "ja", "ko", "zh-Hant", "und"), start=10):
        one = report(f"Report {number}", language=language, tags=everything[: number % 4 + 1])
        add_item(store, one, uuid=uuid_of(number), at=later(number))


def _words(label: str) -> tuple[Evidence, ...]:
    return (Evidence(label, "body", 0, "name"), Evidence(label, "metadata", None, "name"))
