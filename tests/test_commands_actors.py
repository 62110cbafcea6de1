"""`dateline actors`: candidates listed, accepted, merged and rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from feeds.authority import load_authority
from feeds.cli import main
from storage.candidates import Candidate, list_candidates, note_candidate
from tests.builders import add_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from storage.engine import Store


@pytest.fixture
def own(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with three candidates, and the operator's folder."""
    name_subjects(sqlite_store)
    item = add_item(sqlite_store, report(), uuid=uuid_of(1))
    with sqlite_store.write() as conn:
        for name, language in (("Orla Fenwick", "en"), ("José Ibarra", "es"), ("박새롬", "ko")):
            seen = Candidate(name, language, "person", ("Mayor",), 1, (f"Mayor {name} left.",), "waiting")
            note_candidate(conn, item.id, seen)
    folder = tmp_path / "authority"
    folder.mkdir()
    monkeypatch.setenv("DATELINE_DATABASE_URL", sqlite_store.engine.url.render_as_string())
    monkeypatch.setenv("DATELINE_AUTHORITY_DIR", str(folder))
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["actors", *words])


def waiting(store: Store) -> list[str]:
    with store.read() as conn:
        return [one.name for one in list_candidates(conn, "waiting", 9)]


def test_candidates_are_listed_with_their_examples(own: Path) -> None:
    done = run("candidates", "--examples")
    assert done.exit_code == 0
    assert "Orla Fenwick" in done.output
    assert "“Mayor 박새롬 left.”" in done.output


def test_an_accepted_name_is_an_actor_of_the_operator_s_file(own: Path, sqlite_store: Store) -> None:
    done = run("accept", "Orla Fenwick", "--family", "Fenwick")
    assert done.exit_code == 0
    assert "dateline retag" in " ".join(done.output.split())
    actor = load_authority(own).actors["orla-fenwick"]
    assert (actor.label, actor.type, actor.names, actor.family) == (
        "Orla Fenwick",
        "person",
        {"en": ("Orla Fenwick",)},
        {"en": "Fenwick"},
    )
    assert "Mayor; 1 items" in (own / "actors.toml").read_text(encoding="utf-8")
    assert "Orla Fenwick" not in waiting(sqlite_store)


def test_marks_leave_a_slug_and_other_scripts_need_one(own: Path) -> None:
    assert run("accept", "José Ibarra").exit_code == 0
    assert "jose-ibarra" in load_authority(own).actors
    refused = run("accept", "박새롬")
    assert (refused.exit_code, "--slug" in refused.output) == (2, True)
    assert run("accept", "박새롬", "--slug", "park-sae-rom", "--label", "Park Sae-rom").exit_code == 0
    assert load_authority(own).actors["park-sae-rom"].names == {"ko": ("박새롬",)}


def test_a_merged_name_is_a_name_of_the_actor(own: Path, sqlite_store: Store) -> None:
    assert run("merge", "박새롬", "marco-rubio").exit_code == 0
    assert "박새롬" in load_authority(own).actors["marco-rubio"].names["ko"]
    assert run("merge", "Orla Fenwick", "south-korea").exit_code == 0
    assert "Orla Fenwick" in load_authority(own).actors["south-korea"].names["en"]
    assert waiting(sqlite_store) == ["José Ibarra"]


def test_a_rejected_name_is_remembered(own: Path, sqlite_store: Store) -> None:
    assert run("reject", "Orla Fenwick").exit_code == 0
    assert waiting(sqlite_store) == ["José Ibarra", "박새롬"]
    assert "Orla Fenwick" in run("candidates", "--rejected").output
    assert list(own.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (("accept", "Nobody Known"), 1, "is no candidate"),
        (("reject", "Nobody Known"), 1, "is no candidate"),
        (("merge", "Orla Fenwick", "nobody"), 2, "there is no actor nobody"),
        (("accept", "Orla Fenwick", "--slug", "marco-rubio"), 2, "is an actor already"),
        (("accept", "Orla Fenwick", "--slug", "Not A Slug"), 1, "slug"),
    ],
)
def test_what_cannot_be_done_is_said(
    own: Path, sqlite_store: Store, words: tuple[str, ...], code: int, expected: str
) -> None:
    done = run(*words)
    assert (done.exit_code, expected in done.output) == (code, True)
    assert len(waiting(sqlite_store)) == 3
    assert list(own.iterdir()) == []


@pytest.mark.parametrize("words", [("accept", "Orla Fenwick"), ("merge", "Orla Fenwick", "marco-rubio")])
def test_without_a_folder_nothing_is_written(
    own: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("DATELINE_AUTHORITY_DIR")
    done = run(*words)
    assert (done.exit_code, "DATELINE_AUTHORITY_DIR is not set" in done.output) == (2, True)
    monkeypatch.setenv("DATELINE_AUTHORITY_DIR", str(own / "nowhere"))
    assert "there is no folder" in run(*words).output
