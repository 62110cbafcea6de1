"""`dateline actors`: names that the authority does not know, and what to make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from feeds.authority import load_authority
from feeds.authority.overlay import append_entry, entry
from feeds.commands import judging
from feeds.commands.common import OUT, Refusal, opened_store, plain_errors, settings_from_environment
from storage.candidates import forget_candidate

if TYPE_CHECKING:
    from feeds.authority.overlay import Field
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
    judging.show_candidates("actor", limit, rejected=rejected, examples=examples)


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
    directory = judging.own_directory(settings)
    new = judging.new_slug(name, slug)
    with opened_store(settings) as store:
        found = judging.waiting(store, "actor", name)
        with plain_errors():
            if new in load_authority(directory).actors:
                raise Refusal(f"{new} is an actor already: `dateline actors merge` adds a name to it")
            names = {found.language: [name]}
            fields: dict[str, Field] = {"slug": new, "type": kind, "label": label or name, "names": names}
            if family:
                fields["family"] = {found.language: family}
            path = append_entry(directory, "actor", entry("actor", fields, judging.comment("accepted", found)))
        _forget(store, name)
    OUT.print(Text(f"{name} is the actor {new} now, in {path}. {_RETAG}"))


@actors.command()
@click.argument("name")
@click.argument("slug")
def merge(name: str, slug: str) -> None:
    """Make NAME another name of the actor SLUG."""
    settings = settings_from_environment()
    directory = judging.own_directory(settings)
    with opened_store(settings) as store:
        found = judging.waiting(store, "actor", name)
        with plain_errors():
            authority = load_authority(directory)
            if slug not in authority.actors:
                raise Refusal(f"there is no actor {slug}")
            alias = judging.alias_slug(name, slug, authority.actors.keys() | {one.old for one in authority.redirects})
            kind, names = authority.actors[slug].type, {found.language: [name]}
            fields: dict[str, Field] = {"slug": alias, "type": kind, "label": name, "names": names, "merged_into": slug}
            path = append_entry(directory, "actor", entry("actor", fields, judging.comment("merged", found)))
        _forget(store, name)
    OUT.print(Text(f"{name} is a name of {slug} now, in {path}. {_RETAG}"))


@actors.command()
@click.argument("name")
def reject(name: str) -> None:
    """Remember that NAME is no actor; it is not proposed again."""
    judging.reject("actor", name)


def _forget(store: Store, name: str) -> None:
    with store.write() as conn:
        forget_candidate(conn, name)
