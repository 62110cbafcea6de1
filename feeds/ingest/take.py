"""The bytes of one seed, taken without following a link, hanging on a pipe, or reading what is being written."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from feeds.errors import SeedTooLarge, SeedUnreadable
from feeds.ingest.scan import stat_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a named pipe for reading would wait for a writer for ever.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_REASONS = {
    errno.ELOOP: "a symbolic link; links are not followed",
    errno.ENOTDIR: "a folder of its path is a symbolic link; links are not followed",
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ENOENT: "gone before it could be read",
}


def take(folder: Path, name: bytes, limit: int, expected: tuple[int, int, int] | None = None) -> bytes:
    """Read the regular file `name` below `folder`, at most `limit` bytes.

    `expected` is the `stat_key` under which the file was found settled: one that changed since may be half written.

    Raises:
        SeedUnreadable: not a regular file, no permission, gone, or changed while it was read.
        SeedTooLarge: more than `limit` bytes.

    """
    try:
        with _opened(folder, name) as handle:
            return _read(handle, limit, expected)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, (error.strerror or "unreadable").lower())
        raise SeedUnreadable(reason) from error


def _read(handle: int, limit: int, expected: tuple[int, int, int] | None) -> bytes:
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise SeedUnreadable("not a regular file")
    if expected not in {None, stat_key(before)}:
        raise SeedUnreadable("changed since it was seen")
    if before.st_size > limit:
        raise SeedTooLarge(f"{before.st_size:,} bytes; the limit is {limit:,} (DATELINE_MAX_SEED_BYTES)")
    with open(handle, "rb", closefd=False) as file:
        data = file.read(limit + 1)
    after = os.fstat(handle)
    if len(data) != before.st_size or stat_key(before) != stat_key(after):
        raise SeedUnreadable("changed while it was read")
    return data


@contextmanager
def _opened(folder: Path, name: bytes) -> Iterator[int]:
    """Open folder by folder from the root down, so that no part of the path can lead outside."""
    *folders, last = name.split(b"/")
    handles = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
    try:
        for part in folders:
            handles.append(os.open(part, _FOLDER, dir_fd=handles[-1]))
        handles.append(os.open(last, _FILE, dir_fd=handles[-1]))
        yield handles[-1]
    finally:
        for handle in reversed(handles):
            os.close(handle)
