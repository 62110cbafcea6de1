"""`dateline topics explain`: every phrase with its points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from feeds.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Tariffs on steel rise\n\nThe tariff on steel rises to 50 percent, said the leader who imposed martial law.\n"


def test_phrases_points_and_verdicts_are_shown(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    done = CliRunner().invoke(main, ["topics", "explain", str(tmp_path / "one.txt")])
    assert done.exit_code == 0, done.output
    assert "trade-tariffs" in done.output
    assert "given" in done.output
    assert "left out, lacks" in done.output
    assert "×3" in done.output


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["topics", "explain", str(tmp_path / "none.txt")])
    assert done.exit_code == 1
    assert "Traceback" not in done.output
