from __future__ import annotations

import pytest

from feeds.authority.lines import line_of

TEXT = """# top
[[actor]]
slug = "one"
roles = [
  { title = "x", of = "y" },
]

[[actor]]
slug = "two"
names.en = ["Two"]

[country]
FR = { label = "France" }
"DE" = {}
"""


@pytest.mark.parametrize(
    ("table", "number", "key", "line"),
    [
        ("actor", 0, "", 2),
        ("actor", 0, "slug", 3),
        ("actor", 0, "of", 5),
        ("actor", 1, "slug", 9),
        ("actor", 1, "names", 10),
        ("actor", 0, "names", 2),
        ("actor", 7, "slug", 1),
        ("country", "FR", "label", 13),
        ("country", "DE", "", 14),
        ("country", "IT", "", 1),
    ],
)
def test_the_line_of_an_entry_or_key(table: str, number: int | str, key: str, line: int) -> None:
    assert line_of(TEXT, table, number, key) == line
