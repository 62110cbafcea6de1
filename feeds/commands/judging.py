"""What `dateline actors` and `dateline topics` share: candidates listed, and judged one by one."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zlib import crc32

from rich.table import Table
from rich.text import Text

from feeds.commands.common import OUT, Failure, Refusal, opened_store, settings_from_environment
from feeds.text import slug as slug_of
from storage.candidates import find_candidate, judge_candidate, list_candidates

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from feeds.authority.overlay import Table as Kind
    from feeds.settings import Settings
    from storage.candidates import Candidate
    from storage.engine import Store


def show_candidates(kind: Kind, limit: int, *, rejected: bool, examples: bool) -> None:
    """Print candidates for actors or topics, those that most items name first."""
    settings = settings_from_environment()
    with opened_store(settings) as store, store.read() as conn:
        found = list_candidates(conn, "rejected" if rejected else "waiting", limit, topics=kind == "topic")
    reasons = "why" if kind == "topic" else "titles"
    table = Table("items", "name", "language", reasons, box=None, pad_edge=False)
    for one in found:
        table.add_row(f"{one.number:,}", Text(one.name), one.language, Text(", ".join(one.titles)))
        for sentence in one.sentences if examples else ():
            table.add_row("", Text(f"“{sentence}”", style="dim"), "", "")
    OUT.print(table if found else "No candidates.")


def reject(kind: Kind, name: str) -> None:
    """Remember that a name is none; it is not proposed again."""
    with opened_store(settings_from_environment()) as store:
        waiting(store, kind, name)
        with store.write() as conn:
            judge_candidate(conn, name, "rejected")
    OUT.print(Text(f"{name} will not be proposed again."))


def own_directory(settings: Settings) -> Path:
    """The operator's folder of authority files."""
    if settings.authority_dir is None:
        raise Refusal(
            "DATELINE_AUTHORITY_DIR is not set: make a folder for your own authority files and name it there, "
            "for the worker too"
        )
    if not settings.authority_dir.is_dir():
        raise Refusal(f"DATELINE_AUTHORITY_DIR: there is no folder {settings.authority_dir}")
    return settings.authority_dir


def waiting(store: Store, kind: Kind, name: str) -> Candidate:
    """The candidate of that name that nobody has judged yet."""
    with store.read() as conn:
        found = find_candidate(conn, name)
    if found is None or found.state != "waiting" or (found.kind == "topic") != (kind == "topic"):
        raise Failure(f"{name} is no candidate: `dateline {kind}s candidates` lists them")
    return found


def comment(verb: str, found: Candidate) -> str:
    """What stands above an entry: when it was judged, and what spoke for it."""
    return f"{verb} {datetime.now(UTC):%Y-%m-%d}: {', '.join(found.titles)}; {found.number} items"


def new_slug(name: str, given: str) -> str:
    """The slug that was given, or that of the name."""
    made = given or latin_slug(name)
    if not made:
        raise Refusal(f"a slug of Latin letters cannot be made of {name}: give one with --slug")
    return made


def alias_slug(name: str, slug: str, taken: Container[str]) -> str:
    """A slug that nobody has, for another name of `slug`."""
    alias = latin_slug(name) or f"{slug}-{crc32(name.encode()):x}"
    return f"{alias}-{crc32(name.encode()):x}" if alias in taken else alias


def latin_slug(name: str) -> str:
    """The slug of a name, marks taken off its letters; nothing if a letter is left that is not Latin."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    made = slug_of(plain)
    return made if made.isascii() else ""
