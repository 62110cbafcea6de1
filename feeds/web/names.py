"""The names of all topics and actors, read once for each time that they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.names import labels, names_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.engine import Connection
    from storage.types import Subject, SubjectKind


class Names:
    """A memory of one reading; threads that miss at once each read, and either result is right."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._known: tuple[datetime | None, Mapping[tuple[SubjectKind, str], Subject]] = (None, {})

    def read(self, conn: Connection) -> Mapping[tuple[SubjectKind, str], Subject]:
        """Every topic and actor, by kind and slug, as this snapshot has them."""
        at, known = names_at(conn), self._known
        if at is None or known[0] != at:
            known = self._known = (at, labels(conn))
        return known[1]  # and not what another thread, in another snapshot, has put there meanwhile
