"""`/healthz`: whether the store can be read, whether the worker's passes succeed, which feeds are ill; no secrets."""

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
    """Answer 200 while the store can be read; with `?strict=1` a worker that is not running is a 503 too."""
    here = site.current()
    try:
        with here.store.read() as conn:
            state = get_state(conn)
    except StorageError:
        return _say(HTTPStatus.SERVICE_UNAVAILABLE, status="degraded", store="unreachable", worker="unknown")
    worker = judge(state, datetime.now(UTC), here.settings.scan_seconds)
    faults = here.faults.shown()
    well = worker == "running"
    return _say(
        HTTPStatus.OK if well or request.args.get("strict") != "1" else HTTPStatus.SERVICE_UNAVAILABLE,
        status="ok" if well and not faults else "degraded",
        store="readable",
        worker=worker,
        last_pass_at=state.last_pass_at.isoformat() if state.last_pass_at else None,
        last_pass_ok=state.last_pass_ok,
        feeds=faults,
    )


def judge(state: State, now: datetime, scan_seconds: float) -> str:
    """Tell how the worker is: `running`, `failing`, `silent` or `never`.

    `silent`: no pass ended within three scan periods of now, before it or (clocks go wrong) after it; `failing`: the
    last one did not succeed; `never`: none ever ended.
    """
    if state.last_pass_at is None:
        return "never"
    if abs((now - state.last_pass_at).total_seconds()) > _PERIODS * scan_seconds:
        return "silent"
    return "running" if state.last_pass_ok else "failing"


def _say(code: HTTPStatus, **facts: object) -> Response:
    reply = jsonify(**facts)
    reply.status_code = code.value
    reply.headers["Cache-Control"] = "no-store"
    return reply
