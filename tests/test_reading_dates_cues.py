"""What a date is the date of: every example of the shipped cues is run."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from feeds.reading.dates.cues import cues
from feeds.reading.dates.events import event_dates
from feeds.reading.dates.story import read_dates
from tests.authorities import on

TABLE = tomllib.loads((files("feeds.reading.dates") / "cues.toml").read_text(encoding="utf-8"))
EXAMPLES: list[dict[str, Any]] = TABLE["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one['language']}-{one['date']}-{one['stance']}")
def test_example(example: dict[str, Any]) -> None:
    found = [one for one in read_dates(example["text"], example["language"]) if one.text == example["date"]]

    assert [one.stance for one in found] == [example["stance"]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one['language']}-{one['date']}-{one['stance']}")
def test_an_example_is_an_event_or_not(example: dict[str, Any]) -> None:
    events = event_dates(example["text"], example["language"], on("2026-03-12"))

    assert (example["date"] in [one.evidence[0].text for one in events]) is example["event"]


def test_every_language_has_every_kind_of_example() -> None:
    shown = {(one["language"], one["stance"]) for one in EXAMPLES}

    assert shown == {(language, one) for language in cues() for one in ("said", "past", "planned", "background")}


def test_another_language_has_no_stance() -> None:
    assert [one.stance for one in read_dates("Sie trafen sich am 3. Mai 2025.", "de")] == ["background"]


def test_a_sentence_that_is_a_table_of_dates_is_left_alone() -> None:
    assert read_dates("met on May 3, " * 50, "en") == ()
    assert len(read_dates("They met on May 3. " * 50, "en")) == 50
