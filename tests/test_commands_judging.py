"""`dateline topics candidates|accept|merge|reject`, with a seed that declares a topic nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from feeds.authority import load_authority
from feeds.cli import main
from storage.candidates import list_candidates
from storage.log import find_feed, window
from storage.types import FeedKey

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from storage.engine import Store

SEED = """---
title: Ministers agree
date: 2026-02-03
topics: [Harbour Dues]
actors: [Osaka Pilots]
---
Both sides agreed to pay less. They will meet again.
"""
PLAIN = "Quilted lantern\n3 February 2026\n\nThe quilted lantern glows. A quilted lantern is rare.\n"


@pytest.fixture
def own(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of two seeds, and the operator's folder."""
    folder, seeds = tmp_path / "authority", tmp_path / "seeds"
    folder.mkdir()
    seeds.mkdir()
    (seeds / "one.md").write_text(SEED, encoding="utf-8")
    (seeds / "two.txt").write_text(PLAIN, encoding="utf-8")
    monkeypatch.setenv("DATELINE_DATABASE_URL", sqlite_store.engine.url.render_as_string())
    monkeypatch.setenv("DATELINE_AUTHORITY_DIR", str(folder))
    monkeypatch.setenv("DATELINE_SEEDS_DIR", str(seeds))
    assert CliRunner().invoke(main, ["ingest", "--now"]).exit_code == 0
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["topics", *words])


def titles(store: Store, slug: str) -> list[str]:
    with store.read() as conn:
        feed = find_feed(conn, FeedKey("topic", slug))
        return [] if feed is None else [entry.item.report.title for entry in window(conn, feed)]


def test_what_seeds_declare_and_what_recurs_is_proposed(own: Path, sqlite_store: Store) -> None:
    with sqlite_store.read() as conn:
        topics = {(one.name, one.titles) for one in list_candidates(conn, "waiting", 9, topics=True)}
        actors = {(one.name, one.titles) for one in list_candidates(conn, "waiting", 9)}
    assert topics == {("Harbour Dues", ("declared",)), ("quilted lantern", ("recurs",))}
    assert actors == {("Osaka Pilots", ("declared",))}
    assert "“Ministers agree”" in run("candidates", "--examples").output


def test_an_accepted_topic_has_the_items_that_declared_it(own: Path, sqlite_store: Store) -> None:
    done = run("accept", "Harbour Dues", "--parent", "economy-business")
    assert (done.exit_code, "dateline retag" in " ".join(done.output.split())) == (0, True)
    topic = load_authority(own).topics["harbour-dues"]
    assert (topic.label, topic.parent, topic.phrases) == (
        "Harbour Dues",
        "economy-business",
        {"en": {"harbour dues": 3.0}},
    )
    assert "Harbour Dues" not in run("candidates").output
    for _ in range(2):
        assert CliRunner().invoke(main, ["retag"]).exit_code == 0
        assert titles(sqlite_store, "harbour-dues") == ["Ministers agree"]


def test_a_merged_topic_gives_its_name_and_its_phrase(own: Path, sqlite_store: Store) -> None:
    assert run("merge", "Harbour Dues", "trade-tariffs").exit_code == 0
    topic = load_authority(own).topics["trade-tariffs"]
    assert "Harbour Dues" in topic.names["en"]
    assert (topic.phrases["en"]["harbour dues"], topic.phrases["en"]["tariff"]) == (3.0, 3.0)
    assert CliRunner().invoke(main, ["retag"]).exit_code == 0
    assert titles(sqlite_store, "trade-tariffs") == ["Ministers agree"]


def test_a_recurring_phrase_becomes_a_topic(own: Path, sqlite_store: Store) -> None:
    assert run("accept", "quilted lantern").exit_code == 0
    assert CliRunner().invoke(main, ["retag"]).exit_code == 0
    assert titles(sqlite_store, "quilted-lantern") == ["Quilted lantern"]


def test_a_rejected_topic_is_remembered(own: Path) -> None:
    assert run("reject", "Harbour Dues").exit_code == 0
    assert "Harbour Dues" not in run("candidates").output
    assert "Harbour Dues" in run("candidates", "--rejected").output
    assert list(own.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (("accept", "Osaka Pilots"), 1, "is no candidate: `dateline topics candidates`"),
        (("accept", "Harbour Dues", "--slug", "trade-tariffs"), 2, "is a topic already"),
        (("accept", "Harbour Dues", "--parent", "nowhere"), 1, "parent 'nowhere' is no topic"),
        (("merge", "Harbour Dues", "nowhere"), 2, "there is no topic nowhere"),
    ],
)
def test_what_cannot_be_done_is_said(own: Path, words: tuple[str, ...], code: int, expected: str) -> None:
    done = run(*words)
    assert (done.exit_code, expected in " ".join(done.output.split())) == (code, True)
    assert list(own.iterdir()) == []
