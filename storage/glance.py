"""A glance at the store, as cheap as can be: whose life it is in, what its clock says, which version a feed has.

The web server glances once before each answer that it gives from memory, so it must cost microseconds: connections are
kept outside the pool, one statement is asked without a transaction around it, and of SQLite only whether anybody
committed since.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as PoolTimeout

if TYPE_CHECKING:
    from storage.engine import Store

_QUERY = "SELECT store_id, clock, (SELECT version FROM feeds WHERE kind = {0} AND slug = {0}) FROM store"
_MOST = 4_096  # feeds seen that a connection remembers


class Stamp(NamedTuple):
    """What was committed at one moment; `clock` is in microseconds, `version` is None where there is no such feed.

    `mark` is what an answer hangs on: the store's life, and the feed's version, or the clock where there is no feed.
    """

    store_id: str
    clock: int
    version: int | None
    mark: tuple[str, int]


class _Link:
    """A connection, and what it saw since another one committed; it never writes itself."""

    __slots__ = ("dbapi", "moment", "seen")

    def __init__(self, dbapi: Any) -> None:
        self.dbapi = dbapi
        self.moment: Any = None
        self.seen: dict[tuple[str, str], Stamp] = {}


class Glances:
    """Takes glances from any thread."""

    def __init__(self, store: Store) -> None:
        self._engine = store.engine
        self._sqlite = store.engine.dialect.name == "sqlite"
        self._query = _QUERY.format("?" if self._sqlite else "%s")
        self._error: type[Exception] = store.engine.dialect.loaded_dbapi.Error
        self._idle: deque[_Link] = deque()
        event.listen(store.engine, "engine_disposed", self._close)

    def glance(self, feed: tuple[str, str]) -> Stamp | None:
        """Look once at a kind and a slug; None where the database does not answer in the ordinary way: ask properly."""
        try:
            link = self._idle.pop() if self._idle else self._open()
        except (self._error, PoolTimeout, IndexError):  # the last: another thread was quicker to the last idle one
            return None
        try:
            stamp = self._seen(link, feed) or self._look(link, feed)
        except self._error:
            link.dbapi.close()
            return None
        self._idle.append(link)
        return stamp

    def _seen(self, link: _Link, feed: tuple[str, str]) -> Stamp | None:
        """What the link saw of the feed, if nobody committed since (https://sqlite.org/pragma.html#pragma_data_version).

        It is asked first: what is committed before the look that follows is seen, and then seen once more.
        """
        if not self._sqlite:
            return None
        moment = link.dbapi.execute("PRAGMA data_version").fetchone()
        if moment == link.moment:
            return link.seen.get(feed)
        link.moment = moment
        link.seen.clear()
        return None

    def _look(self, link: _Link, feed: tuple[str, str]) -> Stamp | None:
        row = link.dbapi.execute(self._query, feed).fetchone()
        if row is None:
            return None
        store_id, clock, version = row
        stamp = Stamp(store_id, clock, version, (store_id, clock if version is None else version))
        if self._sqlite and len(link.seen) < _MOST:
            link.seen[feed] = stamp
        return stamp

    def _open(self) -> _Link:
        pooled = self._engine.raw_connection()
        pooled.detach()
        dbapi: Any = pooled.dbapi_connection
        if not self._sqlite:
            dbapi.rollback()
            dbapi.autocommit = True
        return _Link(dbapi)

    def _close(self, _engine: object) -> None:
        while self._idle:
            self._idle.pop().dbapi.close()
