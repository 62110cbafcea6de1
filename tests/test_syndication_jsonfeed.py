from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from feeds.syndication.document import Channel, FeedDocument
from feeds.syndication.jsonfeed import SCHEMA as SCHEMA_BYTES
from feeds.syndication.jsonfeed import jsonfeed
from storage.types import UNDATED, Evidence, Tag
from tests.syndication_samples import AT_HALF_PAST, DAY, EVENT, SEOUL, beside, document, entry

SCHEMA = json.loads(SCHEMA_BYTES)
SUMMARIES = Channel("https://feeds.example", content="summary")


def test_the_feed_says_what_it_is() -> None:
    told = json.loads(jsonfeed(document()))
    assert told == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Marco Rubio · Dateline",
        "home_page_url": "https://feeds.example/actors/marco-rubio",
        "feed_url": "https://feeds.example/actors/marco-rubio.json",
        "description": "Items in which Marco Rubio takes part, the newest arrival first",
        "language": "en",
        "authors": [{"name": "Dateline", "url": "https://feeds.example/"}],
        "_dateline": {
            "about": "https://feeds.example/json-feed.schema.json",
            "id": document().id,
            "kind": "actor",
            "slug": "marco-rubio",
            "updated": "2026-03-02T09:30:15.250000+00:00",
            "archive": False,
            "cursor": None,
            "left": [],
            "retracted": [],
        },
        "items": [],
    }


def test_an_item_says_everything_and_why() -> None:
    (told,) = json.loads(jsonfeed(document(entry(3, notes=("title inferred",)))))["items"]
    assert told == {
        "id": "urn:uuid:00000000-0000-5000-8000-000000000003",
        "url": "https://news.example/a?x=1&y=2",
        "title": "The envoy & the tariffs",
        "summary": "Talks are to go on.",
        "content_html": "<p>Envoys met on Tuesday.</p><p>They will meet again.</p>",
        "date_published": "2024-12-25T05:10:00+09:00",
        "date_modified": "2026-03-01T08:00:01.000003+00:00",
        "language": "en",
        "authors": [{"name": "Kim Min-ji"}],
        "tags": ["Trade & tariffs", "Marco Rubio"],
        "_dateline": {
            "about": "https://feeds.example/json-feed.schema.json",
            "page": "https://feeds.example/items/00000000-0000-5000-8000-000000000003",
            "kind": "article",
            "revision": 1,
            "first_seen": "2026-03-01T08:00:00.000003+00:00",
            "source": "news.example",
            "published": {
                "edtf": "2024-12-25T05:10:00+09:00",
                "precision": "second",
                "basis": "metadata",
                "zone": "Asia/Seoul",
                "confidence": "high",
                "words": ["2024-12-25 05:10"],
                "note": "",
            },
            "topics": [
                {
                    "slug": "trade-tariffs",
                    "label": "Trade & tariffs",
                    "uri": None,
                    "role": "mentioned",
                    "salience": 0.4,
                    "evidence": [{"text": "tariffs", "zone": "body", "offset": 7, "rule": "topic-keyphrase"}],
                }
            ],
            "actors": [
                {
                    "slug": "marco-rubio",
                    "label": "Marco Rubio",
                    "uri": "https://www.wikidata.org/entity/Q324546",
                    "role": "principal",
                    "salience": 0.9,
                    "evidence": [{"text": "Rubio", "zone": "title", "offset": 4, "rule": "actor-name"}],
                }
            ],
            "notes": ["title inferred"],
            "via": None,
            "group": None,
            "events": [],
        },
    }


def test_an_item_names_its_event_the_other_reports_and_the_dates() -> None:
    told = json.loads(jsonfeed(document(beside(entry(events=(EVENT, AT_HALF_PAST)), "ko", "en"))))
    extension = told["items"][0]["_dateline"]
    assert extension["group"] == {
        "id": "urn:uuid:00000000-0000-5000-8000-000000000100",
        "others": [
            {
                "id": f"urn:uuid:00000000-0000-5000-8000-00000000010{number}",
                "page": f"https://feeds.example/items/00000000-0000-5000-8000-00000000010{number}",
                "language": language,
            }
            for number, language in ((1, "ko"), (2, "en"))
        ],
    }
    assert extension["events"] == [
        {
            "first": "2026-03-05",
            "last": "2026-03-06",
            "time": None,
            "sentence": "They meet again on Thursday and Friday.",
            "evidence": [{"text": "Thursday and Friday", "zone": "body", "offset": 26, "rule": "weekdays"}],
        },
        {
            "first": "2026-03-07",
            "last": "2026-03-07",
            "time": "2026-03-07T09:30:00+09:00",
            "sentence": "",
            "evidence": [],
        },
    ]


@pytest.mark.parametrize(
    "told",
    [
        document(),
        document(kind="latest", slug="", label="Latest"),
        document(entry(1), entry(2, url=None, authors=(), source=None, kind="brief", language="und", tags=())),
        document(entry(published=DAY), entry(2, published=UNDATED), channel=SUMMARIES),
        document(entry(published_at=datetime(1950, 6, 25, 4, tzinfo=SEOUL), published=UNDATED)),
        document(beside(entry(events=(EVENT, AT_HALF_PAST)), "ko", "und")),
        document(entry(tags=(Tag("topic", "国", "mentioned", 1.0, (Evidence("", "declared", None, ""),)),))),
    ],
)
def test_every_feed_fits_the_schema(told: FeedDocument) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(jsonfeed(told)))


@pytest.mark.parametrize(
    ("place", "value"), [("id", 7), ("language", "??"), ("date_published", "2024-12-24"), ("x", 1)]
)
def test_the_schema_refuses_what_we_do_not_write(place: str, value: Any) -> None:
    told = json.loads(jsonfeed(document(entry())))
    told["items"][0][place] = value
    assert not Draft202012Validator(SCHEMA).is_valid(told)


def test_the_schema_itself_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_bytes_are_utf_8_without_escapes_and_always_the_same() -> None:
    told = document(entry(title="한미 <회담> é"))
    assert "한미 <회담> é".encode() in jsonfeed(told)
    assert jsonfeed(told) == jsonfeed(document(entry(title="한미 <회담> é")))


def test_two_subjects_of_one_name_are_one_tag() -> None:
    tags = (Tag("topic", "korea", "mentioned", 0.1), Tag("actor", "korea", "mentioned", 0.1))
    (told,) = json.loads(jsonfeed(document(entry(tags=tags))))["items"]
    assert told["tags"] == ["korea"]


def test_half_a_surrogate_pair_in_evidence_does_not_break_the_feed() -> None:
    tags = (Tag("topic", "korea", "mentioned", 0.1, (Evidence("a\ud800\x00b", "title", 0, "r"),)),)
    (told,) = json.loads(jsonfeed(document(entry(tags=tags))))["items"]
    assert told["_dateline"]["topics"][0]["evidence"][0]["text"] == "a?\x00b"
