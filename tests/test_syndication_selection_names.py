"""What people write for a topic or actor, to its slug."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feeds.syndication.selection_names import Names, spellings
from feeds.syndication.selection_terms import Named
from storage.names import labels, sync_subjects
from storage.state import tick
from storage.types import Subject
from tests.builders import NOON, SEOUL, TARIFFS
from tests.builders import RUBIO as RUBIO_ALONE

if TYPE_CHECKING:
    from storage.engine import Store

KIM_A = Subject("actor", "kim-a", "Kim A", "person", {"ko": ("김",)}, family=("Kim", "김"))
KIM_B = Subject("actor", "kim-b", "Kim B", "person", {"ko": ("김",)}, family=("Kim", "김"))
RUBIO = replace(RUBIO_ALONE, family=("Rubio", "卢比奥", "ルビオ"))
VANCE = Subject("actor", "jd-vance", "JD Vance", "person", {"en": ("JD Vance", "Vance")}, family=("Vance",))
COUSIN = Subject("actor", "ann-vance", "Ann Vance", "person", {"en": ("Ann Vance",)}, family=("Vance",))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("marco-rubio", Named("marco-rubio")),
        ("Marco Rubio", Named("marco-rubio")),
        ("marco-antonio-rubio", Named("marco-rubio")),  # an old slug
        ("卢比奥", Named("marco-rubio")),
        ("盧比奧", Named("marco-rubio")),  # the same in traditional characters
        ("rubio", Named("marco-rubio")),  # nobody else's family name
        ("RUBIO", Named("marco-rubio")),
        ("ルビオ", Named("marco-rubio")),
        ("rubi", Named(None, ("marco-rubio",))),
        ("Kim", Named(None, ("kim-a", "kim-b"), shared=True)),
        ("vance", Named("jd-vance")),  # a name by itself comes before another's family name
        ("marco-rubioo", Named(None, ("marco-rubio",))),
        ("김", Named(None, ("kim-a", "kim-b"), shared=True)),
        ("zzzz", Named(None)),
        ("trade-tariffs", Named(None)),  # a topic
        ("a\x00b", Named(None)),
        ("x" * 300, Named(None)),
    ],
)
def test_names_of_actors(sqlite_store: Store, written: str, expected: Named) -> None:
    with sqlite_store.write() as conn:
        moved = [("actor", "marco-antonio-rubio", "marco-rubio")]
        sync_subjects(conn, (RUBIO, SEOUL, TARIFFS, KIM_A, KIM_B, VANCE, COUSIN), moved, tick(conn, NOON))  # type: ignore[arg-type]
    with sqlite_store.read() as conn:
        assert Names(conn, lambda: spellings(labels(conn)))("actor", written) == expected
