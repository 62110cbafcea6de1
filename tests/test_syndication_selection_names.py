"""What people write for a topic or actor, to its slug."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds.syndication.selection_names import Names, spellings
from feeds.syndication.selection_terms import Named
from storage.names import labels, sync_subjects
from storage.state import tick
from storage.types import Subject
from tests.builders import NOON, RUBIO, SEOUL, TARIFFS

if TYPE_CHECKING:
    from storage.engine import Store

KIM_A = Subject("actor", "kim-a", "Kim A", "person", {"ko": ("김",)})
KIM_B = Subject("actor", "kim-b", "Kim B", "person", {"ko": ("김",)})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("marco-rubio", Named("marco-rubio")),
        ("Marco Rubio", Named("marco-rubio")),
        ("marco-antonio-rubio", Named("marco-rubio")),  # an old slug
        ("卢比奥", Named("marco-rubio")),
        ("盧比奧", Named("marco-rubio")),  # the same in traditional characters
        ("rubio", Named(None, ("marco-rubio",))),
        ("marco-rubioo", Named(None, ("marco-rubio",))),
        ("김", Named(None, ("kim-a", "kim-b"))),
        ("zzzz", Named(None)),
        ("trade-tariffs", Named(None)),  # a topic
        ("a\x00b", Named(None)),
        ("x" * 300, Named(None)),
    ],
)
def test_names_of_actors(sqlite_store: Store, written: str, expected: Named) -> None:
    with sqlite_store.write() as conn:
        moved = [("actor", "marco-antonio-rubio", "marco-rubio")]
        sync_subjects(conn, (RUBIO, SEOUL, TARIFFS, KIM_A, KIM_B), moved, tick(conn, NOON))  # type: ignore[arg-type]
    with sqlite_store.read() as conn:
        assert Names(conn, lambda: spellings(labels(conn)))("actor", written) == expected
