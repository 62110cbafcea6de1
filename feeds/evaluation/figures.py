"""Marks summed to figures, for all files and for groups of them, and the floors that figures must not fall below."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from feeds.errors import LabelsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.evaluation.score import Score

# In the order in which they are shown. All are shares of which 1 is the best.
MEANINGS: Final[Mapping[str, str]] = {
    "titles": "title exact",
    "languages": "language",
    "right_days": "right day",
    "right_days_or_ranges": "right day or honest range",
    "days_not_wrong": "no wrong day",
    "strings_kept": "must-strings present",
    "strings_removed": "must-not strings absent",
    "briefs_found": "briefs found",
    "brief_dates": "dates stated in briefs",
    "briefs_not_invented": "briefs not invented",
    "actor_precision": "actors, precision",
    "actor_recall": "actors, recall",
    "salient_recall": "salient actors, recall",
    "strangers_left_out": "actors from elsewhere left out",
    "topic_precision": "topics, precision",
    "topic_recall": "topics, recall",
    "first_topics": "first topic among the first two",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`hits` of `of`; `share` is 0..1, or None where there was nothing to judge."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """The share of hits."""
        return self.hits / self.of if self.of else None

    def __str__(self) -> str:
        return f"{self.hits}/{self.of}  {self.hits / self.of:6.1%}" if self.of else "-"


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the labelled files, by shell patterns of their names, and the least share for each figure named."""

    name: str
    files: tuple[str, ...]
    floors: Mapping[str, float]

    def of(self, scores: Iterable[Score]) -> tuple[Score, ...]:
        """The scores of this group's files."""
        return tuple(one for one in scores if any(fnmatchcase(one.file, pattern) for pattern in self.files))


def figures(scores: Iterable[Score]) -> dict[str, Figure]:
    """Sum the marks of many files: every judgement weighs the same, whichever file it belongs to."""
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for mark in (mark for one in scores for mark in one.marks):
        total[mark.figure] += 1
        hits[mark.figure] += mark.good
    return {name: Figure(hits[name], total[name]) for name in MEANINGS}


def below(group: Group, reached: Mapping[str, Figure]) -> list[str]:
    """Say in a sentence each which figures fell below their floors, or could not be judged at all."""
    found = []
    for name, floor in group.floors.items():
        share = reached[name].share
        if share is None:
            found.append(f"{group.name}: {name} has a floor of {floor:g}, but no label speaks of it")
        elif share < floor:
            found.append(
                f"{group.name}: {name} is {share:.4f} ({reached[name].hits}/{reached[name].of}), below {floor:g}"
            )
    return found


def load_floors(name: str, data: bytes) -> tuple[Group, ...]:
    """Read groups and floors: `[[group]]` with `name`, `files` (shell patterns) and a table `floors` of shares.

    Raises:
        LabelsError: names the file, and the line or the group that is wrong.

    """
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LabelsError(f"{name}: {error}") from error
    entries = table.pop("group", None)
    if table or not isinstance(entries, list) or not entries:
        raise LabelsError(f"{name}: [[group]] tables are wanted, and nothing else")
    return tuple(_group(f"{name}: group {number}", entry) for number, entry in enumerate(entries, 1))


def _group(where: str, entry: Any) -> Group:
    if not isinstance(entry, dict) or set(entry) != {"name", "files", "floors"}:
        raise LabelsError(f"{where}: `name`, `files` and `floors` are wanted")
    name, files, floors = entry["name"], entry["files"], entry["floors"]
    if not isinstance(name, str) or not isinstance(files, list) or not all(isinstance(one, str) for one in files):
        raise LabelsError(f"{where}: `name` must be a string, `files` a list of shell patterns")
    if not isinstance(floors, dict):
        raise LabelsError(f"{where}: `floors` must be a table")
    for key, floor in floors.items():
        if key not in MEANINGS:
            raise LabelsError(f"{where}: {key!r} is none of {', '.join(MEANINGS)}")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise LabelsError(f"{where}: {key} must be a share from 0 to 1, not {floor!r}")
    return Group(name, tuple(files), floors)
