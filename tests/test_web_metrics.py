from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storage.state import beat
from tests.web_samples import client_for, fill

if TYPE_CHECKING:
    from storage.engine import Store


def test_metrics_are_off_unless_switched_on(sqlite_store: Store) -> None:
    client = client_for(sqlite_store)
    for headers in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "localhost"}):
        assert client.get("/metrics", headers=headers).status_code == 404


def test_metrics_say_what_the_store_counts(store: Store) -> None:
    fill(store)
    moment = datetime.now(UTC)
    with store.write() as conn:
        beat(conn, moment, ok=True)
    answer = client_for(store, metrics=True).get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = answer.get_data(as_text=True).splitlines()
    assert {
        "# HELP dateline_items Items in the feed of everything.",
        "# TYPE dateline_items gauge",
        "dateline_items 2",
        'dateline_feeds{kind="topic"} 2',
        'dateline_feeds_with_items{kind="actor"} 1',
        f"dateline_last_pass_timestamp_seconds {moment.timestamp()}",
        "dateline_last_pass_ok 1",
        "dateline_worker_running 1",
    } <= set(lines)


def test_metrics_of_a_store_that_was_never_filled(store: Store) -> None:
    lines = client_for(store, metrics=True).get("/metrics").get_data(as_text=True).splitlines()
    assert {"dateline_items 0", "dateline_last_pass_timestamp_seconds 0", "dateline_worker_running 0"} <= set(lines)
