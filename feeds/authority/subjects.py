"""The authority as the store keeps it: the names and labels that the read side shows, and where old slugs lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.types import Role, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.authority.model import Authority, Names
    from feeds.authority.model import Role as AuthorityRole

_WIKIDATA = "https://www.wikidata.org/wiki/"
_IPTC = "http://cv.iptc.org/newscodes/mediatopic/"


def subjects(authority: Authority) -> tuple[Subject, ...]:
    """Every topic and actor, topics first, each in the order of the files; `authority.redirects` goes with them."""
    forms_of = {title.title: title.forms for title in authority.titles}
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
            roles=tuple(_role(role, forms_of) for role in actor.roles),
            family=tuple(dict.fromkeys(actor.family.values())),
        )
        for actor in authority.actors.values()
    )
    return (*topics, *actors)


def _role(role: AuthorityRole, forms_of: Mapping[str, Names]) -> Role:
    """A role with its title as each language writes it first; the English one as the authority spells it."""
    forms = forms_of.get(role.title, {})
    titles = {language: known[0] for language, known in forms.items() if known}
    return Role({**titles, "en": role.title}, role.of, role.start, role.end)
