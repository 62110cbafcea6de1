"""The lists of all topics and of all actors: by their kind, those with most items first; by name; and found by a name.

A short list stands on one page. Of a long one the first page has what has items, and leads to pages of names in their
order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Blueprint, request

from feeds.errors import NotFound
from feeds.syndication.addresses import feed_path, list_path
from feeds.web import counting, i18n, site, words
from feeds.web.counting import Listed
from feeds.web.lookup import latest_feed
from feeds.web.render import kept_page, page
from feeds.web.words import N_
from storage.log import list_feeds
from storage.names import subjects_of
from storage.tokens import runs
from storage.types import LATEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask import Response

    from storage.engine import Connection
    from storage.types import Subject, SubjectKind

lists = Blueprint("lists", __name__)

_SHORT = 150  # lines that one page may have
_BUSIEST = 24  # of each kind on the first page of a long list
_NAMES = 120  # on each of the others
_MOST_FOUND = 100
_LONGEST = 200  # characters of a name that is looked for
HEADINGS = {
    "person": N_("People"),
    "organisation": N_("Organisations"),
    "country": N_("Countries"),
    "bloc": N_("Blocs"),
    "topic": N_("Topics"),
}
_NO_PAGE = N_("There is no such page.")
_TITLES: Mapping[SubjectKind, str] = {"topic": N_("Topics"), "actor": N_("Actors")}


@dataclass(frozen=True, slots=True)
class Known:
    """A topic or actor with its line."""

    subject: Subject
    line: Listed


@dataclass(frozen=True, slots=True)
class Names:
    """A page of names: where it is, and the first and the last of them."""

    path: str
    first: Listed
    last: Listed


@lists.get("/topics")
def topics() -> Response:
    """Every topic."""
    return _list("topic")


@lists.get("/actors")
def actors() -> Response:
    """Every actor, by what kind of actor it is."""
    return _list("actor")


@lists.get("/topics/names/<int:number>")
def topic_names(number: int) -> Response:
    """A page of the names of topics."""
    return _names("topic", number)


@lists.get("/actors/names/<int:number>")
def actor_names(number: int) -> Response:
    """A page of the names of actors."""
    return _names("actor", number)


def name_paths(conn: Connection, kind: SubjectKind) -> tuple[str, ...]:
    """The pages of names that there are."""
    return _paths(kind, len(subjects_of(conn, kind)))


def _list(kind: SubjectKind) -> Response:
    wanted = request.args.get("name", "").strip()[:_LONGEST]
    with site.current().store.read() as conn:
        if wanted:
            return page(list_path(kind), "found.html", feed=LATEST, **_found(conn, kind, wanted))
        return kept_page(
            conn, list_path(kind), "list.html", feed=latest_feed(conn), values=lambda: _overview(conn, kind)
        )


def _overview(conn: Connection, kind: SubjectKind) -> dict[str, object]:
    known, ui = _read(conn, kind), i18n.current()
    short = len(known) <= _SHORT
    shown = known if short else sorted((one for one in known if one.line.count), key=lambda one: -one.line.count)
    grouped = counting.groups([(one.subject.type, one.line) for one in shown], HEADINGS, ui)
    return {
        "kind": kind,
        "title": ui.say(_TITLES[kind]),
        "size": len(known),
        "groups": grouped if short else [(heading, lines[:_BUSIEST]) for heading, lines in grouped],
        "short": short,
        "directory": _directory(kind, known),
    }


def _names(kind: SubjectKind, number: int) -> Response:
    def values() -> dict[str, object]:
        known = _read(conn, kind)
        directory = _directory(kind, known)
        if number > len(directory):
            raise NotFound(_NO_PAGE)
        return {
            "kind": kind,
            "title": i18n.gettext(_TITLES[kind]),
            "lines": [one.line for one in known[(number - 1) * _NAMES : number * _NAMES]],
            "number": number,
            "directory": directory,
        }

    if number < 1:
        raise NotFound(_NO_PAGE)
    with site.current().store.read() as conn:
        return kept_page(conn, _path(kind, number), "names.html", feed=latest_feed(conn), values=values)


def _found(conn: Connection, kind: SubjectKind, wanted: str) -> dict[str, object]:
    """Those of whose names, in any language, one has these letters, whatever their case and accents."""
    folded = _fold(wanted)
    found = [one.line for one in _read(conn, kind) if folded and any(folded in _fold(name) for name in _forms(one))]
    return {
        "kind": kind,
        "title": i18n.gettext(_TITLES[kind]),
        "wanted": wanted,
        "lines": found[:_MOST_FOUND],
        "number": len(found),
    }


def _read(conn: Connection, kind: SubjectKind) -> list[Known]:
    """Every topic or actor by name; one that the authority dropped is not listed."""
    names, ui = site.current().names.read(conn), i18n.current()
    known = []
    for feed in list_feeds(conn, kind):
        subject = names.get((kind, feed.key.slug))
        if subject is not None:
            name = words.name(subject, feed.key.slug, ui)
            known.append(Known(subject, Listed(name, feed_path(feed.key), feed.size, feed.key.slug)))
    return sorted(known, key=lambda one: (_fold(one.line.name.text), one.line.path))


def _directory(kind: SubjectKind, known: Sequence[Known]) -> tuple[Names, ...]:
    return tuple(
        Names(path, known[number * _NAMES].line, known[min(len(known), (number + 1) * _NAMES) - 1].line)
        for number, path in enumerate(_paths(kind, len(known)))
    )


def _paths(kind: SubjectKind, size: int) -> tuple[str, ...]:
    return tuple(_path(kind, number + 1) for number in range(-(-size // _NAMES)))


def _path(kind: SubjectKind, number: int) -> str:
    return f"{list_path(kind)}/names/{number}"


def _forms(one: Known) -> tuple[str, ...]:
    subject = one.subject
    return (subject.label, subject.slug, *(name for names in subject.names.values() for name in names), *subject.family)


@lru_cache(1 << 15)  # the 17,000 names of the authority that comes along, which every search looks at
def _fold(name: str) -> str:
    return " ".join(runs(name))
