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
from feeds.commands import judging
from feeds.commands.common import OUT, Failure, plain_errors, settings_from_environment
from feeds.ingest.compose import story_of
from feeds.ingest.setup import open_preparer
from feeds.ingest.take import take
from feeds.logs import shown
from feeds.reading.read import read_article
from feeds.tagging.topics import TopicScorer
from feeds.tagging.zones import zones

if TYPE_CHECKING:
    from feeds.authority import Authority
    from feeds.authority.model import Topic
    from feeds.authority.overlay import Field
    from feeds.tagging.topics import Points
    from storage.candidates import Candidate
    from storage.types import Tag

_WEIGHT = 3.0  # of a phrase that names its topic: one in a title is enough


@click.group()
def topics() -> None:
    """See why an article has its topics; accept, merge or reject topics that the authority does not know."""


_LISTED = "List topics that seeds declare, and phrases that recur in items without a topic."
topics.add_command(judging.candidates("topic", _LISTED))
topics.add_command(judging.reject("topic"))


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
@click.argument("name")
@click.option("--slug", default="", help="Slug of the new topic; must be given for a name in other than Latin letters.")
@click.option("--label", default="", help="Name to show. Default: NAME.")
@click.option("--parent", default="", help="Slug of the wider topic.")
def accept(name: str, slug: str, label: str, parent: str) -> None:
    """Make NAME a topic: an entry in topics.toml of DATELINE_AUTHORITY_DIR, with NAME as its phrase."""

    def fields(found: Candidate) -> dict[str, Field]:
        named: dict[str, Field] = {"label": label or name, "names": {found.language: [name]}}
        return named | ({"parent": parent} if parent else {}) | _phrases(found)

    judging.accept("topic", name, slug, fields)


@topics.command()
@click.argument("name")
@click.argument("slug")
def merge(name: str, slug: str) -> None:
    """Make NAME another name, and a phrase, of the topic SLUG."""
    judging.merge("topic", name, slug, lambda found, _: _phrases(found))


def _phrases(found: Candidate) -> dict[str, Field]:
    return {"phrases": {found.language: {found.name.casefold(): _WEIGHT}}}


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
