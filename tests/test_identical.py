"""The same store gives the same bytes: in two processes, on SQLite and PostgreSQL, after dump and reload."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from storage.backup import backup, restore
from storage.groups import assign
from storage.migrate import open_store, upgrade
from storage.schema import feeds
from storage.schema import store as row
from storage.types import EventDate
from tests.builders import add_item, change_item, later, name_subjects, report, tag, uuid_of
from tests.web_samples import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from storage.engine import Store

PATHS = [
    *(f"{feed}.{suffix}" for feed in ("/latest", "/actors/marco-rubio") for suffix in ("rss", "atom", "json", "ics")),
    *(f"/latest/archive/1.{suffix}" for suffix in ("rss", "atom", "json")),
    "/feeds.json",
    "/feeds.opml",
    "/select.atom?q=actor%3Amarco-rubio%20second",
]
# What a new process answers, by path: the digest of the bytes, and the headers that must not differ either.
PROGRAM = """
import hashlib, json, sys
from feeds.settings import Settings
from feeds.web.app import create_app
from storage.migrate import open_store
url, base, *paths = sys.argv[1:]
client = create_app(Settings(base_url=base), open_store(url)).test_client()
answers = [client.get(path, headers={"Accept-Encoding": "gzip"}) for path in paths]
assert all(answer.status_code == 200 for answer in answers), answers
print(json.dumps([[hashlib.sha256(answer.data).hexdigest(), answer.headers["ETag"]] for answer in answers]))
"""


def answers(url: str) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, BASE, *PATHS], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    told: list[list[str]] = json.loads(done.stdout.splitlines()[-1])
    return told


def fill(store: Store) -> None:
    """A hundred and sixty items: some revised, some in a group, some with event dates, in two languages."""
    name_subjects(store)
    about = [tag("actor", "marco-rubio"), tag("topic", "trade-tariffs")]
    day = date(2026, 5, 1)
    made = [
        add_item(
            store,
            report(f"보도 {n} & report", tags=about[: 1 + n % 2], language=("ko", "en")[n % 2],
                   events=(EventDate(day.replace(day=1 + n % 28), day.replace(day=1 + n % 28), f"Day {n}."),)),
            uuid=uuid_of(n), at=later(n),
        )
        for n in range(1, 161)
    ]  # fmt: skip
    for item in made[::40]:
        change_item(store, item, report(f"{item.report.title}, again", tags=about), at=later(500 + item.id))
    with store.write() as conn:
        assign(conn, [made[3].id, made[80].id, made[158].id], [])


@pytest.mark.slow
def test_everywhere_the_same(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    first = f"sqlite:///{tmp_path}/first.db"
    store, _ = upgrade(first)
    fill(store)
    backup(store, tmp_path / "saved.db")
    store.dispose()
    wanted = answers(first)
    assert answers(first) == wanted, "another process"
    bodies = [digest for digest, _ in wanted]
    assert len(set(bodies)) == len(PATHS)
    saved = f"sqlite:///{tmp_path}/saved.db"
    assert answers(saved) == wanted, "a backup is the same store"
    again, other = f"sqlite:///{tmp_path}/again.db", request.getfixturevalue("postgres_store_url")
    for url in (again, other):
        restore(tmp_path / "saved.db", url)
        keep_clock(url, saved)
    assert answers(again) == wanted, "reloaded"
    assert answers(other) == wanted, "on PostgreSQL"


def keep_clock(url: str, source: str) -> None:
    """A restored store has another id and time of change, on purpose; here it gets those of the original."""
    old, new = open_store(source), open_store(url)
    with old.read() as reading, new.write() as writing:
        writing.execute(update(row).values(store_id=reading.execute(select(row.c.store_id)).scalar_one()))
        for feed_id, changed in reading.execute(select(feeds.c.id, feeds.c.changed_at)).all():
            writing.execute(update(feeds).where(feeds.c.id == feed_id).values(changed_at=changed))
    old.dispose()
    new.dispose()
