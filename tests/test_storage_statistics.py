from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from typing import TYPE_CHECKING

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select, update

from storage import statistics
from storage.groups import assign
from storage.items import Fingerprint, insert_item, item_by_id, retract_item, revise_item
from storage.log import LIVE, find_feed, place_item, take_out
from storage.moving import move_items
from storage.names import names_at, subject, sync_subjects
from storage.schema import feed_days, feed_entries
from storage.state import tick
from storage.types import LATEST, UNDATED, EventDate, FeedKey, Role
from tests.builders import RUBIO, SUBJECTS, feeds_for, later, name_subjects, report, tag, uuid_of

if TYPE_CHECKING:
    from storage.engine import Connection, Store
    from storage.types import Item

ACTOR = FeedKey("actor", "marco-rubio")
LONG_AGO = date(1900, 1, 1)


def put(store: Store, number: int, day: str, *tags: str, **changes: object) -> Item:
    """An item that was published on a day, about Rubio and the tags."""
    one = report(f"Item {number}", tags=[tag("actor", slug) for slug in ("marco-rubio", *tags)], **changes)
    with store.write() as conn:
        at, shown = tick(conn, later(number)), datetime.fromisoformat(f"{day}T23:59:00+00:00")
        prints = Fingerprint(str(number), str(number))
        item_id = insert_item(conn, f"urn:uuid:{uuid_of(number)}", one, prints, at=at, published_at=shown)
        place_item(conn, item_id, feeds_for(one), revised=False, at=at)
        return item_by_id(conn, item_id)


def by_day(conn: Connection, key: FeedKey = ACTOR) -> dict[str, int]:
    return {day.isoformat(): count for day, count in statistics.counts_by_day(conn, key, LONG_AGO).items()}


def test_items_count_on_the_day_they_were_published_whatever_happens_to_them(store: Store) -> None:
    name_subjects(store)
    items = [put(store, 1, "2026-02-03"), put(store, 2, "2026-02-03"), put(store, 3, "1969-12-31")]
    with store.read() as conn:
        assert by_day(conn) == by_day(conn, LATEST) == {"2026-02-03": 2, "1969-12-31": 1}
    with store.write() as conn:  # revised: another day
        at = tick(conn, later(9))
        one = replace(items[0].report, title="Item 1, of another day")
        shown = datetime(2026, 1, 31, tzinfo=UTC)
        revise_item(conn, items[0], one, Fingerprint("r", "r"), at=at, published_at=shown)
        place_item(conn, items[0].id, feeds_for(one), revised=True, at=at)
        assert by_day(conn) == {"2026-01-31": 1, "2026-02-03": 1, "1969-12-31": 1}
    with store.write() as conn:  # retracted
        at = tick(conn, later(10))
        retract_item(conn, items[1].id, "wrong", at)
        take_out(conn, items[1].id, at)
        assert by_day(conn) == {"2026-01-31": 1, "1969-12-31": 1}
    with store.write() as conn:  # retagged: out of one feed, into another
        move_items(conn, {items[2].id: {LATEST, FeedKey("actor", "south-korea")}}, tick(conn, later(11)))
        assert by_day(conn) == {"2026-01-31": 1}
        assert by_day(conn, FeedKey("actor", "south-korea")) == {"1969-12-31": 1}
        assert by_day(conn, FeedKey("actor", "nobody")) == {}


def test_the_items_of_a_month(store: Store) -> None:
    name_subjects(store)
    for number, day in enumerate(["2026-01-31", "2026-02-28", "2026-02-01", "2026-02-28", "2024-12-24"], start=1):
        put(store, number, day)
    with store.read() as conn:
        feed = find_feed(conn, ACTOR)
        assert feed is not None
        february = (date(2026, 2, 1), date(2026, 2, 28))
        found = statistics.items_between(conn, feed, february, limit=10)
        assert [item.report.title for item in found] == ["Item 4", "Item 2", "Item 3"]
        rest = statistics.items_between(conn, feed, february, limit=1, offset=2)
        assert [item.report.title for item in rest] == ["Item 3"]
        assert statistics.newest_ids(conn, feed, 2) == [5, 4]


def check(conn: Connection) -> None:
    """The counts are what a count of the entries gives."""
    log = feed_entries.c
    told = select(feed_days).where(feed_days.c.number != 0)
    counted = select(log.feed_id, log.day, func.count()).where(log.state == LIVE, log.day != 0)
    wanted = sorted(tuple(row) for row in conn.execute(counted.group_by(log.feed_id, log.day)))
    assert sorted(tuple(row) for row in conn.execute(told)) == wanted


def test_the_counts_are_kept_through_every_move(store: Store) -> None:
    name_subjects(store)
    chance = random.Random(7)
    keys = [LATEST, ACTOR, FeedKey("actor", "south-korea"), FeedKey("topic", "trade-tariffs")]
    items = [put(store, number, f"2026-02-0{chance.randint(1, 3)}") for number in range(1, 9)]
    for step in range(40):
        wanted = {LATEST, *chance.sample(keys, 2)}
        item = chance.choice(items)
        with store.write() as conn:
            at = tick(conn, later(step))
            move = chance.randrange(4)
            if move == 0:
                day = datetime(2026, 1, chance.randint(1, 3), tzinfo=UTC)
                dated = replace(item.report, published=chance.choice([UNDATED, item.report.published]))
                now = item_by_id(conn, item.id)
                revise_item(conn, now, dated, Fingerprint(str(step), "r"), at=at, published_at=day)
                place_item(conn, item.id, wanted, revised=True, at=at)
            elif move == 1:
                place_item(conn, item.id, wanted, revised=False, at=at)
            elif move == 2:
                move_items(conn, {one.id: wanted for one in chance.sample(items, 3)}, at)
            else:
                take_out(conn, item.id, at)
            check(conn)
    name_subjects(store, [one for one in SUBJECTS if one != RUBIO], at=later(99))
    with store.write() as conn:
        assert sync_subjects(conn, SUBJECTS[1:], [("actor", "marco-rubio", "south-korea")], tick(conn, later(99)))
        check(conn)


def test_an_upgrade_counts_what_is_there(store: Store) -> None:
    name_subjects(store)
    put(store, 1, "2026-02-03")
    put(store, 2, "2026-02-03")
    migration = import_module("storage.migrations.versions.0008_feed_days")
    with store.write() as conn:
        feed_days.drop(conn)
        with Operations.context(MigrationContext.configure(conn)):
            migration.upgrade()
        check(conn)
        assert by_day(conn) == {"2026-02-03": 2}


def test_items_count_in_weeks_from_monday_to_sunday(store: Store) -> None:
    name_subjects(store)
    for number, day in enumerate(["2026-02-01", "2026-02-02", "2026-02-08", "2026-01-20"], start=1):
        put(store, number, day)
    put(store, 5, "2026-02-08", published=UNDATED)
    nobody = FeedKey("actor", "south-korea")
    with store.read() as conn:
        counted = statistics.counts_by_week(conn, [ACTOR, nobody], date(2026, 1, 29))
        assert counted == {ACTOR: {date(2026, 1, 26): 1, date(2026, 2, 2): 2}, nobody: {}}
        assert statistics.counts_of(conn, [1, 2, 3, 5]) == {
            date(2026, 2, 1): 1,
            date(2026, 2, 2): 1,
            date(2026, 2, 8): 1,
        }


def test_what_has_no_date_counts_on_no_day(store: Store) -> None:
    name_subjects(store)
    put(store, 1, "2026-02-03")
    put(store, 2, "2026-02-04", published=UNDATED)
    with store.read() as conn:
        feed = find_feed(conn, ACTOR)
        assert feed is not None
        assert by_day(conn) == {"2026-02-03": 1}
        assert statistics.count_undated(conn, feed) == 1
        assert [item.report.title for item in statistics.items_between(conn, feed, None, limit=9)] == ["Item 2"]
        assert statistics.newest_day(conn, LATEST) == date(2026, 2, 3)
        assert statistics.newest_day(conn, FeedKey("actor", "south-korea")) is None
    migration = import_module("storage.migrations.versions.0006_undated")
    with store.write() as conn:
        conn.execute(update(feed_entries).values(day=1))
        with Operations.context(MigrationContext.configure(conn)):
            migration.upgrade()
        assert sorted(conn.execute(select(feed_entries.c.day)).scalars()) == [0, 0, 1, 1]


def test_who_stands_beside_whom_and_what_happens_when(store: Store) -> None:
    name_subjects(store)
    days = [
        EventDate(date(2026, 3, 9), date(2026, 3, 9), "Later."),
        EventDate(date(2026, 3, 1), date(2026, 3, 2), "Soon."),
    ]
    put(store, 1, "2026-02-01", "south-korea", events=tuple(days), language="ko")
    put(store, 2, "2026-02-02")
    with store.read() as conn:
        assert Counter(key for keys in statistics.subjects_by_item(conn, [1, 2]).values() for key in keys) == {
            ("actor", "marco-rubio"): 2,
            ("actor", "south-korea"): 1,
        }
        found = statistics.event_dates(conn, [1, 2], since=date(2026, 3, 2), limit=10)
        assert [one.event.sentence for one in found] == ["Soon.", "Later."]
        assert (found[0].uuid, found[0].title, found[0].language, found[0].published) == (
            uuid_of(1),
            "Item 1",
            "ko",
            date(2026, 2, 1),
        )


def test_groups_count_what_is_in_the_feeds(store: Store) -> None:
    name_subjects(store)
    items = [put(store, number, "2026-02-01") for number in (1, 2, 3)]
    with store.write() as conn:
        group = assign(conn, [item.id for item in items], [])
        retract_item(conn, items[2].id, "wrong", tick(conn, later(9)))
        assert statistics.sizes_of_groups(conn, [group, "none"]) == {group: 2}


def test_roles_are_copied_and_a_change_of_names_is_dated(store: Store) -> None:
    office = Role({"en": "Secretary of State", "ko": "국무장관"}, "united-states", date(2025, 1, 21), None)
    before = Role({"en": "Senator"}, "united-states", None, date(2025, 1, 20))
    name_subjects(store)
    with store.read() as conn:
        first = names_at(conn)
    name_subjects(store, at=later(1))
    changed = replace(RUBIO, roles=(office, before))
    with store.read() as conn:
        assert first == names_at(conn)
    name_subjects(store, (changed, *SUBJECTS[1:]), at=later(2))
    with store.read() as conn:
        assert subject(conn, "actor", "marco-rubio") == changed
        assert first is not None
        assert (names_at(conn) or first) > first


def test_an_upgrade_counts_the_days_of_what_is_there(store: Store) -> None:
    migration = import_module("storage.migrations.versions.0004_pages")
    name_subjects(store)
    put(store, 1, "2026-02-03")
    put(store, 2, "1950-06-25")
    with store.write() as conn:
        conn.execute(update(feed_entries).values(day=0))
        conn.exec_driver_sql(f"UPDATE feed_entries SET day = {migration._DAY}")
        found = conn.execute(select(feed_entries.c.day).where(feed_entries.c.feed_id == 1).order_by("day")).scalars()
        assert [date.fromordinal(day) for day in found] == [date(1950, 6, 25), date(2026, 2, 3)]
