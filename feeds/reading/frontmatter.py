"""Front matter: what a text declares of itself between lines of dashes or pluses, or in a head of `key: value`."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import rtoml  # bounded where `tomllib` is not: it takes a second for a key of 8,000 parts
import yaml

from feeds.errors import SeedInvalid
from feeds.reading.page import Declared, Stamp
from feeds.text import clean, clean_line

_FENCE = re.compile(r"\A\ufeff?\s{0,200}?(---|\+\+\+)[ \t]*\r?\n")
_END = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # makes strings, lists and dicts only
_MAX_SIZE = 16_384
_MAX_DEPTH = 8
_MAX_ITEMS = 50
_MAX_VALUE = 2_000
_PAIR = re.compile(r"^([A-Za-z][\w -]{0,30}?)\s?[:：]\s*(.*)$")
_TOML_PAIR = re.compile(r"^([A-Za-z][\w-]{0,30}?)\s?=\s*(.*)$")
_HEAD_LINES = 12
_MIN_HEAD = 2
_FIELDS = {
    "title": ("title", "headline"),
    "summary": ("summary", "description", "excerpt", "abstract"),
    "published": ("published", "published_time", "published_at", "date_published", "datepublished", "pubdate", "date"),
    "updated": (
        "updated",
        "modified",
        "modified_time",
        "updated_at",
        "date_modified",
        "datemodified",
        "lastmod",
        "last_modified",
    ),
    "url": ("url", "source_url", "canonical_url", "canonical", "permalink", "link"),
    "id": ("id", "guid", "uuid", "identifier"),
    "source": ("source", "publisher", "site", "site_name"),
    "language": ("language", "lang", "locale"),
    "authors": ("authors", "author", "byline", "creator", "by"),
    "topics": ("topics", "topic"),
    "actors": ("actors", "actor"),
}
_KNOWN = frozenset(key for keys in _FIELDS.values() for key in keys)
_LINE_ONLY = frozenset(
    {"title", "headline", "date", "published", "author", "authors", "url", "source", "language", "updated"}
)


def split_front_matter(text: str) -> tuple[Declared | None, int]:
    """Find what the text declares at its top, and where the text proper begins (code points).

    Raises:
        SeedInvalid: the front matter is larger, deeper or more entangled than any honest one.

    """
    fence = _FENCE.match(text)
    if fence is None:
        return _labelled_head(text)
    end = _END[fence[1]].search(text, fence.end())
    if end is None:
        return None, 0
    mapping = (_yaml if fence[1] == "---" else _toml)(text[fence.end() : end.start()])
    return (declared_from(mapping), end.end()) if mapping else (None, 0)


def declared_from(mapping: dict[str, Any]) -> Declared:
    """Read the fields that we know, under the names that are in use for them; anything else is ignored."""
    folded = {str(key).strip().casefold().replace("-", "_").replace(" ", "_"): value for key, value in mapping.items()}
    return Declared(
        title=_line(folded, "title"),
        summary=_line(folded, "summary"),
        published=_stamps(folded, "published"),
        updated=_stamps(folded, "updated"),
        url=_url(folded),
        id=_line(folded, "id")[:500] or None,
        source=_line(folded, "source")[:200] or None,
        language=_line(folded, "language") or None,
        authors=_list(folded, "authors"),
        topics=_list(folded, "topics"),
        actors=_list(folded, "actors"),
    )


def _yaml(text: str) -> dict[str, Any] | None:
    """Parse the YAML, or, where its author forgot quotes, the `key: value` lines in it."""
    _refuse_long(text)
    try:
        _check(text)
        found = yaml.load(text, Loader=_LOADER)  # noqa: S506 - see there
    except (yaml.YAMLError, ValueError):
        found = _pairs(text, _PAIR)
    return found if isinstance(found, dict) else None


def _toml(text: str) -> dict[str, Any]:
    """Parse the TOML that Hugo and Zola write, dates as they are printed; of broken TOML the `key = value` lines."""
    _refuse_long(text)
    try:
        found = rtoml.loads(text)
    except rtoml.TomlParsingError:
        return _pairs(text, _TOML_PAIR)
    return {key: value.isoformat() if isinstance(value, date | time) else value for key, value in found.items()}


def _pairs(text: str, pair: re.Pattern[str]) -> dict[str, Any]:
    return {match[1]: match[2].strip("'\" ") for line in text.splitlines() if (match := pair.match(line))}


def _refuse_long(text: str) -> None:
    if len(text) > _MAX_SIZE:
        raise SeedInvalid(f"the front matter is longer than {_MAX_SIZE} characters")


def _check(text: str) -> None:
    """Refuse aliases and deep nesting before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise SeedInvalid("the front matter uses YAML aliases")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise SeedInvalid(f"the front matter is nested deeper than {_MAX_DEPTH} levels")


def _labelled_head(text: str) -> tuple[Declared | None, int]:
    """A head of `Title: …`, `Date: …` lines; two known labels at least, before the first empty line."""
    pairs: dict[str, Any] = {}
    at = 0
    for raw in text.splitlines(keepends=True)[:_HEAD_LINES]:
        match = _PAIR.match(raw.strip())
        if match is None or match[1].strip().casefold() not in _LINE_ONLY:
            break
        pairs[match[1].strip()] = match[2].strip()
        at += len(raw)
    return (declared_from(pairs), at) if len(pairs) >= _MIN_HEAD else (None, 0)


def _values(folded: dict[str, Any], field: str) -> list[tuple[str, Any]]:
    return [(key, folded[key]) for key in _FIELDS[field] if folded.get(key) not in (None, "", [], {})]


def _line(folded: dict[str, Any], field: str) -> str:
    for _, value in _values(folded, field):
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return clean_line(str(value)[:_MAX_VALUE])
    return ""


def _stamps(folded: dict[str, Any], field: str) -> tuple[Stamp, ...]:
    """Every date of the field; the one with a time first, for it says more."""
    stamps = [
        Stamp(clean(str(value))[:100], key) for key, value in _values(folded, field) if isinstance(value, str | int)
    ]
    return tuple(sorted(stamps, key=lambda stamp: ":" not in stamp.text))


def _url(folded: dict[str, Any]) -> str | None:
    for _, value in _values(folded, "url"):
        if isinstance(value, str) and web_address(value):
            return web_address(value)
    return None


def web_address(value: str) -> str | None:
    """An http or https URL without spaces or controls, or None."""
    bare = clean(value).strip()
    if len(bare) > _MAX_VALUE or not re.fullmatch(r"https?://[^\s<>\"\\^`{|}]+", bare):
        return None
    return bare


def _list(folded: dict[str, Any], field: str) -> tuple[str, ...]:
    found: list[str] = []
    for _, value in _values(folded, field):
        parts = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
        for part in parts[:_MAX_ITEMS]:
            name = part.get("name", part.get("slug")) if isinstance(part, dict) else part
            if isinstance(name, str) and clean_line(name):
                found.append(clean_line(name[:200]))
    return tuple(dict.fromkeys(found))
