"""`make bench-serve`: Dateline beside nginx, which serves the very same bytes as static files in the same run.

Both have two processes on the loopback and are asked by turns, three rounds each; what counts is the ratio of medians,
since absolute figures move with the machine. Exit code 1 where a target is missed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.serve_change import rendering
from benchmarks.serve_load import Latencies, Load, steadily, wrk
from benchmarks.serve_setup import FEED, dateline, nginx
from tests.server import get

ROUNDS, SECONDS = 3, 3
RATE, STEADY_SECONDS = 200, 5
ITEMS = 50
SHARE, SLOWER, RENDERED_MS = 0.35, 3.0, 10.0  # the targets


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with dateline(folder, ITEMS) as ours:
            body = get(f"http://127.0.0.1:{ours}{FEED}").body
            print(f"{FEED}: {ITEMS} entries, {len(body):,} bytes; 2 processes each; {ROUNDS} rounds by turns")
            with nginx(folder, body) as theirs:
                missed = _compare(ours, theirs)
    return 1 if missed + _rendering() else 0


def _compare(ours: int, theirs: int) -> int:
    plain = {"Accept-Encoding": "identity"}
    zipped = {"Accept-Encoding": "gzip"}
    missed = 0
    print(f"\n{'':8}{'dateline/s':>12}{'nginx/s':>10}{'ratio':>8}{'errors':>8}   target: ratio >= {SHARE}")
    for name, headers in (("200", plain), ("304", {}), ("gzip", zipped)):
        pair = [_conditional(port) if name == "304" else headers for port in (ours, theirs)]
        rounds = [[wrk(port, FEED, pair[at], SECONDS) for at, port in enumerate((ours, theirs))] for _ in range(ROUNDS)]
        missed += _throughput(name, [one for one, _ in rounds], [other for _, other in rounds])
    print(f"\n{'':8}{'p50 ms':>12}{'p99 ms':>10}{'nginx p50':>11}{'p99':>8}{'ratio':>8}{'errors':>8}   ", end="")
    print(f"target: p99 at {RATE}/s < {SLOWER:g} x nginx's")
    for name, headers in (("200", plain), ("304", {}), ("gzip", zipped)):
        pair = [_conditional(port) if name == "304" else headers for port in (ours, theirs)]
        steady = [
            [steadily(port, FEED, pair[at], rate=RATE, seconds=STEADY_SECONDS) for at, port in enumerate((ours, theirs))]
            for _ in range(ROUNDS)
        ]
        missed += _latency(name, [one for one, _ in steady], [other for _, other in steady])
    return missed


def _conditional(port: int) -> dict[str, str]:
    return {"If-None-Match": str(get(f"http://127.0.0.1:{port}{FEED}").headers["ETag"])}


def _throughput(name: str, ours: list[Load], theirs: list[Load]) -> int:
    mine, nginx_rate = (statistics.median(one.per_second for one in side) for side in (ours, theirs))
    errors = sum(one.errors for one in (*ours, *theirs))
    good = mine / nginx_rate >= SHARE and not errors
    print(f"{name:8}{mine:12,.0f}{nginx_rate:10,.0f}{mine / nginx_rate:8.2f}{errors:8}   {_verdict(good)}")
    return not good


def _latency(name: str, ours: list[Latencies], theirs: list[Latencies]) -> int:
    mine, other = (statistics.median(one.p99 for one in side) for side in (ours, theirs))
    middle, other_middle = (statistics.median(one.p50 for one in side) for side in (ours, theirs))
    errors = sum(one.errors for one in (*ours, *theirs))
    good = mine < SLOWER * other and not errors
    print(f"{name:8}{middle:12.2f}{mine:10.2f}{other_middle:11.2f}{other:8.2f}{mine / other:8.2f}{errors:8}", end="")
    print(f"   {_verdict(good)}")
    return not good


def _rendering() -> int:
    print(f"\n{'':24}{'changed feed ms':>16}   target: < {RENDERED_MS:g} ms")
    missed = 0
    for name, took in rendering((50, 149)):
        missed += took >= RENDERED_MS
        print(f"{name:24}{took:16.1f}   {_verdict(took < RENDERED_MS)}")
    return missed


def _verdict(good: bool) -> str:
    return "ok" if good else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
