"""Each test shows a fault on the bare library first: the day that half fails, upstream has healed and a mend can go."""

from __future__ import annotations

import locale
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import feedgen.feed  # and with it feedgen.util, which by itself misses lxml.etree and cannot be imported
import pytest
import time_machine
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.syndication.atom import atom
from feeds.syndication.rss import rss
from tests.syndication_samples import document, entry

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = datetime(2024, 12, 24, 20, 10, tzinfo=UTC)


def bare() -> Any:
    """Make a feedgen feed with one entry, used as its manual says."""
    generator = FeedGenerator()
    generator.id("urn:x:feed")
    generator.title("Feed")
    generator.description("Feed")
    generator.link(href="https://feeds.example/page", rel="alternate")
    generator.link(href="https://feeds.example/feed", rel="self")
    return generator


def bare_entry(generator: Any, number: int = 1) -> Any:
    node = generator.add_entry()
    node.id(f"urn:x:{number}")
    node.title("Entry")
    node.link(href="https://news.example/a", rel="alternate", type="text/html")
    return node


def ours(written: bytes, path: str) -> list[etree._Element]:
    return etree.fromstring(written).findall(path)


def atom_of(generator: Any) -> etree._Element:
    return etree.fromstring(generator.atom_str())


def rss_of(generator: Any) -> etree._Element:
    return etree.fromstring(generator.rss_str())


def test_links_of_an_entry_keep_their_attributes() -> None:
    generator = bare()
    bare_entry(generator).link(href="https://feeds.example/items/1", rel="related", type="text/html", hreflang="en")
    links = atom_of(generator).findall(f"{ATOM}entry/{ATOM}link")
    assert [dict(link.attrib) for link in links] == [
        {"href": "https://news.example/a"},
        {"href": "https://feeds.example/items/1"},
    ]

    page = "https://feeds.example/items/00000000-0000-5000-8000-000000000001"
    links = ours(atom(document(entry())), f"{ATOM}entry/{ATOM}link")
    assert [dict(link.attrib) for link in links] == [
        {"href": "https://news.example/a?x=1&y=2", "rel": "alternate", "type": "text/html", "hreflang": "en"},
        {"href": page, "rel": "related", "type": "text/html"},
    ]


def test_the_channels_link_is_its_page() -> None:
    assert rss_of(bare()).findtext("channel/link") == "https://feeds.example/feed"

    assert etree.fromstring(rss(document())).findtext("channel/link") == "https://feeds.example/actors/marco-rubio"


@time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC))
def test_nothing_is_dated_by_the_clock() -> None:
    generator = bare()
    bare_entry(generator)
    assert b"2031" in generator.atom_str()
    assert b"2031" in generator.rss_str()

    assert b"2031" not in atom(document(entry()))
    assert b"2031" not in rss(document(entry()))
    assert b"<lastBuildDate>Mon, 02 Mar 2026 09:30:15 +0000</lastBuildDate>" in rss(document())
    assert b"<updated>2026-03-02T09:30:15.250000+00:00</updated>" in atom(document())


def test_entries_stay_in_order() -> None:
    generator = bare()
    for number in (1, 2):
        bare_entry(generator, number)
    assert [guid.text for guid in rss_of(generator).findall("channel/item/guid")] == ["urn:x:2", "urn:x:1"]

    guids = ours(rss(document(entry(2), entry(1))), "channel/item/guid")
    assert [(guid.text or "")[-1] for guid in guids] == ["2", "1"]


def test_rss_dates_leave_the_locale_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    switched: list[Any] = []
    real = locale.setlocale

    def recording(category: int, name: Any = None) -> str:
        if name is not None:
            switched.append(category)
        return real(category, name)

    monkeypatch.setattr(locale, "setlocale", recording)
    feedgen.util.formatRFC2822(MOMENT)
    assert switched == [locale.LC_ALL, locale.LC_ALL]

    switched.clear()
    written = rss(document(entry(published_at=MOMENT)))
    assert b"<pubDate>Tue, 24 Dec 2024 20:10:00 +0000</pubDate>" in written
    assert switched == []


def test_an_author_needs_no_address() -> None:
    generator = bare()
    bare_entry(generator).author(name="Kim Min-ji")
    assert b"Kim Min-ji" not in generator.rss_str()

    creators = ours(rss(document(entry(authors=("Kim Min-ji", "Lee & Park")))), f"channel/item/{DC}creator")
    assert [creator.text for creator in creators] == ["Kim Min-ji", "Lee & Park"]


def test_an_entry_states_its_language() -> None:
    generator = bare()
    node = bare_entry(generator)
    assert not hasattr(node, "language")
    generator.language("ko")
    (element,) = atom_of(generator).findall(f"{ATOM}entry")
    assert LANG not in element.attrib

    told = document(entry(2, language="zh"), entry(1, language="und"))
    assert [element.get(LANG) for element in ours(atom(told), f"{ATOM}entry")] == ["zh", "und"]
    assert [element.text for element in ours(rss(told), f"channel/item/{DC}language")] == ["zh", "und"]


def test_content_is_html_and_nothing_else() -> None:
    generator = bare()
    bare_entry(generator).content("text", type="CDATA")
    assert b'type="CDATA"' in generator.atom_str()

    (content,) = ours(atom(document(entry(body="a ]]> b <![CDATA[ c"))), f"{ATOM}entry/{ATOM}content")
    assert content.get("type") == "html"
    assert content.text == "<p>a ]]&gt; b &lt;![CDATA[ c</p>"


def test_feeds_are_signed_by_us() -> None:
    assert b"python-feedgen" in bare().atom_str()
    assert b"python-feedgen" in bare().rss_str()

    assert b"<generator>Dateline</generator>" in atom(document())
    assert b"<generator>Dateline</generator>" in rss(document())


def test_no_character_breaks_a_feed() -> None:
    for bad in ("\x00", "\x0b", "\ufffe", "\ud800"):
        node = bare_entry(generator := bare())
        node.title(f"a{bad}b")
        with pytest.raises(ValueError):  # noqa: PT011 - lxml and the encoder each have their own words
            generator.rss_str()

        told = document(entry(title=f"a{bad}b", body=bad, summary=bad, authors=(bad,), source=bad, language=bad))
        assert [title.text for title in ours(rss(told), "channel/item/title")] == ["ab"]
        assert [title.text for title in ours(atom(told), f"{ATOM}entry/{ATOM}title")] == ["ab"]


def test_an_id_comes_once() -> None:
    generator = bare()
    for _ in range(2):
        bare_entry(generator)
    assert len(atom_of(generator).findall(f"{ATOM}entry")) == 2

    assert len(ours(atom(document(entry(1), entry(1))), f"{ATOM}entry")) == 1


def test_a_title_that_looks_like_markup_is_marked_as_text() -> None:
    generator = bare()
    bare_entry(generator).title("A & <b>")
    assert b"A &amp; &lt;b&gt;" in generator.rss_str()

    written = rss(document(entry(title="A & <b>"), label="B & <i>"))
    assert b"<title>A &#x26; &#x3C;b&gt;</title>" in written
    assert b"<title>B &#x26; &#x3C;i&gt; \xc2\xb7 Dateline</title>" in written
    assert [title.text for title in ours(written, "channel/item/title")] == ["A & <b>"]


def test_eight_threads_write_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "setlocale", _forbidden)
    told = document(*(entry(number) for number in range(5)))
    expected = (rss(told), atom(told))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            written = list(pool.map(lambda _: (rss(told), atom(told)), range(160)))
    finally:
        sys.setswitchinterval(interval)
    assert set(written) == {expected}


@pytest.mark.slow
def test_eight_threads_write_the_same_bytes_a_thousand_times_each() -> None:
    before = locale.setlocale(locale.LC_ALL)
    told = document(*(entry(number) for number in range(5)))
    expected = (rss(told), atom(told))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(written == expected for written in pool.map(lambda _: (rss(told), atom(told)), range(8000)))
    finally:
        sys.setswitchinterval(interval)
    assert locale.setlocale(locale.LC_ALL) == before


def _forbidden(*_: Any) -> str:
    raise AssertionError("the locale belongs to the whole process")
