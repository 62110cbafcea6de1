from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from feeds.settings import Settings
from feeds.web.app import create_app
from feeds.web.health import judge
from storage.errors import StoreUnreachable
from storage.state import State, beat
from tests.test_web_errors import broken
from tests.web_samples import BASE, client_for

if TYPE_CHECKING:
    from storage.engine import Store

NOW = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)


def state(last: datetime | None, *, ok: bool = True) -> State:
    return State(store_id="0", clock=NOW, last_pass_at=last, last_pass_ok=ok, last_pass_note="")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, "never"),
        (NOW, "running"),
        (NOW - timedelta(seconds=15), "running"),
        (NOW - timedelta(seconds=15.1), "silent"),
        (NOW + timedelta(seconds=15), "running"),  # the clocks of two machines differ
        (NOW + timedelta(seconds=15.1), "silent"),  # the clock was set back: it would look alive until it is caught up
    ],
)
def test_three_missed_scans_are_silence(last: datetime | None, expected: str) -> None:
    assert judge(state(last), NOW, scan_seconds=5) == expected


def test_a_pass_that_failed_is_failing_until_it_is_silent() -> None:
    assert judge(state(NOW, ok=False), NOW, scan_seconds=5) == "failing"
    assert judge(state(NOW - timedelta(minutes=1), ok=False), NOW, scan_seconds=5) == "silent"


def test_health_tells_silence_from_rest(store: Store) -> None:
    client = client_for(store)
    fresh = client.get("/healthz")
    assert (fresh.status_code, fresh.headers["Cache-Control"]) == (200, "no-store")
    assert fresh.get_json() == {
        "status": "degraded",
        "store": "readable",
        "worker": "never",
        "last_pass_at": None,
        "last_pass_ok": True,
        "feeds": {},
    }
    assert client.get("/healthz?strict=1").status_code == 503
    with store.write() as conn:
        beat(conn, datetime.now(UTC), ok=False, note="a secret path")
    for query, status in (("", 200), ("?strict=1", 503)):
        now = client.get(f"/healthz{query}")
        assert now.status_code == status
        assert {key: now.get_json()[key] for key in ("status", "worker", "last_pass_ok")} == {
            "status": "degraded",
            "worker": "failing",
            "last_pass_ok": False,
        }
        assert b"secret" not in now.data
    with store.write() as conn:
        beat(conn, datetime.now(UTC), ok=True)
    well = client.get("/healthz?strict=1")
    assert (well.status_code, well.get_json()["status"], well.get_json()["worker"]) == (200, "ok", "running")
    with store.write() as conn:
        beat(conn, datetime.now(UTC) - timedelta(minutes=1), ok=True)
    assert client.get("/healthz").get_json()["worker"] == "silent"
    strict = client.get("/healthz?strict=1")
    assert (strict.status_code, strict.get_json()["status"]) == (503, "degraded")


def test_an_unreadable_store_is_503_without_its_secrets() -> None:
    client = create_app(Settings(base_url=BASE), broken(StoreUnreachable("password=secret"))).test_client()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json() == {"status": "degraded", "store": "unreachable", "worker": "unknown"}
