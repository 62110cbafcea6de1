"""The worker's clockwork, with passes that fail, drag and are nudged."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from feeds.errors import DatelineError
from feeds.ingest.run import PassResult
from feeds.schedule import Worker
from storage.lock import writer_lock
from storage.migrate import open_store
from tests.test_storage_lock import DROP_OTHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storage.engine import Store

NOTHING = PassResult(0, 0, {})


@dataclass
class FakeIngest:
    """Passes of a test's own: `act` is called with the number of the pass (1 is the first)."""

    act: Callable[[int], PassResult]
    began: list[float] = field(default_factory=list)
    beats: list[tuple[bool, str]] = field(default_factory=list)
    running: int = 0
    most_at_once: int = 0
    stopped: bool = False

    def one_pass(self) -> PassResult:
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        self.began.append(time.monotonic())
        try:
            return self.act(len(self.began))
        finally:
            self.running -= 1

    def record(self, *, ok: bool, note: str = "") -> None:
        self.beats.append((ok, note))

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "seeds"
    made.mkdir()
    return made


@contextmanager
def working(store: Store, folder: Path, ingest: FakeIngest, seconds: float) -> Iterator[Worker]:
    """Run a worker in a thread of this process (it can take no signals there, so the test calls `stop`)."""
    worker = Worker(store, folder, seconds, lambda: ingest)  # type: ignore[arg-type, return-value]
    thread = threading.Thread(target=worker.watch_until_stopped)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(timeout=20)
        assert not thread.is_alive()


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


@pytest.mark.parametrize("error", [ValueError("odd"), MemoryError("none left"), SystemExit(3), DatelineError("plain")])
def test_a_pass_that_fails_is_told_and_the_next_one_runs(
    sqlite_store: Store, folder: Path, error: BaseException
) -> None:
    def act(number: int) -> PassResult:
        if number % 2:
            raise error
        return NOTHING

    ingest = FakeIngest(act)
    with working(sqlite_store, folder, ingest, 0.05):
        wait_for(lambda: len(ingest.beats) >= 6)
    assert [ok for ok, _ in ingest.beats[:6]] == [False, True] * 3
    assert str(error) in ingest.beats[0][1]


def test_a_failure_that_goes_on_is_told_once_and_when_it_is_over(sqlite_store: Store, folder: Path) -> None:
    def act(number: int) -> PassResult:
        if number <= 4:
            raise DatelineError("the folder is away")
        return NOTHING

    ingest = FakeIngest(act)
    with capture_logs() as lines, working(sqlite_store, folder, ingest, 0.05):
        wait_for(lambda: len(ingest.beats) >= 6)
    told = [(line["event"], line.get("reason", line.get("after"))) for line in lines if "pass" in line["event"]]
    assert told == [("pass failed", "the folder is away"), ("passes succeed again", "the folder is away")]
    assert [ok for ok, _ in ingest.beats[:6]] == [False] * 4 + [True] * 2


def test_a_signal_while_it_still_loads_ends_it_at_once(sqlite_store: Store, folder: Path) -> None:
    def load() -> FakeIngest:
        os.kill(os.getpid(), signal.SIGINT)
        wait_for(lambda: False)
        raise AssertionError

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with pytest.raises(SystemExit) as ended:
            Worker(sqlite_store, folder, 3600, load).run()  # type: ignore[arg-type]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert ended.value.code == 0
    with writer_lock(sqlite_store):
        pass  # given back


def test_passes_never_overlap_however_long_they_take(sqlite_store: Store, folder: Path) -> None:
    def act(_number: int) -> PassResult:
        time.sleep(0.3)
        return NOTHING

    ingest = FakeIngest(act)
    with working(sqlite_store, folder, ingest, 0.05):
        wait_for(lambda: len(ingest.beats) >= 4)
    assert ingest.most_at_once == 1


def test_a_waiting_file_brings_the_next_pass_forward(sqlite_store: Store, folder: Path) -> None:
    ingest = FakeIngest(lambda number: PassResult(1, 1 if number == 1 else 0, {}))
    with working(sqlite_store, folder, ingest, 3600):
        wait_for(lambda: len(ingest.began) >= 2)
    assert ingest.began[1] - ingest.began[0] >= 1.0, "a file is settled after a full second, not before"


def test_a_change_in_the_folder_brings_the_next_pass_forward(sqlite_store: Store, folder: Path) -> None:
    ingest = FakeIngest(lambda _number: NOTHING)
    with working(sqlite_store, folder, ingest, 3600):
        wait_for(lambda: len(ingest.began) >= 1)
        time.sleep(0.5)  # the watcher needs a moment before it sees changes
        (folder / "a.txt").write_text("a")
        wait_for(lambda: len(ingest.began) >= 2)


def test_a_change_during_a_pass_is_not_forgotten(sqlite_store: Store, folder: Path) -> None:
    slow = threading.Event()

    def act(number: int) -> PassResult:
        if number == 1:
            assert slow.wait(10)
        return NOTHING

    ingest = FakeIngest(act)
    with working(sqlite_store, folder, ingest, 3600) as worker:
        wait_for(lambda: len(ingest.began) == 1)
        time.sleep(0.5)
        (folder / "a.txt").write_text("a")
        wait_for(worker.was_nudged)
        slow.set()
        wait_for(lambda: len(ingest.began) >= 2)


def test_a_folder_that_cannot_be_watched_is_scanned_all_the_same(sqlite_store: Store, tmp_path: Path) -> None:
    ingest = FakeIngest(lambda _number: NOTHING)
    with working(sqlite_store, tmp_path / "nowhere", ingest, 0.05):
        wait_for(lambda: len(ingest.began) >= 3)


def test_stopping_waits_for_the_pass_at_work(sqlite_store: Store, folder: Path) -> None:
    ended = threading.Event()
    ingest = FakeIngest(lambda _number: NOTHING)

    def act(_number: int) -> PassResult:
        wait_for(lambda: ingest.stopped)
        time.sleep(0.2)
        ended.set()
        return NOTHING

    ingest.act = act
    with working(sqlite_store, folder, ingest, 3600):
        wait_for(lambda: len(ingest.began) == 1)
    assert ended.is_set()
    with writer_lock(sqlite_store):
        pass  # given back


def test_a_second_worker_stands_by_until_the_lock_is_free(sqlite_store: Store, folder: Path) -> None:
    ingest = FakeIngest(lambda _number: NOTHING)
    with writer_lock(sqlite_store):
        standby = working(sqlite_store, folder, ingest, 0.05)
        standby.__enter__()
        time.sleep(0.5)
        assert ingest.began == []
    wait_for(lambda: len(ingest.began) >= 1)
    standby.__exit__(None, None, None)


def test_a_worker_whose_lock_was_dropped_works_on_only_once_it_has_it_again(
    store: Store, store_url: str, folder: Path
) -> None:
    if store.sqlite_path is not None:
        pytest.skip("a file's lock cannot be dropped")
    other, made = open_store(store_url), []
    ingest = FakeIngest(lambda _number: NOTHING)
    worker = Worker(store, folder, 0.05, lambda: made.append(1) or ingest)  # type: ignore[arg-type, func-returns-value, return-value]
    thread = threading.Thread(target=worker.watch_until_stopped)
    thread.start()
    wait_for(lambda: len(ingest.began) >= 2)
    with other.write() as conn:
        conn.execute(text(DROP_OTHERS))
    wait_for(lambda: len(made) >= 2)  # it asked for the lock again, and looks at the ledger anew
    before = len(ingest.began)
    wait_for(lambda: len(ingest.began) >= before + 2)
    worker.stop()
    thread.join(timeout=20)
    assert not thread.is_alive()
    other.dispose()
