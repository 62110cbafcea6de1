"""Exports one upon another: what is kept of the one before is what the server would say now."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feeds.ingest.retraction import retract
from storage.groups import assign, group_of, touch_beside
from storage.items import item_by_id, replace_tags
from storage.moving import move_items
from storage.state import tick
from storage.types import LATEST, FeedKey
from tests.builders import SUBJECTS, add_item, change_item, later, name_subjects, report, tag, uuid_of
from tests.test_export import files, run

if TYPE_CHECKING:
    from pathlib import Path

    from storage.engine import Store
    from storage.types import Item, Report

_SCALE = float(os.environ.get("DATELINE_SLOW_SCALE", "1"))


class Happenings:
    """Changes of a store, at random: items come, are revised, retagged, grouped, withdrawn; names change."""

    def __init__(self, store: Store, rng: random.Random) -> None:
        self.store, self.rng, self.count = store, rng, 0
        self.items: list[Item] = []
        name_subjects(store)

    def one(self) -> None:
        self.count += 1
        change = self.rng.choice((self.come, self.come, self.revise, self.retag, self.group, self.go, self.rename))
        change(self.rng.choice(self.items) if self.items else None)

    def told(self) -> Report:
        subjects = self.rng.sample(SUBJECTS, self.rng.randint(0, 3))
        return report(f"Report {self.count}", tags=[tag(one.kind, one.slug) for one in subjects])

    def come(self, _item: Item | None) -> None:
        number = len(self.items)
        self.items.append(add_item(self.store, self.told(), uuid=uuid_of(number), at=later(self.count)))

    def revise(self, item: Item | None) -> None:
        if item and item.gone_at is None:
            self.items[self.items.index(item)] = change_item(self.store, item, self.told(), at=later(self.count))

    def retag(self, item: Item | None) -> None:
        if item and item.gone_at is None:
            tags = self.told().tags
            with self.store.write() as conn:
                replace_tags(conn, item.id, tags)
                at = tick(conn, later(self.count))
                move_items(conn, {item.id: {LATEST, *(FeedKey(one.kind, one.slug) for one in tags)}}, at)

    def group(self, item: Item | None) -> None:
        other = self.rng.choice(self.items) if self.items else None
        if item and other and item.id != other.id:
            with self.store.write() as conn:
                at = tick(conn, later(self.count))
                groups = {group for one in (item, other) if (group := group_of(conn, one.id))}
                assign(conn, [item.id, other.id], sorted(groups))
                touch_beside(conn, item.id, at)
                touch_beside(conn, other.id, at)

    def go(self, item: Item | None) -> None:
        if item:
            with self.store.write() as conn:
                retract(conn, item.guid, "wrong", later(self.count), purge=item.gone_at is not None)
                self.items[self.items.index(item)] = item_by_id(conn, item.id)

    def rename(self, _item: Item | None) -> None:
        one = replace(self.rng.choice(SUBJECTS), label=f"Name {self.count}")
        name_subjects(self.store, [one if each.slug == one.slug else each for each in SUBJECTS], at=later(self.count))


@pytest.mark.slow
def test_an_export_upon_another_is_the_one_that_is_made_of_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    """Whatever happened in between: nothing is kept that reads differently now."""
    rng = random.Random(7)
    happenings = Happenings(sqlite_store, rng)
    for round_ in range(round(12 * _SCALE)):
        for _ in range(rng.randint(0, 3)):
            happenings.one()
        run(sqlite_store, tmp_path / "upon")
        run(sqlite_store, tmp_path / f"{round_}")
        upon, anew = (
            {name: file[2] for name, file in files(tmp_path / kind).items()} for kind in ("upon", f"{round_}")
        )
        assert {name for name in upon.keys() | anew.keys() if upon.get(name) != anew.get(name)} == set(), round_
        shutil.rmtree(tmp_path / f"{round_}")
