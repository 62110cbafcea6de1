"""Archives, cursors and tombstones, as HTTP shows them; `test_polling` follows them through a busy month."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from feeds.ingest.retraction import retract
from storage.items import find_item
from storage.migrate import upgrade
from tests.builders import NOON, add_item, change_item, later, name_subjects, report, tag, uuid_of
from tests.web_samples import BASE, client_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.engine import Store
    from storage.types import Item

FEED = "/actors/marco-rubio"
RUBIO = [tag("actor", "marco-rubio")]
GRAVE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture(scope="session")
def busy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two closed blocks and a window, which takes seconds to make and no time to copy."""
    path = tmp_path_factory.mktemp("busy") / "busy.db"
    store, _ = upgrade(f"sqlite:///{path}")
    name_subjects(store)
    for number in range(1, 261):
        arrive(store, number)
    store.dispose()
    return path


@pytest.fixture
def busy(busy_file: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(busy_file, tmp_path)
    store, _ = upgrade(f"sqlite:///{tmp_path / busy_file.name}")
    yield store
    store.dispose()


def arrive(store: Store, number: int) -> Item:
    return add_item(store, report(f"Item {number}", tags=RUBIO), uuid=uuid_of(number), at=later(number))


def test_a_chain_of_archives_in_every_format(busy: Store) -> None:
    client = client_for(busy)
    for suffix in ("rss", "atom"):
        parsed = feedparser.parse(client.get(f"{FEED}.{suffix}").data)
        assert len(parsed.entries) == 60
        links = {link.rel: link.href for link in parsed.feed.links}
        assert links["prev-archive"] == f"{BASE}{FEED}/archive/2.{suffix}"
        assert "next-archive" not in links
        parsed = feedparser.parse(client.get(f"{FEED}/archive/1.{suffix}").data)
        links = {link.rel: link.href for link in parsed.feed.links}
        assert links["self"] == f"{BASE}{FEED}/archive/1.{suffix}"
        assert (links["current"], links["next-archive"]) == (
            f"{BASE}{FEED}.{suffix}",
            f"{BASE}{FEED}/archive/2.{suffix}",
        )
        assert "prev-archive" not in links
        assert (
            parsed.feed.id == feedparser.parse(client.get(f"{FEED}.{suffix}").data).feed.id
            if suffix == "atom"
            else True
        )
        assert b"archive/>" in client.get(f"{FEED}/archive/1.{suffix}").data
    told = client.get(f"{FEED}.json").get_json(force=True)
    assert told["next_url"] == f"{BASE}{FEED}/archive/2.json"
    assert client.get(f"{FEED}/archive/1.json").get_json(force=True)["_dateline"]["archive"] is True


def test_an_archive_stays_the_same_while_the_feed_goes_on(busy: Store) -> None:
    client = client_for(busy)
    before = client.get(f"{FEED}/archive/1.atom")
    arrive(busy, 261)
    after = client.get(f"{FEED}/archive/1.atom", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.data) == (304, b"")


@pytest.mark.parametrize("block", ["0", "3", "99999999999999", "-1", "x"])
def test_a_block_that_is_not_closed_is_404(busy: Store, block: str) -> None:
    assert client_for(busy).get(f"{FEED}/archive/{block}.atom").status_code == 404


def test_a_cursor_of_another_life_is_410_and_nonsense_is_400(busy: Store) -> None:
    client = client_for(busy)
    cursor = client.get(f"{FEED}.json").get_json(force=True)["_dateline"]["cursor"]
    assert client.get(f"{FEED}.json?since={cursor}").status_code == 200
    other = client.get(f"/actors/south-korea.json?since={cursor}")
    assert (other.status_code, "since=start" in other.get_data(as_text=True)) == (410, True)
    ahead = cursor.split("-")[0] + "-999999"
    assert client.get(f"{FEED}.json?since={ahead}").status_code == 410
    for wrong in ("", "yesterday", "-1", "0"):
        assert client.get(f"{FEED}.json?since={wrong}").status_code == 400
    for wrong in ("0", "501", "many", "-1"):
        assert client.get(f"{FEED}.json?since={cursor}&limit={wrong}").status_code == 400


def test_a_page_after_a_cursor_keeps_its_limit_in_every_address(busy: Store) -> None:
    client = client_for(busy)
    told = client.get(f"{FEED}.json?since=start&limit=2").get_json(force=True)
    assert told["feed_url"] == f"{BASE}{FEED}.json?since=start&limit=2"
    assert told["next_url"] == f"{BASE}{FEED}.json?since={told['_dateline']['cursor']}&limit=2"
    for suffix in ("rss", "atom"):
        parsed = feedparser.parse(client.get(f"{FEED}.{suffix}?since=start&limit=2").data)
        links = {link.rel: link.href for link in parsed.feed.links}
        assert links["self"] == f"{BASE}{FEED}.{suffix}?since=start&limit=2"
        assert links["next"] == told["next_url"].replace(".json", f".{suffix}")
    assert client.get(f"{FEED}.json?since=start").get_json(force=True)["feed_url"] == f"{BASE}{FEED}.json?since=start"


@pytest.mark.parametrize("part", ["/archive/1.atom", ".atom?since=start&limit=2"])
def test_a_part_of_a_feed_tells_its_addresses_in_headers(busy: Store, part: str) -> None:
    reply = client_for(busy).get(f"{FEED}{part}")
    rss, as_json = (f"{BASE}{FEED}{part.replace('.atom', suffix)}" for suffix in (".rss", ".json"))
    assert reply.headers.getlist("Link") == [
        f'<{BASE}{FEED}{part}>; rel="self"; type="application/atom+xml"',
        f'<{BASE}{FEED}>; rel="alternate"; type="text/html"',
        f'<{rss}>; rel="alternate"; type="application/rss+xml"',
        f'<{as_json}>; rel="alternate"; type="application/feed+json"',
    ]


def test_a_retracted_item_is_told_everywhere(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    item = add_item(sqlite_store, report("Wrong", tags=RUBIO), uuid=uuid_of(1))
    add_item(sqlite_store, report("Right", tags=RUBIO), uuid=uuid_of(2))
    client = client_for(sqlite_store)
    tags = {suffix: client.get(f"{FEED}.{suffix}").headers["ETag"] for suffix in ("rss", "atom", "json")}
    with sqlite_store.write() as conn:
        retract(conn, item.guid, "It never happened", NOON)
    for suffix, old in tags.items():
        answer = client.get(f"{FEED}.{suffix}", headers={"If-None-Match": old})
        assert (answer.status_code, b"Wrong" in answer.data) == (200, False)
    [grave] = etree.fromstring(client.get(f"{FEED}.atom").data).iterfind(GRAVE)
    assert grave.get("ref") == item.guid
    assert json.loads(client.get(f"{FEED}.json").data)["_dateline"]["retracted"][0]["reason"] == "It never happened"
    page = client.get(f"/items/{item.uuid}")
    assert (page.status_code, "It never happened" in page.get_data(as_text=True)) == (410, True)
    assert client.get(f"/items/{item.uuid}.json").status_code == 410


def test_a_closed_block_keeps_its_tombstones_and_its_bytes(busy: Store) -> None:
    client = client_for(busy)
    with busy.write() as conn:
        guid = f"urn:uuid:{uuid_of(1)}"
        retract(conn, guid, "It never happened", NOON)
    assert guid.encode() in client.get(f"{FEED}.atom").data
    for number in range(262, 262 + 90):
        arrive(busy, number)
    assert guid.encode() not in client.get(f"{FEED}.atom").data
    before = client.get(f"{FEED}/archive/3.atom")
    assert [grave.get("ref") for grave in etree.fromstring(before.data).iterfind(GRAVE)] == [guid]
    assert client.get(f"{FEED}/archive/3.json").get_json(force=True)["_dateline"]["retracted"][0]["id"] == guid
    arrive(busy, 400)
    assert client.get(f"{FEED}/archive/3.atom").data == before.data


def test_an_archive_from_which_everything_has_moved_on_keeps_its_bytes(busy: Store) -> None:
    client = client_for(busy)
    for item in [find(busy, number) for number in range(1, 101)]:
        change_item(busy, item, report(f"{item.report.title}, revised", tags=RUBIO), at=later(300))
    before = client.get(f"{FEED}/archive/1.atom")
    assert feedparser.parse(before.data).entries == []
    arrive(busy, 500)
    assert client.get(f"{FEED}/archive/1.atom").data == before.data


def test_the_programs_in_the_docs_end_with_everything(busy: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_for(busy)
    change_item(busy, find(busy, 3), report("Item 3, revised", tags=RUBIO), at=later(300))

    def ask(request: Any) -> BytesIO:
        url, headers = (request, {}) if isinstance(request, str) else (request.full_url, dict(request.headers))
        answer = client.get(urlsplit(url)._replace(scheme="", netloc="").geturl(), headers=headers)
        assert answer.status_code == 200
        body = BytesIO(answer.data)
        body.headers = answer.headers  # type: ignore[attr-defined]
        return body

    monkeypatch.setattr("urllib.request.urlopen", ask)
    page = (Path(__file__).parents[1] / "docs" / "polling.md").read_text(encoding="utf-8")
    programs = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(programs) == 2
    for program in programs:
        names: dict[str, Any] = {}
        exec(program.replace("http://127.0.0.1:8000", BASE), names)
        held = names["held"]
        assert len(held) == 260
        assert held[f"urn:uuid:{uuid_of(3)}"]["title"] == "Item 3, revised"


def find(store: Store, number: int) -> Item:
    with store.read() as conn:
        item = find_item(conn, uuid_of(number))
    assert item is not None
    return item
