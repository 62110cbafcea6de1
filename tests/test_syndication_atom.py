from __future__ import annotations

from lxml import etree

from feeds.syndication.addresses import source_id
from feeds.syndication.atom import atom
from feeds.syndication.document import Channel
from tests.syndication_samples import DAY, beside, document, entry

NS = {"a": "http://www.w3.org/2005/Atom"}


def parsed(written: bytes) -> etree._Element:
    return etree.fromstring(written)


def test_the_feed_names_itself_its_page_and_an_author() -> None:
    root = parsed(atom(document()))
    assert root.findtext("a:id", namespaces=NS) == document().id
    assert [dict(link.attrib) for link in root.findall("a:link", NS)] == [
        {"href": "https://feeds.example/actors/marco-rubio.atom", "rel": "self", "type": "application/atom+xml"},
        {"href": "https://feeds.example/actors/marco-rubio", "rel": "alternate", "type": "text/html"},
    ]
    assert root.findtext("a:author/a:name", namespaces=NS) == "Dateline"
    assert root.findtext("a:author/a:uri", namespaces=NS) == "https://feeds.example/"
    assert root.find("a:rights", NS) is None


def test_an_entry_says_everything() -> None:
    (element,) = parsed(atom(document(entry(3)))).findall("a:entry", NS)
    texts = {name: element.findtext(f"a:{name}", namespaces=NS) for name in ("id", "title", "published", "updated")}
    assert texts == {
        "id": "urn:uuid:00000000-0000-5000-8000-000000000003",
        "title": "The envoy & the tariffs",
        "published": "2024-12-25T05:10:00+09:00",
        "updated": "2026-03-01T08:00:01.000003+00:00",
    }
    assert [name.text for name in element.findall("a:author/a:name", NS)] == ["Kim Min-ji"]
    (summary,), (content,) = element.findall("a:summary", NS), element.findall("a:content", NS)
    assert (summary.get("type"), summary.text) == ("html", "<p>Talks are to go on.</p>")
    assert (content.get("type"), content.text) == (
        "html",
        "<p>Envoys met on Tuesday.</p><p>They will meet again.</p>",
    )


def test_categories_carry_our_slug_and_the_worlds_code() -> None:
    (element,) = parsed(atom(document(entry()))).findall("a:entry", NS)
    assert [dict(category.attrib) for category in element.findall("a:category", NS)] == [
        {"term": "trade-tariffs", "scheme": "https://feeds.example/topics", "label": "Trade & tariffs"},
        {"term": "marco-rubio", "scheme": "https://feeds.example/actors", "label": "Marco Rubio"},
        {"term": "Q324546", "scheme": "https://www.wikidata.org/entity/", "label": "Marco Rubio"},
    ]


def test_an_entry_leads_to_other_reports_of_its_event_and_names_its_publisher() -> None:
    (element,) = parsed(atom(document(beside(entry(3), "ko", "und")))).findall("a:entry", NS)
    page = "https://feeds.example/items/00000000-0000-5000-8000-000000000"
    assert [dict(link.attrib) for link in element.findall("a:link", NS)] == [
        {"href": "https://news.example/a?x=1&y=2", "rel": "alternate", "type": "text/html", "hreflang": "en"},
        {"href": f"{page}003", "rel": "related", "type": "text/html"},
        {"href": f"{page}101", "rel": "related", "type": "text/html", "hreflang": "ko"},
        {"href": f"{page}102", "rel": "related", "type": "text/html"},
    ]
    (source,) = element.findall("a:source", NS)
    assert [(etree.QName(each).localname, each.text) for each in source] == [
        ("id", source_id("news.example")),
        ("title", "news.example"),
        ("updated", "2026-03-01T08:00:01.000003+00:00"),
    ]
    assert source_id("news.example") == "urn:uuid:eb1d331a-6159-5e65-8efa-49a3f98afbe8"


def test_updates_a_microsecond_apart_stay_apart() -> None:
    root = parsed(atom(document(*(entry(number) for number in range(1, 6)))))
    assert len({updated.text for updated in root.findall("a:entry/a:updated", NS)}) == 5


def test_an_entry_that_lives_here_has_one_link() -> None:
    (element,) = parsed(atom(document(entry(url=None, language="und")))).findall("a:entry", NS)
    page = "https://feeds.example/items/00000000-0000-5000-8000-000000000001"
    links = [dict(link.attrib) for link in element.findall("a:link", NS)]
    assert links == [{"href": page, "rel": "alternate", "type": "text/html"}]


def test_summaries_only_means_no_content() -> None:
    told = document(entry(published=DAY), channel=Channel("https://feeds.example", content="summary"))
    (element,) = parsed(atom(told)).findall("a:entry", NS)
    assert element.find("a:content", NS) is None
    assert (element.findtext("a:summary", namespaces=NS) or "").startswith('<p lang="en">Published on 2024-12-24')
