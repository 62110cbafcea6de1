"""The command line as a person meets it: real processes, real exit codes, plain sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.server import dateline, environment

if TYPE_CHECKING:
    from subprocess import CompletedProcess

TALKS = """Rubio and Cho agree to go on talking about the tariff on cars

Marco Rubio and Cho Hyun met in Washington on Tuesday and agreed to go on talking about the tariff on cars.
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "talks.txt").write_text(TALKS)
    (tmp_path / "seeds" / "broken.json").write_text("{")
    return environment(tmp_path / "seeds", f"sqlite:///{tmp_path}/one.db")


def run(*words: str, env: dict[str, str]) -> CompletedProcess[str]:
    done = dateline(*words, env=env)
    assert "Traceback" not in done.stderr
    return done


def test_from_nothing_to_a_backup_and_back(env: dict[str, str], tmp_path: Path) -> None:
    assert run("db", "status", env=env).returncode == 1
    too_soon = run("ingest", "--now", env=env)
    assert (too_soon.returncode, too_soon.stdout) == (2, "")
    assert "is empty: run `dateline db upgrade`" in too_soon.stderr
    assert "from empty to schema" in run("db", "upgrade", env=env).stdout
    assert "is up to date" in run("db", "upgrade", env=env).stdout
    assert run("db", "status", env=env).returncode == 0

    done = run("ingest", env=env)
    assert done.returncode == 0
    assert "new items" in done.stdout
    assert "no article" in done.stdout

    status = run("status", env=env)
    assert "1 rejected, 1 stored" in status.stdout
    assert "broken.json" in status.stdout
    assert "/actors/marco-rubio" in status.stdout

    assert run("db", "backup", str(tmp_path / "saved"), env=env).returncode == 0
    again = run("db", "backup", str(tmp_path / "saved"), env=env)
    assert (again.returncode, "exists already" in again.stderr) == (2, True)
    other = env | {"DATELINE_DATABASE_URL": f"sqlite:///{tmp_path}/two.db"}
    assert run("db", "restore", str(tmp_path / "saved"), env=other).returncode == 0
    assert "/actors/marco-rubio" in run("status", env=other).stdout


def test_check_tells_what_would_become_of_files_and_stores_nothing(env: dict[str, str], tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "seeds"), env=env)
    assert done.returncode == 1, "one of the two is no article"
    assert "Rubio and Cho agree" in done.stdout
    assert "Marco Rubio (principal" in done.stdout
    assert "no article:" in done.stdout
    assert not (tmp_path / "one.db").exists()


def test_check_speaks_json_to_programs(env: dict[str, str], tmp_path: Path) -> None:
    done = run(
        "check", "--json", str(tmp_path / "seeds" / "talks.txt"), str(tmp_path / "seeds" / "broken.json"), env=env
    )
    good, bad = (json.loads(line) for line in done.stdout.splitlines())
    assert good["title"] == "Rubio and Cho agree to go on talking about the tariff on cars"
    assert {actor["slug"] for actor in good["actors"]} >= {"marco-rubio", "cho-hyun"}
    assert next(topic["slug"] for topic in good["topics"]) in {"trade-tariffs", "diplomacy-talks"}
    assert (good["language"], good["published"], good["precision"], good["error"]) == ("en", None, "unknown", None)
    for actor in good["actors"]:
        for piece in actor["evidence"]:
            zone = good[{"body": "text"}.get(piece["zone"], piece["zone"])]
            assert zone[piece["offset"] :].startswith(piece["text"])
    assert (set(bad), bool(bad["error"])) == ({"path", "error"}, True)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"DATELINE_SEEDS_DIR": "/nowhere/at/all"}, "cannot read the seeds folder /nowhere/at/all"),
        ({"DATELINE_SCAN_SECONDS": "soon"}, "DATELINE_SCAN_SECONDS"),
        ({"DATELINE_DATABASE_URL": "nonsense"}, "DATELINE_DATABASE_URL is no database address"),
        ({"DATELINE_AUTHORITY_DIR": "{broken}"}, "actors.toml"),
    ],
)
def test_what_is_wrong_is_one_plain_sentence(
    env: dict[str, str], tmp_path: Path, changed: dict[str, str], words: str
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "actors.toml").write_text("[[actor]\n")
    run("db", "upgrade", env=env)
    wrong = env | {name: value.format(broken=tmp_path / "broken") for name, value in changed.items()}
    done = run("ingest", "--now", env=wrong)
    assert done.returncode in {1, 2}
    assert words in done.stderr


def test_a_public_address_must_be_said_before_binding_beyond_loopback(env: dict[str, str]) -> None:
    done = run("web", "--host", "0.0.0.0", env=env)
    assert done.returncode == 2
    assert "DATELINE_BASE_URL is not set" in done.stderr


def test_help_names_every_command() -> None:
    words = dateline("--help", env=environment(Path("seeds"), "")).stdout
    for command in ("serve", "web", "watch", "ingest", "check", "status", "db"):
        assert f"\n  {command} " in words
