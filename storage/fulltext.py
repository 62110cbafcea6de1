"""The engine's full text: SQLite's FTS5 or PostgreSQL's tsvector, over the same tokens with the same answers.

`texts` holds the tokens, `texts_index` the engine's index of them. Writers call `add` and `remove` beside their changes
of `texts`: triggers would make FTS5 write out its buffer after every row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from storage.bits import ones
from storage.tokens import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from storage.tokens import Phrase

# Up to so many candidates are looked up one by one (25 us each in SQLite), more are tested in passing (0.1 us for each
# item that has the word).
_FEW = 200

_ONE_BY_ONE = {
    "sqlite": text("SELECT rowid FROM texts_index WHERE texts_index MATCH :words AND rowid IN :candidates"),
    "postgresql": text(
        "SELECT position FROM texts_index WHERE words @@ CAST(:words AS tsquery) AND position IN :candidates"
    ),
}
# All in one string: a row for each of 100,000 positions would take ten times as long to fetch.
_IN_PASSING = {
    "sqlite": text(
        "SELECT group_concat(rowid) FROM texts_index WHERE texts_index MATCH :words "
        "AND rowid BETWEEN :first AND :last AND substr(:mask, :last - rowid + 1, 1) = x'31'"
    ),
    "postgresql": text(
        "SELECT string_agg(CAST(position AS text), ',') FROM texts_index WHERE words @@ CAST(:words AS tsquery) "
        "AND position BETWEEN :first AND :last AND get_bit(:mask, position - :first) = 1"
    ),
}
_ADD = {
    "sqlite": text("INSERT INTO texts_index(rowid, words) VALUES (:position, :words)"),
    "postgresql": text("INSERT INTO texts_index(position, words) VALUES (:position, texts_index_vector(:words))"),
}
_REMOVE = {
    # FTS5 keeps no words: it must be told what it is to forget.
    "sqlite": text(
        "INSERT INTO texts_index(texts_index, rowid, words) "
        "SELECT 'delete', position, words FROM texts WHERE position IN :positions"
    ),
    "postgresql": text("DELETE FROM texts_index WHERE position IN :positions"),
}
_REBUILD = {
    "sqlite": (text("INSERT INTO texts_index(texts_index) VALUES ('rebuild')"),),
    "postgresql": (
        text("DELETE FROM texts_index"),
        text("INSERT INTO texts_index(position, words) SELECT position, texts_index_vector(words) FROM texts"),
    ),
}


def add(conn: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Index these rows of `texts`: `position` and `words`."""
    conn.execute(_ADD[conn.dialect.name], rows)


def remove(conn: Connection, positions: Sequence[int]) -> None:
    """Forget these rows of `texts`, which must still be there."""
    query = _REMOVE[conn.dialect.name].bindparams(bindparam("positions", expanding=True))
    conn.execute(query, {"positions": positions})


def rebuild(conn: Connection) -> None:
    """Index all of `texts` anew, after its rows came from elsewhere."""
    for statement in _REBUILD[conn.dialect.name]:
        conn.execute(statement)


def scrub(conn: Connection) -> None:
    """Rewrite the index, so that nothing of a purged text is left in it: FTS5 keeps it until it next merges."""
    if conn.dialect.name == "sqlite":
        conn.execute(text("INSERT INTO texts_index(texts_index) VALUES ('optimize')"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Texts that must all be there, or with `any_of` at least one, and texts that must not."""

    texts: Sequence[str]
    without: Sequence[str] = ()
    any_of: bool = False


def many(among: int) -> bool:
    """Whether these positions are too many to be looked up one by one."""
    return among.bit_count() > _FEW


def matching(conn: Connection, wanted: Wanted, start: int, width: int, among: int) -> Iterable[int]:
    """Give the positions that hold what is wanted.

    `among` are the positions in question, as bits: bit 0 is the position `start`, and there are `width` of them.
    """
    engine = conn.dialect.name
    words = _WRITE[engine](wanted)
    if not many(among):
        query = _ONE_BY_ONE[engine].bindparams(bindparam("candidates", expanding=True))
        candidates = [start + offset for offset in ones(among)]
        return conn.execute(query, {"words": words, "candidates": candidates}).scalars().all()
    values = {"words": words, "first": start, "last": start + width - 1, "mask": _MASK[engine](among, width)}
    found: str | None = conn.execute(_IN_PASSING[engine], values).scalar_one()
    return map(int, found.split(",")) if found else ()


def _fts5(wanted: Wanted) -> str:
    """An expression of FTS5 (https://sqlite.org/fts5.html, section 3)."""
    told = (" OR " if wanted.any_of else " AND ").join(map(_fts5_phrase, wanted.texts))
    return "".join([f"({told})", *(f" NOT {_fts5_phrase(one)}" for one in wanted.without)])


def _fts5_phrase(one: str) -> str:
    told = phrase(one)
    return f'"{" ".join(told.tokens)}"{" *" if told.open else ""}'


def _tsquery(wanted: Wanted) -> str:
    """A tsquery (PostgreSQL, section 8.11.2)."""
    told = (" | " if wanted.any_of else " & ").join(map(_tsquery_phrase, wanted.texts))
    return "".join([f"({told})", *(f" & !{_tsquery_phrase(one)}" for one in wanted.without)])


def _tsquery_phrase(one: str) -> str:
    return f"({' <-> '.join(_lexemes(phrase(one)))})"


def _lexemes(one: Phrase) -> list[str]:
    quoted = [f"'{token}'" for token in one.tokens]
    return [*quoted[:-1], quoted[-1] + ":*"] if one.open else quoted


def _digits(among: int, width: int) -> bytes:
    """One byte for each position, the last first: SQL has `substr` for a byte and nothing for a bit."""
    return f"{among:0{width}b}".encode()


def _bytes(among: int, width: int) -> bytes:
    return among.to_bytes(width // 8, "little")


_WRITE = {"sqlite": _fts5, "postgresql": _tsquery}
_MASK = {"sqlite": _digits, "postgresql": _bytes}
