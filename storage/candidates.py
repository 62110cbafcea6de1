"""Candidates for the authority: names that texts give a title, how often, with examples, until a person judges them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, func, insert, select, update

from storage.schema import candidate_items, candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Row

State = Literal["waiting", "rejected", "accepted"]
DECLARED = "declared"  # stands for a title where the seed itself declares the name
_MOST = 5  # titles and example sentences that are kept


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that is in no authority file. `kind` is `topic` or the type of actor it seems to be.

    `titles` say what speaks for it, `number` counts its items.
    """

    name: str
    language: str
    kind: str
    titles: tuple[str, ...]
    number: int
    sentences: tuple[str, ...]
    state: State


def note_candidate(conn: Connection, item_id: int, seen: Candidate) -> None:
    """Count an item for a name, with what `seen` says; the same item counts once, a judged name never again."""
    old = find_candidate(conn, seen.name)
    if old is None:
        conn.execute(insert(candidates).values(_values(seen)))
    elif (
        old.state != "waiting" or (old.kind == "topic") != (seen.kind == "topic") or _counted(conn, seen.name, item_id)
    ):
        return
    else:
        titles = list(dict.fromkeys((*old.titles, *seen.titles)))[:_MOST]
        changed = {"number": old.number + 1, "titles": titles}
        conn.execute(update(candidates).where(candidates.c.name == seen.name).values(changed))
    conn.execute(insert(candidate_items).values(name=seen.name, item_id=item_id, sentence=seen.sentences[0]))


def find_candidate(conn: Connection, name: str) -> Candidate | None:
    """Read one candidate."""
    row = conn.execute(select(candidates).where(candidates.c.name == name)).one_or_none()
    return None if row is None else _candidate(conn, row)


def list_candidates(conn: Connection, state: State, limit: int, *, topics: bool = False) -> tuple[Candidate, ...]:
    """Read the candidates for actors, or for topics, that most items name, those first."""
    kind = candidates.c.kind == "topic" if topics else candidates.c.kind != "topic"
    query = select(candidates).where(candidates.c.state == state, kind)
    rows = conn.execute(query.order_by(candidates.c.number.desc(), candidates.c.name).limit(limit)).all()
    return tuple(_candidate(conn, row) for row in rows)


def count_candidates(conn: Connection, state: State) -> int:
    """Count the candidates in a state, for actors and topics together."""
    return conn.execute(select(func.count()).select_from(candidates).where(candidates.c.state == state)).scalar_one()


def judge_candidate(conn: Connection, name: str, state: State) -> None:
    """Remember what became of a name: it is not proposed again."""
    conn.execute(update(candidates).where(candidates.c.name == name).values(state=state))


def declared_topics(conn: Connection, item_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The topics that items declared before the authority had them, by item; only accepted ones count."""
    query = (
        select(candidate_items.c.item_id, candidates.c.name, candidates.c.titles)
        .join(candidates, candidates.c.name == candidate_items.c.name)
        .where(candidates.c.kind == "topic", candidates.c.state == "accepted", candidate_items.c.item_id.in_(item_ids))
        .order_by(candidate_items.c.item_id, candidates.c.name)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in conn.execute(query):
        if DECLARED in row.titles:
            found[row.item_id] = (*found.get(row.item_id, ()), row.name)
    return found


def forget_candidate(conn: Connection, name: str) -> None:
    """Drop a candidate that the authority knows now."""
    conn.execute(delete(candidate_items).where(candidate_items.c.name == name))
    conn.execute(delete(candidates).where(candidates.c.name == name))


def forget_quotations(conn: Connection, item_id: int) -> None:
    """Drop the sentences that were quoted from an item whose text is purged; its names keep their count."""
    conn.execute(update(candidate_items).where(candidate_items.c.item_id == item_id).values(sentence=""))


def _counted(conn: Connection, name: str, item_id: int) -> bool:
    where = (candidate_items.c.name == name, candidate_items.c.item_id == item_id)
    return conn.execute(select(candidate_items.c.item_id).where(*where)).one_or_none() is not None


def _values(one: Candidate) -> dict[str, Any]:
    return {
        "name": one.name,
        "language": one.language,
        "kind": one.kind,
        "titles": list(one.titles),
        "number": one.number,
        "state": one.state,
    }


def _candidate(conn: Connection, row: Row[Any]) -> Candidate:
    sentence = candidate_items.c.sentence
    query = (
        select(sentence).where(candidate_items.c.name == row.name, sentence != "").order_by(candidate_items.c.item_id)
    )
    sentences = tuple(dict.fromkeys(conn.execute(query.limit(_MOST)).scalars()))
    return Candidate(row.name, row.language, row.kind, tuple(row.titles), row.number, sentences, row.state)
