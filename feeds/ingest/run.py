"""One pass over the watched folder: see everything, read what is new, store it, remember all of it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import structlog

from feeds.ingest.decide import READ, Look, decide, look_at
from feeds.ingest.put import Putting, link_copy
from feeds.ingest.scan import scan
from feeds.logs import shown
from storage.engine import savepoint
from storage.errors import RowRefused
from storage.ledger import origins_of_digest, origins_of_seed, put_rows, read_ledger, seeds_of_source
from storage.log import date_changes
from storage.state import beat, tick
from storage.types import LedgerRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeds.authority import Matcher
    from feeds.ingest.prepare import Prepared, Preparer
    from feeds.ingest.put import Outcome
    from feeds.ingest.scan import Scan, Sighting
    from storage.engine import Connection, Store
    from storage.types import LedgerState

log = structlog.get_logger()

# A lone arrival is stored at once; a bulk shares transactions, as each costs a sync of the disk.
_BATCH_SEEDS = 100
_BATCH_SECONDS = 0.5
_STAYS = "; its item stays"


class Progress(Protocol):
    """Called after each seed with how many of how many are done."""

    def __call__(self, done: int, total: int, /) -> None:
        """Show where the pass stands."""


def _silent(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class PassResult:
    """What a pass did: `seen` names, `waiting` ones that may still be written, and seeds by what became of them.

    The words of `seeds` are `new`, `revised`, `retagged`, `same`, `copy`, `rejected`, `unreadable` and `gone`.
    """

    seen: int
    waiting: int
    seeds: Mapping[str, int]


@dataclass
class Ingest:
    """The writer's side of one folder and one store. The caller holds `storage.lock.writer_lock`.

    It keeps the ledger in memory between passes (it is its only writer), and the last look at each unsettled name.
    """

    store: Store
    preparer: Preparer
    parents: Mapping[str, str]
    matcher: Matcher
    _ledger: dict[bytes, LedgerRow] = field(init=False)
    _looks: dict[bytes, Look] = field(init=False, default_factory=dict)
    _stopping: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        with self.store.read() as conn:
            self._ledger = read_ledger(conn)

    def stop(self) -> None:
        """Ask the pass at work to end after the seed in hand."""
        self._stopping = True

    def one_pass(self, *, settle: bool = True, progress: Progress = _silent) -> PassResult:
        """Look at the whole folder once and store what is new; `settle=False` trusts a file at the first look.

        Raises:
            DatelineError: the folder cannot be listed; nothing is changed.

        """
        seen = scan(self.preparer.folder)
        todo, waiting, refused = self._sort(seen, settle=settle)
        unread = [*refused, *self._gone(seen)]
        self._remember(unread)
        seeds: Counter[str] = Counter(row.state for row in unread)
        seeds.update(self._store_all(todo, progress))
        return PassResult(len(seen.sightings), waiting, dict(sorted(seeds.items())))

    def reread(self, source: str | None = None, progress: Progress = _silent) -> PassResult:
        """Read again what is stored, or was rejected, by the present rules, sources and authority.

        An item is revised where it reads differently now, and retagged where only its tags do; all others stay as they
        are. `source` narrows it to the seeds of one source. Seeds that left the folder cannot be read again.
        """
        seen = scan(self.preparer.folder)
        with self.store.read() as conn:
            wanted = None if source is None else seeds_of_source(conn, source)
        todo = [
            sighting
            for sighting in seen.sightings
            if self._was_read(sighting) and (wanted is None or sighting.name in wanted)
        ]
        seeds = Counter(self._store_all(todo, progress, again=True))
        return PassResult(len(todo), 0, dict(sorted(seeds.items())))

    def _was_read(self, sighting: Sighting) -> bool:
        """Whether it is what was read before: one that changed since is for a pass, which knows if it settled."""
        row = self._ledger.get(sighting.name)
        return row is not None and sighting.kind == "file" and sighting.stat_key == (row.size, row.mtime_ns, row.inode)

    def look(self) -> None:
        """Take the first of the two looks that a file needs to be settled."""
        self._sort(scan(self.preparer.folder), settle=True)

    def record(self, *, ok: bool, note: str = "") -> None:
        """Write the heartbeat that `/healthz` and `dateline status` show."""
        with self.store.write() as conn:
            beat(conn, tick(conn, datetime.now(UTC)), ok=ok, note=note)

    def _sort(self, seen: Scan, *, settle: bool) -> tuple[list[Sighting], int, list[LedgerRow]]:
        """Part the names into those to read, the number of those that wait, and new rows of those refused."""
        todo, refused, looks = [], [], {}
        for sighting in seen.sightings:
            row = self._ledger.get(sighting.name)
            look = look_at(sighting, self._looks.get(sighting.name), time.monotonic())
            now = time.monotonic() if settle else float("inf")
            action = decide(sighting, row, look, now, self.preparer.max_bytes)
            if action == READ:
                todo.append(sighting)
            elif action.verb == "reject":
                refused.append(self._row(sighting, "", "rejected", action.reason))
            elif action.verb == "wait":
                looks[sighting.name] = look
        self._looks = looks
        return todo, len(looks), refused

    def _gone(self, seen: Scan) -> list[LedgerRow]:
        here = {sighting.name for sighting in seen.sightings}
        return [
            replace(row, state="gone", reason=f"no longer in the folder{_STAYS if row.state == 'stored' else ''}")
            for name, row in self._ledger.items()
            if row.state != "gone" and name not in here and seen.covers(name)
        ]

    def _remember(self, rows: Sequence[LedgerRow]) -> None:
        if rows:
            with self.store.write() as conn:
                tick(conn, datetime.now(UTC))
                put_rows(conn, rows)
            self._ledger.update({row.name: row for row in rows})
        for row in rows:
            _tell(row, row.state)

    def _store_all(self, todo: Sequence[Sighting], progress: Progress, *, again: bool = False) -> Iterator[str]:
        batch: list[Prepared] = []
        since = time.monotonic()
        for done, sighting in enumerate(todo, start=1):
            if self._stopping:
                break
            batch.append(self.preparer.prepare(sighting, _unknown if again else self._is_known))
            if len(batch) >= _BATCH_SEEDS or time.monotonic() - since > _BATCH_SECONDS:
                yield from self._store_batch(batch, again=again)
                batch, since = [], time.monotonic()
            progress(done, len(todo))
        yield from self._store_batch(batch, again=again)

    def _is_known(self, name: bytes, digest: str) -> bool:
        """Tell whether these bytes need no reading: they are what this seed said last, or a copy of another's.

        A seed that returns to words it had before is read again, since its item must follow it.
        """
        with self.store.read() as conn:
            own = origins_of_seed(conn, name)
            return any(origin.digest == digest for origin in own) if own else bool(origins_of_digest(conn, digest))

    def _store_batch(self, batch: Sequence[Prepared], *, again: bool) -> list[str]:
        """Store a batch in one transaction; a seed that the database refuses does not take the others with it."""
        if not batch:
            return []
        with self.store.write() as conn:
            began = tick(conn, datetime.now(UTC))
            stored = [self._store_one(conn, prepared, again=again) for prepared in batch]
            changed = [row for row, _ in stored if row != self._ledger.get(row.name)]
            put_rows(conn, changed)
            date_changes(conn, began, tick(conn, datetime.now(UTC)))
            beat(conn, datetime.now(UTC), ok=True, note="at work")
        self._ledger.update({row.name: row for row in changed})
        for row, result in stored:
            if row in changed:
                _tell(row, result)
        return [result for row, result in stored if row in changed or result != "unreadable"]

    def _store_one(self, conn: Connection, prepared: Prepared, *, again: bool) -> tuple[LedgerRow, str]:
        state, reason, result = prepared.state, prepared.reason, str(prepared.state)
        if state == "stored":
            try:
                with savepoint(conn):
                    outcome = self._put(conn, prepared, again=again)
                reason, result = outcome.note, outcome.result
            except (RowRefused, ValueError, OverflowError) as error:  # a value that no database takes
                state, reason, result = "rejected", str(error), "rejected"
        return self._row(prepared.sighting, prepared.digest, state, reason), result

    def _put(self, conn: Connection, prepared: Prepared, *, again: bool) -> Outcome:
        name, digest = prepared.sighting.name, prepared.digest
        if not prepared.reports:
            return link_copy(conn, name, digest)
        return Putting(conn, name, digest, datetime.now(UTC), self.parents, again, self.matcher).put(prepared.reports)

    def _row(self, sighting: Sighting, digest: str, state: LedgerState, reason: str) -> LedgerRow:
        """A ledger row; its `last_seen` moves only when something else in it does."""
        now = datetime.now(UTC)
        before = self._ledger.get(sighting.name)
        row = LedgerRow(
            name=sighting.name,
            size=sighting.size,
            mtime_ns=sighting.mtime_ns,
            inode=sighting.inode,
            digest=digest,
            state=state,
            reason=reason,
            first_seen=before.first_seen if before else now,
            last_seen=before.last_seen if before else now,
        )
        return row if row == before else replace(row, last_seen=now)


def _unknown(_name: bytes, _digest: str) -> bool:
    return False


def _tell(row: LedgerRow, result: str) -> None:
    log.info("seed", result=result, name=shown(row.name), **({"reason": row.reason} if row.reason else {}))
