"""What lies in the watched folder: names and stats of everything in it, without opening a single file."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from feeds.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FileKind = Literal["file", "folder", "closed folder", "symbolic link", "named pipe", "socket", "device"]

MAX_DEPTH = 32
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


@dataclass(frozen=True, slots=True)
class Scan:
    """A full look at the folder, sorted by name."""

    sightings: tuple[Sighting, ...]

    def covers(self, name: bytes) -> bool:
        """Tell whether this scan would have seen `name` if it were there: not below a folder it could not list."""
        closed = (sighting.name for sighting in self.sightings if sighting.kind == "closed folder")
        return not any(name.startswith(folder + b"/") for folder in closed)


def scan(folder: Path) -> Scan:
    """List the folder and its subfolders, sorted by name; links are not followed.

    Raises:
        DatelineError: the folder itself cannot be listed.

    """
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise DatelineError(f"cannot read the seeds folder {folder}: {error.strerror}") from error
    try:
        return Scan(tuple(sorted(_walk(root, b"", 0), key=lambda sighting: sighting.name)))
    finally:
        os.close(root)


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
        sighting = Sighting(prefix + last, kind, info.st_size, info.st_mtime_ns, info.st_ino)
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
