"""`kill -9` of the worker at random points of a bulk ingest: nothing lost, nothing twice, the log consistent."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text

from storage import schema
from tests.server import dateline, environment
from tests.slow.articles import write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.engine import Store

SCALE = float(os.environ.get("DATELINE_SLOW_SCALE", "1"))
PER_SECOND = 100  # seeds that a worker stores; only the spread of the kills hangs on it
KILLS = max(20, int(200 * SCALE))
FILES = max(1_000, int(10_000 * SCALE))


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_by_two_hundred_kills(store: Store, store_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    env = environment(folder, store_url, DATELINE_SCAN_SECONDS="0.2")
    write_articles(folder, range(FILES))
    draw = random.Random(7)
    reached = [0]
    for kill in range(KILLS):
        with _worker(env) as worker:
            if kill % 4:  # three in four deep in the batches, the others from the first line of Python on
                _wait_for_work(store, worker, more_than=kill % 2)
            time.sleep(draw.uniform(0, 2 * FILES / PER_SECOND / KILLS + 1))
        reached.append(_items(store))
        if kill % 10 == 0:
            check_log(store)
    steps = [after - before for before, after in pairwise(reached)]
    assert sum(step > 0 for step in steps) >= KILLS / 4, "kills fell into the work"
    assert max(steps) > 1, "and into batches of more than one seed"
    done = dateline("ingest", "--now", env=env, patience=3_600)  # all the kills may have left most of it to do
    assert done.returncode == 0, done.stderr[-2000:]
    check_log(store)
    with store.read() as conn:
        assert conn.execute(select(func.count()).select_from(schema.items)).scalar_one() == FILES
        assert conn.execute(select(func.count()).select_from(schema.ledger)).scalar_one() == FILES
        titles = conn.execute(select(func.count(schema.items.c.title.distinct()))).scalar_one()
        assert titles == FILES


@contextmanager
def _worker(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that is killed for real at the end of the block, however it ends."""
    command = [sys.executable, "-m", "feeds", "watch"]
    worker = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()


def _wait_for_work(store: Store, worker: subprocess.Popen[bytes], *, more_than: int) -> None:
    """Wait until this worker has stored more than so many seeds, or all is done."""
    before = _items(store)
    until = time.monotonic() + 120
    while time.monotonic() < until and worker.poll() is None:
        if _items(store) > before + more_than or before == FILES:
            return
        time.sleep(0.01)
    raise AssertionError("the worker does nothing")


def _items(store: Store) -> int:
    with store.read() as conn:
        return conn.execute(select(func.count()).select_from(schema.items)).scalar_one()


def check_log(store: Store) -> None:
    """Heads, sizes, positions and origins agree with each other, and the file is whole."""
    entries, feeds = schema.feed_entries, schema.feeds
    with store.read() as conn:
        if store.sqlite_path:
            assert conn.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        logs = {
            row.feed_id: row
            for row in conn.execute(
                select(
                    entries.c.feed_id,
                    func.count().label("rows"),
                    func.max(entries.c.position).label("top"),
                    func.count(entries.c.item_id.distinct()).label("items"),
                ).group_by(entries.c.feed_id)
            )
        }
        for feed in conn.execute(select(feeds)):
            log = logs.get(feed.id)
            assert (feed.head, feed.size) == ((log.top, log.rows) if log else (0, 0)), feed
            assert log is None or log.rows == log.items
        stored = conn.execute(select(func.count()).select_from(schema.items)).scalar_one()
        in_latest = logs[1].rows if 1 in logs else 0
        origins = conn.execute(select(func.count(schema.origins.c.item_id.distinct()))).scalar_one()
        assert stored == in_latest == origins
