"""Words that many items have are noted once their block is full, and found without the full text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from feeds.ingest.retraction import retract
from storage import fulltext
from storage.bits import BLOCK, ones, unpack
from storage.common_words import note_common_words
from storage.indexing import index_items
from storage.query import And, Not, Query, Words
from storage.schema import facet_blocks, feed_entries, feeds
from storage.search import search
from tests.builders import NOON, add_item, later, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.query import Node

FULL = 2 * BLOCK + 1  # the first position after two full blocks


def head(store: Store, position: int) -> None:
    with store.write() as conn:
        conn.execute(update(feeds).where(feeds.c.kind == "latest").values(head=position))


def fill(store: Store) -> None:
    """Sixteen items in the first block, all but one of them with a common word, and one after the second."""
    name_subjects(store)
    for number in range(1, 17):
        head(store, 8 * number - 1)
        word = "nowhere" if number == 5 else "everywhere"
        add_item(store, report(f"{word} rare{number}", summary="", body="x"), uuid=uuid_of(number), at=later(number))
    head(store, FULL)
    add_item(store, report("everywhere new", summary="", body="x"), uuid=uuid_of(99), at=later(99))


def noted(store: Store) -> dict[tuple[str, int], list[int]]:
    with store.read() as conn:
        rows = conn.execute(select(facet_blocks).where(facet_blocks.c.term.startswith("word"))).all()
    return {(row.term, row.block): list(ones(unpack(row.bits))) for row in rows}


def found(store: Store, where: Node) -> list[int]:
    with store.read() as conn:
        return [entry.item.id for entry in search(conn, Query(where), 50).entries]


def test_each_write_notes_one_full_block_and_the_newest_first(store: Store) -> None:
    fill(store)
    assert noted(store) == {("words", 1): []}
    with store.write() as conn:
        note_common_words(conn, [FULL])
    told = noted(store)
    assert told.pop(("words", 0)) == []
    assert told[("word:everywhere", 0)] == [8 * number for number in range(1, 17) if number != 5]
    assert told[("word:rare3", 0)] == [24]  # one in sixteen is enough
    assert ("word:new", 2) not in told
    with store.write() as conn:
        note_common_words(conn, [FULL])
    assert noted(store).keys() - {("words", 0)} == told.keys()


def test_what_is_noted_is_not_asked_of_the_full_text(store: Store) -> None:
    fill(store)
    with store.write() as conn:
        note_common_words(conn, [FULL])
        fulltext.remove(conn, [8, FULL + 1])
    assert found(store, Words("everywhere")) == [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 4, 3, 2, 1]
    assert found(store, Not(Words("everywhere"))) == [17, 5]
    assert found(store, And((Words("everywhere"), Not(Words("rare3")), Words("everywhere rare4")))) == [4]


def test_an_item_that_arrives_in_a_noted_block_is_found(store: Store) -> None:
    fill(store)
    with store.write() as conn:
        note_common_words(conn, [FULL])
        conn.execute(update(feed_entries).where(feed_entries.c.item_id == 17).values(position=100))
        index_items(conn, [17])
    assert ("words", 0) not in noted(store)
    assert found(store, Words("everywhere"))[:5] == [12 + 4, 15, 14, 13, 17]
    assert found(store, Words("new")) == [17]


def test_a_purge_leaves_nothing_noted(store: Store) -> None:
    fill(store)
    with store.write() as conn:
        note_common_words(conn, [FULL])
        retract(conn, f"urn:uuid:{uuid_of(3)}", "", NOON, purge=True)
    assert noted(store) == {}
    assert found(store, Words("rare3")) == []
