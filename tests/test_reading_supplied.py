"""The labelled articles that stand beside the project: measured where they are, never copied."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from feeds.reading.read import read_article
from feeds.reading.tools import load_tools
from tests.conftest import SHARED

if TYPE_CHECKING:
    from feeds.reading import Article

LABELS = SHARED / "gold" / "labels.jsonl"
SEEDS = ("000", "001", "002", "003", "004")

pytestmark = pytest.mark.skipif(not LABELS.is_file(), reason="the labelled articles (../shared/gold) are not here")


@cache
def labels() -> dict[str, dict[str, Any]]:
    rows = (json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines())
    return {row["file"]: row for row in rows}


@cache
def article(name: str) -> Article:
    return read_article((LABELS.parent / "files" / name).read_bytes(), name, load_tools(None))


def seeds() -> list[str]:
    return [name for name in labels() if name.startswith(SEEDS)]


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def plain(text: str) -> str:
    return " ".join(text.split())


def test_titles_and_languages_of_the_five() -> None:
    for name in seeds():
        assert (article(name).title, article(name).language) == (labels()[name]["title"], "en")


def test_nothing_but_the_article_in_the_five() -> None:
    for name in seeds():
        found, label = article(name), labels()[name]
        assert [text for text in label["must_contain"] if text not in found.body] == []
        assert [
            text for text in label["must_not_contain"] if text in f"{found.title}\n{found.summary}\n{found.body}"
        ] == []


def test_dates_of_the_five_are_known_or_open_but_never_invented() -> None:
    published = [article(name).published.edtf for name in seeds()]

    assert published[3] == "2024-12-25T05:10:00+09:00"
    assert [published[at] for at in (0, 1, 2, 4)] == ["", "", "", ""]


def test_briefs_of_the_five() -> None:
    for name in seeds():
        expected = [
            plain(brief["title_or_first_sentence"]).replace("，", ",")[:20] for brief in labels()[name]["related"]
        ]
        found = [plain(brief.title).replace("，", ",") for brief in article(name).briefs]
        assert [text.startswith(start) for text, start in zip(found, expected, strict=True)] == [True] * len(expected)


def test_titles_and_languages_of_all() -> None:
    assert share([article(name).title == plain(label["title"]) for name, label in labels().items()]) == 1.0
    assert share([article(name).language.startswith(label["language"]) for name, label in labels().items()]) == 1.0


def test_strings_of_all() -> None:
    shown = {name: plain(f"{article(name).title} {article(name).summary} {article(name).body}") for name in labels()}

    assert (
        share([plain(text) in shown[name] for name, label in labels().items() for text in label["must_contain"]]) == 1.0
    )
    assert (
        share([text not in shown[name] for name, label in labels().items() for text in label["must_not_contain"]])
        >= 0.98
    )


def test_no_day_is_wrong() -> None:
    for name, label in labels().items():
        found = article(name).published
        if found.first is not None and found.last is not None:
            assert str(found.first) <= label["published"][:10] <= str(found.last), name


def test_evidence_stands_where_it_says() -> None:
    for name in labels():
        for evidence in article(name).published.evidence:
            if evidence.offset is not None:
                assert article(name).body[evidence.offset :].startswith(evidence.text)
