"""What `dateline actors` and `dateline topics` share: candidates listed, and judged one by one."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zlib import crc32

import click
from rich.table import Table
from rich.text import Text

from feeds.authority import load_authority
from feeds.authority.overlay import append_entry, entry
from feeds.commands.common import OUT, Failure, Refusal, opened_store, plain_errors, settings_from_environment
from feeds.text import slug as slug_of
from storage.candidates import find_candidate, forget_candidate, judge_candidate, list_candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from pathlib import Path

    from feeds.authority import Authority
    from feeds.authority.model import Actor, Topic
    from feeds.authority.overlay import Field
    from feeds.authority.overlay import Table as Kind
    from feeds.settings import Settings
    from storage.candidates import Candidate
    from storage.engine import Connection, Store

_RETAG = "Run `dateline retag` to tag the stored items by it, and restart the worker."
_A = {"actor": "an actor", "topic": "a topic"}


def candidates(kind: Kind, meaning: str) -> click.Command:
    """The command that lists candidates for actors or topics, those that most items name first."""

    @click.command(help=meaning)
    @click.option("--limit", default=30, show_default=True, help="How many to list.")
    @click.option("--rejected", is_flag=True, help="List those that were rejected.")
    @click.option("--examples", is_flag=True, help="Show the sentences, or titles, too.")
    def candidates(limit: int, *, rejected: bool, examples: bool) -> None:
        with opened_store(settings_from_environment()) as store, store.read() as conn:
            found = list_candidates(conn, "rejected" if rejected else "waiting", limit, topics=kind == "topic")
        _show(kind, found, examples=examples)

    return candidates


def _show(kind: Kind, found: Sequence[Candidate], *, examples: bool) -> None:
    reasons = "why" if kind == "topic" else "titles"
    table = Table("items", "name", "language", reasons, box=None, pad_edge=False)
    for one in found:
        table.add_row(f"{one.number:,}", Text(one.name), one.language, Text(", ".join(one.titles)))
        for sentence in one.sentences if examples else ():
            table.add_row("", Text(f"“{sentence}”", style="dim"), "", "")
    OUT.print(table if found else "No candidates.")


def reject(kind: Kind) -> click.Command:
    """The command that remembers that a name is none."""

    @click.command(help=f"Remember that NAME is no {kind}; it is not proposed again.")
    @click.argument("name")
    def reject(name: str) -> None:
        with opened_store(settings_from_environment()) as store:
            _waiting(store, kind, name)
            with store.write() as conn:
                judge_candidate(conn, name, "rejected")
        OUT.print(Text(f"{name} will not be proposed again."))

    return reject


def accept(kind: Kind, name: str, slug: str, fields: Callable[[Candidate], Mapping[str, Field]]) -> None:
    """Make a candidate an actor or topic of its own, with these fields behind its slug."""
    new = _new_slug(name, slug)

    def made(found: Candidate, authority: Authority) -> Mapping[str, Field]:
        if new in _known(kind, authority):
            raise Refusal(f"{new} is {_A[kind]} already: `dateline {kind}s merge` adds a name to it")
        return {"slug": new, **fields(found)}

    _judge(kind, name, f"the {kind} {new}", made)


def merge(kind: Kind, name: str, slug: str, fields: Callable[[Candidate, Authority], Mapping[str, Field]]) -> None:
    """Make a candidate another name of the actor or topic `slug`: an entry that is merged into it."""

    def made(found: Candidate, authority: Authority) -> Mapping[str, Field]:
        known = _known(kind, authority)
        if slug not in known:
            raise Refusal(f"there is no {kind} {slug}")
        alias = _alias_slug(name, slug, known.keys() | {one.old for one in authority.redirects})
        names = {found.language: [name]}
        return {"slug": alias, "label": name, "names": names, "merged_into": slug, **fields(found, authority)}

    _judge(kind, name, f"a name of {slug}", made)


def _judge(kind: Kind, name: str, meant: str, made: Callable[[Candidate, Authority], Mapping[str, Field]]) -> None:
    """Append the entry of a candidate to the operator's file, and strike it off the list."""
    settings = settings_from_environment()
    directory = _own_directory(settings)
    with opened_store(settings) as store:
        found = _waiting(store, kind, name)
        with plain_errors():
            fields = made(found, load_authority(directory))
            verb = "merged" if "merged_into" in fields else "accepted"
            path = append_entry(directory, kind, entry(kind, fields, _comment(verb, found)))
        with store.write() as conn:
            _strike(conn, kind, name)
    OUT.print(Text(f"{name} is {meant} now, in {path}. {_RETAG}"))


def _strike(conn: Connection, kind: Kind, name: str) -> None:
    """Take a candidate off the list; that of a topic is kept, for a retag looks there for what declared it."""
    if kind == "topic":
        judge_candidate(conn, name, "accepted")
    else:
        forget_candidate(conn, name)


def _known(kind: Kind, authority: Authority) -> Mapping[str, Actor] | Mapping[str, Topic]:
    return authority.actors if kind == "actor" else authority.topics


def _own_directory(settings: Settings) -> Path:
    """The operator's folder of authority files."""
    if settings.authority_dir is None:
        raise Refusal(
            "DATELINE_AUTHORITY_DIR is not set: make a folder for your own authority files and name it there, "
            "for the worker too"
        )
    if not settings.authority_dir.is_dir():
        raise Refusal(f"DATELINE_AUTHORITY_DIR: there is no folder {settings.authority_dir}")
    return settings.authority_dir


def _waiting(store: Store, kind: Kind, name: str) -> Candidate:
    """The candidate of that name that nobody has judged yet."""
    with store.read() as conn:
        found = find_candidate(conn, name)
    if found is None or found.state != "waiting" or (found.kind == "topic") != (kind == "topic"):
        raise Failure(f"{name} is no candidate: `dateline {kind}s candidates` lists them")
    return found


def _comment(verb: str, found: Candidate) -> str:
    """What stands above an entry: when it was judged, and what spoke for it."""
    return f"{verb} {datetime.now(UTC):%Y-%m-%d}: {', '.join(found.titles)}; {found.number} items"


def _new_slug(name: str, given: str) -> str:
    """The slug that was given, or that of the name."""
    made = given or latin_slug(name)
    if not made:
        raise Refusal(f"a slug of Latin letters cannot be made of {name}: give one with --slug")
    return made


def _alias_slug(name: str, slug: str, taken: Container[str]) -> str:
    """A slug that nobody has, for another name of `slug`."""
    alias = latin_slug(name) or f"{slug}-{crc32(name.encode()):x}"
    return f"{alias}-{crc32(name.encode()):x}" if alias in taken else alias


def latin_slug(name: str) -> str:
    """The slug of a name, marks taken off its letters; nothing if a letter is left that is not Latin."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    made = slug_of(plain)
    return made if made.isascii() else ""
