"""`dateline actors`: names that the authority does not know, and what to make of them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zlib import crc32

import click
from rich.table import Table
from rich.text import Text

from feeds.authority import load_authority
from feeds.authority.overlay import append_actor, entry
from feeds.commands.common import OUT, Failure, Refusal, opened_store, plain_errors, settings_from_environment
from feeds.text import slug as slug_of
from storage.candidates import find_candidate, forget_candidate, list_candidates, reject_candidate

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.authority.overlay import Field
    from feeds.settings import Settings
    from storage.candidates import Candidate
    from storage.engine import Store

_RETAG = "Run `dateline retag` to tag the stored items by it, and restart the worker."


@click.group()
def actors() -> None:
    """See the names that texts give a title and the authority does not know; accept, merge or reject them."""


@actors.command()
@click.option("--limit", default=30, show_default=True, help="How many to list.")
@click.option("--rejected", is_flag=True, help="List those that were rejected.")
@click.option("--examples", is_flag=True, help="Show the sentences too.")
def candidates(limit: int, *, rejected: bool, examples: bool) -> None:
    """List candidates, those that most items name first."""
    settings = settings_from_environment()
    with opened_store(settings) as store, store.read() as conn:
        found = list_candidates(conn, "rejected" if rejected else "waiting", limit)
    table = Table("items", "name", "language", "titles", box=None, pad_edge=False)
    for one in found:
        table.add_row(f"{one.number:,}", Text(one.name), one.language, Text(", ".join(one.titles)))
        for sentence in one.sentences if examples else ():
            table.add_row("", Text(f"“{sentence}”", style="dim"), "", "")
    OUT.print(table if found else "No candidates.")


@actors.command()
@click.argument("name")
@click.option("--slug", default="", help="Slug of the new actor; must be given for a name in other than Latin letters.")
@click.option("--label", default="", help="Name to show; as given for the slug. Default: NAME.")
@click.option("--family", default="", help="Family name, so that it counts with a title (Foreign Minister Lee).")
@click.option(
    "--type", "kind", type=click.Choice(["person", "organisation", "bloc"]), default="person", show_default=True
)
def accept(name: str, slug: str, label: str, family: str, kind: str) -> None:
    """Make NAME an actor: an entry in actors.toml of DATELINE_AUTHORITY_DIR."""
    settings = settings_from_environment()
    directory = _directory(settings)
    new = slug or _latin_slug(name)
    if not new:
        raise Refusal(f"a slug of Latin letters cannot be made of {name}: give one with --slug")
    with opened_store(settings) as store:
        found = _waiting(store, name)
        with plain_errors():
            if new in load_authority(directory).actors:
                raise Refusal(f"{new} is an actor already: `dateline actors merge` adds a name to it")
            fields: dict[str, Field] = {
                "slug": new,
                "type": kind,
                "label": label or name,
                "names": {found.language: [name]},
            }
            if family:
                fields["family"] = {found.language: family}
            path = append_actor(directory, entry(fields, _comment("accepted", found)))
        _forget(store, name)
    OUT.print(Text(f"{name} is the actor {new} now, in {path}. {_RETAG}"))


@actors.command()
@click.argument("name")
@click.argument("slug")
def merge(name: str, slug: str) -> None:
    """Make NAME another name of the actor SLUG."""
    settings = settings_from_environment()
    directory = _directory(settings)
    with opened_store(settings) as store:
        found = _waiting(store, name)
        with plain_errors():
            authority = load_authority(directory)
            if slug not in authority.actors:
                raise Refusal(f"there is no actor {slug}")
            alias = _latin_slug(name) or f"{slug}-{crc32(name.encode()):x}"
            if alias in authority.actors or any(alias == each.old for each in authority.redirects):
                alias = f"{alias}-{crc32(name.encode()):x}"
            kind = authority.actors[slug].type
            names = {found.language: [name]}
            fields: dict[str, Field] = {"slug": alias, "type": kind, "label": name, "names": names, "merged_into": slug}
            path = append_actor(directory, entry(fields, _comment("merged", found)))
        _forget(store, name)
    OUT.print(Text(f"{name} is a name of {slug} now, in {path}. {_RETAG}"))


@actors.command()
@click.argument("name")
def reject(name: str) -> None:
    """Remember that NAME is no actor; it is not proposed again."""
    settings = settings_from_environment()
    with opened_store(settings) as store:
        _waiting(store, name)
        with store.write() as conn:
            reject_candidate(conn, name)
    OUT.print(Text(f"{name} will not be proposed again."))


def _directory(settings: Settings) -> Path:
    if settings.authority_dir is None:
        raise Refusal(
            "DATELINE_AUTHORITY_DIR is not set: make a folder for your own actors.toml and name it there, "
            "for the worker too"
        )
    if not settings.authority_dir.is_dir():
        raise Refusal(f"DATELINE_AUTHORITY_DIR: there is no folder {settings.authority_dir}")
    return settings.authority_dir


def _waiting(store: Store, name: str) -> Candidate:
    with store.read() as conn:
        found = find_candidate(conn, name)
    if found is None or found.state != "waiting":
        raise Failure(f"{name} is no candidate: `dateline actors candidates` lists them")
    return found


def _forget(store: Store, name: str) -> None:
    with store.write() as conn:
        forget_candidate(conn, name)


def _comment(verb: str, found: Candidate) -> str:
    return f"{verb} {datetime.now(UTC):%Y-%m-%d}: {', '.join(found.titles)}; {found.number} items"


def _latin_slug(name: str) -> str:
    """The slug of a name, marks taken off its letters; nothing if a letter is left that is not Latin."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    made = slug_of(plain)
    return made if made.isascii() else ""
