"""Taking bytes: regular files only, inside the folder only, and never half of one."""

from __future__ import annotations

import os
import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds.errors import SeedTooLarge, SeedUnreadable
from feeds.ingest.take import take

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_a_file_in_a_subfolder_is_taken_whole(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"x" * 100)
    assert take(tmp_path, b"sub/a.txt", 100) == b"x" * 100


def test_a_link_is_not_followed_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("a")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    (tmp_path / "folder").symlink_to("real")
    with pytest.raises(SeedUnreadable, match="a symbolic link; links are not followed"):
        take(tmp_path, b"link.txt", 100)
    with pytest.raises(SeedUnreadable, match="links are not followed"):
        take(tmp_path, b"folder/a.txt", 100)


def test_a_pipe_does_not_hang_and_a_socket_does_not_open(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SeedUnreadable, match="not a regular file"):
        take(tmp_path, b"pipe", 100)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
    with pytest.raises(SeedUnreadable):
        take(tmp_path, b"socket", 100)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(SeedTooLarge, match="1,073,741,824 bytes; the limit is 4,096"):
        take(tmp_path, b"sparse", 4096)


def test_a_missing_file_is_a_reason(tmp_path: Path) -> None:
    with pytest.raises(SeedUnreadable, match="gone before it could be read"):
        take(tmp_path, b"a.txt", 100)


def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 10)
    real = os.fstat
    seen: list[int] = []

    def fstat(handle: int) -> os.stat_result:
        if seen:  # the second look, after the reading: somebody wrote meanwhile
            with path.open("ab") as file:
                file.write(b"y")
        seen.append(handle)
        return real(handle)

    monkeypatch.setattr(os, "fstat", fstat)
    with pytest.raises(SeedUnreadable, match="changed while it was read"):
        take(tmp_path, b"a.txt", 100)


def test_a_file_without_permission_is_a_reason_until_it_may_be_read(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as made:  # not below pytest's own folder, which is closed to other users
        folder = Path(made)
        folder.chmod(0o755)
        path = folder / "a.txt"
        path.write_text("a")
        path.chmod(0)
        with as_ordinary_user(), pytest.raises(SeedUnreadable, match="no permission to read it"):
            take(folder, b"a.txt", 100)
        path.chmod(0o644)
        with as_ordinary_user():
            assert take(folder, b"a.txt", 100) == b"a"


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may read everything, so a test that is run by root steps down."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
