"""One moment of the store for as long as a job takes: every read inside sees the same."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.engine import Connection


@dataclass(frozen=True)
class _Snapshot(Store):
    connection: Connection | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give the one connection again, which only one thread may use."""
        assert self.connection is not None  # noqa: S101 - `snapshot` gives it
        yield self.connection


@contextmanager
def snapshot(store: Store) -> Iterator[Store]:
    """Give a store whose reads all belong together, whatever is written meanwhile; for one thread.

    Raises:
        StoreUnreachable: as from `Store.read`.

    """
    with store.read() as connection:
        yield _Snapshot(store.engine, store.turn, connection)
