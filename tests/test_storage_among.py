from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from storage.among import among
from storage.schema import events, group_members, items, tags
from tests.builders import add_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from sqlalchemy import Column

    from storage.engine import Store


def test_any_number_of_ids(store: Store) -> None:
    name_subjects(store)
    made = [add_item(store, report(f"Report {number}"), uuid=uuid_of(number)).id for number in range(1, 6)]
    query = select(items.c.id).where(among(items.c.id)).order_by(items.c.id)
    with store.read() as conn:
        for ids in ([], made[:1], made[1:4], [*made[::-1], 999]):
            assert list(conn.execute(query, {"ids": ids}).scalars()) == sorted(set(ids) & set(made))


@pytest.mark.parametrize("column", [items.c.id, tags.c.item_id, events.c.item_id, group_members.c.item_id], ids=str)
def test_sqlite_goes_by_the_key(sqlite_store: Store, column: Column[int]) -> None:
    query = select(column.table).where(among(column)).order_by(*column.table.primary_key)
    with sqlite_store.read() as conn:
        told = str(query.compile(dialect=conn.dialect))
        plan = [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}", ("[1, 2]",)).all()]
    assert any(line.startswith(f"SEARCH {column.table.name} USING ") for line in plan), plan
    assert not any(line.startswith(f"SCAN {column.table.name}") for line in plan), plan
