"""The labelled short reports of `corpus/groups`, tagged, and how well groups agree with their labels."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feeds.authority import subjects
from feeds.ingest.grouping import regroup
from feeds.tagging import Story
from storage.groups import group_of
from storage.names import sync_subjects
from storage.state import tick
from storage.types import Report
from tests.authorities import on, shipped, tagger
from tests.builders import add_item, uuid_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.engine import Store

CORPUS = Path(__file__).parent / "corpus" / "groups"
TUNED = ("korea", "neighbours", "one-beat", "rounds", "world")  # what the thresholds were set on
KEPT_BACK = ("kept-back",)


class Labelled(NamedTuple):
    event: str
    report: Report


class Agreement(NamedTuple):
    """Of all pairs of reports: found and right, found, and labelled."""

    right: int
    found: int
    labelled: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.labelled

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.labelled)


@cache
def labelled(*files: str) -> tuple[Labelled, ...]:
    """Every report of these files, by day."""
    rows = [row for name in files for row in tomllib.loads((CORPUS / f"{name}.toml").read_text("utf-8"))["report"]]
    return tuple(_labelled(row) for row in sorted(rows, key=lambda row: row["day"]))


def _labelled(row: dict[str, str]) -> Labelled:
    published = on(row["day"])
    tags = tagger().tag(Story(row["title"], "", row["text"], row["language"], published))
    report = Report("article", row["title"], "", row["text"], row["language"], published, tags=tags)
    return Labelled(row["event"], report)


def name_shipped_subjects(store: Store) -> None:
    with store.write() as conn:
        sync_subjects(conn, subjects(shipped()), (), tick(conn, datetime(2026, 1, 1, tzinfo=UTC)))


def grouped(store: Store, reports: Sequence[Report]) -> list[str | None]:
    """Store the reports one by one and give the group of each in the end."""
    ids = []
    for number, report in enumerate(reports):
        ids.append(add_item(store, report, uuid=uuid_of(number)).id)
        with store.write() as conn:
            regroup(conn, ids[-1])
    with store.read() as conn:
        return [group_of(conn, item_id) for item_id in ids]


def agreement(labels: Sequence[str], groups: Sequence[str | None]) -> Agreement:
    pairs = [
        (labels[one] == labels[other], groups[one] is not None and groups[one] == groups[other])
        for one, other in combinations(range(len(labels)), 2)
    ]
    return Agreement(
        sum(same and put for same, put in pairs), sum(put for _, put in pairs), sum(same for same, _ in pairs)
    )
