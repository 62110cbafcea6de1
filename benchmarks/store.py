"""How fast a large store answers: `.venv/bin/python -m benchmarks.store [ITEMS [FILE [URL]]]` (300,000 if not given).

Every item has six actors and three topics; three actors and a topic have a third of the items each, two of them none in
common. With FILE, the store is kept there and used again; with URL, it is loaded into that empty PostgreSQL database,
or found there, and measured there, too. Each figure is the median of some runs, each on a connection that has nothing
cached of the database but what the operating system keeps; the last line of each part is its bound, and the exit code
is 1 where one is missed. On an idle machine both figures are the same; of PostgreSQL, the first counts our side alone.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from feeds.syndication.selection import parse
from feeds.syndication.selection_terms import Named
from storage.backup import restore
from storage.bits import BLOCK
from storage.common_words import note_common_words
from storage.history import archive, since
from storage.indexing import index_missing
from storage.item_rows import forget_items
from storage.log import closed_blocks, find_feed, window
from storage.migrate import open_store, upgrade
from storage.names import sync_subjects
from storage.schema import EPOCH, indexed, metadata
from storage.search import search
from storage.state import tick
from storage.types import LATEST, FeedKey, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.engine import Connection

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
ACTORS, TOPICS = 3_000, 40
WORDS = [f"word{number}" for number in range(20_000)]
LANGUAGES = ("en", "en", "zh", "ko", "ja")
BATCH = 5_000
SELECTIONS = {
    "huge AND huge": "actor:actor-2 topic:topic-1",
    "huge AND huge, nothing in common": "actor:actor-0 actor:actor-1",
    "huge AND huge topic, nothing in common": "actor:actor-0 topic:topic-0",
    "huge AND small": "actor:actor-0 actor:actor-2999",
    "small AND huge, principals": "actor:actor-2999 topic:topic-1 salience:principal",
    "huge AND language": "actor:actor-2 lang:zh",
    "huge AND NOT language": "actor:actor-2 -lang:en",
    "huge AND a year": "actor:actor-2 after:2020 before:2021",
    "huge AND days at the far end": "actor:actor-2 after:2016-01-01 before:2016-01-03",
    "huge AND common word": "actor:actor-2 everywhere",
    "huge AND common word, nothing in common": "actor:actor-0 third1",
    "huge AND rare word": "actor:actor-2 word19990",
    "small AND common word": "actor:actor-2999 everywhere",
    "huge AND phrase of common words": 'actor:actor-2 "everywhere third1"',
    "huge OR huge": "actor:actor-0 OR actor:actor-1",
    "NOT huge": "-actor:actor-0",
    "common word AND common word, nothing in common": "third1 third2",
    "common word AND NOT common word": "third1 -everywhere",
    "NOT common word": "-everywhere",
    "huge AND phrase of common words that nobody wrote": 'actor:actor-2 "third1 everywhere"',
    "huge AND NOT common word": "actor:actor-2 -everywhere",
    "a Chinese name": "actor:actor-2 李在明",
}


class Took(NamedTuple):
    """Medians in milliseconds: `busy` on the CPU, `passed` on the clock, which counts whoever else is at work, too."""

    busy: float
    passed: float


def main(number: int, file: Path | None, url: str | None) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = file or Path(folder) / "store.db"
        if not path.exists():
            build(path, number)
        note_all(f"sqlite:///{path}")
        print(f"{path.stat().st_size / 1e9:.1f} GB")
        missed = measure(f"sqlite:///{path}")
        if url is not None:
            load(path, url)
            print("\nPostgreSQL")
            missed += measure(url)
    print(f"\n{missed} of the bounds are missed." if missed else "\nEvery bound is kept.")
    return 1 if missed else 0


def load(path: Path, url: str) -> None:
    store, _ = upgrade(url)
    with store.read() as conn:
        empty = find_feed(conn, LATEST) is None
    store.dispose()
    if empty:
        restore(path, url)


def note_all(url: str) -> None:
    """Bring a store that an earlier version filled to where it is after some more writes."""
    store, _ = upgrade(url)
    with store.write() as conn:
        newest = conn.execute(select(func.max(indexed.c.position))).scalar_one()
        for _ in range(newest // BLOCK):
            note_common_words(conn, [newest])
    store.dispose()


def build(path: Path, number: int) -> None:
    store, _ = upgrade(f"sqlite:///{path}")
    with store.write() as conn:
        sync_subjects(conn, list(subjects()), (), tick(conn, BEGAN))
    with sqlite3.connect(path, isolation_level=None) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        feeds = {(kind, slug): feed_id for feed_id, kind, slug in raw.execute("SELECT id, kind, slug FROM feeds")}
        began = time.perf_counter()
        heads = dict.fromkeys(feeds.values(), 0)
        for start in range(1, number + 1, BATCH):
            fill(raw, range(start, min(start + BATCH, number + 1)), feeds, heads)
        raw.executemany("UPDATE feeds SET head = ?2, size = ?2 WHERE id = ?1", heads.items())
        raw.execute("UPDATE store SET last_item = ?", [number])
        # No ANALYZE, as Dateline runs none: told of an empty full text, SQLite scans all of it at every 16th item.
    raw.close()
    print(f"{number:,} items filled in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    with store.write() as conn:
        index_missing(conn)
    took = time.perf_counter() - began
    print(f"indexed in {took:.0f} s, {1000 * took / number:.2f} ms each")
    store.dispose()


def subjects() -> Iterator[Subject]:
    for number in range(ACTORS):
        slug = f"actor-{number}"
        yield Subject("actor", slug, slug.title(), "person", {"en": (slug,)})
    for number in range(TOPICS):
        slug = f"topic-{number}"
        yield Subject("topic", slug, slug.title(), "topic", {"en": (slug,)})


def fill(raw: sqlite3.Connection, ids: range, feeds: dict[tuple[str, str], int], heads: dict[int, int]) -> None:
    rows: dict[str, list[tuple[object, ...]]] = {"items": [], "tags": [], "feed_entries": []}
    for item_id in ids:
        random_of = random.Random(item_id)
        tags = tags_of(item_id, random_of)
        rows["items"].append(item_row(item_id, random_of))
        for place, (kind, slug) in enumerate(tags):
            evidence = json.dumps([[slug, "body", 10 * place, "name"]])
            rows["tags"].append(
                (item_id, kind, slug, place, "principal" if place % 3 == 0 else "mentioned", 0.5, evidence)
            )
        for key in (("latest", ""), *tags):
            heads[feeds[key]] += 1
            rows["feed_entries"].append((feeds[key], heads[feeds[key]], item_id, 0, BEGAN.toordinal()))
    raw.execute("BEGIN")
    for table, values in rows.items():
        names = [column.name for column in metadata.tables[table].columns][: len(values[0])]  # the rest by itself
        marks = ", ".join("?" * len(names))
        raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", sorted(values))
    raw.execute("COMMIT")


def tags_of(item_id: int, random_of: random.Random) -> list[tuple[str, str]]:
    """Actors 0 and 1 and topic 0 share the items out; actor 2 and topic 1 have a third of them by chance."""
    actors = {item_id % 3} if item_id % 3 < 2 else set()
    actors |= {2} if random_of.random() < 1 / 3 else set()
    while len(actors) < 6:
        actors.add(min(ACTORS - 2, 2 + int(random_of.paretovariate(0.4))))
    if item_id % 15_000 == 7:
        actors = {ACTORS - 1, *list(actors)[:5]}
    topics = {0} if item_id % 3 == 2 else {1} if random_of.random() < 0.5 else set()
    while len(topics) < 3:
        topics.add(random_of.randrange(2, TOPICS))
    return [*(("actor", f"actor-{number}") for number in actors), *(("topic", f"topic-{number}") for number in topics)]


def item_row(item_id: int, random_of: random.Random) -> tuple[object, ...]:
    seen = int((BEGAN + timedelta(minutes=item_id) - EPOCH) / timedelta(microseconds=1))
    day = (date(2016, 1, 1) + timedelta(days=random_of.randrange(3_650))).isoformat()
    published: dict[str, object] = {
        "precision": "day", "basis": "dateline", "instant": None, "first": day, "last": day, "zone": None,
        "zone_origin": "unknown", "confidence": "high", "evidence": [], "conflicts": [],
    }  # fmt: skip
    words = [WORDS[min(int(random_of.paretovariate(0.5)) - 1, len(WORDS) - 1)] for _ in range(150)]
    name = "李在明访问韩国。" if item_id % 1_000 == 0 else ""
    body = f"{name}everywhere third{item_id % 3} {' '.join(words[:75])}.\n\n{' '.join(words[75:])}."
    guid = f"urn:uuid:00000000-0000-5000-8000-{item_id:012d}"
    language = random_of.choice(LANGUAGES)
    return (
        item_id, guid, 1, seen, seen, seen, str(item_id), str(item_id), "article", " ".join(words[:8]),
        " ".join(words[:20]), body, language, json.dumps(published), None, "Reuters", None, "[]", None, "[]",
        None, None, None,
    )  # fmt: skip


def measure(url: str) -> int:
    """Time every part; tell how many bounds are missed."""
    keys = (LATEST, FeedKey("actor", "actor-0"), FeedKey("topic", "topic-1"), FeedKey("actor", "actor-2999"))
    asked = {name: parse(text, lambda _kind, slug: Named(slug)) for name, text in SELECTIONS.items()}
    missed: int = part(
        "version check", 0.3, {name(key): timed(url, partial(find_feed, key=key), warm=True) for key in keys}
    )
    missed += part("window", 10, {name(key): timed(url, partial(show, key=key)) for key in keys})
    missed += part("archive", 10, {name(key): timed(url, partial(old, key=key)) for key in keys[:3]})
    missed += part("100 moves since a cursor", 10, {name(key): timed(url, partial(after, key=key)) for key in keys[:3]})
    selections = {what: timed(url, partial(search, query=query, limit=50)) for what, query in asked.items()}
    return missed + part("selection, 50 items", 20, selections)


def name(key: FeedKey) -> str:
    return f"{key.kind} {key.slug}".strip()


def show(conn: Connection, key: FeedKey) -> object:
    feed = find_feed(conn, key)
    assert feed is not None
    return window(conn, feed)


def old(conn: Connection, key: FeedKey) -> object:
    feed = find_feed(conn, key)
    assert feed is not None
    return archive(conn, feed, random.randint(1, closed_blocks(feed.head)))


def after(conn: Connection, key: FeedKey) -> object:
    feed = find_feed(conn, key)
    assert feed is not None
    return since(conn, feed, random.randrange(feed.head), 100)


def timed(url: str, work: Callable[[Connection], object], *, warm: bool = False, runs: int = 15) -> Took:
    """Time some runs; unless `warm`, each has a new connection, and opening it does not count."""
    busy, passed = [], []
    store = open_store(url)
    for _ in range(runs + 1):
        with store.read() as conn:
            find_feed(conn, FeedKey("actor", "none"))
            forget_items()
            began, began_busy = time.perf_counter(), time.thread_time()
            work(conn)
            busy.append(1000 * (time.thread_time() - began_busy))
            passed.append(1000 * (time.perf_counter() - began))
        if not warm:
            store.engine.dispose()
    store.dispose()
    return Took(median(busy[1:]), median(passed[1:]))


def part(name: str, bound: float, figures: dict[str, Took]) -> bool:
    """Print a part; tell whether its bound is missed."""
    print(f"\n{name}:")
    for what, took in figures.items():
        print(f"  {took.busy:8.2f} ms CPU {took.passed:8.2f} ms  {what}{'   <-- over' if took.busy > bound else ''}")
    worst = max(took.busy for took in figures.values())
    print(f"  worst {worst:.2f} ms CPU, bound {bound} ms: {'MISSED' if worst > bound else 'kept'}", flush=True)
    return worst > bound


if __name__ == "__main__":
    told = dict(enumerate(sys.argv[1:]))
    sys.exit(main(int(told.get(0, 300_000)), Path(told[1]) if 1 in told else None, told.get(2)))
