"""Dates of the labelled articles beside the project: the right day, or the interval that was asked for."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feeds.reading.read import read_article
from feeds.reading.tools import load_tools
from tests.authorities import shipped
from tests.conftest import SHARED

if TYPE_CHECKING:
    from feeds.reading import Article

LABELS = SHARED / "gold" / "labels.jsonl"
FILES = LABELS.parent / "files"
SEEDS = ("000", "001", "002", "003", "004")

pytestmark = pytest.mark.skipif(not LABELS.is_file(), reason="the labelled articles (../shared/gold) are not here")


def labels() -> list[dict[str, Any]]:
    if not LABELS.is_file():
        return []
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def article(name: str) -> Article:
    return read_article((FILES / name).read_bytes(), name, load_tools(None, shipped().matcher))


@pytest.mark.parametrize("label", labels(), ids=lambda one: str(one["file"]))
def test_the_day_or_the_interval_of_the_label(label: dict[str, Any]) -> None:
    found = article(label["file"]).published
    interval = label.get("acceptable_interval")

    assert found.first is not None
    assert found.last is not None
    if interval and "2025-01-28" in str(interval):
        assert found.precision == "range"
        assert date(2025, 1, 28) <= found.first < found.last <= date(2025, 5, 1)
    else:
        assert found.first == found.last
        assert abs(found.first - date.fromisoformat(label["published"][:10])) <= timedelta(label["tolerance_days"])


@pytest.mark.parametrize(
    "label", [one for one in labels() if one["file"].startswith(SEEDS)], ids=lambda one: one["file"]
)
def test_the_day_that_each_brief_states(label: dict[str, Any]) -> None:
    briefs = article(label["file"]).briefs

    stated = [str(brief.events[0].first) if brief.events else None for brief in briefs]

    assert stated == [related["date"] for related in label["related"]]


@pytest.mark.parametrize("label", labels(), ids=lambda one: str(one["file"]))
def test_evidence_stands_where_it_says(label: dict[str, Any]) -> None:
    found = article(label["file"])
    texts = {"title": found.title, "summary": found.summary, "body": found.body}
    evidence = [*found.published.evidence, *(one for event in found.events for one in event.evidence)]

    for one in evidence:
        if one.offset is not None:
            assert texts[one.zone][one.offset :].startswith(one.text)
