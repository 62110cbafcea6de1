from __future__ import annotations

import json
import re
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from feeds.errors import ExportError
from feeds.export.paths import NOT_EXPORTED
from feeds.export.run import export
from feeds.export.tree import opened
from feeds.ingest.retraction import retract
from feeds.settings import Settings
from storage.types import EventDate, Subject
from tests.builders import SUBJECTS, add_item, change_item, later, name_subjects, report, tag, uuid_of
from tests.server import dateline, environment
from tests.web_samples import BASE, app_for, client_of_export, fill, fill_richly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeds.export.run import Exported
    from storage.engine import Store

SETTINGS = Settings(base_url=BASE)
RUBIO = (tag("actor", "marco-rubio"),)


def quiet(_number: int, _total: int) -> None:
    """Nobody watches."""


def run(store: Store, root: Path, progress: Callable[[int, int], None] = quiet) -> Exported:
    return export(SETTINGS, store, root, progress)


def addresses(root: Path) -> dict[str, str]:
    """The file of each address that was exported."""
    told = json.loads((root / "current").resolve().with_suffix(".etags").read_text())
    return {address: name for address, (name, _etag, _stamp) in told.items()}


def files(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """Inode, time and bytes of each file."""
    current = (root / "current").resolve()
    found = [path for path in current.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(current)): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in found
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.mark.slow
def test_every_file_holds_what_the_server_gives_plain_and_compressed(sqlite_store: Store, root: Path) -> None:
    fill(sqlite_store)
    name_subjects(sqlite_store, [*SUBJECTS, Subject("topic", "韩美", "韩美", "topic", {})])
    for number in range(10, 160):
        add_item(sqlite_store, report(f"Item {number}", tags=RUBIO), uuid=uuid_of(number), at=later(number))
    done = run(sqlite_store, root)
    client, told = client_of_export(sqlite_store), addresses(root)
    assert done.counts == Counter(written=len(told), kept=0, removed=0)
    current = files(root)
    for address, name in told.items():
        plain = client.get(address)
        assert (address, current[name][2] == plain.data) == (address, True)
        for suffix, coding in ((".gz", "gzip"), (".br", "br")):
            served = client.get(address, headers={"Accept-Encoding": coding}).data
            if address != "/404":  # refusals are not compressed
                assert (
                    current[name + suffix][2] == served
                    if len(served) < len(plain.data) and len(plain.data) >= 1_024
                    else name + suffix not in current
                )
    assert {
        "index.html",
        "404.html",
        "latest.html",
        "ui/ko/latest.html",
        "topics.html",
        "topics/韩美.html",
        "topics/韩美.rss",
        "latest.json",
        "latest/archive/1.atom",
        "actors/marco-rubio/archive/1.json",
        "actors/marco-rubio.atom.gz",
        "actors/marco-rubio.atom.br",
        f"items/{uuid_of(1)}.html",
        f"items/{uuid_of(1)}.json",
        "feeds.json",
        "feeds.opml",
        "static/style.css",
        "json-feed.schema.json",
    } <= set(current)


@pytest.mark.slow
def test_every_route_of_the_server_is_exported_or_named_as_not(sqlite_store: Store, root: Path) -> None:
    fill(sqlite_store)
    for number in range(10, 160):
        tags, events = (
            (*RUBIO, tag("topic", "trade-tariffs")),
            (EventDate(date(2026, 2, 3), date(2026, 2, 4), "Soon."),),
        )
        add_item(
            sqlite_store, report(f"Item {number}", tags=tags, events=events), uuid=uuid_of(number), at=later(number)
        )
    run(sqlite_store, root)
    app = app_for(sqlite_store)
    reached = set()
    for address in addresses(root):
        path, _, query = address.partition("?")
        if address != "/404":
            reached.add(
                app.url_map.bind("", url_scheme="https").match(path, query_args=query, return_rule=True)[0].rule
            )
    every = {rule.rule for rule in app.url_map.iter_rules()}
    assert {rule for rule in every - reached if not rule.startswith(NOT_EXPORTED)} == set()


def test_what_did_not_change_is_the_same_file_and_what_did_has_a_later_second(store: Store, root: Path) -> None:
    item, _ = fill(store)
    run(store, root)
    first = files(root)
    again = run(store, root)
    assert (again.counts["written"], files(root)) == (0, first)
    change_item(store, item, report("Rubio again", tags=RUBIO), at=later(9))
    done = run(store, root)
    second = files(root)
    changed = {name for name in second if second[name] != first.get(name)}
    assert {"latest.atom", "latest.atom.gz", "actors/marco-rubio.json", f"items/{uuid_of(1)}.html"} <= changed
    assert not changed & {"topics/diplomacy-talks.atom", "actors/south-korea.rss", "static/style.css", "actors.html"}
    assert done.counts["written"] == len({name for name in changed if not name.endswith((".gz", ".br"))})
    for name in changed & set(first):  # the ETag that a web server makes of a file is its second and its size
        assert second[name][1] // 10**9 > first[name][1] // 10**9


def asked(store: Store, root: Path, settings: Settings = SETTINGS) -> set[int]:
    """How many addresses an export had to ask the server for; one more step is the change to the new files."""
    totals = set()
    export(settings, store, root, lambda _number, total: totals.add(total - 1))
    return totals


def test_what_hangs_on_a_feed_that_did_not_change_is_not_asked_for_again(sqlite_store: Store, root: Path) -> None:
    item, _ = fill(sqlite_store)
    every = asked(sqlite_store, root)
    of_feeds = re.compile(r"/latest|/(topics|actors)/(?!names/)")
    apart = len({path for path in addresses(root) if not of_feeds.match(path)})
    assert asked(sqlite_store, root) == {apart + 2}  # the two items have no dates: their .ics are not there
    change_item(sqlite_store, item, report("Rubio again", tags=RUBIO), at=later(9))
    changed = {path for path in addresses(root) if path.startswith(("/latest", "/actors/marco-rubio"))}
    left = {path for path in addresses(root) if path.startswith("/topics/trade-tariffs")}
    months = {path for path in left if "/months/" in path}
    assert asked(sqlite_store, root) == {apart + 2 + len(changed | left) - len(months)}
    assert asked(sqlite_store, root, Settings(base_url=BASE, title="Other")) == {max(every) - len(months)}
    name_subjects(sqlite_store, (replace(SUBJECTS[0], names={"ko": ("마코 루비오",)}), *SUBJECTS[1:]), at=later(10))
    assert asked(sqlite_store, root, Settings(base_url=BASE, title="Other")) == {max(every) - len(months)}
    assert b"\xeb\xa7\x88\xec\xbd\x94" in files(root)["ui/ko/actors/marco-rubio.html"][2]


def test_a_lost_list_of_validators_costs_time_and_changes_nothing(sqlite_store: Store, root: Path) -> None:
    fill(sqlite_store)
    run(sqlite_store, root)
    first = files(root)
    (root / "current").resolve().with_suffix(".etags").write_text("{")
    assert (run(sqlite_store, root).counts["written"], files(root)) == (0, first)
    (root / "current" / "latest.atom").unlink()
    assert (run(sqlite_store, root).counts["written"], set(files(root))) == (1, set(first))


def test_an_export_that_breaks_off_changes_nothing_for_readers(sqlite_store: Store, root: Path) -> None:
    item, _ = fill(sqlite_store)
    run(sqlite_store, root)
    first = files(root)
    change_item(sqlite_store, item, report("Rubio again", tags=RUBIO), at=later(9))

    def break_off(number: int, total: int) -> None:
        if number > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(sqlite_store, root, break_off)
    assert files(root) == first
    for _ in range(3):
        run(sqlite_store, root)
    assert b"Rubio again" in files(root)["latest.atom"][2]
    assert len(list((root / "generations").iterdir())) == 4  # this one and the one before, each with its list


@pytest.mark.slow
def test_a_reader_sees_one_moment_of_the_store_at_any_time(sqlite_store: Store, root: Path) -> None:
    """Each feed names only items whose pages are there, though the store changes while it is exported."""
    fill(sqlite_store)
    run(sqlite_store, root)
    done, seen = threading.Event(), Counter[int]()

    def read() -> None:
        while not done.is_set():
            current = (root / "current").resolve()
            shown = json.loads((current / "latest.json").read_bytes())["items"]
            assert all((current / "items" / f"{one['id'].removeprefix('urn:uuid:')}.html").is_file() for one in shown)
            everything = json.loads((current / "actors" / "marco-rubio.json").read_bytes())["items"]
            assert len(everything) == len(shown) - 1  # all but one are his
            seen[len(shown)] += 1

    def write(number: int, total: int) -> None:
        if number in {total // 3, total // 2}:
            count = len(added)
            added.append(count)
            add_item(sqlite_store, report(f"Item {count}", tags=RUBIO), uuid=uuid_of(100 + count), at=later(count))

    added: list[int] = []
    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(3):
            run(sqlite_store, root, write)
    finally:
        done.set()
        reader.join()
    assert set(seen) <= {2, 4, 6}
    assert len(seen) > 1, "it read before and after a swap"
    assert len(json.loads((root / "current" / "latest.json").read_bytes())["items"]) == 6


def test_a_retracted_item_has_no_page_any_more(sqlite_store: Store, root: Path) -> None:
    item, _ = fill(sqlite_store)
    run(sqlite_store, root)
    with sqlite_store.write() as conn:
        retract(conn, item.guid, "wrong", later(5), purge=False)
    done = run(sqlite_store, root)
    assert f"items/{item.uuid}.html" not in files(root)
    # Its two files, and the month of each of the two feeds that it was alone in, in no language and in four.
    assert done.counts["removed"] == 2 + 2 * 5


def test_a_name_that_the_file_system_cannot_hold_is_told_and_hinders_nothing(sqlite_store: Store, root: Path) -> None:
    name_subjects(sqlite_store, [*SUBJECTS, Subject("topic", "韩" * 200, "Long", "topic", {})])
    done = run(sqlite_store, root)
    assert len(done.failed) >= 4
    assert set(done.failed.values()) == {"File name too long"}
    assert "latest.atom" in files(root)


def test_a_folder_in_other_use_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    fill(sqlite_store)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="holds something else"):
        run(sqlite_store, tmp_path)
    with pytest.raises(ExportError, match="holds something else"):
        run(sqlite_store, tmp_path / "file")
    with opened(tmp_path / "out"), pytest.raises(ExportError, match="another export"):
        run(sqlite_store, tmp_path / "out")


def test_the_command(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    env = environment(tmp_path, str(sqlite_store.engine.url), DATELINE_BASE_URL=BASE)
    done = dateline("export", str(tmp_path / "out"), env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "files written" in done.stdout
    assert (tmp_path / "out" / "current" / "latest.atom").is_file()
    assert dateline("export", str(tmp_path), env=env).returncode == 1
    without = dateline("export", str(tmp_path / "out"), env=env | {"DATELINE_BASE_URL": ""})
    assert without.returncode == 2
    assert "DATELINE_BASE_URL" in without.stderr
    assert "selections" in dateline("export", "--help", env=env).stdout


def test_the_calendar_has_every_day_and_every_month_between(sqlite_store: Store, root: Path) -> None:
    name_subjects(sqlite_store)
    spans = (date(2025, 12, 31), date(2026, 1, 1)), (date(2026, 3, 5), date(2026, 3, 5))
    events = tuple(EventDate(first, last, "It happens.") for first, last in spans)
    add_item(sqlite_store, report(events=events), uuid=uuid_of(1))
    run(sqlite_store, root)
    told = {name for name in addresses(root).values() if "calendar/" in name and "ui/" not in name}
    days = ("2025-12-31", "2026-01-01", "2026-03-05")
    months = ("2025-12", "2026-01", "2026-02", "2026-03")
    assert {name for name in told if name < "calendar/2026-04"} == {
        f"calendar/{each}.html" for each in (*days, *months)
    }
    assert max(told) == f"calendar/{datetime.now(UTC):%Y-%m}.html", "the month that it is, and those on the way there"
    assert "ui/ko/calendar/2026-02.html" in addresses(root).values()


def test_every_link_and_form_of_an_exported_page_leads_to_what_is_there(sqlite_store: Store, root: Path) -> None:
    fill_richly(sqlite_store)
    run(sqlite_store, root)
    told = addresses(root)
    pages = list((root / "current").resolve().rglob("*.html"))
    asked = {
        (link.replace("&amp;", "&").partition("#")[0], page.name)
        for page in pages
        for link in re.findall(r'(?:href|action)="(/[^"]*)"', page.read_text())
    }
    there = {*told, *(address.partition("?")[0] for address in told)}
    dead = {(link, page) for link, page in asked if re.sub(r"[?](?:ui=[a-z]+|v=[0-9a-f]+)$", "", link) not in there}
    assert (len(asked) > 100, dead) == (True, set())
    assert not any("<form" in page.read_text() for page in pages)
