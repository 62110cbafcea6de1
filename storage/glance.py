"""A glance at the store, as cheap as can be: whose life it is in, what its clock says, which version a feed has.

The web server glances once before each answer that it gives from memory, so it must cost microseconds: connections are
kept outside the pool, and one statement is asked without a transaction around it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as PoolTimeout

if TYPE_CHECKING:
    from storage.engine import Store

_QUERY = "SELECT store_id, clock, (SELECT version FROM feeds WHERE kind = {0} AND slug = {0}) FROM store"


class Stamp(NamedTuple):
    """What was committed at one moment; `clock` is in microseconds, `version` is None where there is no such feed."""

    store_id: str
    clock: int
    version: int | None


class Glances:
    """Takes glances from any thread."""

    def __init__(self, store: Store) -> None:
        self._engine = store.engine
        self._query = _QUERY.format("?" if store.engine.dialect.name == "sqlite" else "%s")
        self._error: type[Exception] = store.engine.dialect.loaded_dbapi.Error
        self._idle: deque[Any] = deque()
        event.listen(store.engine, "engine_disposed", self._close)

    def glance(self, kind: str, slug: str) -> Stamp | None:
        """Look once; None where the database does not answer, or not in the ordinary way: ask it properly then."""
        try:
            link = self._idle.pop() if self._idle else self._open()
        except (self._error, PoolTimeout, IndexError):  # the last: another thread was quicker to the last idle one
            return None
        try:
            row = link.execute(self._query, (kind, slug)).fetchone()
        except self._error:
            link.close()
            return None
        self._idle.append(link)
        return None if row is None else Stamp._make(row)

    def _open(self) -> Any:
        pooled = self._engine.raw_connection()
        pooled.detach()
        link: Any = pooled.dbapi_connection
        if self._engine.dialect.name == "postgresql":
            link.rollback()
            link.autocommit = True
        return link

    def _close(self, _engine: object) -> None:
        while self._idle:
            self._idle.pop().close()
