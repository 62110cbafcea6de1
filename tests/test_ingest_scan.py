"""Looking at the folder: every kind of name, without opening one."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from feeds.errors import DatelineError
from feeds.ingest.scan import MAX_DEPTH, is_visible, scan


def kinds(folder: Path) -> dict[bytes, str]:
    return {sighting.name: sighting.kind for sighting in scan(folder).sightings}


def test_every_kind_of_name_is_seen_and_none_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "x.json").mkdir()
    (tmp_path / "x.json" / "in.txt").write_text("b")
    (tmp_path / "plain").mkdir()
    (tmp_path / "out").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
    assert kinds(tmp_path) == {
        b"a.txt": "file",
        b"loop": "symbolic link",
        b"out": "symbolic link",
        b"pipe": "named pipe",
        b"socket": "socket",
        b"x.json": "folder",
        b"x.json/in.txt": "file",
    }


def test_names_of_any_bytes_keep_their_bytes(tmp_path: Path) -> None:
    for name in (b"new\nline", b"bad \xff\xfe", "한글".encode(), b"x" * 255):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    assert set(kinds(tmp_path)) == {b"new\nline", b"bad \xff\xfe", "한글".encode(), b"x" * 255}


@pytest.mark.parametrize("name", [b".hidden", b"a.txt~", b"a.tmp", b"a.part", b"sub/.x", b".a.txt.swp"])
def test_a_delivery_in_progress_is_invisible(name: bytes) -> None:
    assert not is_visible(name)
    assert is_visible(b"a.txt")


def test_hidden_folders_are_not_entered(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("a")
    assert kinds(tmp_path) == {}


def test_folders_are_scanned_so_deep_and_no_deeper(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (MAX_DEPTH + 3))
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("a")
    found = scan(tmp_path)
    closed = b"/".join([b"d"] * (MAX_DEPTH + 1))
    assert kinds(tmp_path) == {closed: "closed folder"}
    assert not found.covers(closed + b"/d/d/a.txt"), "what cannot be seen is not gone"
    assert found.covers(b"elsewhere.txt")


def test_a_folder_that_is_missing_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"cannot read the seeds folder .*No such file"):
        scan(tmp_path / "nowhere")
