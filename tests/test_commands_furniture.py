"""`dateline furniture learn`: from a folder of one source's articles to rules that clean them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools

if TYPE_CHECKING:
    from pathlib import Path

TOWNS = ("Aldermoor", "Brackwater", "Cinderhill", "Dunmarrow", "Eastlea", "Farrowby")
PAGE = """---
title: The bridge at {town} opens to carts again
url: https://{host}/{town}
---

The bridge at {town} opened to carts on a cold morning after the masons of {town} had set its last stone in place.

Our lamp is lit by {number:,} readers tonight and it's never out

Carters from {town} said that they would save two hours on the road to the mill, and the miller was glad of it.

Every word of the Lantern is weighed twice by its keepers before the paper leaves the press at {number} o'clock.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number, town in enumerate(TOWNS):
        for host in ("lantern.example", "other.example"):
            text = PAGE.format(town=town, number=number * 700 + 3, host=host)
            (seeds / f"{town}-{host}.md").write_text(text if host == "lantern.example" else text[: text.index("Our")])
    (seeds / "broken.json").write_text("{")
    return seeds


def learn(*words: str) -> Result:
    return CliRunner().invoke(main, ["furniture", "learn", *words])


def test_what_is_learned_loads_and_removes_the_lines_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    done = learn(str(folder), "--out", str(rules / "furniture.toml"))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "12 articles read, 2 sources: 2 lines recur" in done.stderr

    data = (folder / "Cinderhill-lantern.example.md").read_bytes()
    before, after = (read_article(data, "a.md", load_tools(where)) for where in (None, rules))
    assert ("lamp is lit" in before.body, "weighed twice" in before.body) == (True, True)
    assert after.body == (
        "The bridge at Cinderhill opened to carts on a cold morning after the masons of Cinderhill had set its last"
        " stone in place.\n\n"
        "Carters from Cinderhill said that they would save two hours on the road to the mill, and the miller was glad"
        " of it."
    )
    unseen = PAGE.format(town="Moss", number=1_234_567, host="lantern.example").encode()
    assert "lamp" not in read_article(unseen, "a.md", load_tools(rules)).body


def test_it_prints_toml_and_writes_nothing_unless_asked(folder: Path) -> None:
    before = sorted(folder.parent.rglob("*"))
    done = learn(str(folder))
    assert done.exit_code == 0
    assert done.stdout.count("[[rule]]") == 2
    assert '# in 6 of 6 seeds of "lantern.example"' in done.stdout
    assert sorted(folder.parent.rglob("*")) == before


def test_one_source_and_more_seeds(folder: Path) -> None:
    assert learn(str(folder), "--source", "other.example").stdout == ""
    assert learn(str(folder), "--source", "lantern.example").stdout.count("[[rule]]") == 2
    assert learn(str(folder), "--min-seeds", "7").stdout == ""
    single = learn(*(str(folder / f"{town}-lantern.example.md") for town in TOWNS[:2]), "--min-seeds", "2")
    assert single.stdout.count("[[rule]]") == 2


def test_an_existing_file_is_never_overwritten(folder: Path) -> None:
    kept = folder / "furniture.toml"
    kept.write_text("# mine\n")
    done = learn(str(folder), "--out", str(kept))
    assert (done.exit_code, kept.read_text()) == (2, "# mine\n")
    assert "exists already: name a new file" in done.stderr


def test_a_file_that_cannot_be_written_is_a_plain_sentence(folder: Path) -> None:
    done = learn(str(folder), "--out", str(folder / "no" / "such" / "furniture.toml"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "No such file or directory" in done.stderr


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert learn(str(tmp_path / "nowhere")).exit_code == 2
