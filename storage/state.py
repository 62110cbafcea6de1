"""The one row that says who this store is: its id, its strictly rising clock, its counters, the worker's heartbeat."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from storage.schema import EPOCH, store

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column
    from sqlalchemy.engine import Connection

_NEVER_SHOWN = "never shown"
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class State:
    """What `store` says. `store_id` is new on creation and on restore, so that no validator of an old life matches.

    `settings` is the digest of what shows in the feeds, as the web that started last shows it, since `settings_since`.
    """

    store_id: str
    clock: datetime
    last_pass_at: datetime | None
    last_pass_ok: bool
    last_pass_note: str
    settings: str = ""
    settings_since: datetime = EPOCH


_STATE = select(*(store.c[each.name] for each in fields(State)))  # asked for every answer, so put together once


def create_state(conn: Connection, now: datetime) -> None:
    """Write the first and only row."""
    conn.execute(
        insert(store).values(
            id=1,
            store_id=secrets.token_hex(16),
            clock=now,
            last_item=0,
            last_feed=0,
            last_pass_at=None,
            last_pass_ok=True,
            last_pass_note="",
            settings=_NEVER_SHOWN,
            settings_since=now,
        )
    )


def get_state(conn: Connection) -> State:
    """Read the row."""
    return State(*conn.execute(_STATE).one())


def tick(conn: Connection, now: datetime) -> datetime:
    """Advance the store's clock and return it: `now`, or one microsecond after the last change if `now` is behind.

    It is the first statement of every writing transaction: on PostgreSQL the row it locks puts writers in a queue.
    """
    last: datetime = conn.execute(select(store.c.clock).with_for_update()).scalar_one()
    moment = max(now, last + _TICK)
    conn.execute(update(store).values(clock=moment))
    return moment


def next_item_id(conn: Connection) -> int:
    """Count one item more."""
    return _count(conn, store.c.last_item, 1)


def next_feed_ids(conn: Connection, number: int) -> range:
    """Count so many feeds more."""
    last = _count(conn, store.c.last_feed, number)
    return range(last - number + 1, last + 1)


def _count(conn: Connection, column: Column[int], number: int) -> int:
    return conn.execute(update(store).values({column: column + number}).returning(column)).scalar_one()


def beat(conn: Connection, at: datetime, *, ok: bool, note: str = "") -> None:
    """Record that a pass ended, and how: `/healthz` tells silence from rest by it."""
    conn.execute(update(store).values(last_pass_at=at, last_pass_ok=ok, last_pass_note=note))


def note_settings(conn: Connection, settings: str, at: datetime) -> None:
    """Remember that feeds are shown by these settings since `at`, or always if nobody showed it before."""
    old = conn.execute(select(store.c.settings)).scalar_one()
    since = {} if old == _NEVER_SHOWN else {"settings_since": at}
    if old != settings:
        conn.execute(update(store).values(settings=settings, **since))
