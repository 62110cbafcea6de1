"""A thousand stores of random items, some revised, grouped, retracted: the W3C feed validator likes all their feeds."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import storage.history
import storage.log
from feeds.ingest.retraction import retract
from storage.groups import assign
from storage.migrate import open_store
from storage.types import Subject
from tests.builders import SUBJECTS, add_item, change_item, later, name_subjects, uuid_of
from tests.test_syndication_w3c import COMMAND, generated_entry, run
from tests.web_samples import BASE, client_for

if TYPE_CHECKING:
    from pathlib import Path

    from storage.engine import Store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not COMMAND, reason="FEEDVALIDATOR does not name the W3C feed validator's command"),
]
STORES = max(100, int(1_000 * float(os.environ.get("DATELINE_SLOW_SCALE", "1"))))
PATHS = (
    *("/latest", "/latest/archive/1", "/latest/archive/2"),
    *("/topics/trade-tariffs", "/topics/trade-tariffs/archive/1"),
    *("/actors/marco-rubio", "/actors/marco-rubio/archive/1"),
    *("/actors/%E9%9F%A9%E7%BE%8E", "/actors/marco-rubio+south-korea"),
)


def test_nothing_is_wrong_with_the_feeds_of_a_thousand_stores(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each store three documents in both formats. Blocks are small, so that two dozen items have a past.

    The validator does not know the namespace of RFC 6721.
    """
    for module in (storage.log, storage.history):
        monkeypatch.setattr(module, "BLOCK", 12)
    monkeypatch.setattr(storage.log, "WINDOW", 6)
    name_subjects(sqlite_store, (*SUBJECTS, Subject("actor", "韩美", "韩美 & <朝>", "bloc", {})))
    sqlite_store.dispose()  # which folds everything into the one file
    written = dict.fromkeys(PATHS, 0)
    for number in range(STORES):
        shutil.copy(tmp_path / "one.db", tmp_path / "copy.db")
        store = open_store(f"sqlite:///{tmp_path}/copy.db")
        fill(store, random.Random(number))
        for place in save(store, tmp_path, number):
            written[PATHS[place]] += 1
        store.dispose()
    assert all(written.values()), written
    for place, path in enumerate(PATHS):
        for suffix in ("rss", "atom"):
            files = sorted(map(str, tmp_path.glob(f"{place}-*.{suffix}")))
            run(["--ignore", "UnknownNamespace", "--base", f"{BASE}{path}.{suffix}", *files])


def fill(store: Store, chance: random.Random) -> None:
    """Put some dozens of items in, and let things happen to them."""
    made = []
    for number in range(1, chance.randrange(2, 45)):
        one = generated_entry(chance, number).item.report
        made.append(add_item(store, one, uuid=uuid_of(number), at=later(number)))
    for item in chance.sample(made, len(made) // 5):
        change_item(store, item, replace(item.report, title=f"{item.report.title} & more"), at=later(100))
    with store.write() as conn:
        if len(made) > 1:
            assign(conn, [item.id for item in chance.sample(made, 2)], [])
        for item in chance.sample(made, len(made) // 8):
            retract(conn, item.guid, chance.choice(["", "wrong & <b>", "철회"]), later(200))


def save(store: Store, folder: Path, number: int) -> list[int]:
    """Write what the server answers into files; tell the places of three paths that there are."""
    client, found = client_for(store), []
    for place in random.Random(number).sample(range(len(PATHS)), len(PATHS)):
        answers = {suffix: client.get(f"{PATHS[place]}.{suffix}") for suffix in ("rss", "atom")}
        if {answer.status_code for answer in answers.values()} == {200}:
            found.append(place)
            for suffix, answer in answers.items():
                (folder / f"{place}-{number}.{suffix}").write_bytes(answer.data)
        if len(found) == 3:
            break
    return found
