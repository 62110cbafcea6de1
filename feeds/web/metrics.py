"""`/metrics` for Prometheus, where it is switched on: what the store counts, the same from every process."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from feeds.web import site
from feeds.web.health import judge
from storage.ledger import counts
from storage.log import find_feed, list_feeds
from storage.state import get_state
from storage.types import LATEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from storage.engine import Connection

metrics = Blueprint("metrics", __name__)

_TEXT = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus's text format


@metrics.get("/metrics")
def show() -> Response:
    """Every figure; like health, it is never kept by a cache."""
    here = site.current()
    with here.store.read() as conn:
        lines = [line for figure in _figures(conn, here.settings.scan_seconds) for line in figure]
    return Response("\n".join(lines) + "\n", content_type=_TEXT, headers={"Cache-Control": "no-store"})


def _figures(conn: Connection, scan_seconds: float) -> Iterator[Iterator[str]]:
    latest, state = find_feed(conn, LATEST), get_state(conn)
    kinds = {kind: list_feeds(conn, kind) for kind in ("topic", "actor")}
    last = state.last_pass_at.timestamp() if state.last_pass_at else 0
    running = judge(state, datetime.now(UTC), scan_seconds) == "running"
    yield _gauge("items", "Items in the feed of everything.", {"": latest.size if latest else 0})
    yield _gauge("seeds", "Files ever seen, by what became of them.", _labelled("state", counts(conn)))
    yield _gauge("feeds", "Feeds.", _labelled("kind", {kind: len(feeds) for kind, feeds in kinds.items()}))
    lively = {kind: sum(feed.size > 0 for feed in feeds) for kind, feeds in kinds.items()}
    yield _gauge("feeds_with_items", "Feeds that have an item.", _labelled("kind", lively))
    yield _gauge("latest_version", "Visible changes of the feed of everything.", {"": latest.version if latest else 0})
    yield _gauge("last_pass_timestamp_seconds", "When the worker's last pass ended.", {"": last})
    yield _gauge("last_pass_ok", "Whether it succeeded.", {"": int(state.last_pass_ok)})
    yield _gauge("worker_running", "Whether passes go on and succeed.", {"": int(running)})


def _labelled(name: str, values: Mapping[str, int]) -> dict[str, float]:
    return {f'{{{name}="{value}"}}': number for value, number in values.items()}


def _gauge(name: str, about: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP dateline_{name} {about}"
    yield f"# TYPE dateline_{name} gauge"
    for labels, number in values.items():
        yield f"dateline_{name}{labels} {number}"
