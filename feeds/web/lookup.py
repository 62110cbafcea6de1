"""From what stands in a URL to the feed it means: the canonical slug, an old one that moved, or nothing at all."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from feeds.errors import NotFound
from feeds.text import slug as make_slug
from feeds.web.words import N_
from storage.log import find_feed
from storage.names import redirect
from storage.state import get_state
from storage.types import LATEST, Feed, FeedKey

if TYPE_CHECKING:
    from storage.engine import Connection
    from storage.types import SubjectKind

_LONGEST = 255  # characters of a slug
UNKNOWN = {"topic": N_("There is no topic of this name."), "actor": N_("There is no actor of this name.")}


class Moved(Exception):  # noqa: N818 - news, not an error
    """The subject has another slug, which its URLs lead to for good."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def latest_feed(conn: Connection) -> Feed:
    """The feed of everything; before the first pass of a new store it is there, and empty."""
    found = find_feed(conn, LATEST)
    return found or Feed(id=0, key=LATEST, head=0, version=0, changed_at=get_state(conn).clock, label="Latest")


def subject_feed(conn: Connection, kind: SubjectKind, slug: str) -> Feed:
    """The feed of a topic or actor.

    A slug that is written in another way (decomposed Unicode, capitals, spaces) is `Moved` to the canonical one if
    that is known; so is an old slug that the authority redirects.

    Raises:
        NotFound: nothing of that name.
        Moved: it has another slug.

    """
    # PostgreSQL takes no NUL in a text; and no slug is that long.
    if "\x00" in slug or len(slug) > _LONGEST:
        raise NotFound(UNKNOWN[kind])
    found = find_feed(conn, FeedKey(kind, slug))
    if found is not None:
        return found
    for spelling in dict.fromkeys((slug, unicodedata.normalize("NFC", slug), make_slug(slug))):
        target = redirect(conn, kind, spelling) or spelling
        if target != slug and find_feed(conn, FeedKey(kind, target)) is not None:
            raise Moved(target)
    raise NotFound(UNKNOWN[kind])
