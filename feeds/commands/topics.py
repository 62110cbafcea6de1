"""`dateline topics`: why a file has its topics, phrase by phrase, and topics that the authority does not know."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from feeds.authority import load_authority
from feeds.authority.overlay import append_entry, entry
from feeds.commands import judging
from feeds.commands.common import OUT, Failure, Refusal, opened_store, plain_errors, settings_from_environment
from feeds.ingest.compose import story_of
from feeds.ingest.setup import open_preparer
from feeds.ingest.take import take
from feeds.logs import shown
from feeds.reading.read import read_article
from feeds.tagging.topics import TopicScorer
from feeds.tagging.zones import zones
from storage.candidates import judge_candidate

if TYPE_CHECKING:
    from feeds.authority import Authority
    from feeds.authority.model import Topic
    from feeds.authority.overlay import Field
    from feeds.tagging.topics import Points
    from storage.engine import Store
    from storage.types import Tag

_RETAG = "Run `dateline retag` to tag the stored items by it, and restart the worker."
_WEIGHT = 3.0  # of a phrase that names its topic: one in a title is enough


@click.group()
def topics() -> None:
    """See why an article has its topics; accept, merge or reject topics that the authority does not know."""


@topics.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def explain(file: Path) -> None:
    """Show every phrase of FILE that counts for or against a topic, with its points; nothing is stored."""
    settings = settings_from_environment()
    with plain_errors():
        authority = load_authority(settings.authority_dir)
        preparer = open_preparer(settings, authority)
        data = take(file.parent, os.fsencode(file.name), preparer.max_bytes)
        story = story_of(read_article(data, shown(os.fsencode(file.name)), preparer.tools))
    if not story.body:
        raise Failure(f"{file} has no text")
    _print(TopicScorer(authority).points(zones(story)), preparer.tagger.tag(story), authority)


@topics.command()
@click.option("--limit", default=30, show_default=True, help="How many to list.")
@click.option("--rejected", is_flag=True, help="List those that were rejected.")
@click.option("--examples", is_flag=True, help="Show the titles of items too.")
def candidates(limit: int, *, rejected: bool, examples: bool) -> None:
    """List topics that seeds declare, and phrases that recur in items without a topic."""
    judging.show_candidates("topic", limit, rejected=rejected, examples=examples)


@topics.command()
@click.argument("name")
@click.option("--slug", default="", help="Slug of the new topic; must be given for a name in other than Latin letters.")
@click.option("--label", default="", help="Name to show. Default: NAME.")
@click.option("--parent", default="", help="Slug of the wider topic.")
def accept(name: str, slug: str, label: str, parent: str) -> None:
    """Make NAME a topic: an entry in topics.toml of DATELINE_AUTHORITY_DIR, with NAME as its phrase."""
    settings = settings_from_environment()
    directory = judging.own_directory(settings)
    new = judging.new_slug(name, slug)
    with opened_store(settings) as store:
        found = judging.waiting(store, "topic", name)
        with plain_errors():
            if new in load_authority(directory).topics:
                raise Refusal(f"{new} is a topic already: `dateline topics merge` adds a name to it")
            fields: dict[str, Field] = {"slug": new, "label": label or name, "names": {found.language: [name]}}
            if parent:
                fields["parent"] = parent
            fields["phrases"] = {found.language: {name.casefold(): _WEIGHT}}
            path = append_entry(directory, "topic", entry("topic", fields, judging.comment("accepted", found)))
        _accepted(store, name)
    OUT.print(Text(f"{name} is the topic {new} now, in {path}. {_RETAG}"))


@topics.command()
@click.argument("name")
@click.argument("slug")
def merge(name: str, slug: str) -> None:
    """Make NAME another name, and a phrase, of the topic SLUG."""
    settings = settings_from_environment()
    directory = judging.own_directory(settings)
    with opened_store(settings) as store:
        found = judging.waiting(store, "topic", name)
        with plain_errors():
            authority = load_authority(directory)
            if slug not in authority.topics:
                raise Refusal(f"there is no topic {slug}")
            alias = judging.alias_slug(name, slug, authority.topics.keys() | {one.old for one in authority.redirects})
            fields: dict[str, Field] = {"slug": alias, "label": name, "names": {found.language: [name]}}
            fields |= {"merged_into": slug, "phrases": {found.language: {name.casefold(): _WEIGHT}}}
            path = append_entry(directory, "topic", entry("topic", fields, judging.comment("merged", found)))
        _accepted(store, name)
    OUT.print(Text(f"{name} is a name of {slug} now, in {path}. {_RETAG}"))


@topics.command()
@click.argument("name")
def reject(name: str) -> None:
    """Remember that NAME is no topic; it is not proposed again."""
    judging.reject("topic", name)


def _accepted(store: Store, name: str) -> None:
    """Keep the candidate, for it knows the items that declared it: a retag looks there."""
    with store.write() as conn:
        judge_candidate(conn, name, "accepted")


def _print(points: list[Points], tags: tuple[Tag, ...], authority: Authority) -> None:
    by_topic: dict[str, list[Points]] = defaultdict(list)
    for one in points:
        by_topic[one.topic].append(one)
    totals = {slug: sum(one.points for one in found) for slug, found in by_topic.items()}
    given = {tag.slug for tag in tags if tag.kind == "topic"}
    actors = {tag.slug for tag in tags if tag.kind == "actor"}
    table = Table("topic", "phrase", "times", "zone", "points", box=None, pad_edge=False)
    for slug in sorted(totals, key=lambda slug: (-totals[slug], slug)):
        topic = authority.topics[slug]
        missing = sorted(set(topic.requires_actors) - actors)
        verdict = "given" if slug in given else _left_out(topic, totals[slug], by_topic[slug], missing)
        total = f"{totals[slug]:.1f} of {topic.threshold:g}"
        table.add_row(Text(slug, style="bold"), Text(verdict), "", "", total, style=None if slug in given else "dim")
        for one in sorted(by_topic[slug], key=lambda one: (-one.points, one.phrase)):
            table.add_row("", Text(one.phrase), str(one.times), f"×{one.zone:g}", f"{one.points:+.1f}")
    OUT.print(table if totals else "No phrase of any topic.")


def _left_out(topic: Topic, total: float, points: list[Points], missing: list[str]) -> str:
    if missing:
        return f"left out, lacks {', '.join(missing)}"
    if total < topic.threshold:
        return "left out"
    one = sum(each.points > 0 for each in points) == 1
    return "left out, one light phrase" if one else "left out beside others"
