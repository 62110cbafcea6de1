"""The pages of `/latest`, of each topic and of each actor: who or what it is, its feeds, its story; and its months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint

from feeds.errors import NotFound
from feeds.syndication.addresses import feed_path
from feeds.syndication.formats import OPML_MEDIA_TYPE
from feeds.syndication.opml import opml
from feeds.web import counting, i18n, site, words
from feeds.web.answers import answer_bytes, moved
from feeds.web.history import channel
from feeds.web.lookup import Moved, latest_feed, subject_feed
from feeds.web.names import of_feed
from feeds.web.render import kept_page
from feeds.web.select import is_filtered, scope, show_selection
from feeds.web.story import RECENT, query_of, tell
from feeds.web.words import N_
from storage import statistics
from storage.log import window
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from feeds.web.counting import Labels
    from storage.engine import Connection
    from storage.types import Feed, Role, SubjectKind

subjects = Blueprint("subjects", __name__)

_ITEMS = 20
_PAGE = 100  # lines of a month on one page
_UNDATED = "undated"
_NO_PAGE = N_("There is no such page.")


@dataclass(frozen=True, slots=True)
class Office:
    """A role, and who holds or held it."""

    slug: str
    role: Role


@subjects.get("/latest")
def latest() -> Response:
    """Everything."""
    with site.current().store.read() as conn:
        return show_selection(conn, scope(conn, "latest")) if is_filtered() else _feed_page(conn, latest_feed(conn))


@subjects.get("/topics/<slug>")
def topic(slug: str) -> Response:
    """One topic."""
    return _subject_page("topic", slug)


@subjects.get("/actors/<slug>")
def actor(slug: str) -> Response:
    """One actor."""
    return _subject_page("actor", slug)


@subjects.get("/latest/months/<month>", defaults={"number": 1})
@subjects.get("/latest/months/<month>/<int:number>")
def latest_month(month: str, number: int) -> Response:
    """What was published in one month."""
    with site.current().store.read() as conn:
        return _month_page(conn, latest_feed(conn), month, number)


@subjects.get("/topics/<slug>/months/<month>", defaults={"number": 1})
@subjects.get("/topics/<slug>/months/<month>/<int:number>")
def topic_month(slug: str, month: str, number: int) -> Response:
    """What was published in one month about a topic."""
    return _subject_month("topic", slug, month, number)


@subjects.get("/actors/<slug>/months/<month>", defaults={"number": 1})
@subjects.get("/actors/<slug>/months/<month>/<int:number>")
def actor_month(slug: str, month: str, number: int) -> Response:
    """What was published in one month about an actor."""
    return _subject_month("actor", slug, month, number)


@subjects.get("/topics/<slug>.opml")
def topic_opml(slug: str) -> Response:
    """The feed of a topic, to import into a reader."""
    return _subject_opml("topic", slug)


@subjects.get("/actors/<slug>.opml")
def actor_opml(slug: str) -> Response:
    """The feed of an actor, to import into a reader."""
    return _subject_opml("actor", slug)


def _subject_page(kind: SubjectKind, slug: str) -> Response:
    with site.current().store.read() as conn:
        if is_filtered(kind, slug):
            return show_selection(conn, scope(conn, kind, slug))
        try:
            return _feed_page(conn, subject_feed(conn, kind, slug))
        except Moved as news:
            return moved(i18n.keep(feed_path(FeedKey(kind, news.slug))))
        except NotFound:
            called = site.current().names.finder(conn).only(kind, slug, families=True)
            if called is None:
                raise
            # Not for good: another may come to bear the name.
            return moved(i18n.keep(feed_path(FeedKey(kind, called))), HTTPStatus.FOUND)


def _subject_month(kind: SubjectKind, slug: str, month: str, number: int) -> Response:
    with site.current().store.read() as conn:
        try:
            return _month_page(conn, subject_feed(conn, kind, slug), month, number)
        except Moved as news:
            return moved(i18n.keep(month_path(FeedKey(kind, news.slug), month, number)))


def month_path(key: FeedKey, month: str, number: int = 1) -> str:
    """The path of a page of what was published in a month (`2026-02`), or of what has no date (`undated`)."""
    return f"{feed_path(key)}/months/{month}" + (f"/{number}" if number > 1 else "")


def month_paths(conn: Connection, feed: Feed) -> Iterator[str]:
    """Every such page of a feed."""
    days = statistics.counts_by_day(conn, feed.key, date.min)
    sizes = [(f"{first:%Y-%m}", count) for first, count in counting.months(days)]
    for month, size in (*sizes, (_UNDATED, statistics.count_undated(conn, feed))):
        yield from (month_path(feed.key, month, number) for number in range(1, -(-size // _PAGE) + 1))


def _subject_opml(kind: SubjectKind, slug: str) -> Response:
    here = site.current()
    with here.store.read() as conn:
        try:
            feed = subject_feed(conn, kind, slug)
        except Moved as news:
            return moved(f"{feed_path(FeedKey(kind, news.slug))}.opml")
    return answer_bytes(f"{feed_path(feed.key)}.opml", OPML_MEDIA_TYPE, opml([feed], channel(here)))


def _feed_page(conn: Connection, feed: Feed) -> Response:
    def values() -> dict[str, object]:
        names, ui = site.current().names.read(conn), i18n.current()
        subject = of_feed(names, feed.key)
        # An empty feed, of which there are hundreds, asks nothing of the store.
        days = statistics.counts_by_day(conn, feed.key, date.min) if feed.size else {}
        ids = statistics.newest_ids(conn, feed, RECENT) if feed.size else []
        return {
            "title": words.name(subject, feed.label, ui),
            "size": feed.size,
            "subject": subject,
            "offices": offices(names, feed.key.slug) if subject and subject.kind == "actor" else (),
            "entries": window(conn, feed, _ITEMS),
            "story": tell(conn, ids, days, query_of(feed.key), names, ui),
            "months": counting.months(days),
            "undated": statistics.count_undated(conn, feed) if feed.size else 0,
            "names": names,
        }

    return kept_page(conn, feed_path(feed.key), "feed.html", feed=feed, values=values)


def _month_page(conn: Connection, feed: Feed, month: str, number: int) -> Response:
    """One month, or what has no date, `_PAGE` lines on a page."""
    first = None if month == _UNDATED else _parse_month(month)
    if number < 1:
        raise NotFound(_NO_PAGE)

    def values() -> dict[str, object]:
        known = dict(counting.months(statistics.counts_by_day(conn, feed.key, date.min)))
        size = statistics.count_undated(conn, feed) if first is None else known.get(first, 0)
        pages = max(1, -(-size // _PAGE))
        if number > pages:
            raise NotFound(_NO_PAGE)
        span = (first, counting.last_day(first)) if first else None
        names = site.current().names.read(conn)
        return {
            "title": words.name(of_feed(names, feed.key), feed.label, i18n.current()),
            "month": first,
            "steps": [month_path(feed.key, month, one) for one in range(1, pages + 1)],
            "newer": min((one for one in known if first and one > first), default=None),
            "older": max((one for one in known if first and one < first), default=None),
            "items": statistics.items_between(conn, feed, span, limit=_PAGE, offset=(number - 1) * _PAGE),
            "size": size,
            "number": number,
            "names": names,
        }

    return kept_page(conn, month_path(feed.key, month, number), "month.html", feed=feed, values=values)


def offices(names: Labels, slug: str) -> tuple[Office, ...]:
    """Who holds an office of this country or body, now or last known, by the authority's order of names."""
    return tuple(
        Office(one.slug, role) for one in names.values() for role in one.roles if role.of == slug and role.end is None
    )


def _parse_month(text: str) -> date:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = None
    if first is None or f"{first:%Y-%m}" != text:
        raise NotFound(N_("There is no such month: write it as 2026-02."))
    return first
