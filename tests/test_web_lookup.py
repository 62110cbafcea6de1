from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from feeds.errors import NotFound
from feeds.web.lookup import Moved, latest_feed, subject_feed
from storage.names import sync_subjects
from storage.state import tick
from storage.types import LATEST, Subject
from tests.builders import NOON, SUBJECTS
from tests.web_samples import client_for

if TYPE_CHECKING:
    from storage.engine import Store

CAFE = Subject("topic", "café-韓國", "Café", "topic", {"en": ("Café",)})


def named(store: Store) -> Store:
    with store.write() as conn:
        moves = [("actor", "rubio", "marco-rubio"), ("actor", "old", "marco-rubio"), ("topic", "lost", "nowhere")]
        sync_subjects(conn, [*SUBJECTS, CAFE], moves, tick(conn, NOON))  # type: ignore[arg-type]
    return store


SPELLINGS = {
    "rubio": "marco-rubio",
    "Rubio": "marco-rubio",  # another spelling of an old slug
    "Marco-Rubio": "marco-rubio",
    "marco rubio": "marco-rubio",
    "marco_rubio": "marco-rubio",
    "ｍａｒｃｏ-ｒｕｂｉｏ": "marco-rubio",
    "South Korea": "south-korea",
}
NOT_THERE = ("", "nobody", "x\x00y", "marco-rubio\x00", "\ufffd", "x" * 256, "İ" * 255, "lost", "../x", "\U0010ffff")


def test_other_spellings_lead_to_the_canonical_slug(store: Store) -> None:
    with named(store).read() as conn:
        for asked, found in SPELLINGS.items():
            with pytest.raises(Moved) as news:
                subject_feed(conn, "actor", asked)
            assert news.value.slug == found


def test_decomposed_unicode_leads_to_the_composed_slug(store: Store) -> None:
    with named(store).read() as conn:
        assert subject_feed(conn, "topic", CAFE.slug).key.slug == CAFE.slug
        with pytest.raises(Moved) as news:
            subject_feed(conn, "topic", unicodedata.normalize("NFD", CAFE.slug))
    assert news.value.slug == CAFE.slug


def test_what_is_not_there(store: Store) -> None:
    with named(store).read() as conn:
        for asked in NOT_THERE:
            with pytest.raises(NotFound, match=r"^There is no topic of this name\.$"):
                subject_feed(conn, "topic", asked)


def test_the_feed_of_everything_is_there_from_the_start(store: Store) -> None:
    with store.read() as conn:
        before = latest_feed(conn)
    assert (before.key, before.version, before.size) == (LATEST, 0, 0)
    with named(store).read() as conn:
        assert latest_feed(conn).version == 1


@pytest.mark.parametrize("suffix", ["", ".rss", ".atom", ".json"])
def test_redirects_are_permanent_and_name_no_host(sqlite_store: Store, suffix: str) -> None:
    client = client_for(named(sqlite_store), base_url="https://news.example/dateline")
    answer = client.get(f"/topics/{quote(unicodedata.normalize('NFD', CAFE.slug))}{suffix}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/dateline/topics/caf%C3%A9-%E9%9F%93%E5%9C%8B{suffix}"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
