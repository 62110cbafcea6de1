"""The feeds on HTTP: one look-up tells 304 from rendering, and each version is rendered once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, request

from feeds.syndication import validators
from feeds.syndication.addresses import archive_path, feed_path
from feeds.syndication.formats import FORMATS, OPML_MEDIA_TYPE, PAGED
from feeds.syndication.listing import listing
from feeds.syndication.opml import opml
from feeds.text import digest
from feeds.web import site
from feeds.web.answers import JSON, Version, answer, answer_bytes, moved
from feeds.web.history import answer_archive, answer_since, calendar_document, channel, window_document, written
from feeds.web.links import links
from feeds.web.lookup import Moved, latest_feed, subject_feed
from feeds.web.select import answer_selection, is_filtered, scope
from storage.log import list_feeds, recent_pace
from storage.state import get_state
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from feeds.syndication.document import FeedDocument
    from feeds.syndication.formats import Format
    from storage.engine import Connection
    from storage.types import Feed, Subject, SubjectKind

feeds = Blueprint("feeds", __name__)
_SUFFIX = f"<any({', '.join(FORMATS)}):suffix>"
_PAGED = f"<any({', '.join(PAGED)}):suffix>"


@feeds.get(f"/latest.{_SUFFIX}")
def latest(suffix: str) -> Response:
    """Everything."""
    with site.current().store.read() as conn:
        if is_filtered():
            return answer_selection(conn, scope(conn, "latest"), FORMATS[suffix])
        return _answer_any(conn, latest_feed(conn), FORMATS[suffix])


@feeds.get(f"/topics/<slug>.{_SUFFIX}")
def topic(slug: str, suffix: str) -> Response:
    """One topic."""
    return _subject("topic", slug, suffix)


@feeds.get(f"/actors/<slug>.{_SUFFIX}")
def actor(slug: str, suffix: str) -> Response:
    """One actor."""
    return _subject("actor", slug, suffix)


@feeds.get(f"/latest/archive/<int:block>.{_PAGED}")
def latest_archive(block: int, suffix: str) -> Response:
    """A closed block of everything."""
    with site.current().store.read() as conn:
        return answer_archive(conn, latest_feed(conn), FORMATS[suffix], block)


@feeds.get(f"/topics/<slug>/archive/<int:block>.{_PAGED}")
def topic_archive(slug: str, block: int, suffix: str) -> Response:
    """A closed block of one topic."""
    return _subject_archive("topic", slug, block, suffix)


@feeds.get(f"/actors/<slug>/archive/<int:block>.{_PAGED}")
def actor_archive(slug: str, block: int, suffix: str) -> Response:
    """A closed block of one actor."""
    return _subject_archive("actor", slug, block, suffix)


@feeds.get("/feeds.opml")
def everything() -> Response:
    """Every feed, for import into a reader."""
    here = site.current()
    with here.store.read() as conn:
        offered = _offered(conn, site.current().names.read(conn))
    return answer_bytes("/feeds.opml", OPML_MEDIA_TYPE, opml(offered, channel(here)))


@feeds.get("/feeds.json")
def everything_for_programs() -> Response:
    """Every feed, with its formats, its size, its last change and its pace."""
    known = channel(site.current())
    with site.current().store.read() as conn:
        names = site.current().names.read(conn)
        offered = _offered(conn, names)
        rows = (f"{feed.id} {feed.version} {feed.label}" for feed in offered)
        subjects = (f"{one.type} {one.parent} {one.uri}" for one in names.values())
        mark = digest(get_state(conn).store_id, validators.settings_mark(known), *rows, *subjects)[:32]
        version = Version("/feeds.json", JSON, f'W/"{mark}"')
        return answer(version, lambda: listing(offered, names, recent_pace(conn), known))


def _offered(conn: Connection, names: Mapping[tuple[SubjectKind, str], Subject]) -> list[Feed]:
    """What the authority dropped keeps its feed for those who have it, and is no longer offered."""
    found = (latest_feed(conn), *list_feeds(conn, "topic"), *list_feeds(conn, "actor"))
    return [feed for feed in found if feed.key.kind == "latest" or (feed.key.kind, feed.key.slug) in names]


def _subject_archive(kind: SubjectKind, slug: str, block: int, suffix: str) -> Response:
    with site.current().store.read() as conn:
        try:
            feed = subject_feed(conn, kind, slug)
        except Moved as news:
            return moved(f"{archive_path(FeedKey(kind, news.slug), block)}.{suffix}")
        return answer_archive(conn, feed, FORMATS[suffix], block)


def _subject(kind: SubjectKind, slug: str, suffix: str) -> Response:
    with site.current().store.read() as conn:
        if is_filtered(kind, slug):
            return answer_selection(conn, scope(conn, kind, slug), FORMATS[suffix])
        try:
            feed = subject_feed(conn, kind, slug)
        except Moved as news:
            return moved(f"{feed_path(FeedKey(kind, news.slug))}.{suffix}")
        return _answer_any(conn, feed, FORMATS[suffix])


def _answer_any(conn: Connection, feed: Feed, form: Format) -> Response:
    cursor = request.args.get("since")
    return answer_since(conn, feed, form, cursor) if cursor is not None and form.paged else _answer(conn, feed, form)


def _answer(conn: Connection, feed: Feed, form: Format) -> Response:
    """Answer inside the snapshot that the version was read in, so that the ETag and the bytes are of one moment."""
    here = site.current()
    known = channel(here)
    path = f"{feed_path(feed.key)}.{form.suffix}"
    state = get_state(conn)
    version = Version(
        path=path,
        media_type=form.media_type,
        etag=validators.etag(state.store_id, feed, form.suffix, known),
        last_modified=validators.last_modified(feed, state, known, datetime.now(UTC)),
        links=links(here, feed_path(feed.key), form),
    )
    return answer(version, lambda: written(path, form, _document(conn, feed, form, state.store_id)))


def _document(conn: Connection, feed: Feed, form: Format, store_id: str) -> FeedDocument:
    known = channel(site.current())
    return window_document(conn, feed, known, store_id) if form.paged else calendar_document(conn, feed, known)
