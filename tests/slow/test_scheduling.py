"""The clockwork over many passes: failures never end it, and there is one pass a period, of however many workers."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import structlog

from feeds.ingest.setup import open_ingest
from feeds.schedule import Worker
from feeds.settings import Settings
from storage.migrate import open_store
from storage.schema import EPOCH
from storage.state import get_state
from tests.server import environment, serving
from tests.slow.test_running import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from feeds.ingest.run import PassResult
    from storage.engine import Store

pytestmark = pytest.mark.slow
SCALE = float(os.environ.get("DATELINE_SLOW_SCALE", "1"))
RUNS = 200
FAULTS = [ValueError, MemoryError, SystemExit]


def test_two_hundred_passes_half_of_which_fail_all_happen_and_each_heartbeat_tells_the_truth(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = structlog.make_filtering_bound_logger("critical")  # a traceback in colours takes longer than a pass
    structlog.configure(wrapper_class=silent)
    ingest = open_ingest(Settings(seeds_dir=tmp_path), sqlite_store)
    real_pass, real_record = ingest.one_pass, ingest.record
    chance, lived, told = random.Random(1), [], []

    def one_pass() -> PassResult:
        lived.append(chance.random() < 0.5)
        if not lived[-1]:
            raise chance.choice(FAULTS)
        return real_pass()

    def record(*, ok: bool, note: str = "") -> None:
        real_record(ok=ok, note=note)
        with sqlite_store.read() as conn:
            told.append(get_state(conn).last_pass_ok)

    monkeypatch.setattr(ingest, "one_pass", one_pass)
    monkeypatch.setattr(ingest, "record", record)
    worker = Worker(sqlite_store, tmp_path / "nowhere", 0.01, lambda: ingest)
    thread = threading.Thread(target=worker.watch_until_stopped)
    thread.start()
    until = time.monotonic() + 120
    while len(told) < RUNS and time.monotonic() < until and thread.is_alive():
        time.sleep(0.01)
    worker.stop()
    thread.join(timeout=20)
    assert len(told) >= RUNS
    assert told == lived
    assert 80 <= told[:RUNS].count(False) <= 120


def test_there_is_one_pass_a_period_with_four_web_processes_and_three_workers(tmp_path: Path) -> None:
    """Each pass writes one heartbeat: two workers at work would write twice as many."""
    seeds, database = tmp_path / "seeds", f"sqlite:///{tmp_path}/one.db"
    seeds.mkdir()
    several = {"DATELINE_SCAN_SECONDS": "2", "DATELINE_WEB_WORKERS": "4"}
    with ExitStack() as running:
        running.enter_context(serving(seeds, database, tmp_path / "log", **several))
        for number in range(2):
            running.enter_context(standing_by(environment(seeds, database, **several), tmp_path / f"log{number}"))
        store = open_store(database)
        running.callback(store.dispose)
        seconds = max(20, 60 * SCALE)
        beats, until = [_beat(store)], time.monotonic() + seconds
        while time.monotonic() < until:
            if (at := _beat(store)) != beats[-1]:
                beats.append(at)
            time.sleep(0.02)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(beats[1:])]
    assert seconds / 2 * 0.7 <= len(gaps) <= seconds / 2 + 1
    assert min(gaps) > 1


@contextmanager
def standing_by(env: dict[str, str], log: Path) -> Iterator[None]:
    """A further `dateline watch`."""
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, "-m", "feeds", "watch"], env=env, stderr=output)
    try:
        wait_for(lambda: "standing by" in log.read_text(), 60)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _beat(store: Store) -> datetime:
    with store.read() as conn:
        return get_state(conn).last_pass_at or EPOCH
