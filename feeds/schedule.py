"""The worker: a full look at the folder every few seconds, sooner when the folder nudges, never two at once.

APScheduler keeps the time (memory store, one thread: a persistent job store can die silently, reliability section 0).
The periodic scan is the truth; watchfiles only makes it come sooner, since it can lose events (watchfiles#348).
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from watchfiles import watch

from feeds.errors import DatelineError
from feeds.ingest.decide import SETTLE_SECONDS
from storage.errors import StorageError, StoreBusy, StoreUnreachable
from storage.lock import writer_lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeds.ingest.run import Ingest
    from storage.engine import Store

log = structlog.get_logger()

_JOB = "scan"
_STANDBY_SECONDS = 2.0
# A look is settled strictly after a second; the timer itself may be early by a few milliseconds.
_SETTLED = timedelta(seconds=SETTLE_SECONDS + 0.02)


@dataclass
class Worker:
    """Runs passes until it is told to stop. `make_ingest` is called once the writer's lock is held."""

    store: Store
    folder: Path
    seconds: float
    make_ingest: Callable[[], Ingest]
    _stop: threading.Event = field(init=False, default_factory=threading.Event)
    _nudged: threading.Event = field(init=False, default_factory=threading.Event)
    _working: threading.Lock = field(init=False, default_factory=threading.Lock)
    _loading: bool = field(init=False, default=False)
    _failing: str = field(init=False, default="")
    _ingest: Ingest | None = field(init=False, default=None)
    _scheduler: Any = field(init=False, default=None)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._told_to_end())
        self.watch_until_stopped()

    def watch_until_stopped(self) -> None:
        """Wait for the writer's lock, then watch the folder until `stop`; returns after the seed in hand."""
        nudger = threading.Thread(target=self._nudge, name="nudge", daemon=True)
        nudger.start()
        told = ""
        while not self._stop.is_set():
            try:
                with writer_lock(self.store) as still_held:
                    told = ""
                    self._watch(still_held)
            except (StoreBusy, StoreUnreachable) as error:
                if str(error) != told:
                    log.info("standing by", reason=str(error))
                told = str(error)
                self._stop.wait(_STANDBY_SECONDS)
        nudger.join(timeout=1)

    def was_nudged(self) -> bool:
        """Tell whether the folder changed since the pass at work, or the last one, began."""
        return self._nudged.is_set()

    def stop(self) -> None:
        """End the pass at work after the seed in hand, then `run`."""
        self._stop.set()
        if self._ingest is not None:
            self._ingest.stop()
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _told_to_end(self) -> None:
        """Stop after the seed in hand; while nothing is in hand but what still loads, at once."""
        self.stop()
        if self._loading:
            sys.exit(0)

    def _watch(self, still_held: Callable[[], bool]) -> None:
        """Run passes until told to stop, or until the lock is lost."""
        self._loading = True
        self._ingest = self.make_ingest()
        self._loading = False
        self._scheduler = _clockwork()
        trigger = IntervalTrigger(seconds=self.seconds, timezone=UTC)
        self._scheduler.add_job(self._one_pass, trigger, (still_held,), id=_JOB, next_run_time=datetime.now(UTC))
        log.info("watching", folder=str(self.folder), seconds=self.seconds)
        if not self._stop.is_set():
            self._scheduler.start()
        with self._working:  # the seed in hand is finished before the writer's lock is given back
            log.info("stopped")

    def _one_pass(self, still_held: Callable[[], bool]) -> None:
        with self._working:
            if self._stop.is_set():  # told to stop before the clockwork ran
                self._scheduler.shutdown(wait=False)
            elif not still_held():
                log.warning("the database server dropped the writer's lock", remedy="asking for it again")
                self._scheduler.shutdown(wait=False)
            else:
                self._pass()

    def _pass(self) -> None:
        """Run one pass and come back soon if a file still settles; nothing that goes wrong ends the schedule."""
        assert self._ingest is not None  # noqa: S101 - the job is added after it is made
        self._nudged.clear()
        began = time.monotonic()
        try:
            done = self._ingest.one_pass()
            self._ingest.record(ok=True)
        except (DatelineError, StorageError) as error:
            if self._fails_anew(str(error)):
                log.error("pass failed", reason=str(error))  # noqa: TRY400 - a sentence for the operator, not a defect
            self._failed(str(error))
            return
        except BaseException as error:
            # Even SystemExit: APScheduler would swallow it, and the heartbeat would go on claiming that all is well.
            note = f"{type(error).__name__}: {error}"
            if self._fails_anew(note):
                log.exception("pass failed")
            self._failed(note)
            return
        if self._failing:
            log.info("passes succeed again", after=self._failing)
            self._failing = ""
        if done.seeds:
            log.info("pass", seen=done.seen, seconds=round(time.monotonic() - began, 3), **done.seeds)
        if done.waiting:
            self._run_at(datetime.now(UTC) + _SETTLED)
        elif self.was_nudged():
            self._run_at(datetime.now(UTC))

    def _fails_anew(self, reason: str) -> bool:
        """Whether the last pass did not fail for this reason already: the log says it once, and when it is over."""
        anew, self._failing = reason != self._failing, reason
        return anew

    def _failed(self, note: str) -> None:
        assert self._ingest is not None  # noqa: S101 - a pass failed
        try:
            self._ingest.record(ok=False, note=note)
        except Exception:
            log.exception("heartbeat failed")

    def _nudge(self) -> None:
        """Ask for a pass whenever the folder changes, for as long as watching works."""
        told = ""
        while not self._stop.is_set():
            try:
                for _ in watch(self.folder, watch_filter=None, stop_event=self._stop, step=20, debounce=200):
                    self._nudged.set()
                    self._run_at(datetime.now(UTC))
            except (OSError, RuntimeError) as error:
                if str(error) != told:
                    log.warning("not nudged", reason=str(error), remedy=f"the scan every {self.seconds:g} s goes on")
                told = str(error)
                self._stop.wait(self.seconds)

    def _run_at(self, when: datetime) -> None:
        """Bring the next pass forward; a pass at work looks at the nudge itself when it ends."""
        idle = self._stop.is_set() or self._scheduler is None
        job = None if idle else self._scheduler.get_job(_JOB)
        if job is not None and (job.next_run_time is None or when < job.next_run_time):
            job.modify(next_run_time=when)


def _clockwork() -> Any:
    """A new scheduler: one that was shut down cannot be started again."""
    return BlockingScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
