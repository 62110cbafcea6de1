"""Briefs on the web: linked with the articles that carry them, and led to the full article that took their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from feeds.ingest.put import Putting
from feeds.ingest.retraction import restore, retract
from storage.items import item_by_id
from storage.types import EventDate, Evidence
from tests.builders import NOON, later, name_subjects, report, tag
from tests.web_samples import BASE, client_for

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from storage.engine import Store
    from storage.types import Item, Report

BRIEF = report(
    "Two presidents to meet", kind="brief", body="Two presidents are to meet on Sunday. Tariffs are the theme."
)
ARTICLE = report("The talks", body="Nothing of the sort.")


def put(store: Store, seed: bytes, *reports: Report) -> Item:
    with store.write() as conn:
        return item_by_id(conn, Putting(conn, seed, seed.hex(), NOON, {}).put(reports).item_id)


def test_an_article_and_its_brief_lead_to_each_other(store: Store) -> None:
    name_subjects(store)
    article = put(store, b"a", ARTICLE, BRIEF)
    client = client_for(store)
    told = client.get(f"/items/{article.uuid}.json").get_json()
    [brief] = told["briefs"]
    assert told["carried_by"] == []
    assert "Two presidents to meet" in client.get(f"/items/{article.uuid}").get_data(as_text=True)
    path = brief.removeprefix(BASE)
    assert client.get(f"{path}.json").get_json()["carried_by"] == [f"{BASE}/items/{article.uuid}"]
    assert "Carried along by" in client.get(path).get_data(as_text=True)


def test_a_superseded_brief_leads_to_the_full_article(store: Store) -> None:
    name_subjects(store)
    carrier = put(store, b"a", ARTICLE, BRIEF)
    client = client_for(store)
    [brief] = client.get(f"/items/{carrier.uuid}.json").get_json()["briefs"]
    full = put(store, b"b", replace(BRIEF, kind="article", body=BRIEF.body + " They come by train."))
    path = brief.removeprefix(BASE)
    for suffix in ("", ".json"):
        answer = client.get(path + suffix)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/items/{full.uuid}{suffix}")
    assert BRIEF.title in client.get("/latest").get_data(as_text=True), "under the guid of the full article"


def test_an_entry_of_a_brief_leads_to_the_article_that_had_it_first(store: Store) -> None:
    name_subjects(store)
    article = put(store, b"a", ARTICLE, BRIEF)
    put(store, b"b", report("Something else", body="Of another day."), BRIEF)
    client = client_for(store)
    page = f"{BASE}/items/{article.uuid}"
    assert via(client) == {BRIEF.title: page, ARTICLE.title: None, "Something else": None}
    atom = client.get("/latest.atom")
    assert f'<link href="{page}" rel="via" type="text/html"/>' in atom.text
    assert client.get("/latest.rss").text.count(f'<atom:link href="{page}" rel="via" type="text/html"/>') == 1

    with store.write() as conn:
        retract(conn, article.guid, "withdrawn", later(1))
    assert via(client) == {BRIEF.title: None, "Something else": None}
    with store.write() as conn:
        restore(conn, article.guid, later(2), {})
    assert via(client)[BRIEF.title] == page


def test_a_feed_that_shows_the_brief_alone_changes_with_its_article(store: Store) -> None:
    name_subjects(store)
    article = put(store, b"a", ARTICLE, replace(BRIEF, tags=(tag("actor", "marco-rubio"),)))
    client = client_for(store)
    path = "/actors/marco-rubio.atom"
    tags = [client.get(path).headers["ETag"]]
    with store.write() as conn:
        retract(conn, article.guid, "withdrawn", later(1))
    tags.append(client.get(path).headers["ETag"])
    assert 'rel="via"' not in client.get(path).text
    with store.write() as conn:
        restore(conn, article.guid, later(2), {})
    tags.append(client.get(path).headers["ETag"])
    assert 'rel="via"' in client.get(path).text
    assert len(set(tags)) == 3


def via(client: FlaskClient) -> dict[str, str | None]:
    return {
        item["title"]: item["_dateline"]["via"] for item in client.get("/latest.json").get_json(force=True)["items"]
    }


def test_the_dates_of_events_stand_on_the_page(store: Store) -> None:
    name_subjects(store)
    words = (Evidence("Wednesday", "body", 20, "weekday"),)
    event = EventDate(date(2026, 2, 4), date(2026, 2, 5), "The talks are on Wednesday.", evidence=words)
    item = put(store, b"a", replace(ARTICLE, events=(event,)))
    client = client_for(store)
    page = client.get(f"/items/{item.uuid}").get_data(as_text=True)
    assert '<time datetime="2026-02-04">4 February 2026</time> – <time datetime="2026-02-05">' in page
    [told] = client.get(f"/items/{item.uuid}.json").get_json()["events"]
    assert (told["first"], told["last"], told["sentence"]) == ("2026-02-04", "2026-02-05", event.sentence)
