"""Entries appended to the operator's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds.authority import load_authority
from feeds.authority.overlay import append_entry, entry
from feeds.errors import AuthorityError

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.authority.overlay import Field

ANN = entry(
    "actor", {"slug": "ann-lee", "type": "person", "label": 'Ann "Annie" Lee', "names": {"ko": ["앤 리"]}}, "by\nhand"
)


def test_an_entry_is_toml() -> None:
    assert ANN == (
        '\n# by hand\n[[actor]]\nslug = "ann-lee"\ntype = "person"\nlabel = "Ann \\"Annie\\" Lee"\n'
        'names = { ko = ["앤 리"] }\n'
    )


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    path = append_entry(tmp_path, "actor", ANN)
    first = path.read_bytes()
    append_entry(tmp_path, "actor", entry("actor", {"slug": "bo-lee", "type": "person", "label": "Bo Lee"}, "by hand"))
    assert path.read_bytes().startswith(first)
    known = load_authority(tmp_path).actors
    assert known["ann-lee"].label == 'Ann "Annie" Lee'
    assert known["bo-lee"].names == {}
    assert "marco-rubio" in known


def test_an_entry_that_would_break_the_files_is_taken_back(tmp_path: Path) -> None:
    append_entry(tmp_path, "actor", ANN)
    before = (tmp_path / "actors.toml").read_bytes()
    with pytest.raises(AuthorityError, match="stands here twice"):
        append_entry(tmp_path, "actor", ANN)
    assert (tmp_path / "actors.toml").read_bytes() == before


def test_a_file_that_was_not_there_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="merged into 'nobody'"):
        append_entry(
            tmp_path,
            "actor",
            entry("actor", {"slug": "x", "type": "person", "label": "X", "merged_into": "nobody"}, ""),
        )
    assert list(tmp_path.iterdir()) == []


def test_a_topic_is_written_beside_the_actors(tmp_path: Path) -> None:
    fields: dict[str, Field] = {
        "slug": "tea",
        "label": "Tea",
        "names": {"ja": ["お茶"]},
        "phrases": {"ja": {"お茶": 3.0}},
    }
    path = append_entry(tmp_path, "topic", entry("topic", fields, "by hand"))
    assert path.name == "topics.toml"
    assert 'phrases = { ja = { "お茶" = 3.0 } }' in path.read_text(encoding="utf-8")
    assert load_authority(tmp_path).topics["tea"].phrases == {"ja": {"お茶": 3.0}}
