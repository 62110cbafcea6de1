"""How long the first poll after a change takes: the new version is read, rendered and compressed."""

from __future__ import annotations

import statistics
import tempfile
import time
from typing import TYPE_CHECKING

from benchmarks.serve_setup import fill, made
from feeds.settings import Settings
from feeds.web.app import create_app
from storage.items import find_item
from storage.migrate import upgrade
from tests.builders import change_item, later, tag, uuid_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHANGES = 20


def rendering(sizes: Sequence[int]) -> Iterator[tuple[str, float, float]]:
    """For windows of these sizes and each format: its name, and the medians of 20 changes in milliseconds.

    The second figure is the time that this process had the CPU: what else runs on the machine does not show in it.
    """
    tags = (tag("actor", "marco-rubio"), tag("topic", "trade-tariffs"))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store, _ = upgrade(f"sqlite:///{folder}/bench.db")
            fill(store, size)
            client = create_app(Settings(base_url="https://news.example"), store).test_client(use_cookies=False)
            took: dict[str, list[tuple[float, float]]] = {"rss": [], "atom": [], "json": []}
            with store.read() as conn:
                item = find_item(conn, uuid_of(size - 1))
            assert item is not None
            for change in range(CHANGES):
                item = change_item(store, item, made(1_000 + change, tags), at=later(size + change))
                for suffix, times in took.items():
                    began, cpu = time.perf_counter(), time.process_time()
                    answer = client.get(f"/actors/marco-rubio.{suffix}", headers={"Accept-Encoding": "gzip"})
                    times.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu)))
                    assert answer.status_code == 200
            store.dispose()
        for suffix, times in took.items():
            wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
            yield f"{suffix}, {size} entries", wall, cpu
