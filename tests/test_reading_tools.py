"""The shipped rules and sources, and an operator's over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds.errors import AuthorityError
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Talks resume in the harbour town\n\n"
    "The two sides met on Monday and agreed to go on, the mayor said in a statement.\n\n"
    "Brought to you by the Lighthouse\n"
)


def test_operator_rules_take_effect(tmp_path: Path) -> None:
    (tmp_path / "furniture.toml").write_text(
        "[[rule]]\nid = 'patron'\nkind = 'notice'\npattern = 'Brought to you by .{1,40}'\n", encoding="utf-8"
    )

    assert "Brought to you" in read_article(TEXT.encode(), "a.txt", load_tools(None)).body
    assert "Brought to you" not in read_article(TEXT.encode(), "a.txt", load_tools(tmp_path)).body


def test_a_folder_without_the_files_changes_nothing(tmp_path: Path) -> None:
    assert load_tools(tmp_path) == load_tools(None)


def test_a_wrong_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("[[source]]\nid = 'a'\nzone = 'Mars/Base'\n", encoding="utf-8")

    with pytest.raises(AuthorityError, match=r"sources\.toml: source 1 \('a'\): 'Mars/Base' is no IANA time zone"):
        load_tools(tmp_path)


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "furniture.toml").write_bytes(b"\xff\xfe\xff")

    with pytest.raises(AuthorityError, match=r"furniture\.toml: cannot be read"):
        load_tools(tmp_path)
