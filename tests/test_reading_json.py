"""Items in JSON."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from feeds.errors import SeedInvalid
from feeds.reading.json import read_json
from feeds.reading.page import Declared, Page, Stamp


def read(**item: Any) -> Page:
    return read_json(json.dumps(item))


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_our_own_form() -> None:
    page = read(
        id="a1", url="https://example.org/a", title="Tugs", summary="They did.", body="One.\n\nTwo.", language="en",
        published="2025-01-02T03:04:05Z", updated="2025-01-03", authors=["Jane Doe"], topics=["ships"],
        actors=[{"name": "Harbour Council"}], source="pier", nonsense=3,
    )  # fmt: skip

    assert texts(page) == ["One.", "Two."]
    assert page.declared == Declared(
        title="Tugs",
        summary="They did.",
        published=(Stamp("2025-01-02T03:04:05Z", "published"),),
        updated=(Stamp("2025-01-03", "updated"),),
        url="https://example.org/a",
        id="a1",
        source="pier",
        language="en",
        authors=("Jane Doe",),
        topics=("ships",),
        actors=("Harbour Council",),
    )


@pytest.mark.parametrize(
    "item",
    [
        {"content_text": "One.\n\nTwo."},
        {"content_html": "<p>One.</p><p>Two.</p>"},
        {"body": ["One.", "Two."]},
        {"body_html": "<p>One.</p>Two.", "body": "ignored"},
        {"bodies": [{"contenttype": "text/html", "value": "<p>One.</p><p>Two.</p>"}]},
        {"bodies": [{"role": "main", "value": "One.\nTwo."}]},
    ],
)
def test_bodies(item: dict[str, Any]) -> None:
    assert texts(read(**item)) == ["One.", "Two."]


def test_ninjs_with_one_date_a_byline_and_subjects() -> None:
    page = read(
        uri="urn:newsml:pier:2025-01-02:tugs:1", headline="Tugs", body_text="One.", language="en-GB", byline="Jane Doe",
        versioncreated="2025-01-02T03:04:05Z", subject=[{"name": "Trade & tariffs", "code": "medtop:20000638"}],
        people=[{"name": "Marco Rubio"}], organisations=[{"name": "Harbour Council"}], places="nowhere", usageterms=3,
    )  # fmt: skip

    assert texts(page) == ["One."]
    assert page.declared == Declared(
        title="Tugs",
        published=(Stamp("2025-01-02T03:04:05Z", "published"),),
        updated=(Stamp("2025-01-02T03:04:05Z", "updated"),),
        id="urn:newsml:pier:2025-01-02:tugs:1",
        language="en-GB",
        authors=("Jane Doe",),
        topics=("Trade & tariffs",),
        actors=("Marco Rubio", "Harbour Council"),
    )


def test_ninjs() -> None:
    page = read(
        uri="urn:x:1", versioncreated="2025-01-03T00:00:00Z", firstcreated="2025-01-02T00:00:00Z", language="ko",
        headlines=[{"role": "main", "value": "Tugs"}], descriptions=[{"value": "They did."}],
        bodies=[{"contenttype": "text/plain", "value": "One."}],
    )  # fmt: skip

    assert (page.declared.id, page.declared.title, page.declared.summary) == ("urn:x:1", "Tugs", "They did.")
    assert page.declared.published == (Stamp("2025-01-02T00:00:00Z", "published"),)
    assert page.declared.updated == (Stamp("2025-01-03T00:00:00Z", "updated"),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 200_000, "nested too deep"),
        ('{"a":' * 200_000, "nested too deep"),
        ("{", "the JSON is broken"),
        ('{"title": ' + "9" * 5_000 + "}", "the JSON is broken"),
        ("[]", "no object"),
        ("null", "no object"),
        ('{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": "1"}]}', "a whole feed"),
        ("{}", "neither a title nor a text"),
        ('{"title": true, "body": {"a": 1}}', "neither a title nor a text"),
    ],
)
def test_what_is_no_item(text: str, reason: str) -> None:
    with pytest.raises(SeedInvalid, match=reason):
        read_json(text)


def test_a_lone_surrogate_is_dropped() -> None:
    assert read_json('{"title": "T\\ud800ugs"}').declared.title == "Tugs"


SCHEMA = json.loads((files("feeds.reading") / "item.schema.json").read_text(encoding="utf-8"))
SAMPLES = sorted((Path(__file__).parents[1] / "seeds").glob("*.json"))


def test_the_schema_is_one_and_there_are_samples() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert len(SAMPLES) >= 3


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_our_samples_have_the_form_of_the_schema(sample: Path) -> None:
    item = json.loads(sample.read_text(encoding="utf-8"))

    Draft202012Validator(SCHEMA).validate(item)
    assert set(item) <= set(SCHEMA["properties"])
    assert read_json(json.dumps(item)).declared.title == item["title"]


def test_the_item_in_the_guide_has_the_form_of_the_schema() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "seeds.md").read_text(encoding="utf-8")
    item = json.loads(guide.split("```json talks.json\n")[1].split("```")[0])

    Draft202012Validator(SCHEMA).validate(item)


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"summary": "Neither a title nor a text."},
        {"title": "Tugs", "published": "yesterday"},
        {"title": "Tugs", "url": "javascript:x"},
        {"title": "Tugs", "authors": "Jane Doe"},
        {"title": "Tugs", "body": 3},
    ],
)
def test_what_the_schema_refuses(item: dict[str, Any]) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid(item)
