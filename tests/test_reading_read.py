"""From bytes to an article: whole reads, and what any bytes at all may do."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import SeedError, SeedInvalid
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools

if TYPE_CHECKING:
    from feeds.reading import Article

TOOLS = load_tools(None)
FIRST = "The two harbour towns agreed on Monday to share their pilots and tugs, the mayor of the larger one said."
SECOND = "A council of six will settle the costs within a month, and the first joint watch begins in the autumn."
TEXT = f"Towns share their tugs\n\n{FIRST}\n\n{SECOND}\n"


def read(data: str | bytes, name: str = "a.txt") -> Article:
    return read_article(data.encode() if isinstance(data, str) else data, name, TOOLS)


def test_plain_text() -> None:
    article = read(TEXT)

    assert (article.title, article.title_basis, article.language) == ("Towns share their tugs", "text", "en")
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert article.summary == FIRST
    assert (article.published.precision, article.source, article.encoding, article.doubtful) == (
        "unknown",
        None,
        "utf-8",
        False,
    )


def test_a_text_without_a_title() -> None:
    article = read(f"{FIRST}\n\n{SECOND}")

    assert (article.title, article.title_basis) == (FIRST, "inferred")
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_declared_values_win() -> None:
    article = read(
        f"---\ntitle: Ours\nlanguage: de\nsummary: Short.\nupdated: 2025-01-03\nsource: pier\nid: 7\n---\n{TEXT}",
        "a.md",
    )

    assert (article.title, article.title_basis, article.language, article.summary) == (
        "Ours",
        "declared",
        "de",
        "Short.",
    )
    assert (article.source, article.declared_id) == ("pier", "7")
    assert article.modified == datetime.fromisoformat("2025-01-03T12:00:00+00:00")


def test_the_host_is_the_source_where_no_other_is_known() -> None:
    item = {"title": "Tugs", "body": TEXT, "url": "https://www.pier.example/a"}

    assert read(json.dumps(item), "a.json").source == "pier.example"


def test_a_source_gives_its_zone() -> None:
    article = read(f"{TEXT}\n\n2024.12.25. AM 05:10\n(c) YTN\n")

    assert article.source == "ytn"
    assert (article.published.edtf, article.published.zone, article.published.zone_origin) == (
        "2024-12-25T05:10:00+09:00",
        "Asia/Seoul",
        "source",
    )


def test_a_picture_credit_names_no_source() -> None:
    assert read(f"Two boats on a grey sea.\nPhoto courtesy of Yonhap\n\n{TEXT}").source is None


def test_the_same_article_in_every_format_reads_the_same() -> None:
    html = f"<html><body><article><h1>Towns share their tugs</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    item = json.dumps({"title": "Towns share their tugs", "body": f"{FIRST}\n\n{SECOND}"})

    found = {
        (article.title, article.body, article.language)
        for article in (read(TEXT), read(f"# {TEXT}", "a.md"), read(html, "a.html"), read(item, "a.json"))
    }

    assert len(found) == 1


def test_reading_twice_gives_equal_values() -> None:
    assert read(TEXT) == read(TEXT)


def test_the_languages_of_blocks() -> None:
    article = read(f"{TEXT}\n\n相关文章\n\n韩国外长访问华盛顿，与美国国务卿讨论关税问题，双方同意继续磋商。\n")

    assert article.language == "en"
    assert article.blocks[-1].language == "zh-Hans"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        (b"\n \n", "a.md"),
        (b"\0\1\2", "a.txt"),
        (b"---", "a.txt"),
        (b"[]", "a.json"),
        (b"<p></p>", "a.html"),
    ],
)
def test_no_article(data: bytes, name: str) -> None:
    with pytest.raises(SeedInvalid):
        read(data, name)


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "A. ",
        "[",
        "(",
        "'a',",
        "\\n",
        "&amp;",
        "1",
        "2024-",
        "May 1 ",
        "a: ",
        "a > ",
        "By Aa ",
        "记者",
        "日",
        "He said so. ",
    ],
)
def test_monotonous_text_is_read_or_refused_in_time_that_grows_with_it(unit: str) -> None:
    """A pattern that backtracks would not come back from this within the patience of any test run."""
    for data in (unit * 40_000, (unit * 12 + "\n") * 2_000):
        try:
            read(data)
        except SeedError:
            continue


PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "AI-generated image",
        "Related articles",
        "相关文章",
        "[Anchor]",
        "2024.12.25. AM 05:10",
        FIRST,
        SECOND,
        "---\n",
        "title: a\n",
        "<p>",
        "</div>",
        "<a href=x>",
        "{",
        '"title": ',
        "[",
        "‘",
        "’,",
        ",\n",
        "\\n",
        "\\ud800",
        "(END)",
        "SEOUL, Aug. 20 (Yonhap) -- ",
        "99999999999999",
        "\u202e",
        "\ud7ff",
        "https://x/2024/02/31/",
        "©",
        "|",
        "**",
        "# ",
        "\x85",
    ]
)
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a", "ä/b.TXT", "x.dat"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25), NAMES)
def test_whatever_is_put_together(pieces: list[str], name: str) -> None:
    check("".join(pieces).encode(), name)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), NAMES)
def test_whatever_the_bytes(data: bytes, name: str) -> None:
    check(data, name)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), NAMES)
def test_whatever_the_text(text: str, name: str) -> None:
    check(text.encode("utf-8", "replace"), name)


def check(data: bytes, name: str) -> None:
    try:
        article = read(data, name)
    except SeedError:
        return
    assert article.title
    assert "\n" not in article.title
    assert all(block.start <= block.end for block in article.blocks)
    for evidence in article.published.evidence:
        if evidence.offset is not None:
            text = article.body if evidence.zone == "body" else article.summary
            assert text[evidence.offset :].startswith(evidence.text)


def test_a_timetable_in_the_text_does_not_date_it() -> None:
    first = (
        "항구 축구단은 새 경기장을 2027년에 연다고 3일 밝혔다. 공사는 두 해 동안 이어지며 시민 만 명이 앉을 수 있다."
    )
    last = (
        "경기장 앞에는 배를 본뜬 매표소가 들어선다. 구단은 표를 현장에서만 판다고 덧붙였고 어린이는 돈을 내지 않는다."
    )
    article = read(f"항구 축구단의 새 집\n\n{first}\n\n3/7(토) 14:00\n\n{last}\n\n2026년 봄이었다.\n")

    assert "2026-03-07" not in article.published.edtf
    assert "3/7(토) 14:00" in article.body


@pytest.mark.parametrize(
    "title",
    [
        "Save 20% on your taxes with these five tips",
        "Get 20% off your energy bill under the new harbour law",
        "Save 20% on your harbour dues: what changes today",
    ],
)
def test_a_headline_that_names_a_saving_stays(title: str) -> None:
    assert read(f"{title}\n\n{FIRST}\n\n{SECOND}\n").title == title


@pytest.mark.parametrize(
    "line",
    [
        "他说，医院致力于为公众提供更好的服务，将再建三所医院。",
        "骗子复制银行网址后，把链接发给老人。",
        "Follow the Leader",
    ],
)
def test_sentences_late_in_the_text_stay(line: str) -> None:
    assert line in read(f"Towns share their tugs\n\n{FIRST}\n\n{SECOND}\n\n{line}\n\n{FIRST[::-1]}.\n").body
