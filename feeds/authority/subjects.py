"""The authority as the store keeps it: the names and labels that the read side shows, and where old slugs lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.types import Subject

if TYPE_CHECKING:
    from feeds.authority.model import Authority

_WIKIDATA = "https://www.wikidata.org/wiki/"
_IPTC = "http://cv.iptc.org/newscodes/mediatopic/"


def subjects(authority: Authority) -> tuple[Subject, ...]:
    """Every topic and actor, topics first, each in the order of the files; `authority.redirects` goes with them."""
    topics = (
        Subject(
            kind="topic",
            slug=topic.slug,
            label=topic.label,
            type="topic",
            names=topic.names,
            uri=_IPTC + topic.iptc[0].code.removeprefix("medtop:") if topic.iptc else None,
            parent=topic.parent,
        )
        for topic in authority.topics.values()
    )
    actors = (
        Subject(
            kind="actor",
            slug=actor.slug,
            label=actor.label,
            type=actor.type,
            names={
                language: tuple(form.removesuffix("+") for form in forms) for language, forms in actor.names.items()
            },
            uri=_WIKIDATA + actor.wikidata if actor.wikidata else None,
        )
        for actor in authority.actors.values()
    )
    return (*topics, *actors)
