"""How long the first poll after a change takes: the new version is read and rendered, and for others compressed.

`.venv/bin/python -m benchmarks.serve_change` (`make bench-render`), and the end of `make bench-serve`. The entries are
like real ones: 1,300 characters, eight actors and two topics with three words of evidence each, a source, an author,
every second with an event date, every fourth pair in a group.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from feeds.settings import Settings
from feeds.web.app import create_app
from storage.groups import assign
from storage.item_rows import forget_items
from storage.items import find_item
from storage.migrate import upgrade
from storage.types import EventDate, Evidence, Subject, Tag
from tests.builders import SUBJECTS, add_item, change_item, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask.testing import FlaskClient

    from storage.engine import Store
    from storage.types import Report, SubjectKind

SIZES, FORMATS = (50, 129), ("rss", "atom", "json")
CHANGES, BOUND_MS = 10, 10.0  # with 20 more moves, 129 entries are still in one window
_WORDS = [f"{front}{end}" for front in ("ba", "de", "fi", "go", "lu", "ma") for end in ("l", "n", "rs", "nd", "st")]


class Rendered(NamedTuple):
    """Medians of CPU time in milliseconds: the poll, the same where no entry was ever rendered, and what gzip adds."""

    name: str
    busy: float
    first: float
    gzip: float


def rendering(sizes: Sequence[int] = SIZES) -> Iterator[Rendered]:
    """Poll each format after each of some changes of one entry, in windows of these sizes."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store, _ = upgrade(f"sqlite:///{folder}/bench.db")
            fill(store, size)
            client = create_app(Settings(base_url="https://news.example"), store).test_client(use_cookies=False)
            first = polled(store, client, size, range(CHANGES), forget=True)
            known = polled(store, client, size, range(CHANGES, 2 * CHANGES), forget=False)
            store.dispose()
        for suffix in FORMATS:
            yield Rendered(f"{suffix}, {size} entries", known[suffix][0], first[suffix][0], known[suffix][1])


def polled(
    store: Store, client: FlaskClient, size: int, numbers: range, *, forget: bool
) -> dict[str, tuple[float, ...]]:
    """Change the newest entry again and again: the medians of a poll after it, and of one for the same with gzip."""
    times: dict[str, list[tuple[float, float]]] = {suffix: [] for suffix in FORMATS}
    for number in numbers:
        with store.read() as conn:
            item = find_item(conn, uuid_of(size - 1))
        assert item is not None
        change_item(store, item, made(1_000 + number), at=later(size + number))
        for suffix in FORMATS:
            if forget:
                forget_items()
            times[suffix].append((poll(client, suffix, "identity"), poll(client, suffix, "gzip")))
    return {suffix: tuple(map(statistics.median, zip(*each[1:], strict=True))) for suffix, each in times.items()}


def poll(client: FlaskClient, suffix: str, coding: str) -> float:
    """Ask for the feed, and give the milliseconds of CPU that it took."""
    began = time.process_time()
    answer = client.get(f"/actors/marco-rubio.{suffix}", headers={"Accept-Encoding": coding})
    assert answer.status_code == 200
    return 1000 * (time.process_time() - began)


def fill(store: Store, number: int) -> None:
    """So many items in the feed of one actor, beside 300 other actors and 40 topics."""
    people = (
        Subject("actor", f"actor-{n}", f"Actor {n}", "person", {}, f"https://www.wikidata.org/entity/Q{n}")
        for n in range(300)
    )
    subjects = (Subject("topic", f"topic-{n}", f"Topic {n} & more", "topic", {}) for n in range(40))
    name_subjects(store, [*SUBJECTS, *people, *subjects])
    ids = [add_item(store, made(count), uuid=uuid_of(count), at=later(count)).id for count in range(number)]
    with store.write() as conn:
        for one, other in zip(ids[::4], ids[1::4], strict=False):
            assign(conn, [one, other], [])


def made(count: int) -> Report:
    """Report `count`, which no other is like."""
    random = Random(count)
    words = " ".join(random.choice(_WORDS) for _ in range(300))
    told = [Evidence(f"name {at}", "body", 90 * at, "name") for at in range(33)]
    actors, topics = random.sample(range(300), 9), random.sample(range(40), 2)
    named: list[tuple[SubjectKind, int]] = [*(("actor", n) for n in actors), *(("topic", n) for n in topics)]
    tags = [
        Tag(kind, f"{kind}-{n}", "mentioned", 0.5, tuple(told[3 * place : 3 * place + 3]))
        for place, (kind, n) in enumerate(named)
    ]
    events = (EventDate(date(2026, 3, 1), date(2026, 3, 1), "They meet again on 1 March."),) if count % 2 else ()
    return report(
        f"Round {count} of the talks on tariffs",
        tags=[tag("actor", "marco-rubio"), tag("topic", "trade-tariffs"), *tags],
        body=f"{words[:600]}\n\n{words[600:]}",
        url=f"https://papers.example/{count}",
        source="The Paper",
        authors=("A. Writer",),
        events=events,
    )


def main() -> int:
    """Print what it took; the exit code is 1 where a bound is missed."""
    print(f"{'a changed feed':20}{'CPU ms':>8}{'never rendered':>16}{'gzip':>7}   bound of the first: {BOUND_MS:g} ms")
    missed = 0
    for told in rendering():
        missed += told.busy >= BOUND_MS
        verdict = "MISSED" if told.busy >= BOUND_MS else "ok"
        print(f"{told.name:20}{told.busy:8.1f}{told.first:16.1f}{told.gzip:7.1f}   {verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
