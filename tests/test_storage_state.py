"""The store's own row: counters that roll back, and the heartbeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.state import beat, get_state, next_feed_ids, next_item_id
from tests.builders import NOON

if TYPE_CHECKING:
    from storage.engine import Store


def test_ids_are_counted_without_a_gap(store: Store) -> None:
    with store.write() as conn:
        assert [next_item_id(conn), next_item_id(conn)] == [1, 2]
        assert [*next_feed_ids(conn, 1), *next_feed_ids(conn, 3)] == [1, 2, 3, 4]
    with pytest.raises(RuntimeError), store.write() as conn:
        next_item_id(conn)
        raise RuntimeError
    with store.write() as conn:
        assert next_item_id(conn) == 3, "a failed transaction gives its number back"


def test_the_heartbeat_says_when_and_how(store: Store) -> None:
    with store.read() as conn:
        assert get_state(conn).last_pass_at is None
    with store.write() as conn:
        beat(conn, NOON, ok=False, note="the folder is gone")
    with store.read() as conn:
        state = get_state(conn)
    assert (state.last_pass_at, state.last_pass_ok, state.last_pass_note) == (NOON, False, "the folder is gone")
