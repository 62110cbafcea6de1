"""Selections against the store, on both engines: the same items as an evaluator that looks at each one by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, text, update

from feeds.ingest.retraction import restore, retract
from storage import common_words, fulltext, schema
from storage.items import items_by_id, replace_tags
from storage.log import place_item
from storage.moving import move_items
from storage.names import sync_subjects
from storage.query import And, Not, Or, Query, Term, Words
from storage.search import fitting, newest_fitting, search
from storage.state import tick
from storage.types import LATEST, UNDATED, FeedKey, Published, Subject
from tests.builders import (
    NOON,
    RUBIO,
    SEOUL,
    TALKS,
    TARIFFS,
    add_item,
    change_item,
    feeds_for,
    later,
    name_subjects,
    report,
    tag,
    uuid_of,
)
from tests.selections import falling, holds, queries

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.query import Node
    from storage.types import Item, Report

TRADE = Subject("topic", "trade", "Trade", "topic", {"en": ("Trade",)})
PARENTS = {"trade-tariffs": "trade"}
_TITLES = (
    "Ministers met in Seoul",
    "韩国人在首尔",
    "李在明与特朗普",
    "조현은 오늘",
    "U.S. talks",
    "G7峰會的人，美国",
    "Erdoğan met",
)
_LANGUAGES = ("en", "zh", "zh-Hant", "zh-Hans-CN", "ko", "und")
_DATES = (
    Published("day", "dateline", first=date(2026, 2, 3), last=date(2026, 2, 3)),
    Published("range", "text", first=date(2026, 1, 1), last=date(2026, 2, 1)),
    Published("month", "text", first=date(2026, 1, 1), last=date(2026, 1, 31)),
    Published("second", "metadata", instant=datetime(2026, 2, 3, 23, tzinfo=timezone(timedelta(hours=-5)))),
    UNDATED,
)


def ids_of(store: Store, where: Node, *, principal: bool = False) -> list[int]:
    with store.read() as conn:
        found = search(conn, Query(where, principal), 500)
    assert falling([entry.position for entry in found.entries])
    return [entry.item.id for entry in found.entries]


def random_report(random: Random, number: int) -> Report:
    tags = [
        tag(kind, slug)._replace(role=random.choice(("principal", "mentioned")))
        for kind, slug in (
            ("topic", "trade-tariffs"),
            ("topic", "diplomacy-talks"),
            ("actor", "marco-rubio"),
            ("actor", "south-korea"),
        )
        if random.random() < 0.5
    ]
    return report(
        random.choice(_TITLES),
        tags=tags,
        summary=random.choice(_TITLES),
        body=f"{random.choice(_TITLES)}\n\nNumber {number}.",
        kind=random.choice(("article", "article", "brief")),
        language=random.choice(_LANGUAGES),
        source=random.choice(("Reuters", "The Seoul Post", None)),
        published=random.choice(_DATES),
    )


def place(store: Store, one: Report) -> set[FeedKey]:
    above = {FeedKey("topic", "trade")} if any(each.slug in PARENTS for each in one.tags) else set()
    return feeds_for(one) | above


def fill(store: Store, number: int = 60) -> None:
    """Items that came, were revised, retagged, retracted and restored, with places in several blocks."""
    random = Random(7)
    name_subjects(store, (RUBIO, SEOUL, TARIFFS, TALKS, TRADE))
    known: list[Item] = []
    for count in range(1, number + 1):
        known.append(add_item(store, random_report(random, count), uuid=uuid_of(count), at=later(count)))
        if count % 6 == 0:
            with store.write() as conn:
                conn.execute(update(schema.feeds).where(schema.feeds.c.kind == "latest").values(head=1500 * count))
    for item in known[::5]:
        change_item(store, item, random_report(random, item.id), at=later(200))
    with store.write() as conn:
        for item in known[1::7]:
            retract(conn, item.guid, "wrong", later(300))
        for item in known[1::14]:
            restore(conn, item.guid, later(400), PARENTS)


def items_of(store: Store) -> list[Item]:
    with store.read() as conn:
        ids = conn.execute(select(schema.items.c.id)).scalars().all()
        return [item for item in items_by_id(conn, ids).values() if item.gone_at is None]


@pytest.fixture(params=["one by one", "in passing", "noted"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which the full text is asked, and words that are noted as common wherever they can be."""
    if request.param != "one by one":
        monkeypatch.setattr(fulltext, "_FEW", 0)
    if request.param == "noted":
        monkeypatch.setattr(common_words, "_SAMPLE", 1)
        monkeypatch.setattr(common_words, "_COMMON", 10**9)
    return str(request.param)


def test_any_condition_finds_what_looking_at_each_item_finds(store: Store, way: str) -> None:
    fill(store)
    everything = items_of(store)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(queries)
    def check(query: Query) -> None:
        wanted = {item.id for item in everything if holds(query, item, {})}
        assert set(ids_of(store, query.where, principal=query.principal)) == wanted

    check()


def test_pages_give_every_item_once(store: Store) -> None:
    fill(store)
    query, seen, below = Query(Not(Term("lang", "zh"))), [], None
    with store.read() as conn:
        for _ in range(20):
            found = search(conn, query, 7, below)
            seen += [entry.position for entry in found.entries]
            if not found.more:
                break
            assert len(found.entries) == 7
            below = found.entries[-1].position
    assert falling(seen)
    assert len(seen) == sum(1 for item in items_of(store) if not item.report.language.startswith("zh"))


@pytest.mark.parametrize("name", ["韩国", "韓國", "李在明", "조현", "在明", "特朗普", "erdogan", "ERDOĞAN", "seoul"])
def test_names_of_any_script_are_found(store: Store, name: str) -> None:
    name_subjects(store)
    add_item(store, report("韓國總統李在明與特朗普"), uuid=uuid_of(1))
    add_item(store, report("조현은 서울에서", body="Erdoğan was in Seoul."), uuid=uuid_of(2))
    expected = [2] if name.casefold() in {"조현", "erdogan", "erdoğan", "seoul"} else [1]
    assert ids_of(store, Words(name)) == expected


def test_words_must_stand_side_by_side_within_one_text(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("Trade", summary="war of words", body="A trade, war and peace"), uuid=uuid_of(1))
    add_item(store, report("Peace", summary="", body="The trade deal; a war"), uuid=uuid_of(2))
    assert ids_of(store, Words("trade war")) == [1]
    assert ids_of(store, And((Words("trade"), Words("war")))) == [2, 1]
    assert ids_of(store, Words("words a")) == []


def test_one_character_is_found_wherever_it_stands(store: Store) -> None:
    name_subjects(store)
    for number, title in enumerate(("美国的", "中美", "美", "中国"), start=1):
        add_item(store, report(title, summary="", body="x"), uuid=uuid_of(number))
    assert ids_of(store, Words("美")) == [3, 2, 1]


def test_a_very_long_text_is_searched_alike_on_both_engines(store: Store) -> None:
    name_subjects(store)
    words = " ".join(f"the word{number}" for number in range(9_000))
    add_item(store, report("Long", summary="", body=words), uuid=uuid_of(1))
    assert ids_of(store, Words("the word100")) == [1]
    assert ids_of(store, Words("word6000")) == [1]
    assert ids_of(store, Words("the word6000")) == []  # what stands more than 255 times is indexed no further
    assert ids_of(store, Words("word8500")) == []  # beyond 16,000 tokens


def test_a_purged_text_is_found_no_more_and_leaves_nothing_behind(sqlite_store: Store) -> None:
    name_subjects(sqlite_store)
    item = add_item(sqlite_store, report("Zanzibar"), uuid=uuid_of(1))
    with sqlite_store.write() as conn:
        retract(conn, item.guid, "", NOON)
    assert ids_of(sqlite_store, Words("zanzibar")) == []
    with sqlite_store.write() as conn:
        retract(conn, item.guid, "", NOON, purge=True)
    with sqlite_store.read() as conn:
        kept = conn.execute(text("SELECT block FROM texts_index_data")).scalars().all()
    assert not any(b"zanzibar" in block for block in kept)


def test_a_retag_changes_what_selections_hold_at_once(store: Store) -> None:
    name_subjects(store)
    first = add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    second = add_item(store, report("Two", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(2))
    new = (tag("actor", "south-korea"),)
    with store.write() as conn:
        replace_tags(conn, first.id, new)
        place_item(conn, first.id, {LATEST, FeedKey("actor", "south-korea")}, revised=False, at=tick(conn, later(1)))
        replace_tags(conn, second.id, new)
        move_items(conn, {second.id: {LATEST, FeedKey("actor", "south-korea")}}, tick(conn, later(2)))
    assert ids_of(store, Term("actor", "marco-rubio")) == []
    assert ids_of(store, Term("actor", "south-korea"), principal=True) == [2, 1]


def test_a_merged_actor_takes_its_items_along_and_leaves_the_index(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("One", tags=[tag("actor", "marco-rubio")]), uuid=uuid_of(1))
    with store.read() as conn:
        before = set(conn.execute(select(schema.facet_blocks.c.term)).scalars())
    with store.write() as conn:
        sync_subjects(conn, (SEOUL,), [("actor", "marco-rubio", "south-korea")], tick(conn, later(1)))
    with store.read() as conn:
        after = set(conn.execute(select(schema.facet_blocks.c.term)).scalars())
    assert ids_of(store, Term("actor", "south-korea"), principal=True) == [1]
    assert {term.partition(":")[0] for term in before - after} == {"feed", "main"}
    assert len(after) == len(before)


def test_an_unknown_slug_selects_nothing(store: Store) -> None:
    name_subjects(store)
    add_item(store, report("One"), uuid=uuid_of(1))
    assert ids_of(store, Term("actor", "nobody")) == []
    assert ids_of(store, Or((Term("actor", "nobody"), Words("one")))) == [1]


def test_an_empty_store_selects_nothing(store: Store) -> None:
    assert ids_of(store, And(())) == []


def test_published_days_outside_of_what_is_counted(store: Store) -> None:
    name_subjects(store)
    for number, year in enumerate((1500, 2026, 2500), start=1):
        day = date(year, 1, 1)
        add_item(store, report(published=Published("day", "text", first=day, last=day)), uuid=uuid_of(number))
    assert ids_of(store, Term("after", "1400-01-01")) == [3, 2, 1]
    assert ids_of(store, Term("before", "2000-01-01")) == [1]
    assert ids_of(store, Term("after", "2027-01-01")) == [3]
    assert datetime.now(UTC).year < 2100, "widen the counted days (storage.facets) in good time"


def test_asked_about_single_items_a_condition_says_the_same(store: Store) -> None:
    fill(store)
    everything = {item.id for item in items_of(store)}

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(queries)
    def check(query: Query) -> None:
        with store.read() as conn:
            ids = [entry.item.id for entry in search(conn, query, 500).entries]
            found = set(ids)
            fit = fitting(conn, query)
            assert fit(everything) == found
            assert fit([1, 2, 3, 999]) == found & {1, 2, 3}
            for most in (5, 500):
                assert newest_fitting(conn, query, most) == ids[:most]

    check()
    with store.read() as conn:
        assert fitting(conn, Query(And(())))([]) == set()
