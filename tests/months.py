"""Thirty simulated days of one actor's feed, through the program's own write paths, in any size."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from feeds.ingest.put import Putting
from feeds.ingest.retag import retag
from feeds.ingest.retraction import restore, retract
from storage import schema
from storage.backup import backup
from storage.backup import restore as load
from storage.items import find_item
from storage.migrate import open_store
from storage.types import Published
from tests.builders import name_subjects, report, tag
from tests.web_samples import client_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from feeds.tagging import Story
    from storage.engine import Store
    from storage.types import Report, Tag

    Act = tuple[datetime, Callable[[], None]]

BEGIN = datetime(2026, 5, 1, tzinfo=UTC)
DAYS = 30
BATCH = 100
_SYLLABLES = [first + second for first in "bdfgklmnprstv" for second in "aeiou"]


@dataclass(frozen=True)
class Size:
    """How much happens: arrivals a day, items of one import, old items that one retag brings in."""

    daily: int
    imported: int
    retagged: int


_SCALE = float(os.environ.get("DATELINE_SLOW_SCALE", "1"))
FULL = Size(
    daily=max(5, int(20 * _SCALE)), imported=max(500, int(5_000 * _SCALE)), retagged=max(150, int(1_500 * _SCALE))
)


@dataclass
class Tagging:
    """A tagger whose rule changes: which titles are about the actor."""

    words: tuple[str, ...] = ("Minister",)
    not_about: frozenset[str] = frozenset()

    def tag(self, story: Story) -> tuple[Tag, ...]:
        about = story.title.startswith(self.words) and story.title not in self.not_about
        return (tag("actor", "marco-rubio"),) if about else (tag("topic", "diplomacy-talks"),)


@dataclass
class Month:
    """The store and what happens to it; the test moves the clock."""

    store: Store
    folder: Path
    size: Size
    seed: int
    tagging: Tagging = field(default_factory=Tagging)
    seeds: list[bytes] = field(default_factory=list)  # those whose article may be revised
    retracted: list[str] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.narrows_at, self.lost_at, self.life = self._moment(19, 22), self._moment(24.5, 26), 1
        self._client = client_for(self.store)
        name_subjects(self.store, at=BEGIN)

    def plan(self) -> list[Act]:
        """What happens when."""
        busy = [lambda: self.arrive("Minister"), self.backdated, self.revise, self.retract, self.restore]
        acts: list[Act] = [
            (self._moment(0, DAYS), self.draw.choices(busy, weights=[50, 15, 20, 5, 2])[0])
            for _ in range(DAYS * self.size.daily)
        ]
        acts += [(self._moment(0, 8), self._many("Envoy", some)) for some in _batches(self.size.retagged)]
        start = self._moment(9, 14)
        for number, some in enumerate(_batches(self.size.imported)):
            acts.append((start + timedelta(seconds=number), self._many("Minister", some)))
        acts += [(self._moment(15, 18), self.widen), (self.narrows_at, self.narrow)]
        acts += [(self._moment(23, 24), self.save), (self.lost_at, self.roll_back)]
        # What was seen and is lost, and then so much that positions given out before are given out again.
        acts.append((self.lost_at - timedelta(minutes=2), self._many("Minister", 5)))
        acts.append((self.lost_at + timedelta(minutes=1), self._many("Minister", 25)))
        return sorted(acts, key=lambda act: act[0])

    def _moment(self, first: float, last: float) -> datetime:
        return BEGIN + timedelta(days=self.draw.uniform(first, last))

    def arrive(self, word: str) -> None:
        self._put([self._new(word, datetime.now(UTC).date())])

    def backdated(self) -> None:
        self._put([self._new("Minister", self._old_day())])

    def _many(self, word: str, number: int) -> Callable[[], None]:
        """An import: articles of many years at once."""
        return lambda: self._put([self._new(word, self._old_day()) for _ in range(number)])

    def _old_day(self) -> date:
        return BEGIN.date() - timedelta(days=1 + self.draw.randrange(3_000))

    def revise(self) -> None:
        """The file of an article is written over: another title, the same sentences."""
        items, origins = schema.items, schema.origins
        query = select(origins.c.seed, items.c.guid).join(items, items.c.id == origins.c.item_id).order_by(items.c.id)
        with self.store.read() as conn:
            rows = conn.execute(query.where(origins.c.current, items.c.gone_at.is_(None))).all()
            if not rows:
                return
            seed, guid = self.draw.choice(rows)
            item = find_item(conn, guid.removeprefix("urn:uuid:"))
        assert item is not None
        self.made += 1
        self._put([(seed, replace(item.report, title=f"{item.report.title.split(',')[0]}, take {self.made}"))])

    def retract(self) -> None:
        held = sorted(self.truth())
        if held:
            guid = self.draw.choice(held)
            with self.store.write() as conn:
                retract(conn, guid, "withdrawn", datetime.now(UTC))
            self.retracted.append(guid)

    def restore(self) -> None:
        if self.retracted:
            guid = self.retracted.pop(self.draw.randrange(len(self.retracted)))
            with self.store.write() as conn:
                restore(conn, guid, datetime.now(UTC), {})

    def widen(self) -> None:
        """A new name in the authority: old items enter the actor's feed."""
        self.tagging.words = ("Minister", "Envoy")
        self._retag()

    def narrow(self) -> None:
        """Some tags were wrong: items leave the actor's feed, and stay elsewhere."""
        titles = sorted(title for title in self.truth().values() if title.startswith("Envoy"))
        self.tagging.not_about = frozenset(title for title in titles if self.draw.random() < 0.2)
        self._retag()

    def _retag(self) -> None:
        retag(self.store, self.tagging, {}, lambda _: None)  # type: ignore[arg-type]  # all of it that is used

    def save(self) -> None:
        backup(self.store, self.folder / "saved.db")
        self._saved = list(self.retracted)

    def roll_back(self) -> None:
        """The machine died: the backup goes on, and what came after it never was."""
        self.store.dispose()
        load(self.folder / "saved.db", f"sqlite:///{self.folder}/again.db")
        self.store = open_store(f"sqlite:///{self.folder}/again.db")
        self.retracted = self._saved
        self._client, self.life = client_for(self.store), 2

    def client(self) -> FlaskClient:
        """Whoever polls the server as it is now."""
        return self._client

    def truth(self) -> dict[str, str]:
        """What the feed must hold, read from the items and their tags alone: titles by guid."""
        items, tags = schema.items, schema.tags
        query = select(items.c.guid, items.c.title).join(tags, tags.c.item_id == items.c.id)
        query = query.where(tags.c.kind == "actor", tags.c.slug == "marco-rubio", items.c.gone_at.is_(None))
        with self.store.read() as conn:
            return {row.guid: row.title for row in conn.execute(query)}

    def gone(self) -> set[str]:
        with self.store.read() as conn:
            return set(conn.execute(select(schema.items.c.guid).where(schema.items.c.gone_at.is_not(None))).scalars())

    def _new(self, word: str, day: date) -> tuple[bytes, Report]:
        self.made += 1
        body = "\n\n".join(self._sentence() for _ in range(4))
        published = Published("day", "text", first=day, last=day)
        return f"{self.made}.txt".encode(), report(f"{word} {self.made}", summary="", body=body, published=published)

    def _sentence(self) -> str:
        words = ("".join(self.draw.choices(_SYLLABLES, k=3)) for _ in range(9))
        return " ".join(words).capitalize() + "."

    def _put(self, found: list[tuple[bytes, Report]]) -> None:
        with self.store.write() as conn:
            for seed, one in found:
                told = replace(one, tags=self.tagging.tag(one))  # type: ignore[arg-type]  # it has a title
                digest = sha256(f"{seed!r} {one.title}".encode()).hexdigest()
                Putting(conn, seed, digest, datetime.now(UTC), {}).put([told])


def _batches(number: int) -> list[int]:
    return [min(BATCH, number - start) for start in range(0, number, BATCH)]


def wakings(draw: random.Random, longest: float) -> Iterator[datetime]:
    """When a poller is awake: after sleeps from a minute to `longest` days, mostly short ones."""
    moment = BEGIN + timedelta(days=draw.uniform(0, 5))
    while moment < BEGIN + timedelta(days=DAYS):
        yield moment
        moment += timedelta(days=longest * draw.random() ** 4, minutes=1)
