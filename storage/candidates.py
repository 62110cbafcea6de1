"""Candidates for the authority: names that texts give a title, how often, with examples, until a person judges them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, insert, select, update

from storage.schema import candidate_items, candidates

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row

State = Literal["waiting", "rejected"]
_MOST = 5  # titles and example sentences that are kept


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that is in no authority file. `kind` is the type of actor it seems to be; `number` counts its items."""

    name: str
    language: str
    kind: str
    titles: tuple[str, ...]
    number: int
    sentences: tuple[str, ...]
    state: State


def note_candidate(conn: Connection, item_id: int, seen: Candidate) -> None:
    """Count an item for a name, with the title and sentence in `seen`; the same item counts once, a rejected name never."""
    old = find_candidate(conn, seen.name)
    if old is None:
        conn.execute(insert(candidates).values(_values(seen)))
        conn.execute(insert(candidate_items).values(name=seen.name, item_id=item_id))
        return
    where = (candidate_items.c.name == seen.name, candidate_items.c.item_id == item_id)
    if old.state == "rejected" or conn.execute(select(candidate_items).where(*where)).one_or_none() is not None:
        return
    conn.execute(insert(candidate_items).values(name=seen.name, item_id=item_id))
    changed = {
        "number": old.number + 1,
        "titles": list(dict.fromkeys((*old.titles, *seen.titles)))[:_MOST],
        "sentences": list(dict.fromkeys((*old.sentences, *seen.sentences)))[:_MOST],
    }
    conn.execute(update(candidates).where(candidates.c.name == seen.name).values(changed))


def find_candidate(conn: Connection, name: str) -> Candidate | None:
    """Read one candidate."""
    row = conn.execute(select(candidates).where(candidates.c.name == name)).one_or_none()
    return None if row is None else _candidate(row)


def list_candidates(conn: Connection, state: State, limit: int) -> tuple[Candidate, ...]:
    """Read the candidates that most items name, those first."""
    query = select(candidates).where(candidates.c.state == state)
    return tuple(
        _candidate(row)
        for row in conn.execute(query.order_by(candidates.c.number.desc(), candidates.c.name).limit(limit))
    )


def reject_candidate(conn: Connection, name: str) -> None:
    """Remember that this name is no actor: it is not proposed again."""
    conn.execute(update(candidates).where(candidates.c.name == name).values(state="rejected"))


def forget_candidate(conn: Connection, name: str) -> None:
    """Drop a candidate that the authority knows now."""
    conn.execute(delete(candidate_items).where(candidate_items.c.name == name))
    conn.execute(delete(candidates).where(candidates.c.name == name))


def _values(one: Candidate) -> dict[str, Any]:
    return {
        "name": one.name,
        "language": one.language,
        "kind": one.kind,
        "titles": list(one.titles),
        "number": one.number,
        "sentences": list(one.sentences),
        "state": one.state,
    }


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(row.name, row.language, row.kind, tuple(row.titles), row.number, tuple(row.sentences), row.state)
