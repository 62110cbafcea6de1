"""What goes into a feed comes out of an independent reader, whatever the text."""

from __future__ import annotations

import html
import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from reader import make_reader

from feeds.syndication.document import Channel
from feeds.syndication.formats import FORMATS, PAGED
from feeds.syndication.jsonfeed import jsonfeed
from feeds.text import clean
from storage.types import EventDate, Evidence, Published, Tag
from tests.entry_fields import cells
from tests.syndication_samples import DAY, EVENT, EXACT, beside, document, entry

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.syndication.document import FeedDocument
    from storage.types import SubjectKind

HARD_TEXTS = [
    "A & B <b>bold</b> &amp; &lt; &#65; &nbsp; 'single' \"double\"",
    "]]> <![CDATA[ not a section ]]> <!-- no comment --> <?pi?>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt; AT&amp;T &bogus; &",
    "한국 외교부 <인터뷰> 미국·중국 「회담」",
    "\u202eright to left\u202c שלום مرحبا",
    "line\u2028separator \U0001f600 \U00020bb7 e\u0301",
    "x" * 1_000_000,
]


def parse(written: bytes) -> Any:
    parsed = feedparser.parse(written, sanitize_html=False, resolve_relative_uris=False)
    assert parsed.bozo == 0
    return parsed


def check(told: FeedDocument) -> None:
    """Compare every field of the table with what independent readers find in each format."""
    for suffix in ("rss", "atom"):
        parsed = parse(FORMATS[suffix].write(told))
        assert (parsed.feed.title, parsed.feed.link) == (told.title, told.url)
        same(parsed.entries, told, suffix)
    same(json.loads(FORMATS["json"].write(told))["items"], told, "json")


def same(found: Any, told: FeedDocument, suffix: str) -> None:
    assert len(found) == len(told.entries)
    table = cells(suffix)
    for seen, one in zip(found, told.entries, strict=True):
        wanted = {name: cell.wanted(one) for name, cell in table.items()}
        assert {name: cell.seen(seen) for name, cell in table.items()} == wanted


def test_the_table_names_all_that_is_written() -> None:
    """Elements of RSS and Atom, and keys of JSON Feed, of an entry that has everything."""
    told = document(beside(entry(events=(EVENT,), notes=("decoded with doubt",)), "ko"))
    named = {suffix: {cell.said.split("`")[1].split()[0] for cell in cells(suffix).values()} for suffix in PAGED}
    (item,) = etree.fromstring(FORMATS["rss"].write(told)).iterfind("channel/item")
    assert {_name(element) for element in item} == named["rss"]
    (one,) = etree.fromstring(FORMATS["atom"].write(told)).iterfind("{*}entry")
    assert {_name(element) for element in one} | {"xml:lang"} == named["atom"]
    (thing,) = json.loads(FORMATS["json"].write(told))["items"]
    extension = {f"_dateline.{key}" for key in thing.pop("_dateline").keys() - {"about"}}
    assert thing.keys() | extension == named["json"]


def _name(element: etree._Element) -> str:
    name = etree.QName(element).localname
    return f"{element.prefix}:{name}" if element.prefix else name


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_hard_texts_come_through(text: str) -> None:
    tags = (Tag("topic", text[:200], "mentioned", 0.5),)
    check(document(entry(title=text, summary=text, body=text, authors=(text[:200],), tags=tags, published=DAY)))


# Not U+0080 to U+00BF: feedparser takes the C1 controls for windows-1252, and Latin-1 letters that happen to be UTF-8
# for a twice encoded text. The test of all code points has them.
alphabet = st.characters(exclude_categories=(), exclude_characters="".join(map(chr, range(0x80, 0xC0))))
texts = st.text(alphabet, max_size=60) | st.sampled_from(HARD_TEXTS[:-1])
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=offsets)  # noqa: DTZ001 - bounds are naive
SUBJECTS: list[tuple[SubjectKind, str]] = [
    ("actor", "marco-rubio"),
    ("topic", "trade-tariffs"),
    ("topic", "unnamed"),
    ("actor", "韩美"),
]


@st.composite
def happenings(draw: st.DrawFn) -> EventDate:
    """A day or more at which something happens, some at a time of day."""
    first = draw(st.dates(date(1, 1, 1), date(9000, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 3)))
    instant = draw(st.none() | moments)
    return EventDate(first, last, draw(texts), instant, evidence=(Evidence(draw(texts), "body", 3, "day"),), key="1-0")


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    moment = draw(moments)
    return {
        "title": draw(texts),
        "summary": draw(texts),
        "body": "\n\n".join(draw(st.lists(texts, max_size=3))),
        "authors": tuple(draw(st.lists(texts, max_size=2))),
        "language": draw(st.sampled_from(["en", "ko", "zh-Hant", "und", ""]) | texts),
        "url": draw(st.sampled_from(["https://news.example/뉴스?a=1&b=<2>", "javascript:x", None]) | texts),
        "published": draw(st.sampled_from([DAY, Published("second", "text", instant=moment)])),
        "published_at": moment.astimezone(UTC),
        "tags": tuple(Tag(kind, slug, "mentioned", 0.5) for kind, slug in draw(st.sets(st.sampled_from(SUBJECTS)))),
        "kind": draw(st.sampled_from(["article", "brief"])),
        "source": draw(st.none() | texts),
        "notes": tuple(draw(st.lists(texts, max_size=2))),
        "events": tuple(draw(st.lists(happenings(), max_size=2))),
    }


languages = st.sampled_from(["en", "ko", "zh-Hant", "und", "", "no language"])


@st.composite
def documents(draw: st.DrawFn, least: int, most: int) -> FeedDocument:
    told = draw(st.lists(reports(), min_size=least, max_size=most))
    channel = Channel("https://feeds.example", draw(texts), content=draw(st.sampled_from(["full", "summary"])))
    carried = st.none() | st.just("urn:uuid:00000000-0000-5000-8000-000000000099")
    alone = (replace(entry(number, **fields), via=draw(carried)) for number, fields in enumerate(told, 1))
    entries = [beside(one, *draw(st.lists(languages, max_size=3))) if draw(st.booleans()) else one for one in alone]
    return document(*entries, channel=channel, label=draw(texts))


@given(documents(0, 3))
@settings(max_examples=100, deadline=None)
def test_any_feed_comes_through(told: FeedDocument) -> None:
    check(told)


@pytest.mark.slow
@given(documents(10, 10))
@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
def test_ten_thousand_items_come_through(told: FeedDocument) -> None:
    check(told)


def test_no_code_point_breaks_anything() -> None:
    """All of U+0000 to U+10FFFF, each in nine fields at once."""
    for start in range(0, sys.maxunicode + 1, 2048):
        check_code_points("".join(map(chr, range(start, start + 2048))))


def check_code_points(text: str) -> None:
    """Both XML parsers read the feeds; what XML can hold is there again, the rest is gone."""
    one = f"a{text}b"
    evidence = (Evidence(one, "title", 0, one),)
    fields: dict[str, Any] = {
        "title": one,
        "summary": one,
        "body": one,
        "authors": (one,),
        "source": one,
        "notes": (one,),
        "url": f"https://news.example/{one}",
        "tags": (Tag("topic", one, "mentioned", 0.5, evidence),),
        "published": Published("day", "text", first=date(2024, 1, 1), last=date(2024, 1, 1), evidence=evidence),
    }
    told = document(entry(**fields))
    kept = clean(one)
    visible = {char for char in kept if not char.isspace()}
    plain = {
        "rss": ("channel/item/title", "channel/item/category", "channel/item/{*}creator"),
        "atom": ("{*}entry/{*}title", "{*}entry/{*}author/{*}name"),
    }
    for suffix, paths in plain.items():
        written = FORMATS[suffix].write(told)
        expat.ParserCreate().Parse(written, True)
        root = etree.fromstring(written)
        assert [root.findtext(path) for path in paths] == [kept] * len(paths)
        for body in root.iterfind(".//{*}encoded" if suffix == "rss" else ".//{*}content"):
            assert visible <= set(html.unescape(body.text or ""))
    (item,) = json.loads(jsonfeed(told))["items"]
    assert (item["title"], item["_dateline"]["source"], item["_dateline"]["notes"]) == (kept, kept, [kept])


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
def test_the_reader_library_subscribes(tmp_path: Path, suffix: str) -> None:
    told = document(entry(2, published=DAY), entry(1, url=None, published=EXACT))
    path = tmp_path / f"feed.{suffix}"
    path.write_bytes(FORMATS[suffix].write(told))
    with make_reader(":memory:", feed_root="") as reader:
        reader.add_feed(str(path))
        reader.update_feeds()
        assert reader.get_feed(str(path)).title == "Marco Rubio · Dateline"
        seen = {each.id: each for each in reader.get_entries()}
    assert {each.guid: each.url for each in told.entries} == {guid: each.link for guid, each in seen.items()}
    assert all(seen[each.guid].published == each.published_at for each in told.entries)
    assert all(seen[each.guid].content[0].value == each.content_html for each in told.entries)
