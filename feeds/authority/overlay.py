"""Write into the operator's `actors.toml`: entries are appended, nothing that stands there is changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from feeds.authority.load import load_authority
from feeds.errors import AuthorityError

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = "# Actors of our own, laid over the shipped ones; docs/authority.md explains the keys.\n"


Field = str | Mapping[str, list[str]] | Mapping[str, str]


def entry(fields: Mapping[str, Field], comment: str) -> str:
    """One `[[actor]]` in TOML; a mapping becomes an inline table.

    >>> print(entry({"slug": "ann-lee", "names": {"en": ["Ann Lee"]}}, "by hand"), end="")
    <BLANKLINE>
    # by hand
    [[actor]]
    slug = "ann-lee"
    names = { en = ["Ann Lee"] }
    """
    lines = ["", f"# {' '.join(comment.split())}", "[[actor]]"]
    for key, value in fields.items():
        if isinstance(value, str):
            lines.append(f"{key} = {_quoted(value)}")
        else:
            pairs = (f"{inner} = {_quoted(one)}" for inner, one in value.items())
            lines.append(f"{key} = {{ {', '.join(pairs)} }}")
    return "\n".join(lines) + "\n"


def append_actor(directory: Path, text: str) -> Path:
    """Append an entry to `actors.toml` in `directory` and give the file's path.

    Raises:
        AuthorityError: the files would no longer load; the file is as it was.

    """
    path = directory / "actors.toml"
    try:
        old = path.read_bytes() if path.exists() else None
        path.write_bytes((old if old is not None else _HEAD.encode()) + text.encode())
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


def _quoted(value: str | list[str]) -> str:
    # A JSON string is a TOML basic string, but for DEL, which no name holds.
    return json.dumps(value, ensure_ascii=False)
