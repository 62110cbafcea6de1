"""No defect of a row or of ours makes a feed a 500: the entry is left out, or the last good bytes are served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import feedparser
import pytest
from click.testing import CliRunner
from sqlalchemy import text
from structlog.testing import capture_logs

from feeds.cli import main
from storage.items import find_item
from tests.builders import add_item, later, report, tag, uuid_of
from tests.web_samples import FEED, client_for, fill

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from storage.engine import Store

POISON = {
    "a date that is none": 'UPDATE items SET published = \'{"precision": "day"}\' WHERE id = 1',
    "no JSON": "UPDATE items SET notes = '{' WHERE id = 1",
    "a tag without evidence": "UPDATE tags SET evidence = '[1]' WHERE item_id = 1",
    "an event on no day": "UPDATE events SET first = 'soon' WHERE item_id = 1",
}


def spoil(store: Store, statement: str) -> None:
    with store.write() as conn:
        conn.execute(text(statement))


@pytest.mark.parametrize("statement", POISON.values(), ids=POISON)
def test_one_poisoned_row_does_not_take_its_feeds_down(store: Store, statement: str) -> None:
    poisoned, other = fill(store)
    spoil(store, "INSERT INTO events (item_id, place, first, last, sentence, evidence, key, sequence) "
                 "VALUES (1, 0, '2026-01-01', '2026-01-01', '', '[]', '1-0', 0)")  # fmt: skip
    if "notes = '{'" in statement and store.engine.dialect.name == "postgresql":
        statement = "UPDATE items SET authors = '7' WHERE id = 1"  # PostgreSQL takes no broken JSON
    spoil(store, statement)
    client = client_for(store)
    for suffix in ("rss", "atom", "json", "ics"):
        answer = client.get(f"/latest.{suffix}")
        assert (answer.status_code, poisoned.guid.encode() in answer.data) == (200, False)
        assert suffix == "ics" or other.guid.encode() in answer.data
    for path in (FEED, "/latest.json?since=start", "/latest", "/actors/marco-rubio", "/"):
        assert client.get(path).status_code == 200, path
    told = client.get("/healthz").get_json()
    assert told["status"] == "degraded"
    assert told["feeds"]["/latest.atom"] == f"left out: {poisoned.guid}"


@pytest.mark.usefixtures("small_blocks")
def test_a_poisoned_row_in_an_archive_is_left_out_too(sqlite_store: Store) -> None:
    _fill_blocks(sqlite_store)
    spoil(sqlite_store, POISON["no JSON"])
    answer = client_for(sqlite_store).get("/latest/archive/1.atom")
    assert len(feedparser.parse(answer.data).entries) == 11


def _fill_blocks(store: Store) -> None:
    fill(store)
    for number in range(3, 31):
        add_item(store, report(f"Item {number}"), uuid=uuid_of(number), at=later(number))


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("feeds.web.history.build", fail)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("path", [FEED, "/latest.json", "/latest.ics", "/latest/archive/1.rss"])
def test_a_feed_that_fails_is_answered_with_its_last_good_bytes(sqlite_store: Store, path: str) -> None:
    _fill_blocks(sqlite_store)
    client = client_for(sqlite_store)
    before = client.get(path)
    assert before.status_code == 200
    add_item(sqlite_store, report("New", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(200), at=later(200))
    with pytest.MonkeyPatch.context() as patch, capture_logs() as logs:
        broken(patch)
        after = client.get(path)
        assert (after.status_code, after.data, after.headers["ETag"]) == (200, before.data, before.headers["ETag"])
        assert client.get(path, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    assert {line["event"] for line in logs} == {"feed failed"}
    assert client.get("/healthz").get_json()["feeds"] == {path: "cannot be written; its last good version is served"}
    assert client.get(path).status_code == 200
    assert b"New" in client.get(path.replace("/archive/1", "")).data or path.endswith(".ics")
    assert path not in client.get("/healthz").get_json()["feeds"]


def test_a_feed_that_never_worked_asks_to_come_back(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(sqlite_store)
    broken(monkeypatch)
    client: FlaskClient = client_for(sqlite_store)
    answer = client.get(FEED)
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "10",
        "no-store",
    )
    assert client.get("/healthz").status_code == 200


def test_status_lists_what_no_feed_shows(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    poisoned, _ = fill(sqlite_store)
    monkeypatch.setenv("DATELINE_DATABASE_URL", str(sqlite_store.engine.url))
    assert "Left out" not in CliRunner().invoke(main, ["status"]).output
    spoil(sqlite_store, POISON["no JSON"])
    output = CliRunner().invoke(main, ["status"]).output
    assert "Left out of the feeds" in output
    assert poisoned.guid in "".join(output.split())


def test_an_item_that_cannot_be_read_says_why(store: Store) -> None:
    poisoned, _ = fill(store)
    spoil(store, POISON["a date that is none"])
    with store.read() as conn:
        found = find_item(conn, poisoned.uuid)
    assert found is not None
    assert found.fault == "its row cannot be read: KeyError: 'basis'"
