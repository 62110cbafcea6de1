"""The authority's names in the store: the writer copies them in, the read side knows nothing else of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from storage.codec import roles_from_json, roles_to_json
from storage.days import forget_days
from storage.indexing import forget_feed
from storage.log import LIVE, find_feed, touch_feed
from storage.renaming import carry_over
from storage.schema import feed_entries, feeds, redirects, store, subjects, tags
from storage.state import next_feed_ids
from storage.types import LATEST, FeedKey, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection, Row

    from storage.types import SubjectKind

Redirect = tuple["SubjectKind", str, str]  # kind, old slug, the slug it now means
_NAMES_AT = select(store.c.names_at)  # asked for every page, so put together once


def sync_subjects(conn: Connection, wanted: Iterable[Subject], moved: Iterable[Redirect], at: datetime) -> bool:
    """Make the store's names equal to the authority's; tell whether anything changed.

    Each subject has a feed from the start, so that one can subscribe before the first item. A changed label raises the
    version of every feed that shows it. A subject that the authority no longer has keeps its feed and leaves the lists;
    one that was merged or renamed gives way to the other, which takes its items over.
    """
    moved = tuple(moved)
    carry_over(conn, moved, at)
    new = {(subject.kind, subject.slug): subject for subject in wanted}
    old = dict(labels(conn))
    changed = sorted(key for key, subject in new.items() if old.get(key) != subject)
    gone = sorted(old.keys() - new.keys())
    for kind, slug in (*filter(old.__contains__, changed), *gone):
        conn.execute(delete(subjects).where(subjects.c.kind == kind, subjects.c.slug == slug))
    if changed:
        conn.execute(insert(subjects), [_row(new[key]) for key in changed])
    had_feeds = _sync_feeds(conn, new, at)
    for kind, slug in (*changed, *gone):
        if (kind, slug) in had_feeds and _shows_differently(old.get((kind, slug)), new.get((kind, slug))):
            _touch_all(conn, kind, slug, at)
    if changed or gone:
        conn.execute(update(store).values(names_at=at))
    return bool(_sync_redirects(conn, moved) or changed or gone)


def subject(conn: Connection, kind: SubjectKind, slug: str) -> Subject | None:
    """Read one topic or actor."""
    row = conn.execute(select(subjects).where(subjects.c.kind == kind, subjects.c.slug == slug)).one_or_none()
    return None if row is None else _subject(row)


def labels(conn: Connection) -> Mapping[tuple[SubjectKind, str], Subject]:
    """Read every topic and actor, by kind and slug."""
    return {(row.kind, row.slug): _subject(row) for row in conn.execute(select(subjects))}


def names_at(conn: Connection) -> datetime | None:
    """When a topic or actor last changed: what was read of them since is still right."""
    moment: datetime | None = conn.execute(_NAMES_AT).scalar_one()
    return moment


def subjects_of(conn: Connection, kind: SubjectKind) -> tuple[Subject, ...]:
    """Read the topics or the actors, by label."""
    found = [_subject(row) for row in conn.execute(select(subjects).where(subjects.c.kind == kind))]
    return tuple(sorted(found, key=lambda one: (one.label, one.slug)))


def redirect(conn: Connection, kind: SubjectKind, slug: str) -> str | None:
    """Tell which slug an old one means now, or None."""
    query = select(redirects.c.slug).where(redirects.c.kind == kind, redirects.c.old == slug)
    return conn.execute(query).scalar_one_or_none()


def _sync_feeds(
    conn: Connection, new: Mapping[tuple[SubjectKind, str], Subject], at: datetime
) -> Mapping[tuple[str, str], tuple[int, str]]:
    """Give each subject its feed, under its label; tell which feeds there were before: id and label by key."""
    known = {(row.kind, row.slug): (row.id, row.label) for row in conn.execute(select(feeds))}
    shown = {LATEST: "Latest"} | {FeedKey(kind, slug): one.label for (kind, slug), one in sorted(new.items())}
    _create_feeds(conn, {key: label for key, label in shown.items() if (key.kind, key.slug) not in known}, at)
    for (kind, slug), one in sorted(new.items()):
        if (kind, slug) in known and known[kind, slug][1] != one.label:
            conn.execute(update(feeds).where(feeds.c.id == known[kind, slug][0]).values(label=one.label))
    return known


def _create_feeds(conn: Connection, missing: Mapping[FeedKey, str], at: datetime) -> None:
    if not missing:
        return
    row = {"head": 0, "version": 1, "size": 0, "changed_at": at}
    ids = next_feed_ids(conn, len(missing))
    conn.execute(
        insert(feeds),
        [
            {"id": feed_id, "kind": key.kind, "slug": key.slug, "label": label, **row}
            for feed_id, (key, label) in zip(ids, missing.items(), strict=True)
        ],
    )


def _shows_differently(old: Subject | None, new: Subject | None) -> bool:
    """Whether entries that name it look different; of a subject that is not there, the slug is shown."""
    return (old and (old.label, old.uri)) != (new and (new.label, new.uri))


def _touch_all(conn: Connection, kind: str, slug: str, at: datetime) -> None:
    """Raise the version of the subject's own feed, and of each feed with an entry that names it."""
    tagged = select(tags.c.item_id).where(tags.c.kind == kind, tags.c.slug == slug)
    showing = select(feed_entries.c.feed_id).where(feed_entries.c.item_id.in_(tagged), feed_entries.c.state == LIVE)
    query = select(feeds.c.id).where(feeds.c.id.in_(showing) | ((feeds.c.kind == kind) & (feeds.c.slug == slug)))
    for feed_id in sorted(conn.execute(query).scalars()):
        touch_feed(conn, feed_id, at)


def _sync_redirects(conn: Connection, moved: Iterable[Redirect]) -> bool:
    wanted = {(kind, old): slug for kind, old, slug in moved}
    stored = {(row.kind, row.old): row.slug for row in conn.execute(select(redirects))}
    if wanted == stored:
        return False
    conn.execute(delete(redirects))
    if wanted:
        rows = [{"kind": kind, "old": old, "slug": slug} for (kind, old), slug in sorted(wanted.items())]
        conn.execute(insert(redirects), rows)
        for kind, old in sorted(wanted):
            _end_feed(conn, FeedKey(kind, old))
    return True


def _end_feed(conn: Connection, key: FeedKey) -> None:
    """End the feed of a merged actor: whoever asks for it is led to the feed that goes on."""
    feed = find_feed(conn, key)
    if feed is not None:
        conn.execute(delete(feed_entries).where(feed_entries.c.feed_id == feed.id))
        forget_days(conn, feed.id)
        conn.execute(delete(feeds).where(feeds.c.id == feed.id))
        forget_feed(conn, feed.id)


def _row(one: Subject) -> dict[str, Any]:
    names = {language: list(forms) for language, forms in one.names.items()}
    return {
        "kind": one.kind,
        "slug": one.slug,
        "label": one.label,
        "type": one.type,
        "names": names,
        "uri": one.uri,
        "parent": one.parent,
        "roles": roles_to_json(one.roles),
        "family": list(one.family),
    }


def _subject(row: Row[Any]) -> Subject:
    names = {language: tuple(forms) for language, forms in row.names.items()}
    roles, family = roles_from_json(row.roles), tuple(row.family)
    return Subject(row.kind, row.slug, row.label, row.type, names, row.uri, row.parent, roles, family)
