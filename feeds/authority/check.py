"""Check that the authority files agree with themselves: slugs known, names not shared unsaid, roles in order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from feeds.authority.terms import clashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.authority.model import Actor, Authority


class Fault(Exception):  # noqa: N818 - becomes an AuthorityError once its file and line are found
    """A fault in the entry of `table` whose `key` is `value`, on the line of the key `near`."""

    def __init__(self, message: str, table: str, value: object, *, key: str = "slug", near: str = "") -> None:
        super().__init__(message)
        self.table, self.value, self.key, self.near = table, value, key, near


def checked(authority: Authority) -> Authority:
    """Give the authority back if it is consistent.

    Raises:
        Fault: the first inconsistency.

    """
    for fault in (
        *_actor_faults(authority),
        *_term_faults(authority),
        *_shared_names(authority),
        *_rule_faults(authority),
        *_topic_faults(authority),
    ):
        raise fault
    return authority


def _actor_faults(authority: Authority) -> Iterator[Fault]:
    for actor in authority.actors.values():
        table, value = ("country", actor.iso) if actor.iso else ("actor", actor.slug)
        for role in actor.roles:
            if role.of not in authority.actors:
                yield Fault(f"{actor.slug}: role of {role.of!r}, which is no actor", table, value, near="roles")
            if role.start and role.end and role.end <= role.start:
                yield Fault(f"{actor.slug}: {role.title} ends before it starts", table, value, near="roles")
        if actor.country is not None and actor.country not in authority.actors:
            yield Fault(f"{actor.slug}: country {actor.country!r} is no actor", table, value, near="country")
    for redirect in authority.redirects:
        known = authority.actors if redirect.kind == "actor" else authority.topics
        if redirect.new not in known:
            message = f"{redirect.old} is merged into {redirect.new!r}, which is not there"
            yield Fault(message, redirect.kind, redirect.old, near="merged_into")


def _term_faults(authority: Authority) -> Iterator[Fault]:
    """Two terms that are said to be certain cannot overlap; a term whose start is unknown cannot be certain."""
    for actor in authority.actors.values():
        for role in actor.roles:
            if role.checked and role.start is None:
                yield Fault(
                    f"{actor.slug}: {role.title} is checked but has no start", "actor", actor.slug, near="roles"
                )
    for first, second in clashes(authority, checked=True):
        office = f"{second.role.title} of {second.role.of}"
        yield Fault(f"{second.slug}: {office} while {first.slug} held it", "actor", second.slug, near="roles")


def _shared_names(authority: Authority) -> Iterator[Fault]:
    """One language, one name, one actor: a form of two actors belongs under [[shared]]."""
    owners: dict[str, dict[str, Actor]] = defaultdict(dict)
    for actor in authority.actors.values():
        for language, forms in actor.names.items():
            named = owners[language]
            for form in forms:
                first = named.setdefault(form, actor)
                if first is not actor:
                    table, value = ("country", actor.iso) if actor.iso else ("actor", actor.slug)
                    message = f"{form!r} ({language}) names both {first.slug} and {actor.slug}; put it under [[shared]]"
                    yield Fault(message, table, value, near="names")


def _rule_faults(authority: Authority) -> Iterator[Fault]:
    for shared in authority.shared:
        for slug in _strangers(shared.actors, authority):
            yield Fault(f"[[shared]] {slug!r} is no actor", "shared", shared.forms, key="forms")
    for generic in authority.generics:
        named = {*generic.members, *generic.members.values(), *generic.never, *generic.home.values(), generic.gives}
        for slug in _strangers(named, authority):
            yield Fault(f"[[generic]] {slug!r} is no actor", "generic", generic.generic, key="generic")


def _strangers(slugs: Iterable[str], authority: Authority) -> list[str]:
    """The slugs of no actor; taking away all of the keys would walk every actor for each entry."""
    return sorted(slug for slug in slugs if slug not in authority.actors)


def _topic_faults(authority: Authority) -> Iterator[Fault]:
    for topic in authority.topics.values():
        if topic.parent is not None and topic.parent not in authority.topics:
            yield Fault(f"{topic.slug}: parent {topic.parent!r} is no topic", "topic", topic.slug, near="parent")
        for key, slugs in (("yields_to", topic.yields_to), ("given_with", filter(None, [topic.given_with]))):
            for slug in slugs:
                if slug not in authority.topics:
                    yield Fault(f"{topic.slug}: {slug!r} is no topic", "topic", topic.slug, near=key)
        for slug in topic.requires_actors:
            if slug not in authority.actors:
                yield Fault(f"{topic.slug}: {slug!r} is no actor", "topic", topic.slug, near="requires_actors")
