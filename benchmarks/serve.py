"""`make bench-serve`: Dateline beside nginx, which serves the very same bytes as static files in the same run.

Both have two processes on the loopback and are asked by turns, so that whatever else the machine does meets both. What
counts is the median of the rounds' ratios, since absolute figures move with the machine. A third server, Dateline
without the way before Flask, shows what that buys. The last lines are the table of docs/deploy.md. Exit code 1 where a
target is missed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import serve_change
from benchmarks.serve_load import Latencies, Load, steadily, wrk
from benchmarks.serve_setup import FEED, dateline, fill, nginx
from storage.migrate import upgrade
from tests.server import get

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.serve_setup import Running

ROUNDS, SECONDS = 5, 2
RATE, SLICES, SLICE_SECONDS = 200, 4, 1  # of each round of latencies, of which there are as many
ITEMS = 50
SHARE, SLOWER = 0.35, 3.0  # the targets
ANSWERS = {"200": {"Accept-Encoding": "identity"}, "304": {}, "gzip": {"Accept-Encoding": "gzip"}}


@dataclass
class Measured:
    """What the rounds said of one kind of answer, of Dateline, nginx and Flask alone."""

    loads: tuple[list[Load], ...] = field(default_factory=lambda: ([], [], []))
    pairs: list[tuple[Latencies, Latencies]] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """Answers that were not what was asked for, from anybody."""
        steady = sum(one.errors for pair in self.pairs for one in pair)
        return steady + sum(one.errors for side in self.loads for one in side)

    def ratios(self, side: int = 0) -> list[float]:
        """Answers a second to nginx's, of each round, the least first."""
        rounds = zip(self.loads[side], self.loads[1], strict=True)
        return sorted(one.per_second / nginx.per_second for one, nginx in rounds)

    def cpu(self, side: int) -> float:
        """Microseconds of CPU an answer."""
        return median(one.cpu for one in self.loads[side])

    def took(self, side: int, share: float) -> float:
        """Milliseconds that all but a share of the answers took at most, at the steady rate."""
        return median(pair[side].slowest(share) for pair in self.pairs)

    def slower(self) -> float:
        """How many times nginx's p99 ours is."""
        return median(ours.slowest(0.01) / nginx.slowest(0.01) for ours, nginx in self.pairs)


def main() -> int:
    if missing := [name for name in ("nginx", "wrk") if shutil.which(name) is None]:
        sys.exit(f"bench-serve needs {' and '.join(missing)} (Debian: apt install nginx wrk)")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        store, _ = upgrade(f"sqlite:///{folder}/bench.db")
        fill(store, ITEMS)
        store.dispose()
        ours = stack.enter_context(dateline(folder))
        flask = stack.enter_context(dateline(folder, fast=False))
        body = get(ours.url(FEED)).body
        theirs = stack.enter_context(nginx(folder, body))
        print(f"{FEED}: {ITEMS} entries, {len(body):,} bytes; 2 processes each; {ROUNDS} rounds by turns\n")
        measured = {answer: _measure(answer, ours, theirs, flask) for answer in ANSWERS}
    verdicts = _verdicts(measured)
    print("\n".join(("", *_table(measured), "", *verdicts, "")), flush=True)
    missed = any(verdict.startswith("MISSED") for verdict in verdicts)
    return serve_change.main() or int(missed)


def _headers(answer: str, server: Running) -> dict[str, str]:
    """What a poller sends to get this answer; for a 304 the tag that this server gave."""
    tag = str(get(server.url(FEED)).headers["ETag"])
    return ANSWERS[answer] | ({"If-None-Match": tag} if answer == "304" else {})


def _measure(answer: str, *servers: Running) -> Measured:
    found, asked = Measured(), [_headers(answer, server) for server in servers]
    for server, headers in zip(servers, asked, strict=True):
        wrk(server, FEED, headers, 1)  # whoever is asked first would be the cold one
    for _ in range(ROUNDS):
        for side, server, headers in zip(found.loads, servers, asked, strict=True):
            side.append(wrk(server, FEED, headers, SECONDS))
    for _ in range(ROUNDS):
        found.pairs.append(_steady(servers, asked))
    _tell(answer, found)
    return found


def _steady(servers: Sequence[Running], asked: Sequence[dict[str, str]]) -> tuple[Latencies, Latencies]:
    """One round of latencies: a second here, a second there, and either is first as often as the other."""
    pair = Latencies(), Latencies()
    for number in range(SLICES):
        for side in (0, 1) if number % 2 else (1, 0):
            steadily(pair[side], servers[side], FEED, asked[side], rate=RATE, seconds=SLICE_SECONDS)
    return pair


def _tell(answer: str, found: Measured) -> None:
    ratios, rates = found.ratios(), [median(one.per_second for one in side) for side in found.loads]
    print(
        f"{answer}: {rates[0]:,.0f}/s to nginx's {rates[1]:,.0f}/s, rounds from {ratios[0]:.2f} to {ratios[-1]:.2f}; "
    )
    ours, theirs = ([f"{found.took(side, share):.2f}" for share in (0.5, 0.01)] for side in (0, 1))
    print(f"     at {RATE}/s p50 {ours[0]} ms, p99 {ours[1]} ms; nginx {theirs[0]} and {theirs[1]} ms", flush=True)


def _table(measured: dict[str, Measured]) -> list[str]:
    found = measured.values()
    rows = {
        "`dateline web`, answers a second to nginx's": [f"{median(one.ratios()):.2f}" for one in found],
        "the same, with Flask alone": [f"{median(one.ratios(2)):.2f}" for one in found],
        "CPU of `dateline web`, microseconds an answer": [f"{one.cpu(0):.0f}" for one in found],
        "CPU with Flask alone": [f"{one.cpu(2):,.0f}" for one in found],
        "CPU of nginx": [f"{one.cpu(1):.0f}" for one in found],
        f"slowest of a hundred answers at {RATE} a second, to nginx's": [f"{one.slower():.1f}" for one in found],
    }
    lines = [f"| {name} | {' | '.join(values)} |" for name, values in rows.items()]
    return ["| | 200 | 304 | 200 with gzip |", "| --- | --- | --- | --- |", *lines]


def _verdicts(measured: dict[str, Measured]) -> list[str]:
    verdicts = []
    for answer, found in measured.items():
        ratio, slower = median(found.ratios()), found.slower()
        verdicts += [
            _verdict(ratio >= SHARE, f"{answer}: {ratio:.2f} of nginx's answers a second, at least {SHARE}"),
            _verdict(slower < SLOWER, f"{answer}: p99 is {slower:.1f} of nginx's, under {SLOWER:g}"),
            _verdict(not found.errors, f"{answer}: {found.errors} errors, none"),
        ]
    return verdicts


def _verdict(good: bool, what: str) -> str:
    return f"{'ok    ' if good else 'MISSED'} {what}"


if __name__ == "__main__":
    sys.exit(main())
