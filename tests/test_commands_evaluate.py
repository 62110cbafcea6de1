"""`dateline evaluate` on a small set whose labels are wrong on purpose: every figure and every miss is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.evaluation.figures import load_floors

SET = Path(__file__).parent / "corpus" / "labels"
LABELS = str(SET / "labels.jsonl")
ACCURACY = Path(__file__).parent / "accuracy.toml"


def evaluate(*words: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", *words])


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    done = evaluate(LABELS, "--json", "--floors", str(SET / "floors.toml"))
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_figures_of_the_small_set(judged: dict[str, Any]) -> None:
    whole = judged["groups"]["all"]
    assert whole["files"] == 3
    assert {name: (one["hits"], one["of"]) for name, one in whole["figures"].items()} == {
        "titles": (1, 3),
        "languages": (1, 2),
        "right_days": (1, 3),
        "right_days_or_ranges": (1, 3),
        "days_not_wrong": (2, 3),
        "strings_kept": (1, 2),
        "strings_removed": (1, 2),
        "briefs_found": (0, 1),
        "brief_dates": (0, 1),
        "briefs_not_invented": (0, 0),
        "actor_precision": (3, 4),
        "actor_recall": (3, 4),
        "salient_recall": (2, 3),
        "strangers_left_out": (0, 1),
        "topic_precision": (1, 1),
        "topic_recall": (1, 2),
        "first_topics": (1, 2),
    }
    assert whole["figures"]["titles"]["share"] == 0.3333
    assert whole["figures"]["briefs_not_invented"]["share"] is None
    assert whole["dates"] == {
        "right day": 1,
        "honest range": 0,
        "range too wide": 0,
        "wrong day": 1,
        "not dated": 1,
    }


def test_every_miss_is_listed_by_file_and_kind(judged: dict[str, Any]) -> None:
    assert [(one["file"], one["kind"], one["wanted"] or one["found"]) for one in judged["misses"]] == [
        ("quay.json", "title", "Workers at the quay vote"),
        ("quay.json", "language", "ko"),
        ("quay.json", "wrong day", "2025-04-05"),
        ("quay.json", "text lost", "a strike of bakers"),
        ("quay.json", "furniture kept", "a spokesman for the port said"),
        ("quay.json", "brief not found", "A second quay opens"),
        ("quay.json", "date of a brief", "2025-04-01"),
        ("quay.json", "salient actor missed", "Harbour Union"),
        ("quay.json", "actor from elsewhere", "China"),
        ("quay.json", "topic missed", "labour"),
        ("quay.json", "first topic", "labour"),
        ("empty.txt", "no article", "the file is empty"),
        ("empty.txt", "title", "Nothing"),
        ("empty.txt", "not dated", "2025-01-01"),
    ]


def test_a_group_is_judged_by_itself_and_the_speed_by_suffix(judged: dict[str, Any]) -> None:
    good = judged["groups"]["good"]
    assert (good["files"], judged["below_floor"]) == (1, [])
    assert all(one["hits"] == one["of"] for one in good["figures"].values())
    assert {name: one["files"] for name, one in judged["speed"].items()} == {"all": 3, ".json": 1, ".md": 1, ".txt": 1}


def test_people_get_a_table_and_the_misses() -> None:
    done = evaluate(LABELS)
    assert done.exit_code == 0
    assert "title exact                      1/3   33.3%" in done.stdout
    assert "files per second of CPU: all " in done.stdout
    assert (
        "\nquay.json\n  title: wanted 'Workers at the quay vote', found 'Workers at the quay vote for a pause'\n"
        in (done.stdout)
    )


def test_a_set_without_a_miss_lists_none(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"file": "ferry.md", "language": "en"}\n')
    done = evaluate(str(tmp_path / "one.jsonl"), "--files", str(SET / "files"))
    assert (done.exit_code, "ferry.md" in done.stdout, "1/1  100.0%" in done.stdout) == (0, False, True)


def test_a_figure_below_its_floor_fails_and_is_named(tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(
        '[[group]]\nname = "mine"\nfiles = ["*"]\nfloors = { titles = 0.34, languages = 0.5 }\n'
        '[[group]]\nname = "none"\nfiles = ["*.pdf"]\nfloors = {}\n'
    )
    done = evaluate(LABELS, "--json", "--floors", str(floors))
    assert done.exit_code == 1
    sentences = ["mine: titles is 0.3333 (1/3), below 0.34", "none: none of the labelled files is in this group"]
    assert json.loads(done.stdout)["below_floor"] == sentences
    assert all(sentence in done.stderr for sentence in sentences)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"file": "ferry.md"}\n{"file": 7}\n', ":2: file: Input should be a valid string"),
        ('{"file": "gone.txt"}\n', ":1: there is no file 'gone.txt'"),
        (None, "No such file"),
    ],
)
def test_a_wrong_set_is_one_plain_sentence(tmp_path: Path, text: str | None, words: str) -> None:
    if text is not None:
        (tmp_path / "set.jsonl").write_text(text)
    done = evaluate(str(tmp_path / "set.jsonl"), "--files", str(SET / "files"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_floors_of_the_project_are_well_formed_and_name_the_five_and_all() -> None:
    groups = load_floors("accuracy.toml", ACCURACY.read_bytes())
    assert [group.name for group in groups] == ["seeds", "gold"]
    assert all(group.floors["days_not_wrong"] == 1 for group in groups)
