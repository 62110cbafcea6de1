"""What lies in the watched folder: names and stats of everything in it, without opening a single file."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from feeds.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FileKind = Literal["file", "folder", "closed folder", "long name", "symbolic link", "named pipe", "socket", "device"]

MAX_DEPTH = 32
LONGEST_NAME = 1_000  # bytes of a relative path; PostgreSQL indexes about 2,700
# A delivery in progress: maildir's rule is to write under such a name, then rename.
_INVISIBLE_ENDS = (b"~", b".tmp", b".part", b".swp")
_SEED_ENDS = (b".txt", b".md", b".markdown", b".html", b".htm", b".json")
_KINDS: tuple[tuple[int, FileKind], ...] = (
    (stat.S_IFREG, "file"),
    (stat.S_IFDIR, "folder"),
    (stat.S_IFLNK, "symbolic link"),
    (stat.S_IFIFO, "named pipe"),
    (stat.S_IFSOCK, "socket"),
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One name in the folder: `name` is its path relative to the folder, as bytes."""

    name: bytes
    kind: FileKind
    size: int
    mtime_ns: int
    inode: int

    @property
    def stat_key(self) -> tuple[int, int, int]:
        """What `stat_key` gave when it was seen."""
        return self.size, self.mtime_ns, self.inode


@dataclass(frozen=True, slots=True)
class Scan:
    """A full look at the folder, sorted by name; `closed` are the subfolders that could not be listed."""

    sightings: tuple[Sighting, ...]
    closed: tuple[bytes, ...] = ()

    def covers(self, name: bytes) -> bool:
        """Tell whether this scan would have seen `name` if it were there: not below a folder it could not list."""
        return not any(name.startswith(folder + b"/") for folder in self.closed)


def scan(folder: Path) -> Scan:
    """List the folder and its subfolders, sorted by name; links are not followed.

    Raises:
        DatelineError: the folder itself cannot be listed.

    """
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        reason = f"cannot read the seeds folder {folder} (DATELINE_SEEDS_DIR): {error.strerror}"
        raise DatelineError(reason) from error
    try:
        sightings = sorted(_walk(root, b"", 0), key=lambda sighting: sighting.name)
    finally:
        os.close(root)
    closed = tuple(sighting.name for sighting in sightings if sighting.kind == "closed folder")
    return Scan(tuple(sightings), closed)


def stat_key(info: os.stat_result) -> tuple[int, int, int]:
    """Size, mtime in ns and inode; the last two wrapped to signed 64 bits, which is what a database can hold.

    A file may be dated 2300, and some file systems number inodes beyond 2**63.
    """
    return info.st_size, _signed(info.st_mtime_ns), _signed(info.st_ino)


def _signed(number: int) -> int:
    return (number + 2**63) % 2**64 - 2**63


def is_visible(name: bytes) -> bool:
    """Tell whether a file of this name is a seed: hidden and half-delivered names are not."""
    last = name.rsplit(b"/", 1)[-1]
    return not last.startswith(b".") and not last.endswith(_INVISIBLE_ENDS)


def _walk(handle: int, prefix: bytes, depth: int) -> Iterator[Sighting]:
    # The entries of an open folder, never of a path: a folder swapped for a link under our feet is not followed.
    with os.scandir(handle) as entries:
        found = [(os.fsencode(entry.name), _stat(entry)) for entry in entries]
    for last, info in found:
        if info is None or not is_visible(last):
            continue
        kind = _kind(info.st_mode)
        sighting = Sighting(prefix + last, kind, *stat_key(info))
        if len(sighting.name) > LONGEST_NAME:
            yield replace(sighting, name=_shortened(sighting.name), kind="long name")
            continue
        if kind == "folder":
            yield from _descend(handle, last, sighting, depth)
        if kind != "folder" or last.lower().endswith(_SEED_ENDS):
            yield sighting


def _descend(parent: int, last: bytes, sighting: Sighting, depth: int) -> Iterator[Sighting]:
    child = _open_folder(parent, last) if depth < MAX_DEPTH else None
    if child is None:
        yield replace(sighting, kind="closed folder")
        return
    try:
        yield from _walk(child, sighting.name + b"/", depth + 1)
    finally:
        os.close(child)


def _shortened(name: bytes) -> bytes:
    """A name that the ledger can hold, and that no other name has."""
    return name[:200] + b"\xe2\x80\xa6" + sha256(name).hexdigest().encode()


def _open_folder(parent: int, last: bytes) -> int | None:
    try:
        return os.open(last, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    except OSError:
        return None


def _stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None  # gone between listing and looking


def _kind(mode: int) -> FileKind:
    return next((kind for bits, kind in _KINDS if stat.S_IFMT(mode) == bits), "device")
