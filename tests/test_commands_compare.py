"""`dateline compare`: why two items are of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from feeds.cli import main
from tests.builders import uuid_of
from tests.event_reports import TUNED, grouped, labelled, name_shipped_subjects

if TYPE_CHECKING:
    import pytest

    from storage.engine import Store


def ran(store: Store, monkeypatch: pytest.MonkeyPatch, *guids: str) -> tuple[int, str]:
    monkeypatch.setenv("DATELINE_DATABASE_URL", store.engine.url.render_as_string())
    done = CliRunner().invoke(main, ["compare", *guids])
    return done.exit_code, done.output


def test_likeness_days_and_facts_are_shown(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    name_shipped_subjects(sqlite_store)
    reports = [one.report for one in labelled(*TUNED) if one.event in ("gyeongju-2025", "alone-floods")]
    grouped(sqlite_store, reports)
    code, said = ran(sqlite_store, monkeypatch, f"urn:uuid:{uuid_of(1)}", uuid_of(2))
    assert code == 0, said
    assert "0 days apart; in one group." in said
    assert "number 3.5e+11" in said
    assert "concept tariff" in said
    code, said = ran(sqlite_store, monkeypatch, uuid_of(0), uuid_of(1))
    assert "Likeness 0.00" in said
    assert "not in one group." in said


def test_an_item_that_is_not_there_is_one_sentence(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = ran(sqlite_store, monkeypatch, uuid_of(8), uuid_of(9))
    assert code == 1
    assert f"there is no item {uuid_of(8)}" in said
