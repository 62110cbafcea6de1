"""`dateline actors`: names that the authority does not know, and what to make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feeds.commands import judging

if TYPE_CHECKING:
    from feeds.authority.overlay import Field
    from storage.candidates import Candidate


@click.group()
def actors() -> None:
    """See the names that texts give a title and the authority does not know; accept, merge or reject them."""


actors.add_command(judging.candidates("actor", "List candidates, those that most items name first."))
actors.add_command(judging.reject("actor"))


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

    def fields(found: Candidate) -> dict[str, Field]:
        named: dict[str, Field] = {"type": kind, "label": label or name, "names": {found.language: [name]}}
        return named | ({"family": {found.language: family}} if family else {})

    judging.accept("actor", name, slug, fields)


@actors.command()
@click.argument("name")
@click.argument("slug")
def merge(name: str, slug: str) -> None:
    """Make NAME another name of the actor SLUG."""
    judging.merge("actor", name, slug, lambda _, authority: {"type": authority.actors[slug].type})
