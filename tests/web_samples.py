"""A small site for the tests of the web: two items in a real store, and a client that asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.settings import Settings
from feeds.web.app import create_app
from tests.builders import add_item, later, name_subjects, report, tag, uuid_of

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
