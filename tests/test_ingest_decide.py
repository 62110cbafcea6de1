"""Deciding about a name: pure, so every rule is one line here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.ingest.decide import READ, SKIP, WAIT, Action, Look, decide, look_at
from feeds.ingest.scan import FileKind, Sighting
from storage.types import LedgerRow, LedgerState
from tests.builders import NOON

FILE = Sighting(b"a.txt", "file", 10, 20, 30)
LIMIT = 1000


def row(state: LedgerState = "stored", **stat: int) -> LedgerRow:
    known = {"size": 10, "mtime_ns": 20, "inode": 30} | stat
    return LedgerRow(b"a.txt", **known, digest="d", state=state, reason="", first_seen=NOON, last_seen=NOON)


def settled(sighting: Sighting = FILE, ledger: LedgerRow | None = None) -> Action:
    return decide(sighting, ledger, look_at(sighting, None, 100.0), 101.0, LIMIT)


def test_a_new_file_waits_for_a_second_look_a_second_later() -> None:
    look = look_at(FILE, None, 100.0)
    assert decide(FILE, None, look, 100.0, LIMIT) == WAIT
    assert decide(FILE, None, look, 100.9, LIMIT) == WAIT
    assert decide(FILE, None, look, 101.0, LIMIT) == READ


@pytest.mark.parametrize("change", [{"size": 11}, {"mtime_ns": 21}, {"inode": 31}])
def test_a_file_that_changed_between_the_looks_starts_anew(change: dict[str, int]) -> None:
    first = look_at(FILE, None, 100.0)
    changed = Sighting(b"a.txt", "file", **({"size": 10, "mtime_ns": 20, "inode": 30} | change))
    second = look_at(changed, first, 101.5)
    assert second.since == 101.5
    assert decide(changed, None, second, 101.5, LIMIT) == WAIT


def test_an_unchanged_file_keeps_its_first_look() -> None:
    assert look_at(FILE, Look(10, 20, 30, since=1.0), 99.0).since == 1.0


@pytest.mark.parametrize("state", ["stored", "rejected"])
def test_what_the_ledger_knows_is_not_read_again(state: LedgerState) -> None:
    assert settled(ledger=row(state)) == SKIP


@pytest.mark.parametrize("state", ["unreadable", "gone"])
def test_what_could_not_be_read_or_came_back_is_read(state: LedgerState) -> None:
    assert settled(ledger=row(state)) == READ


def test_a_touched_or_replaced_file_is_read() -> None:
    assert settled(ledger=row(mtime_ns=19)) == READ
    assert settled(ledger=row(inode=29)) == READ


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("symbolic link", "a symbolic link; only regular files are read"),
        ("named pipe", "a named pipe; only regular files are read"),
        ("socket", "a socket; only regular files are read"),
        ("device", "a device; only regular files are read"),
        ("folder", "a folder with the name of an article"),
        ("closed folder", "a folder that cannot be listed"),
    ],
)
def test_what_is_no_regular_file_is_refused_with_its_kind(kind: FileKind, words: str) -> None:
    action = settled(replace(FILE, kind=kind))
    assert action.verb == "reject"
    assert action.reason.startswith(words)


def test_a_large_file_is_refused_with_the_limit() -> None:
    assert settled(replace(FILE, size=1001)) == Action(
        "reject", "1,001 bytes; the limit is 1,000 (DATELINE_MAX_SEED_BYTES)"
    )
    assert settled(replace(FILE, size=1000)) == READ
