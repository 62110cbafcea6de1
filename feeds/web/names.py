"""The names of all topics and actors, read once for each time that they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.syndication import selection_names
from storage.names import labels, names_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.syndication.selection_names import Spellings
    from storage.engine import Connection
    from storage.types import FeedKey, Subject, SubjectKind

    Labels = Mapping[tuple[SubjectKind, str], Subject]


class Names:
    """A memory of one reading; threads that miss at once each read, and either result is right."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._known: tuple[datetime | None, Labels] = (None, {})
        self._spelled: tuple[Labels, Spellings] = ({}, selection_names.spellings({}))

    def read(self, conn: Connection) -> Labels:
        """Every topic and actor, by kind and slug, as this snapshot has them."""
        at, known = names_at(conn), self._known
        if at is None or known[0] != at:
            known = self._known = (at, labels(conn))
        return known[1]  # and not what another thread, in another snapshot, has put there meanwhile

    def finder(self, conn: Connection) -> selection_names.Names:
        """What finds the topics and actors that a selection names."""
        return selection_names.Names(conn, lambda: self._spellings(conn))

    def _spellings(self, conn: Connection) -> Spellings:
        known, spelled = self.read(conn), self._spelled
        if spelled[0] is not known:
            spelled = self._spelled = (known, selection_names.spellings(known))
        return spelled[1]


def of_feed(names: Labels, key: FeedKey) -> Subject | None:
    """The topic or actor that a feed is of, while the authority has it."""
    kind, slug = key
    return names.get((kind, slug)) if kind == "topic" or kind == "actor" else None  # noqa: PLR1714 - so that mypy knows
