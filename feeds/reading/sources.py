"""Sources: where a report came from, told by its URL or by a line of its furniture, and the time zone that it keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feeds.errors import AuthorityError
from feeds.reading.rules import parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KEYS = {"id", "name", "hosts", "lines", "zone", "language"}
_ADDRESS = re.compile(r"(?:https?://|www\.|@)([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher: the names that stand behind its titles, how to know it, and the zone of what it prints."""

    id: str
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    lines: tuple[re.Pattern[str], ...] = ()
    zone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """All known sources, in file order."""

    known: tuple[Source, ...]

    def of_host(self, host: str | None) -> Source | None:
        """Find the source that a host, or its parent domain, belongs to."""
        wanted = (host or "").lower().rstrip(".")
        for source in self.known:
            if any(wanted == name or wanted.endswith("." + name) for name in source.hosts):
                return source
        return None

    def of_furniture(self, lines: Iterable[str]) -> Source | None:
        """Find the source that the page's furniture names: an address first, then a line that is its mark."""
        texts = list(lines)
        for text in texts:
            for host in _ADDRESS.findall(text):
                if found := self.of_host(host):
                    return found
        for source in self.known:
            if any(pattern.search(text) for pattern in source.lines for text in texts):
                return source
        return None


def host_of(url: str | None) -> str | None:
    """The host of a URL without `www.`, or None if it has none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def load_sources(texts: Mapping[str, str]) -> Sources:
    """Read source files, later ones laid over earlier ones.

    Args:
        texts: the TOML text of each file, under the name that errors shall show.

    Raises:
        AuthorityError: names the file, and the line or the source that is wrong.

    """
    known: dict[str, Source] = {}
    for name, text in texts.items():
        entries = parse_toml(name, text, {"source"}).get("source", [])
        if not isinstance(entries, list):
            raise AuthorityError(f"{name}: `source` must be written as [[source]] tables")
        for number, entry in enumerate(entries, 1):
            source = _source(f"{name}: source {number}", entry)
            known[source.id] = source
    return Sources(tuple(known.values()))


def _source(where: str, entry: Any) -> Source:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not entry["id"]:
        raise AuthorityError(f"{where} has no `id`")
    named = f"{where} ({entry['id']!r})"
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise AuthorityError(f"{named}: unknown key {unknown[0]!r}")
    return Source(
        id=entry["id"],
        names=_texts(named, entry, "name"),
        hosts=tuple(host.lower() for host in _texts(named, entry, "hosts")),
        lines=tuple(_pattern(named, text) for text in _texts(named, entry, "lines")),
        zone=_zone(named, entry.get("zone")),
        language=_text(named, entry, "language"),
    )


def _texts(where: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise AuthorityError(f"{where}: `{key}` must be a list of strings")
    return tuple(value)


def _text(where: str, entry: Mapping[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise AuthorityError(f"{where}: `{key}` must be a string")
    return value


def _pattern(where: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, RecursionError) as error:
        raise AuthorityError(f"{where}: `lines`: {text!r}: {error}") from error


def _zone(where: str, value: Any) -> str | None:
    if value is None:
        return None
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError) as error:
        raise AuthorityError(f"{where}: {value!r} is no IANA time zone (try Asia/Seoul)") from error
    return str(value)
