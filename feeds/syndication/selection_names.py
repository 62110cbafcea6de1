"""What people write for a topic or actor to its slug: the slug, an old one, a name in any language, a family name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from feeds.syndication.selection_terms import Named
from feeds.text import slug as make_slug
from storage.log import find_feed
from storage.names import redirect
from storage.tokens import runs
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storage.engine import Connection
    from storage.types import Subject, SubjectKind

    Bearers = Mapping[SubjectKind, Mapping[str, set[str]]]  # of a kind, every name, folded, and whose it is

_LONGEST = 255  # characters of a slug
_NEAR, _SIMILAR = 3, 0.6
_MOST_BEARERS = 12  # that are listed of those who share a name


@dataclass(frozen=True, slots=True)
class Spellings:
    """All that topics and actors are called; `families`, the family names of persons, count where no name does."""

    names: Bearers
    families: Bearers


class Names:
    """Finds the slugs of one snapshot of the store; the names are read only when a slug is not known."""

    def __init__(self, conn: Connection, read: Callable[[], Spellings]) -> None:
        self._conn, self._read = conn, read

    def __call__(self, kind: SubjectKind, written: str) -> Named:
        """Find what was written; where several have the name, or none, say which could be meant."""
        if "\x00" in written or not 0 < len(written) <= _LONGEST:
            return Named(None)
        if known := self._slug(kind, written):
            return Named(known)
        bearers = self._bearers(kind, written, families=True)
        if not bearers:
            return Named(None, self._near(kind, written))
        if len(bearers) > 1:
            return Named(None, tuple(sorted(bearers)[:_MOST_BEARERS]), shared=True)
        return Named(next(iter(bearers)))

    def only(self, kind: SubjectKind, written: str, *, families: bool) -> str | None:
        """The slug of the one that is called so, if there is one; of persons, by their family names too."""
        if "\x00" in written or not 0 < len(written) <= _LONGEST:
            return None
        if known := self._slug(kind, written):
            return known
        bearers = self._bearers(kind, written, families=families)
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _bearers(self, kind: SubjectKind, written: str, *, families: bool) -> set[str]:
        called, key = self._read(), _key(written)
        return called.names[kind].get(key) or (called.families[kind].get(key) if families else None) or set()

    def _slug(self, kind: SubjectKind, written: str) -> str | None:
        """Another spelling of a slug, or an old one, to the slug."""
        for spelling in dict.fromkeys((written, unicodedata.normalize("NFC", written), make_slug(written))):
            slug = redirect(self._conn, kind, spelling) or spelling
            if find_feed(self._conn, FeedKey(kind, slug)) is not None:
                return slug
        return None

    def _near(self, kind: SubjectKind, written: str) -> tuple[str, ...]:
        """Those whose name has all these words, and those whose name begins alike and is written much like it."""
        known, words, key = self._read(), set(runs(written)), _key(written)
        names = {**known.families[kind], **known.names[kind]}
        holding = sorted((name for name in names if words and words <= set(name.split())), key=len)
        # To compare with every name would take seconds where there are very many, for whoever asks.
        alike = get_close_matches(key, [name for name in names if name[:1] == key[:1]], _NEAR, _SIMILAR)
        return tuple(dict.fromkeys(slug for name in (*holding, *alike) for slug in sorted(names[name])))[:_NEAR]


def spellings(labels: Mapping[tuple[SubjectKind, str], Subject]) -> Spellings:
    """All that each topic and actor is called, so that it can be found by any of it."""
    names: dict[SubjectKind, dict[str, set[str]]] = {"topic": defaultdict(set), "actor": defaultdict(set)}
    families: dict[SubjectKind, dict[str, set[str]]] = {"topic": defaultdict(set), "actor": defaultdict(set)}
    for subject in labels.values():
        for form in (subject.slug, subject.label, *(name for each in subject.names.values() for name in each)):
            names[subject.kind][_key(form)].add(subject.slug)
        for form in subject.family:
            families[subject.kind][_key(form)].add(subject.slug)
    return Spellings(names, families)


def _key(name: str) -> str:
    return " ".join(runs(name))
