"""The five supplied articles, real scraped text with all its furniture, from the folder to the feeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from feeds.ingest.setup import open_ingest
from feeds.settings import Settings
from feeds.web.app import create_app
from storage.migrate import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

# File, title, actors who must have it in their feeds, topics that must.
EXPECTED = {
    "000": (
        "South Korea and US top diplomats to hold talks amid Trump's tariff threat",
        ("cho-hyun", "marco-rubio", "donald-trump"),
        ("trade-tariffs", "diplomacy-talks", "us-rok-alliance"),
    ),
    "001": (
        "South Korean envoy vows closer US cooperation for North Korea dialogue",
        ("kang-kyung-wha",),
        ("north-korea", "us-rok-alliance", "diplomacy-talks"),
    ),
    "002": (
        "South Korea-US Alliance Highlighted in Today’s Talks",
        ("antony-blinken", "cho-tae-yul"),
        ("us-rok-alliance", "diplomacy-talks"),
    ),
    "003": (
        "The Korea-U.S. relationship has been put out urgently, but...Trump is still 'unresponsive'",
        ("kim-hong-kyun", "kurt-campbell"),
        ("us-rok-alliance", "diplomacy-talks"),
    ),
    "004": (
        "Trade Tensions Ease: US Treasury Chief to Host Korean Finance Minister in High-Stakes Washington Summit",
        ("choi-sang-mok", "scott-bessent"),
        ("trade-tariffs", "diplomacy-talks"),
    ),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    from tests.conftest import SHARED

    if not (SHARED / "seeds").is_dir():
        pytest.skip("the supplied articles (../shared) are not here")
    store, _ = upgrade(f"sqlite:///{tmp_path_factory.mktemp('five')}/one.db")
    settings = Settings(seeds_dir=SHARED / "seeds", base_url="https://feeds.example")
    assert open_ingest(settings, store).one_pass(settle=False).seeds == {"new": 5}
    yield create_app(settings, store).test_client()
    store.dispose()


@pytest.fixture(scope="module")
def items(client: FlaskClient) -> dict[str, dict[str, Any]]:
    found = {item["title"]: item for item in json.loads(client.get("/latest.json").data)["items"]}
    return {number: found[title] for number, (title, _, _) in EXPECTED.items()}


@pytest.fixture(scope="module")
def labels() -> dict[str, dict[str, Any]]:
    from tests.conftest import SHARED

    lines = (SHARED / "gold" / "labels.jsonl").read_text("utf-8").splitlines()
    return {label["file"][:3]: label for label in map(json.loads, lines)}


def test_all_five_are_english_and_the_fourth_knows_its_minute(items: dict[str, dict[str, Any]]) -> None:
    assert {item["language"] for item in items.values()} == {"en"}
    assert items["003"]["date_published"] == "2024-12-25T05:10:00+09:00"


def test_no_date_is_invented(items: dict[str, dict[str, Any]], labels: dict[str, dict[str, Any]]) -> None:
    for number, item in items.items():
        published = item["_dateline"]["published"]
        if published["precision"] in {"second", "day"}:
            assert item["date_published"][:10] == labels[number]["published"][:10], number


@pytest.mark.parametrize("number", EXPECTED)
def test_a_body_is_the_article_and_nothing_else(
    client: FlaskClient, items: dict[str, dict[str, Any]], labels: dict[str, dict[str, Any]], number: str
) -> None:
    uuid = items[number]["id"].removeprefix("urn:uuid:")
    item = json.loads(client.get(f"/items/{uuid}.json").data)
    text = item["title"] + "\n" + item["body"]
    assert [piece for piece in labels[number]["must_contain"] if piece not in text] == []
    assert [piece for piece in labels[number]["must_not_contain"] if piece in text] == []


@pytest.mark.parametrize("number", EXPECTED)
def test_an_article_is_in_the_feeds_of_its_actors_and_topics(client: FlaskClient, number: str) -> None:
    title, actors, topics = EXPECTED[number]
    for path in (*(f"/actors/{slug}" for slug in actors), *(f"/topics/{slug}" for slug in topics)):
        feed = json.loads(client.get(f"{path}.json").data)
        assert title in {item["title"] for item in feed["items"]}, path


@pytest.mark.parametrize("number", EXPECTED)
def test_no_actor_of_a_related_report_tags_the_article(
    items: dict[str, dict[str, Any]], labels: dict[str, dict[str, Any]], number: str
) -> None:
    tagged = {actor["label"] for actor in items[number]["_dateline"]["actors"]}
    elsewhere = {actor["name"] for actor in labels[number].get("related_only_actors", [])}
    assert tagged & elsewhere == set()
