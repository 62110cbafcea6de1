"""`/healthz`: whether the store can be read, and whether the worker still passes over the folder; no secrets."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request

from feeds.web import site
from storage.errors import StorageError
from storage.state import get_state

if TYPE_CHECKING:
    from flask import Response

    from storage.state import State

health = Blueprint("health", __name__)

_PERIODS = 3  # scans that a worker may miss before it counts as silent


@health.get("/healthz")
def healthz() -> Response:
    """Answer 200 while the store can be read; with `?strict=1` a silent worker is a 503 too."""
    here = site.current()
    try:
        with here.store.read() as conn:
            state = get_state(conn)
    except StorageError:
        return _say(HTTPStatus.SERVICE_UNAVAILABLE, store="unreachable", worker="unknown")
    worker = judge(state, datetime.now(UTC), here.settings.scan_seconds)
    bad = worker != "running" and request.args.get("strict") == "1"
    return _say(
        HTTPStatus.SERVICE_UNAVAILABLE if bad else HTTPStatus.OK,
        store="readable",
        worker=worker,
        last_pass_at=state.last_pass_at.isoformat() if state.last_pass_at else None,
        last_pass_ok=state.last_pass_ok,
    )


def judge(state: State, now: datetime, scan_seconds: float) -> str:
    """Tell `running` from `silent` (no pass ended in three scan periods) and `never` (none ever ended)."""
    if state.last_pass_at is None:
        return "never"
    silence = (now - state.last_pass_at).total_seconds()
    return "silent" if silence > _PERIODS * scan_seconds else "running"


def _say(status: HTTPStatus, **facts: str | bool | None) -> Response:
    reply = jsonify(status="ok" if status == HTTPStatus.OK else "degraded", **facts)
    reply.status_code = status.value
    reply.headers["Cache-Control"] = "no-store"
    return reply
