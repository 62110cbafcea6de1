"""Which article a brief came with: what an upgrade makes of the briefs that are there."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from storage.schema import origins
from tests.builders import add_item, later, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Connection, Store


def put(store: Store, number: int, kind: str = "article") -> int:
    return add_item(store, report(f"Item {number}", kind=kind), uuid=uuid_of(number), at=later(number)).id


def stand(conn: Connection, seed: bytes, digest: str, *ids: int, current: bool = True) -> None:
    """What the bytes of a seed told: an article, and the briefs after it."""
    told = {"seed": seed, "digest": digest, "current": current, "leads": True, "reason": ""}
    rows = [{**told, "position": position, "item_id": item_id} for position, item_id in enumerate(ids)]
    conn.execute(insert(origins), rows)


def test_an_upgrade_gives_each_brief_the_oldest_article_that_carried_it(store: Store) -> None:
    name_subjects(store)
    articles = [put(store, number) for number in (1, 2, 3)]
    briefs = [put(store, number, "brief") for number in (4, 5, 6, 7)]
    with store.write() as conn:
        stand(conn, b"c.txt", "c", articles[2], briefs[0])
        stand(conn, b"b.txt", "b", articles[1], briefs[0], briefs[1], current=False)  # it was edited since
        stand(conn, b"b.txt", "b2", articles[0])
        stand(conn, b"a.txt", "a", articles[0], briefs[2])
        stand(conn, b"a.txt", "other bytes", articles[1], briefs[2])
        # Of `briefs[3]`, nobody knows any more where it came from.
    migration = import_module("storage.migrations.versions.0009_carriers")
    with store.write() as conn, Operations.context(MigrationContext.configure(conn)) as operations:
        operations.drop_index("ix_items_carrier_id", "items")
        operations.drop_column("items", "carrier_id")
        migration.upgrade()
    carrier = Table("items", MetaData(), Column("id", Integer), Column("carrier_id", Integer)).c
    with store.read() as conn:
        found = dict(conn.execute(select(carrier.id, carrier.carrier_id)).all())
    assert [found[brief] for brief in briefs] == [articles[1], articles[1], articles[0], None]
    assert [found[article] for article in articles] == [None, None, None]
