"""A corpus of pages with the defects of scraped news: each file stands beside what a careful reader expects of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds.reading.read import read_article
from feeds.reading.tools import load_tools
from tests.authorities import shipped

if TYPE_CHECKING:
    from feeds.reading import Article

CORPUS = Path(__file__).parent / "corpus" / "reading"
SAMPLES = Path(__file__).parent.parent / "seeds"
LOCAL_MINUTE = len("2025-03-14T09:30")


@dataclass(frozen=True, slots=True)
class Expectation:
    """`<name>.expect.json`. What is None is not asked of the file.

    `must_contain` is looked for in the body alone, `must_not_contain` in summary and body. A `published` with a time
    but no zone is a file that prints none: only the minute on its clock is compared. An empty one is an undated file.
    """

    title: str
    language: str
    published: str
    must_contain: tuple[str, ...]
    must_not_contain: tuple[str, ...]
    title_basis: str | None = None
    summary_starts: str | None = None
    briefs: int | None = None


def cases() -> list[str]:
    return sorted(path.name for path in CORPUS.iterdir() if not path.name.endswith(".expect.json"))


def expectation(name: str) -> Expectation:
    raw = json.loads((CORPUS / name).with_suffix(".expect.json").read_text(encoding="utf-8"))
    for key in ("must_contain", "must_not_contain"):
        raw[key] = tuple(raw[key])
    return Expectation(**raw)


@cache
def article(folder: Path, name: str) -> Article:
    return read_article((folder / name).read_bytes(), name, load_tools(None, shipped().matcher))


def shown(article: Article) -> str:
    return f"{article.summary}\n\n{article.body}"


every_case = pytest.mark.parametrize("name", cases())


def test_every_expectation_has_its_file() -> None:
    expected = {path.name.removesuffix(".expect.json") for path in CORPUS.glob("*.expect.json")}

    assert expected == {Path(name).stem for name in cases()}
    assert len(expected) >= 10


@every_case
def test_title(name: str) -> None:
    expected = expectation(name)

    assert article(CORPUS, name).title == expected.title
    if expected.title_basis is not None:
        assert article(CORPUS, name).title_basis == expected.title_basis


@every_case
def test_language(name: str) -> None:
    assert article(CORPUS, name).language == expectation(name).language


@every_case
def test_published(name: str) -> None:
    expected = expectation(name).published
    found = article(CORPUS, name).published.edtf

    assert (found[:LOCAL_MINUTE] if len(expected) == LOCAL_MINUTE else found) == expected


@every_case
def test_summary(name: str) -> None:
    expected = expectation(name).summary_starts
    found = article(CORPUS, name).summary

    assert found
    if expected is not None:
        assert found[: len(expected)] == expected


@every_case
def test_body_keeps_the_article(name: str) -> None:
    body = article(CORPUS, name).body

    assert [text for text in expectation(name).must_contain if text not in body] == []


@every_case
def test_furniture_is_gone(name: str) -> None:
    text = shown(article(CORPUS, name))

    assert [unwanted for unwanted in expectation(name).must_not_contain if unwanted in text] == []


@every_case
def test_briefs(name: str) -> None:
    expected = expectation(name).briefs
    if expected is not None:
        assert len(article(CORPUS, name).briefs) == expected


@every_case
def test_blocks_stand_in_order(name: str) -> None:
    blocks = article(CORPUS, name).blocks

    assert all(block.start < block.end for block in blocks)
    assert all(one.end <= other.start for one, other in pairwise(blocks))


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_sample_article_is_read_as_its_name_says(path: Path) -> None:
    # 2025-08-25-white-house-summit-en.txt: the day it is dated (or `undated`) and its language
    read = article(SAMPLES, path.name)

    assert path.stem.lower().endswith(f"-{read.language.lower()}")
    assert read.published.edtf[:10] == ("" if path.name.startswith("undated") else path.name[:10])
    assert "Dateline" not in shown(read), "its byline is no text"
