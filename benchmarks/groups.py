"""How well groups agree with the labelled reports of tests/corpus/groups, and what an item costs.

`.venv/bin/python -m benchmarks.groups`: the reports that the thresholds were set on, whose figures are upper bounds,
and those that were kept back; in the order of their days and in shuffled ones, pairs of one language and of two apart.
"""

from __future__ import annotations

import random
import tempfile
import time
from itertools import combinations

from storage.migrate import upgrade
from tests.event_reports import (
    KEPT_BACK,
    TUNED,
    Agreement,
    Labelled,
    agreement,
    grouped,
    labelled,
    name_shipped_subjects,
)


def main() -> None:
    for name, files in (("thresholds set on", TUNED), ("kept back", KEPT_BACK)):
        reports = list(labelled(*files))
        events = {one.event for one in reports if not one.event.startswith("alone")}
        print(f"{name}: {len(reports)} reports of {len(events)} events")
        for order in range(3):
            if order:
                random.Random(order).shuffle(reports)
            _measure("shuffled" if order else "by day", reports)


def _measure(order: str, reports: list[Labelled]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, _ = upgrade(f"sqlite:///{folder}/store.db")
        name_shipped_subjects(store)
        began = time.process_time()
        groups = grouped(store, [one.report for one in reports])
        took = (time.process_time() - began) / len(reports)
        store.dispose()
    print(f"{order:9} {1000 * took:4.1f} ms of CPU to store and group one")
    _print("all pairs", agreement([one.event for one in reports], groups))
    _print("one language", _part(reports, groups, same=True))
    _print("two languages", _part(reports, groups, same=False))


def _part(reports: list[Labelled], groups: list[str | None], *, same: bool) -> Agreement:
    pairs = [
        (reports[one].event == reports[other].event, groups[one] is not None and groups[one] == groups[other])
        for one, other in combinations(range(len(reports)), 2)
        if (reports[one].report.language == reports[other].report.language) == same
    ]
    return Agreement(sum(a and b for a, b in pairs), sum(b for _, b in pairs), sum(a for a, _ in pairs))


def _print(what: str, found: Agreement) -> None:
    print(f"  {what:14} P {found.precision:.2f}  R {found.recall:.2f}  F1 {found.f1:.2f}  ({found.labelled} labelled)")


if __name__ == "__main__":
    main()
