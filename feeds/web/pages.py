"""The pages for people: front page, lists, each topic, actor and item, rendered from one snapshot of the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint

from feeds.errors import Gone, NotFound
from feeds.syndication.addresses import feed_path, item_path, list_path
from feeds.web import i18n, itemview, site, words
from feeds.web.answers import JSON, answer_bytes, moved
from feeds.web.errors import refusal
from feeds.web.lookup import Moved, latest_feed, subject_feed
from feeds.web.render import page
from feeds.web.select import is_filtered, scope, show_selection
from feeds.web.words import N_, Name
from storage.briefs import briefs_of, carriers_of
from storage.groups import other_reports
from storage.items import find_item, item_by_id
from storage.ledger import origins_of
from storage.log import feeds_of, list_feeds, window
from storage.names import labels
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from flask import Response

    from feeds.web.i18n import Interface
    from storage.engine import Connection
    from storage.types import Entry, Feed, Item, Subject, SubjectKind

    Labels = Mapping[tuple[SubjectKind, str], Subject]

pages = Blueprint("pages", __name__)

_FRONT = 20  # items on the front page
_ACTIVE = 12  # topics and actors on it, and beside each feed
_TYPES = {
    "person": N_("People"),
    "organisation": N_("Organisations"),
    "country": N_("Countries"),
    "bloc": N_("Blocs"),
    "topic": N_("Topics"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: what it is called, where it is, how many items it has."""

    name: Name
    path: str
    count: int


@pages.get("/")
def front() -> Response:
    """The newest items, and what they are about; in the reader's language where the browser asks for one of ours."""
    if i18n.chosen() is None and (other := i18n.wanted()) is not None:
        return _vary(moved(i18n.with_language("/", other.code), HTTPStatus.FOUND))
    with site.current().store.read() as conn:
        entries, names = window(conn, latest_feed(conn)), labels(conn)
    shown = page(
        "/",
        "front.html",
        feed=LATEST,
        entries=entries[:_FRONT],
        names=names,
        topics=active(entries, names, "topic", i18n.current()),
        actors=active(entries, names, "actor", i18n.current()),
    )
    return shown if i18n.chosen() else _vary(shown)


@pages.get("/latest")
def latest() -> Response:
    """Everything that is still in the window of the feed."""
    with site.current().store.read() as conn:
        if is_filtered():
            return show_selection(conn, scope(conn, "latest"))
        feed = latest_feed(conn)
        entries, names = window(conn, feed), labels(conn)
    return page(
        "/latest", "feed.html", feed=LATEST, title=None, size=feed.size, subject=None, entries=entries, names=names
    )


@pages.get("/topics/<slug>")
def topic(slug: str) -> Response:
    """One topic."""
    return _subject_page("topic", slug)


@pages.get("/actors/<slug>")
def actor(slug: str) -> Response:
    """One actor."""
    return _subject_page("actor", slug)


@pages.get("/topics")
def topics() -> Response:
    """Every topic."""
    return _list_page("topic", N_("Topics"))


@pages.get("/actors")
def actors() -> Response:
    """Every actor, by what kind of actor it is."""
    return _list_page("actor", N_("Actors"))


@pages.get("/items/<uuid:value>")
def item(value: UUID) -> Response:
    """One item, with the evidence for its date and tags."""
    with site.current().store.read() as conn:
        found = _find(conn, value)
        if found.superseded_by is not None:
            return moved(i18n.keep(item_path(item_by_id(conn, found.superseded_by).uuid)))
        if found.gone_at is not None:
            return refusal(HTTPStatus.GONE, "gone.html", at=found.gone_at, reason=found.gone_reason)
        shown = {
            "feeds": feeds_of(conn, found.id),
            "origins": itemview.seeds(origins_of(conn, found.id)),
            "carriers": carriers_of(conn, found.id),
            "briefs": briefs_of(conn, found.id),
            "others": other_reports(conn, found.id),
            "names": labels(conn),
        }
    return page(item_path(found.uuid), "item.html", item=found, report=found.report, feed=LATEST, **shown)


@pages.get("/items/<uuid:value>.json")
def item_json(value: UUID) -> Response:
    """One item for programs."""
    here = site.current()
    with here.store.read() as conn:
        found = _find(conn, value)
        if found.superseded_by is not None:
            return moved(f"{item_path(item_by_id(conn, found.superseded_by).uuid)}.json")
        if found.gone_at is not None:
            raise Gone(_withdrawn(found))
        around = itemview.Around(
            feeds=feeds_of(conn, found.id),
            seeds=itemview.seeds(origins_of(conn, found.id)),
            carriers=carriers_of(conn, found.id),
            briefs=briefs_of(conn, found.id),
            others=other_reports(conn, found.id),
        )
        data = itemview.as_json(found, around, labels(conn), here.base)
    return answer_bytes(f"{item_path(found.uuid)}.json", JSON, data)


def active(entries: Iterable[Entry], names: Labels, kind: SubjectKind, ui: Interface) -> tuple[Listed, ...]:
    """Count what the entries are about, most often first, then by name."""
    tally = Counter(
        tag.slug
        for entry in entries
        for tag in entry.item.report.tags
        if tag.kind == kind and (kind, tag.slug) in names
    )
    listed = [
        Listed(words.name(names[kind, slug], slug, ui), feed_path(FeedKey(kind, slug)), count)
        for slug, count in tally.items()
    ]
    return tuple(sorted(listed, key=lambda one: (-one.count, one.name.text, one.path))[:_ACTIVE])


def groups(feeds: Iterable[Feed], names: Labels, ui: Interface) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """Sort feeds by name under the headings of their subjects' types; one that the authority dropped is not listed."""
    sorted_in: dict[str, list[Listed]] = {}
    for feed in feeds:
        kind, slug = feed.key
        if kind == "latest" or kind == "select" or (kind, slug) not in names:  # noqa: PLR1714 - so that mypy knows
            continue
        subject = names[kind, slug]
        shown = Listed(words.name(subject, feed.key.slug, ui), feed_path(feed.key), feed.size)
        sorted_in.setdefault(subject.type, []).append(shown)
    known = [name for name in _TYPES if name in sorted_in]
    other = sorted(name for name in sorted_in if name not in _TYPES)
    return tuple(
        (ui.say(_TYPES.get(name, name)), tuple(sorted(sorted_in[name], key=lambda one: (one.name.text, one.path))))
        for name in (*known, *other)
    )


def _subject_page(kind: SubjectKind, slug: str) -> Response:
    with site.current().store.read() as conn:
        if is_filtered(kind, slug):
            return show_selection(conn, scope(conn, kind, slug))
        try:
            feed = subject_feed(conn, kind, slug)
        except Moved as news:
            return moved(i18n.keep(feed_path(FeedKey(kind, news.slug))))
        entries, names = window(conn, feed), labels(conn)
    return page(
        feed_path(feed.key),
        "feed.html",
        feed=feed.key,
        title=words.name(names.get((kind, feed.key.slug)), feed.label, i18n.current()),
        size=feed.size,
        subject=names.get((kind, feed.key.slug)),
        entries=entries,
        names=names,
    )


def _list_page(kind: SubjectKind, title: str) -> Response:
    with site.current().store.read() as conn:
        found, names = list_feeds(conn, kind), labels(conn)
    return page(
        list_path(kind),
        "list.html",
        feed=LATEST,
        title=i18n.gettext(title),
        groups=groups(found, names, i18n.current()),
    )


def _find(conn: Connection, value: UUID) -> Item:
    found = find_item(conn, str(value))
    if found is None:
        raise NotFound(N_("There is no such item."))
    return found


def _withdrawn(item: Item) -> str:
    """What a program is told of a withdrawn item."""
    return f"This item was withdrawn on {item.gone_at:%Y-%m-%d}: {item.gone_reason or 'no reason was given'}"


def _vary(reply: Response) -> Response:
    """Tell caches that this answer was chosen by the language that the browser asks for."""
    reply.vary.add("Accept-Language")
    return reply
