"""How long pages of a busy actor take: `.venv/bin/python -m benchmarks.pages [ITEMS] [FILE]` (100,000 if not given).

One actor and `latest` hold every item, over ten years; each item has three more actors of fifty and two topics of ten,
tells of an event on its day, and of another in one and the same month.
With FILE, the store is kept there and used again. Each figure is the processor's time from a request to the whole
answer within one process, so that other work on the machine does not count, on a new connection each time: first with
nothing rendered before, then again.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pydantic import SecretStr
from sqlalchemy import insert, text, update

from feeds.settings import Settings
from feeds.web.app import create_app
from feeds.web.render import compile_templates
from storage import schema
from storage.indexing import index_missing
from storage.migrate import open_store, upgrade
from storage.names import sync_subjects
from storage.state import tick
from storage.types import FeedKey, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.engine import Connection, Store

BUSY = "busy"
BEGAN = date(2016, 1, 1)
DAYS = 3_650
CROWDED = date(2026, 3, 1)  # the first day of the month in which each item tells of an event
PATHS = (
    f"/actors/{BUSY}",
    f"/actors/{BUSY}?ui=ko",
    f"/actors/{BUSY}/months/2020-02",
    f"/actors/{BUSY}/months/2020-02/8",
    f"/actors/actor-1+{BUSY}",
    "/latest",
    "/",
    "/actors",
    "/calendar/2020-02",
    f"/calendar/{CROWDED:%Y-%m}",
    f"/calendar/{CROWDED}",
    f"/calendar/2020-02?q=actor:{BUSY}",
    "/select",
    "/status",
    "/items/00000000-0000-5000-8000-000000000100",
)
BOUND = 50.0
TOKEN = "the-token-of-the-benchmark"
RUNS = 5


def main(number: int, file: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = file or Path(folder) / "store.db"
        if not path.exists():
            build(path, number)
        print(f"{number:,} items of one actor; the processor's milliseconds, median of {RUNS}")
        slow = [page for page in PATHS if measure(path, page) > BOUND]
        print(f"beyond {BOUND:.0f} ms when rendered: {', '.join(slow) or 'none'}")
        sys.exit(bool(slow))


def measure(path: Path, page: str) -> float:
    """The median of answers that nothing was rendered for before."""
    cold, warm, size = [], [], 0
    for _ in range(RUNS):
        store = open_store(f"sqlite:///{path}")
        app = create_app(Settings(base_url="http://127.0.0.1:8000", status_token=SecretStr(TOKEN)), store)
        compile_templates(app)  # as a server does when it starts
        client = app.test_client(use_cookies=False)
        client.get("/items/00000000-0000-5000-8000-000000000001")  # names are read once in a process
        first = timed(client, page)
        cold.append(first[0])
        warm.append(timed(client, page)[0])
        size = first[1]
        store.dispose()
    print(f"{page:45} {median(cold):7.1f} rendered  {median(warm):7.1f} kept  {size / 1024:6.1f} KB (br)")
    return median(cold)


def timed(client: object, page: str) -> tuple[float, int]:
    began = time.thread_time()
    answer = client.get(page, headers={"Accept-Encoding": "br"}, auth=("", TOKEN))  # type: ignore[attr-defined]  # a FlaskClient
    took = 1000 * (time.thread_time() - began)
    assert answer.status_code == 200, (page, answer.status_code)
    return took, len(answer.data)


def build(path: Path, number: int) -> None:
    store, _ = upgrade(f"sqlite:///{path}")
    with store.write() as conn:
        sync_subjects(conn, list(subjects()), (), tick(conn, datetime.now(UTC)))
        feeds = {FeedKey(row.kind, row.slug): row.id for row in conn.execute(schema.feeds.select())}
        heads = dict.fromkeys(feeds, 0)
        days: Counter[tuple[int, int]] = Counter()
        for start in range(1, number + 1, 2_000):
            fill(conn, range(start, min(start + 2_000, number + 1)), number, feeds, heads, days)
        counts = [{"feed_id": feed, "day": day, "number": count} for (feed, day), count in days.items()]
        conn.execute(insert(schema.feed_days), counts)
        for key, head in heads.items():
            conn.execute(update(schema.feeds).where(schema.feeds.c.id == feeds[key]).values(head=head, size=head))
        conn.execute(update(schema.store).values(last_item=number))
        index_missing(conn)
    _analyze(store)
    store.dispose()


def _analyze(store: Store) -> None:
    with store.write() as conn:
        conn.execute(text("ANALYZE"))


def subjects() -> Iterator[Subject]:
    yield Subject("actor", BUSY, "Busy Actor", "person", {"en": ("Busy Actor",), "ko": ("바쁜 사람",)})
    for number in range(900):
        names = {language: (f"{language} {number}",) for language in ("en", "ko", "zh", "ja")}
        yield Subject("actor", f"actor-{number}", f"Actor {number}", "person", names)
    for number in range(40):
        yield Subject("topic", f"topic-{number}", f"Topic {number}", "topic", {"en": (f"Topic {number}",)})


def fill(
    conn: Connection,
    ids: range,
    number: int,
    feeds: dict[FeedKey, int],
    heads: dict[FeedKey, int],
    days: Counter[tuple[int, int]],
) -> None:
    rows: dict[str, list[dict[str, object]]] = {"items": [], "tags": [], "events": [], "feed_entries": []}
    for item_id in ids:
        day = BEGAN + timedelta(days=item_id * DAYS // number)
        rows["items"].append(item_row(item_id, day))
        keys = keys_of(random.Random(item_id))
        for place, key in enumerate(keys):
            rows["tags"].append(
                {
                    "item_id": item_id, "kind": key.kind, "slug": key.slug, "place": place, "role": "principal",
                    "salience": 0.5, "evidence": [[key.slug, "body", 10 * place, "name"]],
                }
            )  # fmt: skip
        for place, on in enumerate((day, CROWDED + timedelta(item_id % 28))):
            rows["events"].append(
                {
                    "item_id": item_id, "place": place, "first": on.isoformat(), "last": on.isoformat(),
                    "sentence": f"They met, as the item {item_id} says.", "evidence": [], "key": "", "sequence": 0,
                }
            )  # fmt: skip
        for key in (FeedKey("latest", ""), *keys):
            heads[key] += 1
            days[feeds[key], day.toordinal()] += 1
            rows["feed_entries"].append(
                {"feed_id": feeds[key], "position": heads[key], "item_id": item_id, "state": 0, "day": day.toordinal()}
            )
    for name, values in rows.items():
        conn.execute(insert(schema.metadata.tables[name]), values)


def keys_of(chance: random.Random) -> list[FeedKey]:
    actors = [f"actor-{number}" for number in chance.sample(range(50), 3)]
    topics = [f"topic-{number}" for number in chance.sample(range(10), 2)]
    return [FeedKey("actor", slug) for slug in (BUSY, *actors)] + [FeedKey("topic", slug) for slug in topics]


def item_row(item_id: int, day: date) -> dict[str, object]:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    sentence = f"Sentence of the item {item_id}, which says nothing in particular and says it at some length. "
    published: dict[str, object] = {
        "precision": "day", "basis": "dateline", "instant": None, "first": day.isoformat(), "last": day.isoformat(),
        "zone": None, "zone_origin": "unknown", "confidence": "high", "evidence": [], "conflicts": [],
    }  # fmt: skip
    return {
        "id": item_id, "guid": f"urn:uuid:00000000-0000-5000-8000-{item_id:012d}", "revision": 1, "first_seen": at,
        "updated": at, "published_at": at, "content_digest": str(item_id), "text_digest": str(item_id),
        "kind": "article", "title": f"Title of the item {item_id} as it might be", "summary": sentence * 2,
        "body": "\n\n".join([sentence * 4] * 7), "language": "en", "published": published, "source": "paper",
        "authors": [], "notes": [],
    }  # fmt: skip


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(int(arguments[0]) if arguments else 100_000, Path(arguments[1]) if arguments[1:] else None)
