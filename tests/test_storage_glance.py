from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import create_engine

from storage.engine import Store
from storage.glance import Glances
from storage.schema import EPOCH
from storage.state import get_state
from tests.builders import add_item, later, report, tag, uuid_of
from tests.web_samples import fill

if TYPE_CHECKING:
    from pathlib import Path


def test_a_glance_shows_what_was_committed_last(store: Store) -> None:
    fill(store)
    glances = Glances(store)
    before = glances.glance(("actor", "south-korea"))
    assert before is not None
    add_item(store, report("Seoul", tags=(tag("actor", "south-korea"),)), uuid=uuid_of(7), at=later(90))
    after = glances.glance(("actor", "south-korea"))
    assert after is not None
    assert (after.store_id, after.version) == (before.store_id, 2)
    assert before.version == 1
    with store.read() as conn:
        state = get_state(conn)
    assert (after.store_id, after.clock) == (state.store_id, (state.clock - EPOCH).total_seconds() * 1e6)


def test_what_is_written_between_two_glances_is_seen(sqlite_store: Store) -> None:
    """By each of the connections that glance, whoever writes, and whichever feed they looked at before."""
    fill(sqlite_store)
    glances = Glances(sqlite_store)
    for number in range(3):
        add_item(sqlite_store, report("Seoul", tags=(tag("actor", "south-korea"),)), uuid=uuid_of(10 + number))
        for _ in range(2):
            stamps = [glances.glance(feed) for feed in (("actor", "south-korea"), ("latest", ""), ("", ""))]
            assert [stamp and stamp.version for stamp in stamps] == [2 + number, 4 + number, None]
            assert len({stamp and stamp.clock for stamp in stamps}) == 1


def test_what_is_no_feed_has_no_version(store: Store) -> None:
    fill(store)
    stamp = Glances(store).glance(("actor", "nobody"))
    assert stamp is not None
    assert stamp.version is None


def test_glances_from_many_threads(store: Store) -> None:
    fill(store)
    glances = Glances(store)
    with ThreadPoolExecutor(8) as pool:
        seen = set(pool.map(lambda _: glances.glance(("actor", "marco-rubio")), range(400)))
    assert len(seen - {None}) == 1


def test_a_store_that_is_gone_shows_nothing(store: Store) -> None:
    fill(store)
    glances = Glances(store)
    assert glances.glance(("", "")) is not None
    store.dispose()  # closes what the glances had open
    assert glances.glance(("", "")) is not None


def test_a_store_that_cannot_be_opened_shows_nothing(tmp_path: Path) -> None:
    assert Glances(Store(create_engine(f"sqlite:///{tmp_path}/none/x.db"))).glance(("", "")) is None
    assert Glances(Store(create_engine(f"sqlite:///{tmp_path}/empty.db"))).glance(("", "")) is None
