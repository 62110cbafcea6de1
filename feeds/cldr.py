"""Words of Unicode CLDR that reading wants: countries, months, weekdays, languages.

`make cldr` takes them from Babel into `cldr.json`. Babel itself keeps every locale that it was asked for: 18 MB in the
worker, and a tenth of a second at every start.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = Path(__file__).with_name("cldr.json")


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Any]:
    tables: Mapping[str, Any] = json.loads(PATH.read_bytes())
    return tables


def territories(language: str) -> Mapping[str, str]:
    """The names of countries by their ISO 3166 code."""
    table: Mapping[str, str] = _tables()["territories"][language]
    return table


def months(language: str) -> tuple[tuple[str, ...], ...]:
    """The names of the months, January first, once for each way and width of writing them."""
    return tuple(tuple(names) for names in _tables()["months"][language])


def weekdays(language: str) -> tuple[str, ...]:
    """The names of the days of the week, Monday first."""
    return tuple(_tables()["weekdays"][language])


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The English names of languages."""
    return frozenset(_tables()["languages"])
