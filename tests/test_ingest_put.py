"""A read seed into the store: the rules of identity, each on both engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feeds.ingest.put import Putting, feeds_for, link_copy
from feeds.text import digest as digest_of
from storage.items import item_by_id
from storage.ledger import origins_of
from storage.log import find_feed, window
from storage.types import LATEST, FeedKey
from tests.builders import NOON, later, name_subjects, report, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.ingest.put import Outcome
    from storage.engine import Store
    from storage.types import Item, Report

URL = "https://news.example.org/world/talks"
BODY = "One came. Two saw. Three won. Four left."


@pytest.fixture(autouse=True)
def _named(store: Store) -> None:
    name_subjects(store)


def arrive(store: Store, name: str, one: Report, digest: str | None = None, briefs: Sequence[Report] = ()) -> Outcome:
    with store.write() as conn:
        return Putting(conn, name.encode(), digest or digest_of(name, one.body), NOON, {}).put([one, *briefs])


def latest(store: Store) -> list[Item]:
    with store.read() as conn:
        feed = find_feed(conn, LATEST)
        assert feed
        return [entry.item for entry in window(conn, feed)]


def version(store: Store) -> int:
    with store.read() as conn:
        feed = find_feed(conn, LATEST)
        assert feed
        return feed.version


def test_a_new_seed_is_a_new_item_in_its_feeds(store: Store) -> None:
    one = report(tags=[tag("actor", "marco-rubio")])
    outcome = arrive(store, "a", one)
    assert outcome.result == "new"
    with store.read() as conn:
        feed = find_feed(conn, FeedKey("actor", "marco-rubio"))
        assert feed
        [entry] = window(conn, feed)
        assert entry.item.report == one
        assert [origin.seed for origin in origins_of(conn, outcome.item_id)] == [b"a"]


def test_new_bytes_that_say_the_same_change_nothing(store: Store) -> None:
    arrive(store, "a", report(), "one")
    before = version(store)
    assert arrive(store, "a", report(tags=[tag("topic", "trade-tariffs")]), "two").result == "same"
    assert version(store) == before


def test_a_corrected_seed_revises_its_item_under_the_same_guid(store: Store) -> None:
    first = arrive(store, "a", report("Old title", body=BODY))
    guid = latest(store)[0].guid
    second = arrive(store, "a", report("New title", body=BODY + " Five came back."))
    assert (second.result, second.item_id) == ("revised", first.item_id)
    [item] = latest(store)
    assert (item.guid, item.revision, item.report.title) == (guid, 2, "New title")


def test_another_article_under_a_known_name_is_a_new_item_and_the_old_one_stays(store: Store) -> None:
    arrive(store, "a", report("Old title", body=BODY))
    assert arrive(store, "a", report("New title", body="Nothing alike.")).result == "new"
    assert [item.report.title for item in latest(store)] == ["New title", "Old title"]
    # and from now on the name belongs to the new one
    assert arrive(store, "a", report("New title", body="Nothing alike. More.")).result == "revised"


def test_the_same_bytes_under_another_name_are_a_further_origin(store: Store) -> None:
    first = arrive(store, "a", report(), "same")
    before = version(store)
    with store.write() as conn:
        outcome = link_copy(conn, b"b", "same")
    assert (outcome.result, outcome.item_id) == ("copy", first.item_id)
    assert version(store) == before
    with store.read() as conn:
        assert [origin.seed for origin in origins_of(conn, first.item_id)] == [b"a", b"b"]


def test_bytes_that_gave_nothing_cannot_be_linked(store: Store) -> None:
    with pytest.raises(LookupError), store.write() as conn:
        link_copy(conn, b"b", "unknown")


def test_the_same_text_from_the_same_source_is_one_item(store: Store) -> None:
    first = arrive(store, "a", report(source="ytn", body=BODY))
    copy = arrive(store, "b", report(source="ytn", body=BODY.upper()))
    assert (copy.result, copy.item_id) == ("copy", first.item_id)
    assert arrive(store, "c", report(source="other", body=BODY)).result == "new"


def test_a_re_scrape_under_another_name_revises_if_it_says_more(store: Store) -> None:
    first = arrive(store, "a", report(url=URL, body=BODY))
    fuller = arrive(store, "b", report(url=URL, body=BODY + " Five came back."))
    assert (fuller.result, fuller.item_id) == ("revised", first.item_id)
    shorter = arrive(store, "c", report(url=URL + "?utm_source=x", body=BODY))
    assert (shorter.result, shorter.item_id) == ("copy", first.item_id)
    assert latest(store)[0].report.body.endswith("Five came back.")


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_whoever_arrives_first_the_same_guid_and_text_come_out(store: Store, order: tuple[str, str]) -> None:
    seeds = {"a": report(url=URL, body=BODY), "b": report(url=URL, body=BODY + " Five came back.")}
    for name in order:
        arrive(store, name, seeds[name])
    [item] = latest(store)
    assert item.guid == "urn:uuid:2c0a1ecb-19a5-569c-9975-6a19ca1ac7d1"
    assert item.report.body == seeds["b"].body


def test_two_seeds_that_claim_one_id_with_unlike_text_are_two_items_and_a_note(store: Store) -> None:
    arrive(store, "a", report("One", declared_id="7", body=BODY))
    outcome = arrive(store, "b", report("Other", declared_id="7", body="Nothing alike."))
    assert outcome.result == "new"
    assert outcome.note.startswith("claims the id of urn:uuid:")
    assert len({item.guid for item in latest(store)}) == 2
    again = arrive(store, "b", report("Other", declared_id="7", body="Nothing alike. More of it."))
    assert (again.result, again.item_id) == ("revised", outcome.item_id)


def test_a_revision_keeps_first_seen_and_enters_and_leaves_feeds(store: Store) -> None:
    arrive(store, "a", report(body=BODY, tags=[tag("actor", "marco-rubio")]))
    [before] = latest(store)
    revised = report(body=BODY + " More.", tags=[tag("topic", "trade-tariffs")])
    with store.write() as conn:
        outcome = Putting(conn, b"a", "other", later(10), {}).put([revised])
        assert item_by_id(conn, outcome.item_id).first_seen == before.first_seen
    with store.read() as conn:
        sizes = {
            key.slug: feed.size
            for key in (FeedKey("actor", "marco-rubio"), FeedKey("topic", "trade-tariffs"))
            if (feed := find_feed(conn, key))
        }
    assert sizes == {"marco-rubio": 0, "trade-tariffs": 1}


def test_a_parent_topic_s_feed_holds_its_children_s_items() -> None:
    tags = (tag("topic", "trade-tariffs"), tag("actor", "trade-tariffs"))
    parents = {"trade-tariffs": "trade", "trade": "economy"}
    assert feeds_for(tags, parents) == {
        LATEST,
        FeedKey("topic", "trade-tariffs"),
        FeedKey("topic", "trade"),
        FeedKey("topic", "economy"),
        FeedKey("actor", "trade-tariffs"),
    }
    assert feeds_for(tags, {"trade-tariffs": "trade", "trade": "trade-tariffs"}), "a ring of parents ends"


def test_a_published_time_ahead_is_shown_as_first_seen(store: Store) -> None:
    one = report()
    ahead = replace(one.published, first=later(60 * 24 * 400).date(), last=later(60 * 24 * 400).date())
    arrive(store, "a", replace(one, published=ahead))
    [item] = latest(store)
    assert item.published_at == item.first_seen


SUNDAY = "Two presidents are to meet on Sunday."
LULA = report(
    "Two presidents to meet", kind="brief", body="Two presidents are to meet on Sunday. Tariffs are the theme."
)


def titles(store: Store) -> list[str]:
    return sorted(item.report.title for item in latest(store))


def test_a_brief_is_an_item_of_its_own_and_one_item_however_often_it_is_carried(store: Store) -> None:
    arrive(store, "a", report("One", body=BODY), briefs=[LULA])
    assert titles(store) == ["One", "Two presidents to meet"]
    other = report("Other", body="Nothing alike.")
    arrive(store, "b", other, briefs=[replace(LULA, body=LULA.body.upper())])
    assert titles(store) == ["One", "Other", "Two presidents to meet"]
    brief = next(item for item in latest(store) if item.report.kind == "brief")
    with store.read() as conn:
        assert [(one.seed, one.position) for one in origins_of(conn, brief.id)] == [(b"a", 1), (b"b", 1)]


@pytest.mark.parametrize(
    "article",
    [
        report("TWO PRESIDENTS to meet", body="Another text altogether."),
        report(
            "Another title", body="Two presidents are to meet on Sunday. Tariffs are the theme. They come by train."
        ),
        report("Another title", summary=SUNDAY, body="Tariffs are the theme. By train."),
    ],
)
def test_a_full_article_that_arrives_later_takes_the_place_of_its_brief(store: Store, article: Report) -> None:
    arrive(store, "a", report("One", body=BODY, tags=[]), briefs=[replace(LULA, tags=(tag("actor", "marco-rubio"),))])
    brief = next(item for item in latest(store) if item.report.kind == "brief")
    outcome = arrive(store, "b", article)
    assert titles(store) == sorted(["One", article.title])
    with store.read() as conn:
        assert item_by_id(conn, brief.id).superseded_by == outcome.item_id
        feed = find_feed(conn, FeedKey("actor", "marco-rubio"))
        assert feed
        assert (feed.size, feed.head) == (0, 2), "it left with a move of its own, which a cursor will tell"
    arrive(store, "c", report("Third", body="Third text."), briefs=[LULA])
    assert titles(store) == sorted(["One", article.title, "Third"]), "a superseded brief does not come back"


def test_a_brief_of_an_article_that_is_here_is_no_item(store: Store) -> None:
    full = arrive(store, "b", report("Two presidents to meet", body="Another text altogether."))
    arrive(store, "a", report("One", body=BODY), briefs=[LULA])
    assert titles(store) == ["One", "Two presidents to meet"]
    with store.read() as conn:
        assert [one.seed for one in origins_of(conn, full.item_id)] == [b"a", b"b"]


def test_short_openings_bring_nothing_together(store: Store) -> None:
    arrive(store, "a", report("One", body=BODY), briefs=[replace(LULA, title="Update", body="Update. They met.")])
    arrive(store, "b", report("Other", body="Update. Something else. And more. And yet more."))
    assert len(latest(store)) == 3


def test_only_re_reading_replaces_the_tags_of_words_that_stay(store: Store) -> None:
    arrive(store, "a", report("One", body=BODY, tags=[tag("actor", "marco-rubio")]), briefs=[LULA])
    retagged = report("One", body=BODY, tags=[tag("topic", "trade-tariffs")])
    brief = replace(LULA, tags=(tag("topic", "trade-tariffs"),))
    with store.write() as conn:
        assert Putting(conn, b"a", "same", NOON, {}).put([retagged, brief]).result == "same"
    with store.write() as conn:
        assert Putting(conn, b"a", "same", NOON, {}, retag=True).put([retagged, brief]).result == "retagged"
    with store.read() as conn:
        feed = find_feed(conn, FeedKey("topic", "trade-tariffs"))
        assert feed
        assert {entry.item.report.title for entry in window(conn, feed)} == {"One", "Two presidents to meet"}
    assert {item.revision for item in latest(store)} == {1}
