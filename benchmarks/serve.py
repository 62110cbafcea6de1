"""`make bench-serve`: Dateline beside nginx, which serves the very same bytes as static files in the same run.

Both have two processes on the loopback and are asked by turns, three rounds each; what counts is the ratio of medians,
since absolute figures move with the machine. A third server, Dateline without the way before Flask, shows what that
buys. Exit code 1 where a target is missed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import serve_change
from benchmarks.serve_load import Load, steadily, wrk
from benchmarks.serve_setup import FEED, dateline, fill, nginx
from storage.migrate import upgrade
from tests.server import get

if TYPE_CHECKING:
    from benchmarks.serve_setup import Running

ROUNDS, SECONDS = 3, 2
RATE, STEADY_SECONDS = 200, 3
ITEMS = 50
SHARE, SLOWER = 0.35, 3.0  # the targets
ANSWERS = {"200": {"Accept-Encoding": "identity"}, "304": {}, "gzip": {"Accept-Encoding": "gzip"}}


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        store, _ = upgrade(f"sqlite:///{folder}/bench.db")
        fill(store, ITEMS)
        store.dispose()
        ours = stack.enter_context(dateline(folder))
        flask = stack.enter_context(dateline(folder, fast=False))
        body = get(ours.url(FEED)).body
        theirs = stack.enter_context(nginx(folder, body))
        print(f"{FEED}: {ITEMS} entries, {len(body):,} bytes; 2 processes each; {ROUNDS} rounds by turns")
        missed += _throughput(ours, theirs, flask)
        missed += _latency(ours, theirs)
    print()
    return 1 if missed + serve_change.main() else 0


def _headers(answer: str, server: Running) -> dict[str, str]:
    """What a poller sends to get this answer; for a 304 the tag that this server gave."""
    tag = str(get(server.url(FEED)).headers["ETag"])
    return ANSWERS[answer] | ({"If-None-Match": tag} if answer == "304" else {})


def _throughput(*servers: Running) -> int:
    print(f"\n{'':6}{'dateline/s':>12}{'nginx/s':>10}{'ratio':>8}{'errors':>8}{'CPU us':>8}{'nginx':>7}", end="")
    print(f"{'Flask alone: ratio':>20}{'CPU us':>8}   ", end="")
    print(f"target: ratio >= {SHARE}")
    missed = 0
    for answer in ANSWERS:
        sides: list[list[Load]] = [[] for _ in servers]
        for _ in range(ROUNDS):
            for side, server in zip(sides, servers, strict=True):
                side.append(wrk(server, FEED, _headers(answer, server), SECONDS))
        ours, theirs, flask = (statistics.median(one.per_second for one in side) for side in sides)
        errors = sum(one.errors for side in sides for one in side)
        good = ours / theirs >= SHARE and not errors
        missed += not good
        cpu, their_cpu, flask_cpu = (statistics.median(one.cpu for one in side) for side in sides)
        print(f"{answer:6}{ours:12,.0f}{theirs:10,.0f}{ours / theirs:8.2f}{errors:8}{cpu:8.0f}{their_cpu:7.0f}", end="")
        print(f"{flask / theirs:20.2f}{flask_cpu:8.0f}   {_verdict(good)}")
    return missed


def _latency(ours: Running, theirs: Running) -> int:
    print(f"\n{'':6}{'p50 ms':>12}{'p99 ms':>10}{'nginx p50':>11}{'p99':>8}{'ratio':>8}{'errors':>8}   ", end="")
    print(f"target: p99 at {RATE}/s < {SLOWER:g} x nginx's")
    missed = 0
    for answer in ANSWERS:
        rounds = [
            [steadily(port, FEED, _headers(answer, port), rate=RATE, seconds=STEADY_SECONDS) for port in (ours, theirs)]
            for _ in range(ROUNDS)
        ]
        middle, other_middle = (statistics.median(pair[side].p50 for pair in rounds) for side in (0, 1))
        slow, other_slow = (statistics.median(pair[side].p99 for pair in rounds) for side in (0, 1))
        errors = sum(one.errors for pair in rounds for one in pair)
        good = slow < SLOWER * other_slow and not errors
        missed += not good
        print(f"{answer:6}{middle:12.2f}{slow:10.2f}{other_middle:11.2f}{other_slow:8.2f}", end="")
        print(f"{slow / other_slow:8.2f}{errors:8}   {_verdict(good)}")
    return missed


def _verdict(good: bool) -> str:
    return "ok" if good else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
