"""Write into the operator's authority files: entries are appended, nothing that stands there is changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from feeds.authority.load import load_authority
from feeds.errors import AuthorityError

if TYPE_CHECKING:
    from pathlib import Path

Table = Literal["actor", "topic"]
Field = str | float | list[str] | Mapping[str, "Field"]


def entry(table: Table, fields: Mapping[str, Field], comment: str) -> str:
    """One `[[actor]]` or `[[topic]]` in TOML; a mapping becomes an inline table.

    >>> print(entry("actor", {"slug": "ann-lee", "names": {"en": ["Ann Lee"]}}, "by hand"), end="")
    <BLANKLINE>
    # by hand
    [[actor]]
    slug = "ann-lee"
    names = { en = ["Ann Lee"] }
    """
    lines = ["", f"# {' '.join(comment.split())}", f"[[{table}]]"]
    lines += [f"{key} = {_value(value)}" for key, value in fields.items()]
    return "\n".join(lines) + "\n"


def append_entry(directory: Path, table: Table, text: str) -> Path:
    """Append an entry to `actors.toml` or `topics.toml` in `directory` and give the file's path.

    Raises:
        AuthorityError: the files would no longer load; the file is as it was.

    """
    path = directory / f"{table}s.toml"
    head = f"# {table.title()}s of our own, laid over the shipped ones; docs/authority.md explains the keys.\n"
    try:
        old = path.read_bytes() if path.exists() else None
        path.write_bytes((old if old is not None else head.encode()) + text.encode())
    except OSError as error:
        raise AuthorityError(f"{path}: {error.strerror}") from error
    try:
        load_authority(directory)
    except AuthorityError:
        if old is None:
            path.unlink()
        else:
            path.write_bytes(old)
        raise
    return path


def _value(value: Field) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    # A JSON string is a TOML basic string, but for DEL, which no name holds.
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return (
        key
        if key.isascii() and key.replace("-", "").replace("_", "").isalnum()
        else json.dumps(key, ensure_ascii=False)
    )
