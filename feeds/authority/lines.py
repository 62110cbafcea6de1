"""Where in a TOML file an entry or a key stands, so that an error can name its line: `tomllib` does not say."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.\"-]+)\s*\]\]?")


def line_of(text: str, table: str, number: int | str, key: str = "") -> int:
    """The line (from 1) of `key` in the entry `number` of `table`; of the entry if the key is not found there.

    `number` counts the `[[table]]` headers from 0; for a `[table]` of rows it is the row's key. Unknown entries give 1.
    """
    lines = text.splitlines()
    start = _row(lines, table, number) if isinstance(number, str) else _header(lines, table, number)
    if start is None:
        return 1
    inside = re.compile(rf"[\s{{,]\"?{re.escape(key)}\"?\s*[=.]") if key else None
    for index in range(start, len(lines)):
        if index > start and (_HEADER.match(lines[index]) or isinstance(number, str)):
            break
        if inside and inside.search(" " + lines[index]):
            return index + 1
    return start + 1


def _header(lines: list[str], table: str, number: int) -> int | None:
    headers = (index for index, line in enumerate(lines) if (found := _HEADER.match(line)) and found[1] == table)
    return next((index for count, index in enumerate(headers) if count == number), None)


def _row(lines: list[str], table: str, key: str) -> int | None:
    current = ""
    row = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*=")
    for index, line in enumerate(lines):
        if found := _HEADER.match(line):
            current = found[1]
        elif current == table and row.match(line):
            return index
    return None
