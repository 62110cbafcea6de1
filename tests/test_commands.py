"""The command line as a person meets it: real processes, real exit codes, plain sentences."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from feeds.commands import check as checking
from feeds.reading.read import read_article
from storage.migrate import upgrade
from tests.server import dateline, environment

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from feeds.reading import Article
    from feeds.reading.tools import Tools

TALKS = """Rubio and Cho agree to go on talking about the tariff on cars

Marco Rubio and Cho Hyun met in Washington on Tuesday and agreed to go on talking about the tariff on cars.
"""

SUMMIT = """Leaders agree to meet in Seoul

SEOUL, Feb. 3, 2026 - Both governments announced a summit on Tuesday.

The leaders of both countries will meet in Seoul on March 5, 2026.
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


def prepare(env: dict[str, str]) -> None:
    """What `dateline db upgrade` does, without the process."""
    store, _ = upgrade(env["DATELINE_DATABASE_URL"])
    store.dispose()


def test_from_nothing_to_a_backup_and_back(env: dict[str, str], tmp_path: Path) -> None:
    assert run("db", "status", env=env).returncode == 2
    assert not (tmp_path / "one.db").exists(), "to look is not to create"
    too_soon = run("ingest", "--now", env=env)
    assert (too_soon.returncode, too_soon.stdout) == (2, "")
    assert "yet: run `dateline db upgrade`" in too_soon.stderr
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


def test_check_shows_a_short_text_whole_and_tells_a_name_that_is_not_there(env: dict[str, str], tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "seeds" / "talks.txt"), str(tmp_path / "lost.txt"), env=env)
    assert done.returncode == 1
    assert "the tariff on cars. (107 characters)" in " ".join(done.stdout.split())
    assert "no article: there is no such file" in done.stdout


def test_status_lists_seeds_that_are_no_article_where_there_are_any(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "seeds" / "broken.json").unlink()
    prepare(env)
    run("ingest", "--now", env=env)
    status = run("status", env=env)
    assert (status.returncode, "1 stored" in status.stdout, "No article" in status.stdout) == (0, True, False)


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
    assert set(bad) == set(good), "the keys are the same whatever becomes of a file"
    assert bad["error"]
    assert [value for key, value in bad.items() if value and key not in {"path", "error"}] == []
    lists = {key for key, value in good.items() if isinstance(value, list)}
    assert {key for key, value in bad.items() if value == []} == lists


def test_check_tells_the_events_that_an_article_names(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "seeds" / "summit.txt").write_text(SUMMIT)
    done = run("check", "--json", str(tmp_path / "seeds" / "summit.txt"), env=env)
    event = json.loads(done.stdout)["events"][0]
    assert (event["first"], event["last"], event["instant"]) == ("2026-03-05", "2026-03-05", None)
    assert event["sentence"] == "The leaders of both countries will meet in Seoul on March 5, 2026."
    assert [piece["text"] for piece in event["evidence"]] == ["March 5, 2026"]


def test_check_of_a_folder_skips_what_the_worker_skips(env: dict[str, str], tmp_path: Path) -> None:
    talks = tmp_path / "seeds" / "talks.txt"
    folder = tmp_path / "many"
    names = ("a.txt", "b/c.txt", ".hidden.txt", ".git/d.txt", "half.txt.part", "half.tmp/e.txt", "old.txt~")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(talks, folder / name)
    done = run("check", "--json", str(folder), str(folder / ".hidden.txt"), env=env)
    found = [json.loads(line)["path"] for line in done.stdout.splitlines()]
    assert found == [f"{folder}/a.txt", f"{folder}/b/c.txt", f"{folder}/.hidden.txt"], "a file that is named is checked"


def test_a_defect_in_one_file_does_not_lose_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TALKS)

    def fails_on_a(data: bytes, name: str, tools: Tools) -> Article:
        if name == "a.txt":
            raise KeyError("unforeseen")
        return read_article(data, name, tools)

    monkeypatch.setattr(checking, "read_article", fails_on_a)
    result = CliRunner().invoke(checking.check, ["--json", str(tmp_path)])
    bad, good = (json.loads(line) for line in result.stdout.splitlines())
    assert result.exit_code == 1
    assert bad["error"] == "Dateline failed on it: KeyError: 'unforeseen'"
    assert (good["title"], good["error"]) == ("Rubio and Cho agree to go on talking about the tariff on cars", None)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"DATELINE_SEEDS_DIR": "/nowhere/at/all"}, "the seeds folder /nowhere/at/all (DATELINE_SEEDS_DIR)"),
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
    prepare(env)
    wrong = env | {name: value.format(broken=tmp_path / "broken") for name, value in changed.items()}
    done = run("ingest", "--now", env=wrong)
    assert done.returncode in {1, 2}
    assert words in done.stderr


def test_a_public_address_must_be_said_before_binding_beyond_loopback(env: dict[str, str]) -> None:
    done = run("web", "--host", "0.0.0.0", env=env)
    assert done.returncode == 2
    assert "DATELINE_BASE_URL is not set" in done.stderr


@pytest.mark.parametrize("command", ["serve", "web"])
@pytest.mark.parametrize("option", [(), (socket.SO_REUSEPORT,)], ids=["another program", "another Dateline"])
def test_a_taken_port_is_refused(env: dict[str, str], tmp_path: Path, command: str, option: tuple[int, ...]) -> None:
    """The server shares its port with whoever asks for it, so a second one would take half of the first one's polls."""
    prepare(env)
    with socket.socket() as first:
        for each in option:
            first.setsockopt(socket.SOL_SOCKET, each, 1)
        first.bind(("127.0.0.1", 0))
        first.listen()
        port = first.getsockname()[1]
        done = run(command, "--port", str(port), env=env)
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 is taken: stop the other program, or choose another with --port" in done.stderr
    assert "panicked" not in done.stderr


def test_a_host_that_nobody_knows_is_one_sentence(env: dict[str, str]) -> None:
    known = env | {"DATELINE_BASE_URL": "https://feeds.example.org"}
    done = run("serve", "--host", "nowhere.invalid", env=known)
    assert done.returncode == 2
    assert "cannot bind port 8000 of nowhere.invalid" in done.stderr


def test_help_names_every_command() -> None:
    words = dateline("--help", env=environment(Path("seeds"), "")).stdout
    for command in ("serve", "web", "watch", "ingest", "check", "status", "db"):
        assert f"\n  {command} " in words
