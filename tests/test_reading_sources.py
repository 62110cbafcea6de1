"""Which publisher a page is from."""

from __future__ import annotations

import pytest

from feeds.errors import AuthorityError
from feeds.reading.sources import host_of, load_sources
from feeds.reading.tools import load_tools

SOURCES = load_tools(None).sources


@pytest.mark.parametrize(
    ("host", "id_"),
    [
        ("www.ytn.co.kr", "ytn"),
        ("YTN.CO.KR", "ytn"),
        ("notytn.co.kr", None),
        ("english.hani.co.kr", "hankyoreh"),
        (None, None),
    ],
)
def test_by_host(host: str | None, id_: str | None) -> None:
    found = SOURCES.of_host(host)

    assert (found.id if found else None) == id_


@pytest.mark.parametrize(
    ("lines", "id_"),
    [
        (["[Copyright holder (c) YTN]"], "ytn"),
        (["Send tips to social@ytn.co.kr"], "ytn"),
        (["Seen on https://www.kbs.co.kr/x and YTN"], "kbs"),
        (["(c) Nobody's Paper"], None),
        ([], None),
    ],
)
def test_by_furniture(lines: list[str], id_: str | None) -> None:
    found = SOURCES.of_furniture(lines)

    assert (found.id if found else None) == id_


def test_host_of_anything() -> None:
    assert host_of("https://www.example.org/a") == "example.org"
    assert host_of("http://[broken") is None
    assert host_of(None) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[source]]\nname = ['x']\n", "source 1 has no `id`"),
        ("[[source]]\nid = 'a'\nhost = ['x']\n", r"source 1 \('a'\): unknown key 'host'"),
        ("[[source]]\nid = 'a'\nhosts = 'x'\n", "`hosts` must be a list of strings"),
        ("[[source]]\nid = 'a'\nlines = ['(']\n", "`lines`: '\\('"),
        ("[[source]]\nid = 'a'\nlanguage = 3\n", "`language` must be a string"),
        ("[[source]]\nid = 'a'\nzone = 3\n", "3 is no IANA time zone"),
        ("source = 1\n", "`source` must be written as"),
        ("source = [\n", "sources.toml: "),
    ],
)
def test_wrong_files(text: str, message: str) -> None:
    with pytest.raises(AuthorityError, match=message):
        load_sources({"sources.toml": text})
