from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from feeds.reading.read import read_article
from feeds.reading.tools import load_tools
from feeds.tagging import Story
from storage.types import Evidence, Published
from tests.authorities import story, tagger

SHARED = Path(__file__).parents[2] / "shared"


def test_topics_come_first_then_actors() -> None:
    tags = tagger().tag(story("Tariffs on South Korea.", title="New tariffs, says Trump"))
    assert [(tag.kind, tag.slug) for tag in tags] == [
        ("topic", "trade-tariffs"),
        ("actor", "donald-trump"),
        ("actor", "south-korea"),
    ]


def test_declared_ones_are_tagged_whatever_the_text_says() -> None:
    declared = replace(story("Nothing here."), topics=("Space", "made up"), actors=("尹锡悦", "nobody"))
    tags = tagger().tag(declared)
    assert [(tag.slug, tag.role, tag.salience) for tag in tags] == [
        ("space", "principal", 1.0),
        ("yoon-suk-yeol", "principal", 1.0),
    ]
    assert tags[0].evidence == (Evidence("Space", "declared", None, "declared"),)
    assert tagger().unknown(declared) == (("topic", "made up"), ("actor", "nobody"))


def test_a_declared_actor_keeps_what_the_text_says_of_it() -> None:
    (tag,) = tagger().tag(replace(story("Japan won."), actors=("japan",)))
    assert [evidence.rule for evidence in tag.evidence] == ["declared", "name"]


def test_an_empty_story_has_no_tags() -> None:
    assert tagger().tag(Story("", "", "", "und")) == ()


PRINCIPALS = {
    "000": {"cho-hyun", "marco-rubio", "donald-trump"},
    "001": {"kang-kyung-wha"},
    "002": {"antony-blinken", "cho-tae-yul"},
    "003": {"kim-hong-kyun", "kurt-campbell"},
    "004": {"choi-sang-mok", "scott-bessent"},
}
BEAT = {"trade-tariffs", "north-korea", "us-rok-alliance", "diplomacy-talks"}


@pytest.mark.parametrize("number", PRINCIPALS)
def test_the_real_seeds(number: str) -> None:
    labels = SHARED / "gold/labels.jsonl"
    if not labels.is_file():
        pytest.skip("the labelled articles are not beside the project")
    rows = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    label = next(row for row in rows if row["file"].startswith(number))
    data = (SHARED / "seeds" / label["file"]).read_bytes()
    article = read_article(data, label["file"], load_tools(None))
    day = date.fromisoformat(label["published"][:10])
    told = Published("day", "text", first=day, last=day)
    tags = tagger().tag(Story(article.title, article.summary, article.body, article.language, told))
    assert PRINCIPALS[number] <= {tag.slug for tag in tags if tag.kind == "actor"}
    expected = BEAT & set(label["topics"])
    assert expected <= {tag.slug for tag in tags if tag.kind == "topic"}
