"""Takes what reading wants of Unicode CLDR from Babel into `feeds/cldr.json`: `make cldr`."""

from __future__ import annotations

import json
from typing import Any

from babel import Locale

from feeds.authority import countries
from feeds.cldr import PATH
from feeds.reading.dates import names

DAYS = (*names.LANGUAGES, "ko", "ja")


def tables() -> dict[str, Any]:
    return {
        "territories": {one: _territories(Locale.parse(one)) for one in countries.LANGUAGES},
        "months": {one: _months(Locale(one)) for one in names.LANGUAGES},
        "weekdays": {one: [name for _, name in sorted(Locale(one).days["format"]["wide"].items())] for one in DAYS},
        "languages": sorted(set(Locale("en").languages.values())),
    }


def _territories(locale: Locale) -> dict[str, str]:
    return {code: name for code, name in sorted(locale.territories.items()) if not code.isdigit()}


def _months(locale: Locale) -> list[list[str]]:
    found = [
        [name for _, name in sorted(locale.months[context][width].items())]
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    ]
    return [names for at, names in enumerate(found) if names not in found[:at]]


def written() -> str:
    """The tables as JSON, a language a line."""
    parts = []
    for key, table in tables().items():
        rows = table.items() if isinstance(table, dict) else ()
        lines = ",\n".join(f"{_json(one)}: {_json(row)}" for one, row in rows)
        parts.append(f"{_json(key)}: " + (f"{{\n{lines}\n}}" if rows else _json(table)))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    PATH.write_text(written(), encoding="utf-8")
