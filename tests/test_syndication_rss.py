from __future__ import annotations

from lxml import etree

from feeds.syndication.document import Channel
from feeds.syndication.rss import rss
from tests.syndication_samples import DAY, beside, document, entry

NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def channel(written: bytes) -> etree._Element:
    (element,) = etree.fromstring(written).findall("channel")
    return element


def test_the_channel_names_its_page_and_itself() -> None:
    told = channel(rss(document()))
    assert told.findtext("link") == "https://feeds.example/actors/marco-rubio"
    assert [dict(link.attrib) for link in told.findall("atom:link", NS)] == [
        {"href": "https://feeds.example/actors/marco-rubio.rss", "rel": "self", "type": "application/rss+xml"}
    ]
    assert told.findtext("title") == "Marco Rubio · Dateline"
    assert told.findtext("lastBuildDate") == "Mon, 02 Mar 2026 09:30:15 +0000"


def test_the_time_to_live_is_that_of_the_feed() -> None:
    """One entry of the day before: half a day would be half of the time between two, and an hour is the most."""
    assert channel(rss(document(entry()))).findtext("ttl") == "60"
    assert channel(rss(document(channel=Channel("https://feeds.example", max_age=86_400)))).findtext("ttl") == "1440"


def test_an_item_says_everything() -> None:
    (item,) = channel(rss(document(entry(3)))).findall("item")
    assert [etree.QName(child).localname for child in item] == [
        "title", "link", "description", "encoded", "guid", "category", "category", "pubDate", "creator", "language",
        "publisher", "link",
    ]  # fmt: skip
    (guid,) = item.findall("guid")
    assert (guid.text, guid.get("isPermaLink")) == ("urn:uuid:00000000-0000-5000-8000-000000000003", "false")
    assert item.findtext("link") == "https://news.example/a?x=1&y=2"
    assert item.findtext("description") == "<p>Talks are to go on.</p>"
    encoded = "<p>Envoys met on Tuesday.</p><p>They will meet again.</p>"
    assert item.findtext("content:encoded", namespaces=NS) == encoded
    assert item.findtext("pubDate") == "Tue, 24 Dec 2024 20:10:00 +0000"
    assert item.findtext("dc:creator", namespaces=NS) == "Kim Min-ji"
    assert item.findtext("dc:language", namespaces=NS) == "en"
    assert item.findtext("dc:publisher", namespaces=NS) == "news.example"
    assert [(category.get("domain"), category.text) for category in item.findall("category")] == [
        ("https://feeds.example/topics", "Trade & tariffs"),
        ("https://feeds.example/actors", "Marco Rubio"),
    ]


def test_an_item_leads_to_its_page_and_to_other_reports_of_its_event() -> None:
    (item,) = channel(rss(document(beside(entry(3), "ko", "und")))).findall("item")
    page = "https://feeds.example/items/00000000-0000-5000-8000-000000000"
    assert [dict(link.attrib) for link in item.findall("atom:link", NS)] == [
        {"href": f"{page}003", "rel": "related", "type": "text/html"},
        {"href": f"{page}101", "rel": "related", "type": "text/html", "hreflang": "ko"},
        {"href": f"{page}102", "rel": "related", "type": "text/html"},
    ]


def test_summaries_only_means_no_content() -> None:
    told = document(entry(published=DAY), channel=Channel("https://feeds.example", content="summary"))
    (item,) = channel(rss(told)).findall("item")
    assert item.find("content:encoded", NS) is None
    assert (item.findtext("description") or "").startswith('<p lang="en">Published on 2024-12-24')
