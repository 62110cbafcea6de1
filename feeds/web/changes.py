"""What changed between two revisions of an item, paragraph by paragraph; pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.items import Revision
    from storage.types import Item

_MOST = 8  # paragraphs that are shown of one change


@dataclass(frozen=True, slots=True)
class Change:
    """One revision: its number and time, what it said instead of what; `more` counts what is not shown."""

    revision: int
    at: datetime
    removed: tuple[str, ...]
    added: tuple[str, ...]
    more: int


def changes(item: Item, earlier: Sequence[Revision]) -> tuple[Change, ...]:
    """Each revision after the first, newest first."""
    states = [(old.revision, old.updated, _texts(old.title, old.summary, old.body)) for old in earlier]
    report = item.report
    states.append((item.revision, item.updated, _texts(report.title, report.summary, report.body)))
    pairs = pairwise(states)
    return tuple(_change(number, at, before, after) for (_, _, before), (number, at, after) in pairs)[::-1]


def _texts(title: str, summary: str, body: str) -> list[str]:
    return [text for text in (title, summary, *body.split("\n\n")) if text.strip()]


def _change(number: int, at: datetime, before: list[str], after: list[str]) -> Change:
    removed: list[str] = []
    added: list[str] = []
    for what, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            removed += before[start:end]
            added += after[first:last]
    more = max(0, len(removed) - _MOST) + max(0, len(added) - _MOST)
    return Change(number, at, tuple(removed[:_MOST]), tuple(added[:_MOST]), more)
