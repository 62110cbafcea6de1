"""What people write for a topic or actor to its slug: the slug itself, an old one, or a name in any language."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from feeds.syndication.selection_terms import Named
from feeds.text import slug as make_slug
from storage.log import find_feed
from storage.names import redirect, subjects_of
from storage.tokens import runs
from storage.types import FeedKey

if TYPE_CHECKING:
    from storage.engine import Connection
    from storage.types import SubjectKind

_LONGEST = 255  # characters of a slug
_NEAR, _SIMILAR = 3, 0.6


class Names:
    """Finds the slugs of one snapshot of the store; the names are read only when a slug is not known."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def __call__(self, kind: SubjectKind, written: str) -> Named:
        """Find what was written; where several have the name, or none, say which could be meant."""
        if "\x00" in written or not 0 < len(written) <= _LONGEST:
            return Named(None)
        if known := self._slug(kind, written):
            return Named(known)
        named = self._by_name[kind].get(_key(written), set())
        if len(named) == 1:
            return Named(next(iter(named)))
        return Named(None, tuple(sorted(named)[:_NEAR]) or self._near(kind, written))

    def _slug(self, kind: SubjectKind, written: str) -> str | None:
        """Another spelling of a slug, or an old one, to the slug."""
        for spelling in dict.fromkeys((written, unicodedata.normalize("NFC", written), make_slug(written))):
            slug = redirect(self._conn, kind, spelling) or spelling
            if find_feed(self._conn, FeedKey(kind, slug)) is not None:
                return slug
        return None

    def _near(self, kind: SubjectKind, written: str) -> tuple[str, ...]:
        """Those whose name has all these words, and those whose name is written much like it."""
        names, words = self._by_name[kind], set(runs(written))
        holding = sorted((name for name in names if words and words <= set(name.split())), key=len)
        close = get_close_matches(_key(written), names, _NEAR, _SIMILAR)
        return tuple(dict.fromkeys(slug for name in (*holding, *close) for slug in sorted(names[name])))[:_NEAR]

    @cached_property
    def _by_name(self) -> dict[SubjectKind, dict[str, set[str]]]:
        found: dict[SubjectKind, dict[str, set[str]]] = {"topic": defaultdict(set), "actor": defaultdict(set)}
        for kind in found:
            for subject in subjects_of(self._conn, kind):
                forms = [subject.slug, subject.label, *(name for each in subject.names.values() for name in each)]
                for form in forms:
                    found[kind][_key(form)].add(subject.slug)
        return found


def _key(name: str) -> str:
    return " ".join(runs(name))
