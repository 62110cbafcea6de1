"""One writer at a time, and a lock that dies with its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage.engine import connect
from storage.errors import StoreBusy, StoreUnreachable
from storage.lock import writer_lock
from storage.migrate import open_store

if TYPE_CHECKING:
    from storage.engine import Store

HOLDER = """
import sys, time
from storage.lock import writer_lock
from storage.migrate import open_store
with writer_lock(open_store(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_worker_is_told_to_wait(store: Store, store_url: str) -> None:
    other = open_store(store_url)
    with writer_lock(store), pytest.raises(StoreBusy, match="another worker is running"), writer_lock(other):
        pytest.fail("two writers")
    with writer_lock(other):
        pass
    other.dispose()


def test_the_lock_of_a_killed_worker_is_free_at_once(store: Store, store_url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, store_url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusy), writer_lock(store):
            pytest.fail("two writers")
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    for _ in range(100):  # a server notices a lost session a moment later
        try:
            with writer_lock(store):
                return
        except StoreBusy:
            pass
    pytest.fail("the lock outlived its holder")


DROP_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"


def test_a_session_that_the_server_dropped_holds_the_lock_no_more(store: Store, store_url: str) -> None:
    other = open_store(store_url)
    with writer_lock(store) as still_held:
        assert still_held()
        if other.sqlite_path is None:
            with other.write() as conn:
                conn.execute(text(DROP_OTHERS))
            assert not still_held()
            with writer_lock(other) as held_by_other:
                assert held_by_other()
                assert not still_held()
    with writer_lock(store) as still_held:
        assert still_held()
    other.dispose()


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    nowhere = connect("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StoreUnreachable, match="does not answer"), writer_lock(nowhere):
        pytest.fail("a lock on nothing")
