"""What reading needs besides the bytes: furniture rules, sources, and the names and offices of the authority."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from feeds.errors import AuthorityError
from feeds.reading.rules import Rules, load_rules
from feeds.reading.sources import Sources, load_sources

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.authority.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Tools:
    """Rules, sources and the names of the authority, compiled; immutable, so one value serves every read.

    Without a `matcher` no date is inferred from titles and terms of office.
    """

    rules: Rules
    sources: Sources
    matcher: Matcher | None = None


def load_tools(directory: Path | None = None, matcher: Matcher | None = None) -> Tools:
    """Load the shipped `furniture.toml` and `sources.toml` and lay the operator's files of the same names over them.

    Args:
        directory: the operator's folder (`DATELINE_AUTHORITY_DIR`); either file may be missing there.
        matcher: the names of the authority (`Authority.matcher`), for dates that only titles tell.

    Raises:
        AuthorityError: names the file, and the line or the entry that is wrong.

    """
    return Tools(
        rules=load_rules(_texts("furniture.toml", directory)),
        sources=load_sources(_texts("sources.toml", directory)),
        matcher=matcher,
    )


def _texts(name: str, directory: Path | None) -> dict[str, str]:
    texts = {name: (files("feeds.reading") / name).read_text(encoding="utf-8")}
    path = directory / name if directory else None
    if path is not None and path.exists():
        try:
            texts[str(path)] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            raise AuthorityError(f"{path}: cannot be read: {error}") from error
    return texts
