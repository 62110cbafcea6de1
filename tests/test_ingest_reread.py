"""Reading again after rules changed: only what comes out differently is revised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds.ingest.setup import open_ingest
from feeds.settings import Settings
from storage.log import find_feed, window
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.ingest.run import Ingest
    from storage.engine import Store
    from storage.types import Item

URL = "https://harbour.example/news/talks"
END = "They agreed to go on talking about the harbour in spring.\n"
TALKS = f"""---
title: Ministers talk about the harbour
url: {URL}
---
Marco Rubio and Grace Harbourmaster met in Busan on Tuesday and talked about the harbour for an hour.

{END}"""
STORM = "A storm closes a harbour\n\nWaves of seven metres kept every ship in the harbour on Monday, officials said.\n"
ACTOR = """[[actor]]
slug = "grace-harbourmaster"
type = "person"
label = "Grace Harbourmaster"
[actor.names]
en = ["Grace Harbourmaster"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "seeds"
    made.mkdir()
    (made / "talks.md").write_text(TALKS)
    (made / "storm.txt").write_text(STORM)
    (made / "broken.json").write_text("{")
    return made


def opened(store: Store, folder: Path, authority: Path | None = None) -> Ingest:
    return open_ingest(Settings(seeds_dir=folder, authority_dir=authority), store)


def entries(store: Store, key: FeedKey = LATEST) -> list[tuple[int, Item]]:
    with store.read() as conn:
        feed = find_feed(conn, key)
        assert feed
        return [(entry.position, entry.item) for entry in window(conn, feed)]


def version(store: Store, key: FeedKey) -> int:
    with store.read() as conn:
        feed = find_feed(conn, key)
        assert feed
        return feed.version


def test_nothing_changed_so_nothing_changes(sqlite_store: Store, folder: Path) -> None:
    opened(sqlite_store, folder).one_pass(settle=False)
    before, latest = entries(sqlite_store), version(sqlite_store, LATEST)
    assert opened(sqlite_store, folder).reread().seeds == {"rejected": 1, "same": 2}
    assert (entries(sqlite_store), version(sqlite_store, LATEST)) == (before, latest)


def test_a_new_actor_retags_without_moving_what_stays(sqlite_store: Store, folder: Path, tmp_path: Path) -> None:
    opened(sqlite_store, folder).one_pass(settle=False)
    before = [(position, item.guid, item.updated) for position, item in entries(sqlite_store)]
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "actors.toml").write_text(ACTOR)
    again = opened(sqlite_store, folder, tmp_path / "authority")
    untouched = version(sqlite_store, FeedKey("topic", "space"))
    assert again.reread().seeds == {"rejected": 1, "retagged": 1, "same": 1}
    [(_, item)] = entries(sqlite_store, FeedKey("actor", "grace-harbourmaster"))
    assert item.report.title == "Ministers talk about the harbour"
    assert [(position, item.guid, item.updated) for position, item in entries(sqlite_store)] == before
    assert version(sqlite_store, FeedKey("topic", "space")) == untouched


def test_one_source_can_be_read_again_alone(sqlite_store: Store, folder: Path) -> None:
    opened(sqlite_store, folder).one_pass(settle=False)
    result = opened(sqlite_store, folder).reread(source="harbour.example")
    assert (result.seen, result.seeds) == (1, {"same": 1})
    assert opened(sqlite_store, folder).reread(source="nobody").seen == 0


def test_a_seed_that_only_copies_never_takes_over_on_re_reading(sqlite_store: Store, folder: Path) -> None:
    """Two seeds report one address; the fuller one leads, and re-reading both, or touching the other, keeps it so."""
    (folder / "shorter.md").write_text(TALKS.replace(END, ""))
    opened(sqlite_store, folder).one_pass(settle=False)

    def body() -> str:
        return next(item.report.body for _, item in entries(sqlite_store) if item.report.url == URL)

    assert body().endswith("in spring.")
    assert opened(sqlite_store, folder).reread().seeds == {"copy": 1, "rejected": 1, "same": 2}
    (folder / "shorter.md").write_text(TALKS.replace(END, "\n"))
    assert opened(sqlite_store, folder).one_pass(settle=False).seeds == {"copy": 1}
    assert body().endswith("in spring.")
    assert {item.revision for _, item in entries(sqlite_store)} <= {1, 2}
