from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feeds.web.itemview import Around, as_json, seeds
from storage.ledger import Origin
from storage.types import Evidence, Tag
from tests.builders import RUBIO, add_item, later, name_subjects, report, uuid_of
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from storage.engine import Store


def origin(seed: bytes, *, current: bool = True) -> Origin:
    return Origin(seed, 0, "0" * 64, 1, current=current)


def test_seeds_are_named_once_safely_and_only_while_they_say_it() -> None:
    found = [origin(b"a.txt"), origin(b"a.txt"), origin(b"b\n\xff.txt"), origin(b"old.txt", current=False)]
    assert seeds(found) == ("a.txt", "b\\n\\xff.txt")


def test_an_item_for_programs(store: Store) -> None:
    fill(store)
    answer = client_for(store).get(f"/items/{uuid_of(1)}.json")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    value = answer.get_json()
    assert list(value) == [
        *("guid", "page", "url", "kind", "revision", "first_seen", "updated", "published_at", "published", "title"),
        *("summary", "body", "language", "source", "authors", "notes", "topics", "actors", "events", "carried_by"),
        *("briefs", "same_event", "origins", "feeds"),
    ]
    assert value["guid"] == f"urn:uuid:{uuid_of(1)}"
    assert value["page"] == f"{BASE}/items/{uuid_of(1)}"
    assert value["published"] == {
        "edtf": "2026-02-03",
        "precision": "day",
        "basis": "dateline",
        "zone": "Asia/Seoul",
        "zone_origin": "source",
        "confidence": "high",
        "evidence": [{"text": "2026.02.03", "zone": "dateline", "offset": None, "rule": "numeric-day"}],
        "conflicts": [],
    }
    assert value["actors"] == [
        {
            "slug": "marco-rubio",
            "label": "Marco Rubio",
            "uri": "https://www.wikidata.org/wiki/Q324546",
            "role": "principal",
            "salience": 1.0,
            "evidence": [{"text": "marco-rubio", "zone": "title", "offset": 0, "rule": "name"}],
        }
    ]
    assert value["feeds"] == [f"{BASE}/latest", f"{BASE}/topics/trade-tariffs", f"{BASE}/actors/marco-rubio"]


def test_what_was_quoted_badly_still_gives_utf_8(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    half = Tag("actor", RUBIO.slug, "principal", 1.0, (Evidence("\ud800", "body", 0, "name"),))
    item = add_item(sqlite_store, report(tags=(half,)), uuid=uuid_of(1), at=later(1))
    data = json.loads(as_json(item, Around((), ()), {}, BASE).decode())
    assert data["actors"][0]["evidence"][0]["text"] == "?"
    assert data["actors"][0]["label"] == "marco-rubio"
    client = client_for(sqlite_store)
    assert client.get(f"/items/{uuid_of(1)}").status_code == client.get(f"/items/{uuid_of(1)}.json").status_code == 200
