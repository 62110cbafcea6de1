"""A story to its tags: topics by points, then actors by salience, declared ones among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.tagging.actors import actor_tags
from feeds.tagging.topics import TopicScorer
from feeds.tagging.zones import zones
from feeds.text import fold
from storage.types import Evidence, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.authority.model import Actor, Authority, Topic
    from feeds.tagging import Story
    from storage.types import SubjectKind


class Tagger:
    """Tags stories by one authority. Built once, then only read: threads may share it."""

    def __init__(self, authority: Authority) -> None:
        self._matcher = authority.matcher
        self._scorer = TopicScorer(authority)
        self._topic_names = _by_name(authority.topics)
        self._actor_names = _by_name(authority.actors)

    def tag(self, story: Story) -> tuple[Tag, ...]:
        """The topics of a story, best first, then its actors, most salient first; pure and deterministic.

        Topics and actors that the story declares by slug or name are tagged whatever the text says: principal, of
        salience 1, by the rule `declared`. Unknown declared names are left out; `unknown` lists them.
        """
        texts = zones(story)
        actors = _with_declared("actor", actor_tags(story, texts, self._matcher), self._actor_names, story.actors)
        principal = [tag.slug for tag in actors if tag.role == "principal"]
        topics = self._scorer.tags(texts, frozenset(tag.slug for tag in actors), principal)
        return (*_with_declared("topic", topics, self._topic_names, story.topics), *actors)

    def unknown(self, story: Story) -> tuple[tuple[SubjectKind, str], ...]:
        """The declared topics and actors that the authority does not know, as they were written."""
        topics = (name for name in story.topics if fold(name) not in self._topic_names)
        actors = (name for name in story.actors if fold(name) not in self._actor_names)
        return (*(("topic", name) for name in topics), *(("actor", name) for name in actors))


def _by_name(entries: Mapping[str, Topic] | Mapping[str, Actor]) -> dict[str, str]:
    """Slugs by folded slug, label and name; a name that two entries share is the first one's."""
    found: dict[str, str] = {}
    for slug, entry in entries.items():
        for name in (slug, entry.label, *(form for forms in entry.names.values() for form in forms)):
            found.setdefault(fold(name), slug)
    return found


def _with_declared(
    kind: SubjectKind, tags: tuple[Tag, ...], known: Mapping[str, str], declared: Iterable[str]
) -> tuple[Tag, ...]:
    found = {tag.slug: tag for tag in tags}
    first: dict[str, Tag] = {}
    for name in declared:
        slug = known.get(fold(name))
        if slug is not None and slug not in first:
            tag = found.pop(slug, Tag(kind, slug, "principal", 1.0))
            evidence = (Evidence(name, "declared", None, "declared"), *tag.evidence)
            first[slug] = tag._replace(role="principal", salience=1.0, evidence=evidence)
    if kind == "topic":
        return (*first.values(), *found.values())
    return tuple(sorted((*first.values(), *found.values()), key=lambda tag: (-tag.salience, tag.slug)))
