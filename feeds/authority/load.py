"""The shipped authority files, overlaid by the operator's, to one checked `Authority`.

Four files, each explained at its own top: `actors.toml`, `countries.toml`, `names.toml`, `topics.toml`. The operator's
folder may hold any of them: an entry with the slug (title, ISO code) of a shipped one replaces it, others are added.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping  # noqa: TC003 - pydantic reads the annotations at run time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

import rtoml  # reads a file of 100,000 actors in a third of the time that the standard library takes
from pydantic import ConfigDict, TypeAdapter, ValidationError

from feeds.authority.check import Fault, checked
from feeds.authority.countries import country_actor
from feeds.authority.garbage import uncollected
from feeds.authority.lines import line_of
from feeds.authority.model import (
    Actor,
    Authority,
    Country,
    Exempt,
    Generic,
    Names,
    Redirect,
    Rule,
    Shared,
    Title,
    Topic,
)
from feeds.errors import AuthorityError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pydantic_core import ErrorDetails

    from storage.types import SubjectKind

FILES = ("countries.toml", "actors.toml", "names.toml", "topics.toml")
_SHIPPED = Path(__file__).parent
_AT_LINE = re.compile(r" at line (\d+) column \d+")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _File:
    """The tables that an authority file may hold."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    actor: tuple[Actor, ...] = ()
    country: Mapping[str, Country] = field(default_factory=dict)
    shared: tuple[Shared, ...] = ()
    rule: tuple[Rule, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    title: tuple[Title, ...] = ()
    generic: tuple[Generic, ...] = ()
    topic: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that was read: its tables, and its text to find lines in."""

    path: Path
    text: str
    tables: _File


_SCHEMA = TypeAdapter(_File)


def load_authority(directory: Path | None) -> Authority:
    """Read the shipped files and lay those in `directory` over them.

    Raises:
        AuthorityError: names file, line and fault.
        SettingsError: `directory` is not there.

    """
    if directory is not None and not directory.is_dir():
        raise SettingsError(f"DATELINE_AUTHORITY_DIR names {directory}, which is no folder")
    with uncollected():
        sources = [_read(_SHIPPED / name) for name in FILES]
        if directory is not None:
            sources += [_read(directory / name) for name in FILES if (directory / name).is_file()]
        try:
            return checked(_merge(sources))
        except Fault as fault:
            raise AuthorityError(_located(fault, sources)) from fault


def _read(path: Path) -> _Source:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        source = _Source(path, text, _SCHEMA.validate_python(rtoml.loads(text)))
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorityError(f"{path}: {error}") from error
    except rtoml.TomlParsingError as error:
        found = _AT_LINE.search(str(error))
        line = found[1] if found else "1"
        raise AuthorityError(f"{path}:{line}: {_AT_LINE.sub('', str(error)).strip()}") from error
    except ValidationError as error:
        raise AuthorityError("; ".join(_sentence(path, text, fault) for fault in error.errors()[:10])) from error
    _refuse_twins(source)
    return source


def _refuse_twins(source: _Source) -> None:
    """Within one file a slug stands once; a second entry would silently hide the first."""
    tables = {"actor": [one.slug for one in source.tables.actor], "topic": [one.slug for one in source.tables.topic]}
    for table, slugs in tables.items():
        seen: set[str] = set()
        for number, slug in enumerate(slugs):
            if slug in seen:
                line = line_of(source.text, table, number, "slug")
                raise AuthorityError(f"{source.path}:{line}: {slug!r} stands here twice")
            seen.add(slug)


def _sentence(path: Path, text: str, fault: ErrorDetails) -> str:
    loc: tuple[int | str, ...] = (*fault["loc"], 0)
    table, number = loc[:2]
    key = next((str(part) for part in reversed(loc[2:]) if not isinstance(part, int)), "")
    return f"{path}:{line_of(text, str(table), number, key)}: {key or table}: {fault['msg']}"


def _located(fault: Fault, sources: list[_Source]) -> str:
    """The last file that holds the faulty entry is the one whose word counts."""
    for source in reversed(sources):
        entries = getattr(source.tables, fault.table)
        for number, entry in enumerate(entries):
            if getattr(entry, fault.key, None) == fault.value:
                return f"{source.path}:{line_of(source.text, fault.table, number, fault.near)}: {fault}"
        if isinstance(entries, dict) and fault.value in entries:
            return f"{source.path}:{line_of(source.text, fault.table, str(fault.value))}: {fault}"
    return str(fault)


def _merge(sources: list[_Source]) -> Authority:
    tables = [source.tables for source in sources]
    actors = _actors(tables)
    topics = _latest((topic for file in tables for topic in file.topic), lambda topic: topic.slug)
    return Authority(
        actors={actor.slug: actor for actor in _united(actors)},
        topics={topic.slug: topic for topic in _united_topics(topics)},
        titles=tuple(_latest((title for file in tables for title in file.title), lambda title: title.title).values()),
        generics=tuple(_latest((g for file in tables for g in file.generic), lambda entry: entry.generic).values()),
        shared=tuple(shared for file in tables for shared in file.shared),
        rules=tuple(rule for file in tables for rule in file.rule),
        exempt=tuple(exempt for file in tables for exempt in file.exempt),
        redirects=(*_redirects("actor", actors), *_redirects("topic", topics)),
    )


def _actors(tables: list[_File]) -> dict[str, Actor]:
    countries = _latest(
        ((code, row) for file in tables for code, row in file.country.items()), lambda entry: entry[0]
    ).values()
    named = [country_actor(code, row) for code, row in countries]
    return _latest((*named, *(actor for file in tables for actor in file.actor)), lambda actor: actor.slug)


def _latest(entries: Iterable[T], key: Callable[[T], str]) -> dict[str, T]:
    return {key(entry): entry for entry in entries}


def _united(actors: Mapping[str, Actor]) -> Iterator[Actor]:
    """Leave out the merged actors; the ones that they are merged into take their names over."""
    merged: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors.values():
        if actor.merged_into is not None:
            merged[actor.merged_into].append(actor)
    for actor in actors.values():
        if actor.merged_into is None:
            others = merged.get(actor.slug)
            yield replace(actor, names=_joined(actor, others)) if others else actor


def _united_topics(topics: Mapping[str, Topic]) -> Iterator[Topic]:
    """Leave out the merged topics; the ones that they are merged into take their names and phrases over."""
    for topic in topics.values():
        if topic.merged_into is None:
            merged = [other for other in topics.values() if other.merged_into == topic.slug]
            yield replace(topic, names=_joined(topic, merged), phrases=_phrases(topic, merged)) if merged else topic


def _phrases(topic: Topic, merged: list[Topic]) -> Mapping[str, Mapping[str, float]]:
    """All phrases by language; of two weights the topic's own counts."""
    found: dict[str, dict[str, float]] = {}
    for one in (*reversed(merged), topic):
        for language, phrases in one.phrases.items():
            found.setdefault(language, {}).update(phrases)
    return found


def _joined(actor: Actor | Topic, others: Sequence[Actor | Topic]) -> Names:
    languages = dict.fromkeys(language for one in (actor, *others) for language in one.names)
    return {
        language: tuple(dict.fromkeys(form for one in (actor, *others) for form in one.names.get(language, ())))
        for language in languages
    }


def _redirects(kind: SubjectKind, entries: Mapping[str, Actor] | Mapping[str, Topic]) -> list[Redirect]:
    """Old slugs to the ones that count today, chains followed to their end."""
    steps = {old: entry.slug for entry in entries.values() for old in entry.renamed_from}
    steps |= {slug: entry.merged_into for slug, entry in entries.items() if entry.merged_into is not None}
    found = []
    for old in sorted(steps):
        new, seen = steps[old], {old}
        while new in steps and new not in seen:
            seen.add(new)
            new = steps[new]
        found.append(Redirect(kind, old, new))
    return found
