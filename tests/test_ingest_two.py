"""Two writers at once, as after a lost lock: the store's keys and its queue keep everything right all the same."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from feeds.ingest.setup import open_ingest
from feeds.settings import Settings
from storage import schema
from storage.ledger import counts
from storage.migrate import open_store
from tests.slow.articles import write_articles

if TYPE_CHECKING:
    from pathlib import Path

    from storage.engine import Store

FILES = 30


def test_two_writers_store_each_article_once_and_reject_none(store: Store, store_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    write_articles(folder, range(FILES))
    other = open_store(store_url)
    passes = [open_ingest(Settings(seeds_dir=folder), each) for each in (store, other)]
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            passes[number].one_pass(settle=False)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.dispose()

    assert failed == []
    with store.read() as conn:
        assert conn.execute(select(func.count()).select_from(schema.items)).scalar_one() == FILES
        assert counts(conn) == {"stored": FILES}
