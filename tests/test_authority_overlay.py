"""Entries appended to the operator's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds.authority import load_authority
from feeds.authority.overlay import append_actor, entry
from feeds.errors import AuthorityError

if TYPE_CHECKING:
    from pathlib import Path

ANN = entry({"slug": "ann-lee", "type": "person", "label": 'Ann "Annie" Lee', "names": {"ko": ["앤 리"]}}, "by\nhand")


def test_an_entry_is_toml() -> None:
    assert ANN == (
        '\n# by hand\n[[actor]]\nslug = "ann-lee"\ntype = "person"\nlabel = "Ann \\"Annie\\" Lee"\n'
        'names = { ko = ["앤 리"] }\n'
    )


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    path = append_actor(tmp_path, ANN)
    first = path.read_bytes()
    append_actor(tmp_path, entry({"slug": "bo-lee", "type": "person", "label": "Bo Lee"}, "by hand"))
    assert path.read_bytes().startswith(first)
    known = load_authority(tmp_path).actors
    assert known["ann-lee"].label == 'Ann "Annie" Lee'
    assert known["bo-lee"].names == {}
    assert "marco-rubio" in known


def test_an_entry_that_would_break_the_files_is_taken_back(tmp_path: Path) -> None:
    append_actor(tmp_path, ANN)
    before = (tmp_path / "actors.toml").read_bytes()
    with pytest.raises(AuthorityError, match="stands here twice"):
        append_actor(tmp_path, ANN)
    assert (tmp_path / "actors.toml").read_bytes() == before


def test_a_file_that_was_not_there_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="merged into 'nobody'"):
        append_actor(tmp_path, entry({"slug": "x", "type": "person", "label": "X", "merged_into": "nobody"}, ""))
    assert list(tmp_path.iterdir()) == []
