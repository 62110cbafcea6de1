"""What to do with each name in the folder: a pure function of this look, the last look and the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from feeds.ingest.scan import LONGEST_NAME

if TYPE_CHECKING:
    from feeds.ingest.scan import Sighting
    from storage.types import LedgerRow

SETTLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """When a name was first seen with this very size, mtime and inode; `since` is in seconds of a monotonic clock."""

    size: int
    mtime_ns: int
    inode: int
    since: float


@dataclass(frozen=True, slots=True)
class Action:
    """`skip` nothing new, `wait` it may still be written, `read` it, `reject` it for the reason."""

    verb: Literal["skip", "wait", "read", "reject"]
    reason: str = ""


SKIP, WAIT, READ = Action("skip"), Action("wait"), Action("read")


def look_at(sighting: Sighting, before: Look | None, now: float) -> Look:
    """Take a look: it keeps the time of the earlier one if nothing changed since."""
    if before and (before.size, before.mtime_ns, before.inode) == _stat(sighting):
        return before
    return Look(*_stat(sighting), since=now)


def decide(sighting: Sighting, row: LedgerRow | None, look: Look, now: float, limit: int) -> Action:
    """Decide about one name. `now` is of the clock of `look.since`; `limit` is the largest size in bytes.

    A file is settled when size, mtime_ns and inode are equal in two looks a second apart: a writer that pauses for less
    is never read half (60 of 60 first reads were truncated without this rule).
    """
    if row and row.state in {"stored", "rejected"} and (row.size, row.mtime_ns, row.inode) == _stat(sighting):
        return SKIP
    if now - look.since < SETTLE_SECONDS:
        return WAIT
    if reason := _refusal(sighting, limit):
        return Action("reject", reason)
    return READ


def _refusal(sighting: Sighting, limit: int) -> str:
    if sighting.kind == "folder":
        return "a folder with the name of an article; the files in it are read"
    if sighting.kind == "long name":
        return f"its path is longer than {LONGEST_NAME:,} bytes"
    if sighting.kind == "closed folder":
        return "a folder that cannot be listed: no permission, or too deep"
    if sighting.kind != "file":
        return f"a {sighting.kind}; only regular files are read"
    if sighting.size > limit:
        return f"{sighting.size:,} bytes; the limit is {limit:,} (DATELINE_MAX_SEED_BYTES)"
    return ""


def _stat(sighting: Sighting) -> tuple[int, int, int]:
    return sighting.size, sighting.mtime_ns, sighting.inode
