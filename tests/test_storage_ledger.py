"""The ledger and the origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.ledger import (
    Origin,
    counts,
    origins_of,
    origins_of_digest,
    origins_of_seed,
    put_origins,
    put_rows,
    read_ledger,
    rejected,
)
from storage.types import LedgerRow
from tests.builders import NOON, add_item, later, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store


def row(name: bytes, state: str = "stored", reason: str = "") -> LedgerRow:
    return LedgerRow(name, 10, 2**62, 2**40, "d" * 64, state, reason, NOON, later(1))  # type: ignore[arg-type]


def test_a_name_of_any_bytes_survives(store: Store) -> None:
    names = [b"plain.txt", b"new\nline.txt", b"bad \xff\xfe.txt", "한글.txt".encode(), b"x" * 255]
    with store.write() as conn:
        put_rows(conn, [row(name) for name in names])
    with store.read() as conn:
        assert read_ledger(conn) == {name: row(name) for name in names}


def test_a_row_takes_the_place_of_the_one_before(store: Store) -> None:
    with store.write() as conn:
        put_rows(conn, [row(b"a", "rejected", "empty"), row(b"b")])
        put_rows(conn, [row(b"a")])
    with store.read() as conn:
        assert counts(conn) == {"stored": 2}
        assert rejected(conn) == ()


def test_rejections_keep_their_reasons(store: Store) -> None:
    with store.write() as conn:
        put_rows(conn, [row(b"a", "rejected", "empty"), row(b"b", "unreadable", "no permission"), row(b"c")])
    with store.read() as conn:
        assert [(one.name, one.reason) for one in rejected(conn)] == [(b"a", "empty"), (b"b", "no permission")]


def test_what_a_seed_said_before_stays_on_record(store: Store) -> None:
    name_subjects(store)
    first = add_item(store, report("One"), uuid=uuid_of(1))
    second = add_item(store, report("Two"), uuid=uuid_of(2))
    old = Origin(b"a", 0, "old", first.id, current=True)
    new = Origin(b"a", 0, "new", second.id, current=True)
    with store.write() as conn:
        put_origins(conn, b"a", [old])
        put_origins(conn, b"a", [new])
        put_origins(conn, b"b", [Origin(b"b", 0, "old", first.id, current=True)])
    with store.read() as conn:
        assert origins_of_seed(conn, b"a") == (new,)
        assert [(one.seed, one.current) for one in origins_of(conn, first.id)] == [(b"a", False), (b"b", True)]
        assert {one.item_id for one in origins_of_digest(conn, "old")} == {first.id}
