"""What a selection can choose from: the languages and sources that items of the index have."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from storage.schema import facet_blocks

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

_MOST = 200


def languages_of_items(conn: Connection) -> tuple[str, ...]:
    """The languages that there are, lower-case, in the order of their tags; each with all that it is a kind of."""
    return _values(conn, "lang:")


def sources_of_items(conn: Connection) -> tuple[str, ...]:
    """The folded names of the first sources, by name."""
    return _values(conn, "source:")


def _values(conn: Connection, prefix: str) -> tuple[str, ...]:
    return tuple(value.removeprefix(prefix) for value in conn.execute(_hops(prefix)).scalars())


@cache
def _hops(prefix: str) -> Select[Any]:
    """Hop from one term to the next in the index: a term has a row for each block of positions."""
    term = facet_blocks.c.term
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    hop = select(func.min(term).label("term")).where(term >= prefix, term < end).cte("hop", recursive=True)
    following = select(func.min(term)).where(term > hop.c.term, term < end).scalar_subquery()
    hop = hop.union_all(select(following).where(hop.c.term.is_not(None)))
    return select(hop.c.term).where(hop.c.term.is_not(None)).limit(_MOST)
