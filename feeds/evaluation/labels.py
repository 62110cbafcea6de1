"""A labelled set: what a careful reader expects of each file, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable  # noqa: TC003 - pydantic reads the annotations at run time
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from feeds.errors import LabelsError

_STRICT = ConfigDict(extra="ignore", strict=True)
_Text = Annotated[str, Field(min_length=1)]


def _day_or_time(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _range(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    first, slash, last = value.partition("/")
    if not slash or date.fromisoformat(first) > date.fromisoformat(last):
        raise ValueError(f"{value!r} is no range of two days in order")
    return date.fromisoformat(first), date.fromisoformat(last)


_Stamp = Annotated[datetime | date, BeforeValidator(_day_or_time)]
_Day = Annotated[date, BeforeValidator(_day_or_time)]
_Range = Annotated[tuple[date, date], BeforeValidator(_range)]


@dataclass(frozen=True, slots=True)
class LabelledActor:
    """An actor that the reader names; `salient` ones are what the story is about."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: _Text
    salient: bool = False


@dataclass(frozen=True, slots=True)
class LabelledBrief:
    """A report of another event that the page carries along, and a day that it states itself."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title_or_first_sentence: _Text
    date: _Day | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What is expected of one file. `asked` holds the keys that its line has: what is not there is not judged.

    `published` is None where nobody can know it. `exhaustive_actors` says that every actor is listed, so that any other
    is a false one. `topics` begin with the most important.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    file: _Text
    title: str | None = None
    language: str | None = None
    published: _Stamp | None = None
    tolerance_days: Annotated[int, Field(ge=0)] = 0
    acceptable_interval: _Range | None = None
    actors: tuple[LabelledActor, ...] = ()
    exhaustive_actors: bool = True
    related_only_actors: tuple[LabelledActor, ...] = ()
    must_not_be_actor: tuple[_Text, ...] = ()
    topics: tuple[_Text, ...] = ()
    must_contain: tuple[_Text, ...] = ()
    must_not_contain: tuple[_Text, ...] = ()
    related: tuple[LabelledBrief, ...] = ()
    asked: frozenset[str] = frozenset()


_SCHEMA = TypeAdapter(Label)


def load_labels(name: str, data: bytes, exists: Callable[[str], bool]) -> tuple[Label, ...]:
    """Read a labelled set.

    Args:
        name: what errors call it.
        data: its bytes, UTF-8; empty lines are skipped, keys that are not known are somebody's notes.
        exists: tells whether a labelled file is there.

    Raises:
        LabelsError: names the line and what is wrong with it.

    """
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        raise LabelsError(f"{name}:{number}: this is not UTF-8") from error
    labels: dict[str, Label] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        label = _label(f"{name}:{number}", line)
        if label.file in labels:
            raise LabelsError(f"{name}:{number}: {label.file!r} is labelled twice")
        if not exists(label.file):
            raise LabelsError(f"{name}:{number}: there is no file {label.file!r}")
        labels[label.file] = label
    if not labels:
        raise LabelsError(f"{name}: it holds no label")
    return tuple(labels.values())


def _label(where: str, line: str) -> Label:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LabelsError(f"{where}: this is no JSON: {error}") from error
    if not isinstance(raw, dict):
        raise LabelsError(f"{where}: a JSON object is wanted")
    raw.pop("asked", None)
    try:
        return replace(_SCHEMA.validate_json(json.dumps(raw)), asked=frozenset(raw))
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"] if not isinstance(part, str) or part.isidentifier())
        raise LabelsError(f"{where}: {key}: {fault['msg'].removeprefix('Value error, ')}") from error
