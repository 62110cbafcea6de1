"""Nothing missed: pollers that sleep as long as they like end with exactly what the store holds."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from lxml import etree

from feeds.ingest.retraction import restore, retract
from storage.items import item_by_id, replace_tags
from storage.log import place_item
from storage.state import tick
from tests.builders import NOON, add_item, change_item, feeds_for, name_subjects, report, tag, uuid_of
from tests.web_samples import BASE, client_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from storage.engine import Store
    from storage.types import Item

FEED = "/actors/marco-rubio"
RUBIO = [tag("actor", "marco-rubio")]
ATOM = "{http://www.w3.org/2005/Atom}"
GRAVE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def path_of(url: str) -> str:
    assert url.startswith(BASE)
    return url.removeprefix(BASE)


class World:
    """A store in which one actor's feed lives a busy life; `seconds` is its only clock."""

    def __init__(self, store: Store, seed: int) -> None:
        name_subjects(store)
        self.store, self.draw, self.seconds, self.made = store, random.Random(seed), 0, 0
        self.inside: dict[int, Item] = {}
        self.outside: dict[int, Item] = {}
        self.gone: dict[int, Item] = {}

    def now(self) -> Any:
        self.seconds += 1
        return NOON + timedelta(seconds=self.seconds)

    def arrive(self, *, tagged: bool = True) -> None:
        self.made += 1
        one = report(f"Item {self.made}", tags=RUBIO if tagged else [])
        item = add_item(self.store, one, uuid=uuid_of(self.made), at=self.now())
        (self.inside if tagged else self.outside)[item.id] = item

    def revise(self) -> None:
        item = self.draw.choice(list(self.inside.values()))
        title = f"{item.report.title.split(',')[0]}, revision {item.revision + 1}"
        self.inside[item.id] = change_item(self.store, item, report(title, tags=RUBIO), at=self.now())

    def retag(self, source: dict[int, Item], target: dict[int, Item]) -> None:
        if not source:
            return
        item = source.pop(self.draw.choice(list(source)))
        tags = RUBIO if target is self.inside else []
        with self.store.write() as conn:
            at = tick(conn, self.now())
            replace_tags(conn, item.id, tags)
            place_item(conn, item.id, feeds_for(report("x", tags=tags)), revised=False, at=at)
            target[item.id] = item_by_id(conn, item.id)

    def retract(self) -> None:
        item = self.inside.pop(self.draw.choice(list(self.inside)))
        with self.store.write() as conn:
            self.gone[item.id] = retract(conn, item.guid, "withdrawn", self.now())

    def restore(self) -> None:
        if self.gone:
            item = self.gone.pop(self.draw.choice(list(self.gone)))
            with self.store.write() as conn:
                self.inside[item.id] = restore(conn, item.guid, self.now(), {})

    def live(self, moves: int) -> None:
        for _ in range(moves):
            act: Callable[[], None] = self.draw.choices(
                [
                    self.arrive,
                    lambda: self.arrive(tagged=False),
                    self.revise,
                    lambda: self.retag(self.inside, self.outside),
                    lambda: self.retag(self.outside, self.inside),
                    self.retract,
                    self.restore,
                ],
                weights=[50, 10, 15, 5, 8, 3, 2],
            )[0]
            if self.inside or act == self.arrive:
                act()

    def truth(self) -> dict[str, str]:
        with self.store.read() as conn:
            return {item.guid: item_by_id(conn, item.id).report.title for item in self.inside.values()}


@dataclass
class Follower:
    """What a poller holds: titles by guid, and the newest moment it has seen."""

    client: FlaskClient
    held: dict[str, str] = field(default_factory=dict)
    cursor: str = "start"


def follow_atom(poller: Follower) -> None:
    """Read the window, then archives backwards until one that was read whole before (RFC 5005 section 4)."""
    found: dict[str, str] = {}
    graves: set[str] = set()
    path: str | None = f"{FEED}.atom"
    while path:
        root = etree.fromstring(poller.client.get(path).data)
        graves |= {str(grave.get("ref")) for grave in root.iterfind(GRAVE)}
        for entry in root.iterfind(f"{ATOM}entry"):
            found.setdefault(str(entry.findtext(f"{ATOM}id")), str(entry.findtext(f"{ATOM}title")))
        path = next(
            (path_of(str(link.get("href"))) for link in root.iterfind(f"{ATOM}link[@rel='prev-archive']")), None
        )
    assert graves.isdisjoint(found)
    poller.held = found


def follow_json(poller: Follower) -> None:
    """Read the window and every `next_url` (JSON Feed 1.1)."""
    found: dict[str, str] = {}
    path: str | None = f"{FEED}.json"
    while path:
        told = poller.client.get(path).get_json(force=True)
        for item in told["items"]:
            found.setdefault(item["id"], item["title"])
        path = path_of(told["next_url"]) if "next_url" in told else None
    poller.held = found


def follow_cursor(poller: Follower) -> None:
    """Ask what came after the cursor, page by page, and apply it to what is held."""
    while True:
        told = poller.client.get(f"{FEED}.json?since={poller.cursor}&limit=37").get_json(force=True)
        for item in told["items"]:
            poller.held[item["id"]] = item["title"]
        for departure in (*told["_dateline"]["left"], *told["_dateline"]["retracted"]):
            poller.held.pop(departure["id"], None)
        poller.cursor = told["_dateline"]["cursor"]
        if "next_url" not in told:
            return
        assert path_of(told["next_url"]) == f"{FEED}.json?since={poller.cursor}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_way_of_following_alone_ends_with_exactly_the_store(sqlite_store: Store, seed: int) -> None:
    world = World(sqlite_store, seed)
    client = client_for(sqlite_store)
    ways = {way: Follower(client) for way in (follow_atom, follow_json, follow_cursor)}
    for moves in world.draw.sample([3, 3, 40, 80, 160, 200], 6):
        world.live(moves)
        for way, poller in ways.items():
            if way is follow_cursor or world.draw.random() < 0.6:
                way(poller)
                assert poller.held == world.truth(), way.__name__
    assert world.made > 150, "the feed has archives"


def busy(store: Store) -> FlaskClient:
    world = World(store, 5)
    for _ in range(260):
        world.arrive()
    return client_for(store)


def test_a_chain_of_archives_in_every_format(sqlite_store: Store) -> None:
    client = busy(sqlite_store)
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


def test_an_archive_stays_the_same_while_the_feed_goes_on(sqlite_store: Store) -> None:
    world = World(sqlite_store, 6)
    for _ in range(260):
        world.arrive()
    client = client_for(sqlite_store)
    before = client.get(f"{FEED}/archive/1.atom")
    world.arrive()
    after = client.get(f"{FEED}/archive/1.atom", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.data) == (304, b"")


@pytest.mark.parametrize("block", ["0", "3", "99999999999999", "-1", "x"])
def test_a_block_that_is_not_closed_is_404(sqlite_store: Store, block: str) -> None:
    assert busy(sqlite_store).get(f"{FEED}/archive/{block}.atom").status_code == 404


def test_a_cursor_of_another_life_is_410_and_nonsense_is_400(sqlite_store: Store) -> None:
    client = busy(sqlite_store)
    cursor = client.get(f"{FEED}.json").get_json(force=True)["_dateline"]["cursor"]
    assert client.get(f"{FEED}.json?since={cursor}").status_code == 200
    other = client.get(f"/actors/south-korea.json?since={cursor}")
    assert (other.status_code, "since=start" in other.get_data(as_text=True)) == (410, True)
    ahead = cursor.split("-")[0] + "-999999"
    assert client.get(f"{FEED}.json?since={ahead}").status_code == 410
    for wrong in ("", "yesterday", "-1", "0"):
        assert client.get(f"{FEED}.json?since={wrong}").status_code == 400
    for wrong in ("0", "501", "many", "-1", ""):
        assert client.get(f"{FEED}.json?since={cursor}&limit={wrong}").status_code == 400


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
