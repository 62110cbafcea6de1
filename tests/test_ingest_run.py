"""Whole passes over real folders, with the real reader and tagger, into a real store."""

from __future__ import annotations

import os
import shutil
import socket
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds.errors import DatelineError
from feeds.ingest.setup import open_ingest
from feeds.settings import Settings
from storage.ledger import origins_of, read_ledger
from storage.log import find_feed, window
from storage.state import get_state
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from feeds.ingest.run import Ingest, PassResult
    from storage.engine import Store
    from storage.types import Item, LedgerRow, Report

TALKS = """Ministers of two countries agree on a tariff deal in Washington

Marco Rubio and Cho Hyun met in Washington on Tuesday and agreed to lower the tariff on cars.

The two ministers said that the trade deal would be signed before the summer, after talks that took six hours.
"""
STORM = """A storm closes the harbour of Busan for two days

Waves of seven metres kept every ship in the harbour of Busan on Monday and Tuesday, the port authority said.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "seeds"
    made.mkdir()
    return made


@pytest.fixture
def ingest(sqlite_store: Store, folder: Path) -> Ingest:
    return open_ingest(Settings(seeds_dir=folder), sqlite_store)


def run(ingest: Ingest) -> PassResult:
    return ingest.one_pass(settle=False)


def latest(store: Store, key: FeedKey = LATEST) -> list[Item]:
    with store.read() as conn:
        feed = find_feed(conn, key)
        assert feed
        return [entry.item for entry in window(conn, feed)]


def ledger(store: Store) -> dict[str, LedgerRow]:
    with store.read() as conn:
        return {os.fsdecode(name): row for name, row in read_ledger(conn).items()}


def reasons(store: Store) -> dict[str, str]:
    return {name: row.reason for name, row in ledger(store).items() if row.state in {"rejected", "unreadable"}}


def test_what_the_gate_refuses_is_no_item_and_its_reason_is_kept(sqlite_store: Store, folder: Path) -> None:
    def gate(one: Report) -> str | None:
        return "Atom: ValueError: no" if "storm" in one.title else None

    ingest = open_ingest(Settings(seeds_dir=folder), sqlite_store, gate)
    (folder / "talks.txt").write_text(TALKS)
    (folder / "storm.txt").write_text(STORM)
    assert run(ingest).seeds == {"new": 1, "rejected": 1}
    assert reasons(sqlite_store) == {"storm.txt": "its entry would break a feed: Atom: ValueError: no"}
    assert [item.report.title for item in latest(sqlite_store)] == [TALKS.splitlines()[0]]


def test_an_article_goes_from_the_folder_into_its_feeds(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    (folder / "talks.txt").write_text(TALKS)
    assert run(ingest).seeds == {"new": 1}
    [item] = latest(sqlite_store)
    assert item.report.title == "Ministers of two countries agree on a tariff deal in Washington"
    for key in (FeedKey("actor", "marco-rubio"), FeedKey("actor", "cho-hyun"), FeedKey("topic", "trade-tariffs")):
        assert latest(sqlite_store, key) == [item]
    assert run(ingest).seeds == {}, "a second pass finds nothing to do"


def test_a_settled_file_needs_two_looks_a_second_apart(ingest: Ingest, folder: Path) -> None:
    (folder / "talks.txt").write_text(TALKS)
    assert (ingest.one_pass().waiting, ingest.one_pass().waiting) == (1, 1)
    time.sleep(1.05)
    assert ingest.one_pass().seeds == {"new": 1}


def test_rename_touch_and_re_delivery_change_nothing(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    path = folder / "talks.txt"
    path.write_text(TALKS)
    run(ingest)
    before = latest(sqlite_store)
    os.utime(path, (1, 1))
    assert run(ingest).seeds == {"same": 1}
    path.rename(folder / "renamed.txt")
    assert run(ingest).seeds == {"copy": 1, "gone": 1}
    shutil.copy(folder / "renamed.txt", folder / "again.txt")
    assert run(ingest).seeds == {"copy": 1}
    path.write_text(TALKS)
    assert run(ingest).seeds == {"same": 1}
    assert latest(sqlite_store) == before
    with sqlite_store.read() as conn:
        seeds = {origin.seed for origin in origins_of(conn, before[0].id)}
    assert seeds == {b"talks.txt", b"renamed.txt", b"again.txt"}


def test_a_removed_file_keeps_its_item_and_its_name_may_come_back(
    ingest: Ingest, sqlite_store: Store, folder: Path
) -> None:
    (folder / "talks.txt").write_text(TALKS)
    run(ingest)
    (folder / "talks.txt").unlink()
    assert run(ingest).seeds == {"gone": 1}
    assert len(latest(sqlite_store)) == 1
    (folder / "talks.txt").write_text(STORM)
    assert run(ingest).seeds == {"new": 1}
    assert len(latest(sqlite_store)) == 2


def test_a_correction_revises_and_its_undoing_revises_again(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    path = folder / "talks.txt"
    path.write_text(TALKS)
    run(ingest)
    [first] = latest(sqlite_store)
    path.write_text(TALKS.replace("six hours", "seven hours"))
    assert run(ingest).seeds == {"revised": 1}
    path.write_text(TALKS)
    assert run(ingest).seeds == {"revised": 1}
    [third] = latest(sqlite_store)
    assert (third.guid, third.revision, third.report) == (first.guid, 3, first.report)


def test_a_rejected_file_is_rejected_once_and_read_when_mended(
    ingest: Ingest, sqlite_store: Store, folder: Path
) -> None:
    path = folder / "talks.json"
    path.write_text('{"title": ')
    (folder / "storm.txt").write_text(STORM)
    assert run(ingest).seeds == {"new": 1, "rejected": 1}
    assert run(ingest).seeds == {}
    assert "talks.json" in reasons(sqlite_store)
    path.write_text('{"title": "Ministers meet", "body": "Two ministers met in Seoul on Monday and parted friends."}')
    assert run(ingest).seeds == {"new": 1}
    assert reasons(sqlite_store) == {}
    path.unlink()
    (folder / "empty.txt").write_text("")
    run(ingest)
    (folder / "empty.txt").unlink()
    run(ingest)
    (folder / "empty.txt").write_text("")
    assert run(ingest).seeds == {"rejected": 1}, "what was rejected before it left is no article when it is back"


def test_the_folder_may_vanish_and_come_back(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    (folder / "talks.txt").write_text(TALKS)
    run(ingest)
    folder.rename(folder.with_name("away"))
    with pytest.raises(DatelineError, match="cannot read the seeds folder"):
        run(ingest)
    assert ledger(sqlite_store)["talks.txt"].state == "stored", "a folder that is away is not an empty one"
    folder.with_name("away").rename(folder)
    assert run(ingest).seeds == {}


def test_a_new_process_knows_what_the_last_one_read(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    (folder / "talks.txt").write_text(TALKS)
    run(ingest)
    ingest.record(ok=True)
    again = open_ingest(Settings(seeds_dir=folder), sqlite_store)
    assert run(again).seeds == {}
    with sqlite_store.read() as conn:
        assert get_state(conn).last_pass_ok


def test_a_stopped_pass_loses_nothing(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    for number in range(20):
        (folder / f"{number}.txt").write_text(STORM.replace("Busan", f"Busan {number}").replace("seven", str(number)))

    def stop_at_ten(done: int, _total: int) -> None:
        if done == 10:
            ingest.stop()

    assert ingest.one_pass(settle=False, progress=stop_at_ten).seeds == {"new": 10}
    again = open_ingest(Settings(seeds_dir=folder), sqlite_store)
    assert run(again).seeds == {"new": 10}
    assert len(latest(sqlite_store)) == 20


def test_re_reading_all_seeds_gives_the_same_guids_and_reports(
    ingest: Ingest, sqlite_store: Store, folder: Path, tmp_path: Path
) -> None:
    from storage.migrate import upgrade

    (folder / "talks.txt").write_text(TALKS)
    (folder / "storm.txt").write_text(STORM)
    run(ingest)
    other, _ = upgrade(f"sqlite:///{tmp_path}/other.db")
    run(open_ingest(Settings(seeds_dir=folder), other))
    first, second = ({(item.guid, item.report) for item in latest(store)} for store in (sqlite_store, other))
    assert first == second
    other.dispose()


def test_a_crash_on_one_seed_is_its_own_affair(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    class Broken:
        def tag(self, story: object) -> None:
            raise ZeroDivisionError(getattr(story, "title", ""))

    (folder / "talks.txt").write_text(TALKS)
    ingest.preparer = replace(ingest.preparer, tagger=Broken())  # type: ignore[arg-type]
    assert run(ingest).seeds == {"rejected": 1}
    assert reasons(sqlite_store)["talks.txt"].startswith("Dateline failed on it: ZeroDivisionError")


HOSTILE = {
    "link-out.txt": "a symbolic link",
    "loop": "a symbolic link",
    "pipe.txt": "a named pipe",
    "socket.txt": "a socket",
    "x.json": "a folder with the name of an article",
    "empty.txt": "",
    "nul.txt": "",
    "sparse.txt": "1,073,741,824 bytes; the limit is",
    "deep.html": "",
    "brackets.json": "",
}


def make_hostile(folder: Path) -> None:
    (folder / "link-out.txt").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(folder / "socket.txt"))
    (folder / "x.json").mkdir()
    (folder / "x.json" / "inside.txt").write_text(STORM.replace("Busan", "Incheon"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "nul.txt").write_bytes(bytes(5_000))
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(2**30)
    (folder / "deep.html").write_text("<html><body>" + "<div>" * 100_000 + "x")
    (folder / "brackets.json").write_text("[" * 200_000)
    (folder / "new\nline.txt").write_text(STORM.replace("Busan", "Ulsan"))
    Path(os.fsdecode(os.fsencode(folder) + b"/bad-\xff\xfe.txt")).write_text(STORM.replace("Busan", "Mokpo"))
    (folder / "utf16.txt").write_bytes(STORM.replace("Busan", "Yeosu").encode("utf-16"))
    korean = (
        "한미 외교장관 회담 개최\n\n두 나라 외교장관이 화요일 워싱턴에서 만나 관세 문제를 논의했다고 외교부가 밝혔다.\n"
    )
    (folder / "euckr.txt").write_bytes(korean.encode("euc-kr"))
    chinese = "两国外长在华盛顿会谈\n\n两国外长星期二在华盛顿举行会谈，讨论关税问题，会谈持续了六个小时。\n"
    (folder / "gb18030.txt").write_bytes(chinese.encode("gb18030"))
    (folder / "future.txt").write_text(STORM.replace("Busan", "Pohang"))
    os.utime(folder / "future.txt", (10_413_792_000, 10_413_792_000))  # the year 2300: beyond 2**63 nanoseconds
    (folder / "talks.txt").write_text(TALKS)


def test_a_hostile_folder_costs_nothing_but_rows_with_reasons(
    ingest: Ingest, sqlite_store: Store, folder: Path
) -> None:
    make_hostile(folder)
    run(ingest)
    found = reasons(sqlite_store)
    assert set(found) - {"deep.html"} == set(HOSTILE) - {"deep.html"}
    assert all(reason.startswith(HOSTILE[name]) and reason for name, reason in found.items())
    titles = {item.report.title for item in latest(sqlite_store)}
    harbours = {
        f"A storm closes the harbour of {name} for two days"
        for name in ("Incheon", "Ulsan", "Mokpo", "Yeosu", "Pohang")
    }
    assert harbours | {"한미 외교장관 회담 개최", "两国外长在华盛顿会谈"} <= titles
    assert len(latest(sqlite_store, FeedKey("actor", "marco-rubio"))) == 1
    assert run(ingest).seeds.get("new") is None


def test_nothing_in_the_folder_is_written_or_moved(ingest: Ingest, folder: Path) -> None:
    make_hostile(folder)
    before = sorted((path, path.lstat().st_mtime_ns, path.lstat().st_ino) for path in folder.rglob("*"))
    run(ingest)
    assert sorted((path, path.lstat().st_mtime_ns, path.lstat().st_ino) for path in folder.rglob("*")) == before


LONG = "They talked for six hours about cars, and for two hours about ships. A third round is to follow in the spring."
SHORT = "They talked for six hours about cars, and for two hours about ships."
TITLE = "Ministers of two countries meet in Washington"


def body(store: Store) -> str:
    [item] = latest(store)
    return item.report.body


def test_a_renamed_seed_leads_its_item_as_it_did_before(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    (folder / "a.txt").write_text(f"{TITLE}\n\n{LONG}\n")
    run(ingest)
    (folder / "a.txt").rename(folder / "b.txt")
    run(ingest)
    (folder / "b.txt").write_text(f"{TITLE}\n\n{SHORT}\n")
    assert run(ingest).seeds == {"revised": 1}, "a correction may be shorter"
    assert body(sqlite_store) == SHORT


def test_a_touch_takes_no_lead_and_gives_none_away(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    (folder / "a.txt").write_text(f"{TITLE}\n\n{LONG}\n")
    run(ingest)
    shutil.copy(folder / "a.txt", folder / "z.txt")
    run(ingest)
    os.utime(folder / "a.txt", (1, 1))
    os.utime(folder / "z.txt", (1, 1))
    assert run(ingest).seeds == {"same": 2}
    (folder / "z.txt").write_text(f"{TITLE}\n\n{SHORT}\n")
    assert run(ingest).seeds == {"copy": 1}, "a copy does not overrule the seed that leads"
    (folder / "a.txt").write_text(f"{TITLE}\n\n{SHORT}\n\nCorrected.\n")
    assert run(ingest).seeds == {"revised": 1}


@pytest.mark.parametrize("between", ["gone", "broken"])
def test_a_seed_that_returns_to_its_first_words_is_followed(
    ingest: Ingest, sqlite_store: Store, folder: Path, between: str
) -> None:
    path = folder / "a.txt"
    path.write_text(f"{TITLE}\n\n{LONG}\n")
    run(ingest)
    path.write_text(f"{TITLE}\n\n{SHORT}\n")
    run(ingest)
    if between == "gone":
        path.unlink()
    else:
        path.write_bytes(b"")
    run(ingest)
    path.write_text(f"{TITLE}\n\n{LONG}\n")
    assert run(ingest).seeds == {"revised": 1}
    assert body(sqlite_store) == LONG


def test_a_file_that_changed_since_it_was_seen_is_not_taken(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    """In a long pass minutes lie between the scan and the reading: a writer may have begun anew."""
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TALKS if name == "a.txt" else STORM)

    def rewrite(done: int, _total: int) -> None:
        if done == 1:
            (folder / "b.txt").write_text(STORM[:60])

    assert ingest.one_pass(settle=False, progress=rewrite).seeds == {"new": 1, "unreadable": 1}
    assert reasons(sqlite_store) == {"b.txt": "changed since it was seen"}
    (folder / "b.txt").write_text(STORM)
    assert run(ingest).seeds == {"new": 1}


def test_a_path_that_no_database_can_index_is_a_row_with_a_reason(
    ingest: Ingest, sqlite_store: Store, folder: Path
) -> None:
    deep = folder.joinpath(*["d" * 250] * 5)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(TALKS)
    (folder / "storm.txt").write_text(STORM)
    assert run(ingest).seeds == {"new": 1, "rejected": 1}
    assert set(reasons(sqlite_store).values()) == {"its path is longer than 1,000 bytes"}
    assert run(ingest).seeds == {}


def test_a_full_article_is_not_swallowed_by_its_own_brief(ingest: Ingest, sqlite_store: Store, folder: Path) -> None:
    from feeds.ingest.put import Putting
    from tests.builders import NOON, report

    brief = report("Two presidents to meet", kind="brief", body=LONG, source="ytn")
    with sqlite_store.write() as conn:
        Putting(conn, b"a", "1", NOON, {}).put([report("Carrier", body="Nothing alike."), brief])
        full = replace(brief, kind="article", url="https://news.example.org/full")
        assert Putting(conn, b"b", "2", NOON, {}).put([full]).result == "new"
    assert {item.report.kind for item in latest(sqlite_store)} == {"article"}
