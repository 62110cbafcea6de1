"""A folder whose whole content changes at once: generations beside each other, and a link to the one that counts.

    DIR/current             -> generations/7
    DIR/generations/7/      the files
    DIR/generations/7.etags the validator of each, for the next export

A file that did not change is the same file in the next generation (a hard link), so its time and inode stay. Whoever
reads through `current` sees one generation or the next, never a mixture, as renaming a link is one step (rename(2)).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feeds.errors import ExportError
from feeds.web.cache import compress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.web.conditional import Coding

_SIBLINGS: tuple[tuple[str, Coding], ...] = ((".gz", "gzip"), (".br", "br"))
_SMALL = 1_024  # bytes; what goes into one packet anyway needs no compressed form (RFC 9293 section 3.7.1)
_LOCK = ".lock"


class Said(NamedTuple):
    """What is remembered of an address: its file, the validator of its bytes, and what they hang on (or nothing)."""

    name: str
    etag: str
    stamp: str


class Tree:
    """The generation that is being made; `known` is what the one before (none at first) says of each address."""

    def __init__(self, root: Path) -> None:
        self._root, self._generations = root, root / "generations"
        before = root / "current"
        self._before = before.resolve() if before.is_symlink() and before.exists() else None
        number = 1 + max((int(one.name) for one in self._generations.iterdir() if one.name.isdigit()), default=0)
        self._new = self._generations / str(number)
        self.known: Mapping[str, Said] = _read_list(self._before)
        self._said: dict[str, Said] = {}
        self._folders: set[str] = set()
        self._new.mkdir()

    def keep(self, address: str, said: Said) -> bool:
        """Take over the files of an address as they are; False where they are not there any more."""
        if self._before is None or not _link(f"{self._before}/{said.name}", self._place(said.name)):
            return False
        for suffix, _ in _SIBLINGS:
            _link(f"{self._before}/{said.name}{suffix}", self._place(said.name + suffix))
        self._said[address] = said
        return True

    def put(self, address: str, said: Said, body: bytes) -> bool:
        """Write a file and its compressed siblings, or keep them if the bytes are the same; True where written.

        Raises:
            OSError: the name is too long for the file system, or the disk is full.

        """
        before = self._before / said.name if self._before else None
        was_there = before is not None and before.is_file()
        if before is not None and was_there and before.read_bytes() == body:
            return not self.keep(address, said)
        # Web servers make validators of whole seconds: another content must never have the time of the one before.
        stamp = max(int(time.time()), int(before.stat().st_mtime) + 1 if before is not None and was_there else 0)
        for suffix, data in (("", body), *_siblings(body)):
            place = self._place(said.name + suffix)
            Path(place).write_bytes(data)
            os.utime(place, (stamp, stamp))
        self._said[address] = said
        return True

    def swap(self) -> int:
        """Make the new generation the one that counts; remove all but it and the one before.

        Returns:
            How many files (without siblings) the generation before had that are gone now.

        """
        self._new.with_suffix(".etags").write_text(json.dumps(self._said), encoding="utf-8")
        os.sync()  # a power failure must not leave empty files under a link that is there already
        link = self._root / ".current"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("generations") / self._new.name)
        link.rename(self._root / "current")
        self._remove_old()
        now = {said.name for said in self._said.values()}
        return len({said.name for said in self.known.values()} - now)

    def _place(self, name: str) -> str:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            (self._new / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._new}/{name}"

    def _remove_old(self) -> None:
        keep = {self._new.name, self._before.name if self._before else ""}
        for one in self._generations.iterdir():
            if one.stem not in keep:
                shutil.rmtree(one) if one.is_dir() else one.unlink()


@contextmanager
def opened(root: Path) -> Iterator[Tree]:
    """Prepare a folder for one more generation; what an export that failed left behind goes away with the next.

    Raises:
        ExportError: it holds something else, cannot be written, or another export writes into it.

    """
    if root.exists() and (not root.is_dir() or not _is_ours(root)):
        raise ExportError(f"{root} holds something else: name an empty folder, or one that an export made")
    try:
        (root / "generations").mkdir(parents=True, exist_ok=True)
        handle = os.open(root / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ExportError(f"cannot write into {root}: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Tree(root)
    except BlockingIOError as error:
        raise ExportError(f"another export is writing into {root}") from error
    finally:
        os.close(handle)


def _is_ours(root: Path) -> bool:
    names = {one.name for one in root.iterdir()}
    return not names or "generations" in names


def _read_list(generation: Path | None) -> Mapping[str, Said]:
    if generation is None:
        return {}
    try:
        told = json.loads(generation.with_suffix(".etags").read_text(encoding="utf-8"))
        return {address: Said(*said) for address, said in told.items()}
    except (OSError, ValueError, TypeError):
        return {}  # lost, damaged or of an older version: everything is asked for, and compared with the files


def _siblings(body: bytes) -> Iterator[tuple[str, bytes]]:
    for suffix, coding in _SIBLINGS if len(body) >= _SMALL else ():
        data = compress(body, coding)
        if len(data) < len(body):
            yield suffix, data


def _link(old: str, new: str) -> bool:
    """Make the same file stand at another place; False where there is none."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        return False
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)
    return True
