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


def state(last: datetime | None) -> State:
    return State(store_id="0", clock=NOW, last_pass_at=last, last_pass_ok=True, last_pass_note="")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, "never"),
        (NOW, "running"),
        (NOW - timedelta(seconds=15), "running"),
        (NOW - timedelta(seconds=15.1), "silent"),
        (NOW + timedelta(hours=1), "running"),  # the clocks of two machines differ
    ],
)
def test_three_missed_scans_are_silence(last: datetime | None, expected: str) -> None:
    assert judge(state(last), NOW, scan_seconds=5) == expected


def test_health_tells_silence_from_rest(store: Store) -> None:
    client = client_for(store)
    fresh = client.get("/healthz")
    assert (fresh.status_code, fresh.headers["Cache-Control"]) == (200, "no-store")
    assert fresh.get_json() == {
        "status": "ok",
        "store": "readable",
        "worker": "never",
        "last_pass_at": None,
        "last_pass_ok": True,
    }
    assert client.get("/healthz?strict=1").status_code == 503
    with store.write() as conn:
        beat(conn, datetime.now(UTC), ok=False, note="a secret path")
    now = client.get("/healthz?strict=1")
    assert (now.status_code, now.get_json()["worker"], now.get_json()["last_pass_ok"]) == (200, "running", False)
    assert b"secret" not in now.data
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
