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
from typing import TYPE_CHECKING

from feeds.errors import ExportError
from feeds.web.cache import compress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.web.conditional import Coding

_SIBLINGS: tuple[tuple[str, Coding], ...] = ((".gz", "gzip"), (".br", "br"))
_LOCK = ".lock"


class Tree:
    """The generation before (`None` at first) and the one that is being made; `validators` are of the one before."""

    def __init__(self, root: Path) -> None:
        self._root, self._generations = root, root / "generations"
        before = root / "current"
        self._before = before.resolve() if before.is_symlink() and before.exists() else None
        number = 1 + max((int(one.name) for one in self._generations.iterdir() if one.name.isdigit()), default=0)
        self._new = self._generations / str(number)
        self.validators: Mapping[str, str] = self._read_validators()
        self._said: dict[str, list[str]] = {}
        self._new.mkdir()

    def keep(self, address: str, etag: str) -> bool:
        """Take over the files of an address as they are; False where they are not there any more."""
        name = self._names.get(address, "")
        before = self._before / name if self._before and name else None
        if before is None or not before.is_file():
            return False
        for suffix in ("", *(suffix for suffix, _ in _SIBLINGS)):
            old = before.with_name(before.name + suffix)
            if old.exists():
                _link(old, self._place(name + suffix))
        self._said[address] = [name, etag]
        return True

    def put(self, address: str, name: str, etag: str, body: bytes) -> bool:
        """Write a file and its compressed siblings, or keep them if the bytes are the same; True where written.

        Raises:
            OSError: the name is too long for the file system, or the disk is full.

        """
        before = self._before / name if self._before else None
        was_there = before is not None and before.is_file()
        if before is not None and was_there and before.read_bytes() == body:
            self._names[address] = name
            return not self.keep(address, etag)
        # Web servers make validators of whole seconds: another content must never have the time of the one before.
        stamp = max(int(time.time()), int(before.stat().st_mtime) + 1 if before is not None and was_there else 0)
        for suffix, data in (("", body), *_siblings(body)):
            place = self._place(name + suffix)
            place.write_bytes(data)
            os.utime(place, (stamp, stamp))
        self._said[address] = [name, etag]
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
        now = {name for name, _ in self._said.values()}
        return sum(name not in now for name in set(self._names.values()))

    def _read_validators(self) -> Mapping[str, str]:
        self._names: dict[str, str] = {}
        said: dict[str, list[str]] = {}
        if self._before is not None:
            try:
                said = json.loads(self._before.with_suffix(".etags").read_text(encoding="utf-8"))
            except (OSError, ValueError):
                said = {}  # lost or damaged: everything is asked for, and compared with the files
        self._names = {address: name for address, (name, _) in said.items()}
        return {address: etag for address, (_, etag) in said.items()}

    def _place(self, name: str) -> Path:
        place = self._new / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

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


def _siblings(body: bytes) -> Iterator[tuple[str, bytes]]:
    for suffix, coding in _SIBLINGS:
        data = compress(body, coding)
        if len(data) < len(body):
            yield suffix, data


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)
