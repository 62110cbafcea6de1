"""Nothing missed: however long a poller sleeps, each way alone ends with exactly what the store holds.

The same month is lived small, with small blocks, in the fast suite, and in full by `make slow`. `RULES` are the rules
of the log that make it so; with any one of them switched off a poller goes wrong, and the test would say so.
"""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import delete, select, update

import storage.history
import storage.log
import storage.moving
from feeds.syndication.document import Paging
from feeds.web.answers import Version, answer, answer_written
from storage import schema
from tests.months import BEGIN, DAYS, FULL, Month, Size, wakings
from tests.pollers import AtomWalker, CursorReader, JsonWalker, LazyReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from flask import Response

    from storage.engine import Connection, Store
    from tests.months import Act
    from tests.pollers import Poller

SMALL = Size(daily=2, imported=50, retagged=25)
LONGEST_SLEEP = 20  # days
_log = schema.feed_entries.c


def few() -> list[Poller]:
    """One poller of each way."""
    return [AtomWalker(by_date=True), JsonWalker(), LazyReader(), CursorReader()]


def live(store: Store, folder: Path, size: Size, seed: int, pollers: Sequence[Poller]) -> None:
    """Live a month beside pollers, each asleep and awake as chance will, and compare whenever one has polled."""
    with time_machine.travel(BEGIN, tick=False) as travel:
        month = Month(store, folder, size, seed)
        diary = month.plan()
        for poller in pollers:
            diary += _days_of(poller, month)
        for moment, act in sorted(diary, key=lambda each: each[0]):
            travel.move_to(moment, tick=False)
            act()


def _days_of(poller: Poller, month: Month) -> Iterator[Act]:
    """When a poller wakes: by chance, just before items leave and before the store is lost, and at the end."""

    def wake() -> None:
        if isinstance(poller, LazyReader) and month.life == 2:  # it cannot know that the past is another one
            poller.kept.clear()
        poller.poll(month.client())
        compare(poller, month)

    draw = random.Random(f"{month.seed} {poller}")
    for moment in wakings(draw, LONGEST_SLEEP):
        yield moment, wake
        if draw.random() < 0.3:
            yield from _within_a_second(moment + timedelta(minutes=5), month, wake, draw)
    for turn in (month.narrows_at, month.lost_at):
        yield turn - timedelta(minutes=1), wake
    yield BEGIN + timedelta(days=DAYS + 1), wake


def _within_a_second(moment: datetime, month: Month, wake: Callable[[], None], draw: random.Random) -> Iterator[Act]:
    """A change, a poll and a change within one second, and a poll soon after."""
    half = moment.replace(microsecond=500_000)
    yield half - timedelta(milliseconds=200), lambda: month.arrive("Minister")
    yield half, wake
    yield half + timedelta(milliseconds=200), draw.choice([month.retract, lambda: month.arrive("Minister")])
    yield half + timedelta(seconds=10), wake


def compare(poller: Poller, month: Month) -> None:
    truth = month.truth()
    if isinstance(poller, LazyReader):  # it is not told what only left this feed
        held = {guid: title for guid, title in poller.held.items() if guid in truth or guid in month.gone()}
    else:
        held = poller.held
    if held != truth:
        raise Missed(type(poller).__name__, len(truth.keys() - held.keys()), len(held.keys() - truth.keys()))


class Missed(AssertionError):  # noqa: N818
    """A poller does not hold what it must: its kind, how many items it lacks, how many it has too many."""


@pytest.mark.slow
@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", [1])
def test_nothing_is_missed_in_a_small_month(sqlite_store: Store, tmp_path: Path, seed: int) -> None:
    live(sqlite_store, tmp_path, SMALL, seed, few())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_missed_in_a_month(sqlite_store: Store, tmp_path: Path, seed: int) -> None:
    live(sqlite_store, tmp_path, FULL, seed, [*few(), AtomWalker(), JsonWalker(by_date=True), CursorReader(500)])


def no_new_place_for_revisions(patch: pytest.MonkeyPatch) -> None:
    """A revised article would stay where it is, with a new version of its feeds."""
    real = storage.log.place_item
    patch.setattr("feeds.ingest.put.place_item", lambda *args, **told: real(*args, **(told | {"revised": False})))


def no_new_place_for_late_arrivals(patch: pytest.MonkeyPatch) -> None:
    """Old items that a retag brings in would stand below everything, by their age."""
    real = storage.moving.move_items

    def below(conn: Connection, wanted: Any, at: datetime) -> None:
        before = set(conn.execute(select(_log.feed_id, _log.item_id)).all())
        real(conn, wanted, at)
        for feed_id, item_id in set(conn.execute(select(_log.feed_id, _log.item_id)).all()) - before:
            row = (_log.feed_id == feed_id) & (_log.item_id == item_id)
            conn.execute(update(schema.feed_entries).where(row).values(position=-item_id))

    patch.setattr("feeds.ingest.retag.move_items", below)


def no_place_for_departures(patch: pytest.MonkeyPatch) -> None:
    """Who leaves would be dropped from the log."""
    real = storage.moving._move

    def drop(conn: Connection, feed_id: int, moves: list[tuple[int, bool]], at: datetime) -> None:
        real(conn, feed_id, moves, at)
        conn.execute(delete(schema.feed_entries).where(_log.feed_id == feed_id, _log.state == 1))

    patch.setattr("storage.moving._move", drop)


def no_tombstones(patch: pytest.MonkeyPatch) -> None:
    """A retracted item would leave no trace in window and archives."""
    patch.setattr("feeds.web.history.tombstones", lambda *_: ())


def no_tombstones_after_cursors(patch: pytest.MonkeyPatch) -> None:
    """A program that asks since= would hear of arrivals alone."""
    real = storage.history.since
    patch.setattr("feeds.web.history.since", lambda *args: (real(*args)[0], (), real(*args)[2]))


def no_new_version(patch: pytest.MonkeyPatch) -> None:
    """A retraction would leave the validators as they are."""
    real = storage.log.take_out

    def quietly(conn: Connection, item_id: int, at: datetime) -> None:
        before = conn.execute(select(schema.feeds)).all()
        real(conn, item_id, at)
        for row in before:
            old = {"version": row.version, "changed_at": row.changed_at}
            conn.execute(update(schema.feeds).where(schema.feeds.c.id == row.id).values(old))

    patch.setattr("feeds.ingest.retraction.take_out", quietly)


def no_whole_window(patch: pytest.MonkeyPatch) -> None:
    """The window would hold the newest entries only, and a gap would open before the first archive."""
    real = storage.log.window
    patch.setattr("feeds.web.history.window", lambda conn, feed: real(conn, feed, storage.log.WINDOW))


def no_way_from_archive_to_archive(patch: pytest.MonkeyPatch) -> None:
    """Each archive would be the last."""

    def alone(**told: Any) -> Paging:
        return Paging(**(told | {"previous": None} if told.get("archive") else told))

    patch.setattr("feeds.web.history.Paging", alone)


def no_validator_of_bytes_for_archives(patch: pytest.MonkeyPatch) -> None:
    """An archive would be taken for immutable."""

    def immutable(path: str, media_type: str, make: Callable[[], bytes], *links: tuple[str, ...]) -> Response:
        if "/archive/" not in path:
            return answer_written(path, media_type, make, *links)
        return answer(Version(path, media_type, 'W/"1"'), make)

    patch.setattr("feeds.web.history.answer_written", immutable)


def no_next_page(patch: pytest.MonkeyPatch) -> None:
    """A page after a cursor would claim to be the last."""
    real = storage.history.since
    patch.setattr("feeds.web.history.since", lambda *args: (*real(*args)[:2], args[1].head))


def no_new_life_after_a_restore(patch: pytest.MonkeyPatch) -> None:
    """A backup would go on with the id of the store that died."""
    patch.setattr("tests.months.load", lambda path, url: shutil.copy(path, url.removeprefix("sqlite:///")))


def no_held_back_last_modified(patch: pytest.MonkeyPatch) -> None:
    """Last-Modified would be given out while its second lasts."""
    changed = lambda feed, state, *_: max(feed.changed_at, state.settings_since).replace(microsecond=0)  # noqa: E731
    patch.setattr("feeds.syndication.validators.last_modified", changed)


RULES = [
    no_new_place_for_revisions, no_new_place_for_late_arrivals, no_place_for_departures, no_tombstones,
    no_tombstones_after_cursors, no_new_version, no_whole_window, no_way_from_archive_to_archive,
    no_validator_of_bytes_for_archives, no_next_page, no_new_life_after_a_restore, no_held_back_last_modified,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("switch_off", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_is_needed(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, switch_off: Callable[[Any], None]
) -> None:
    switch_off(monkeypatch)
    with pytest.raises(Missed):
        live(sqlite_store, tmp_path, SMALL, 1, few())
