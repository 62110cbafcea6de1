"""The one place that knows what feedgen 1.0.0 gets wrong: a feed and its entries go in, correct elements come out.

feedgen has had no release since 2023-12. Each fault has a test that shows it on the bare library first, so that the
test tells when upstream has healed and a mend can go:

- an entry's links lose rel, type and hreflang in Atom (lkiesow/python-feedgen#135);
- the RSS channel's link is the link that was named last, be it the feed itself;
- `updated` and `lastBuildDate` are the time of the call unless set;
- `add_entry` turns the order round;
- RSS dates switch the locale of the whole process, and threads leave it switched;
- an author without an e-mail address vanishes from RSS (lkiesow/python-feedgen#57);
- no entry can state its language, nor in Atom the id and time of the feed that it is from;
- `content(type="CDATA")` writes a media type that does not exist (lkiesow/python-feedgen#123);
- it signs as python-feedgen;
- it cannot name a stylesheet;
- an entry's categories are all gone through again with each that is added (add all at once);
- of the links of a feed, RSS gets the first `self` alone; neither format can say what RFC 5005 and RFC 6721 say;
- characters that XML cannot hold raise, and equal ids pass (both are kept out by `build`).
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import feedgen.entry
import feedgen.feed
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.syndication.addresses import source_id, with_suffix
from feeds.syndication.dates import rfc822

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.syndication.document import FeedDocument, FeedEntry, Sibling, Tombstone

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
_MARKS = re.compile("([&<])")
STYLE_PATH = "/static/feed.css"
_NAME = "mend"  # feedgen makes an extension an attribute of this name

# feedgen's own writer of RSS dates calls `locale.setlocale` (LC_ALL) there and back: it is not safe beside any thread.
feedgen.entry.formatRFC2822 = feedgen.feed.formatRFC2822 = rfc822


def start(document: FeedDocument, suffix: str, media_type: str) -> Any:
    """Begin a feed with what RSS and Atom share; one generator serves one format, as each has its own self link.

    Returns a `FeedGenerator` whose order of calls, dates and signature are set right.
    """
    generator = FeedGenerator()
    generator.register_extension(_NAME, partial(_FeedMend, document, suffix), _EntryMend)
    generator.id(document.id)
    generator.title(document.title)
    generator.subtitle(document.subtitle)
    generator.updated(document.updated)
    generator.language(document.language)
    generator.generator("Dateline")
    generator.link(href=document.self_urls[suffix], rel="self", type=media_type)
    generator.link(href=document.url, rel="alternate", type="text/html")  # last: RSS takes the last as the channel's
    return generator


def styled(written: Sequence[bytes], document: FeedDocument) -> bytes:
    """Join the parts of a feed, and name a stylesheet, so that a browser shows a feed and no source text.

    https://www.w3.org/TR/xml-stylesheet/; CSS, as browsers no longer have XSLT; readers pass over it.
    """
    declaration, _, rest = written[0].partition(b"\n")
    # A base URL is ASCII and holds no quote: both are percent-encoded.
    instruction = f'<?xml-stylesheet type="text/css" href="{document.base_url}{STYLE_PATH}"?>'
    named = instruction.replace("&", "&amp;").encode("ascii")
    return b"".join((declaration, b"\n", named, b"\n", rest, *written[1:]))


def append(generator: Any, entry: FeedEntry) -> Any:
    """Add an entry at the end with what RSS and Atom share, and return its feedgen `FeedEntry` for the rest."""
    node = generator.add_entry(order="append")
    node.id(entry.guid)
    node.title(entry.title)
    node.updated(entry.updated)
    node.published(entry.published_at)
    node.summary(entry.summary_html, type="html")
    if entry.content_html is not None:
        node.content(entry.content_html, type="html")
    node.link(_links(entry))
    mend: _EntryMend = getattr(node, _NAME)
    mend.entry = entry
    return node


def _links(entry: FeedEntry) -> list[dict[str, str]]:
    language = {} if entry.language == "und" else {"hreflang": entry.language}
    links = [{"href": entry.url, "rel": "alternate", "type": "text/html", **language}]
    if entry.page != entry.url:
        links.append({"href": entry.page, "rel": "related", "type": "text/html"})
    if entry.via:  # where what the entry says was found (RFC 4287 section 4.2.7.2)
        links.append({"href": entry.via, "rel": "via", "type": "text/html"})
    return links + [_related(sibling) for sibling in entry.siblings]


def _related(sibling: Sibling) -> dict[str, str]:
    """Another report of the event: related, as it is neither this text in another form nor its translation."""
    language = {} if sibling.language == "und" else {"hreflang": sibling.language}
    return {"href": sibling.page, "rel": "related", "type": "text/html", **language}


class _FeedMend:
    """A feedgen extension of the feed: declares namespaces, adds what pages a feed, marks up the channel's texts."""

    def __init__(self, document: FeedDocument, suffix: str) -> None:
        self._document, self._suffix = document, suffix

    def extend_ns(self) -> dict[str, str]:
        names = {"dc": _DC} if self._suffix == "rss" else {}
        if self._document.paging.archive:
            names["fh"] = _HISTORY
        if self._suffix == "atom" and self._gone():
            names["at"] = _TOMBSTONES
        return names

    def extend_atom(self, feed: etree._Element) -> None:
        self._page(feed)
        for grave in self._gone():
            element = etree.SubElement(feed, f"{{{_TOMBSTONES}}}deleted-entry")
            element.set("ref", grave.guid)
            element.set("when", grave.at.isoformat())
            if words := _epitaph(grave):
                etree.SubElement(element, f"{{{_TOMBSTONES}}}comment").text = words

    def extend_rss(self, rss: etree._Element) -> None:
        _refer(rss.iterfind("channel/title"))
        _refer(rss.iterfind("channel/description"))
        for channel in rss.iterfind("channel"):
            self._page(channel)

    def _page(self, parent: etree._Element) -> None:
        paging = self._document.paging
        if paging.archive:
            etree.SubElement(parent, f"{{{_HISTORY}}}archive")
        for rel, address in (
            ("current", paging.current),
            ("prev-archive", paging.previous),
            ("next-archive", paging.following),
            ("next", paging.later),
        ):
            if address:
                # feedgen writes Atom's own elements without a namespace; with one, lxml would make up a prefix.
                link = etree.SubElement(parent, "link" if self._suffix == "atom" else f"{{{_ATOM}}}link")
                link.set("rel", rel)
                link.set("href", with_suffix(address, self._suffix))

    def _gone(self) -> list[Tombstone]:
        return [grave for grave in self._document.tombstones if grave.kind == "gone"]


def _epitaph(grave: Tombstone) -> str:
    return f"Its full article is {grave.successor}" if grave.successor else grave.reason


class _EntryMend:
    """A feedgen extension of an entry: puts back what feedgen loses, adds what it cannot say."""

    entry: FeedEntry

    def extend_atom(self, element: etree._Element) -> None:
        element.set(_XML_LANG, self.entry.language)
        for link, told in zip(element.iterfind("link"), _links(self.entry), strict=True):
            for name, value in told.items():
                link.set(name, value)
        _refer(element.iterfind("title"))
        _refer(element.iterfind("author/name"))
        self._source(element)

    def _source(self, element: etree._Element) -> None:
        """Name the publisher as the feed that the entry is from (RFC 4287 section 4.2.11), which must have an id."""
        if self.entry.source:
            source = etree.SubElement(element, "source")
            etree.SubElement(source, "id").text = source_id(self.entry.source)
            etree.SubElement(source, "title").text = self.entry.source
            etree.SubElement(source, "updated").text = self.entry.updated.isoformat()
            _refer(source.iterfind("title"))

    def extend_rss(self, element: etree._Element) -> None:
        for name in self.entry.authors:
            etree.SubElement(element, f"{{{_DC}}}creator").text = name
        etree.SubElement(element, f"{{{_DC}}}language").text = self.entry.language
        if self.entry.source:
            etree.SubElement(element, f"{{{_DC}}}publisher").text = self.entry.source
        for told in _links(self.entry)[1:]:
            etree.SubElement(element, f"{{{_ATOM}}}link", told)
        _refer(element.iterfind("title"))
        _refer(element.iterfind("category"))
        _refer(element.iterfind(f"{{{_DC}}}publisher"))


def _refer(elements: Iterable[etree._Element]) -> None:
    """Write `&` and `<` of a plain text as `&#x26;` and `&#x3C;`.

    XML reads the same, but readers that cannot tell text from markup in RSS take it for text ("Character data" in the
    RSS Best Practices Profile), and so does the W3C validator.
    """
    for element in elements:
        text, *rest = _MARKS.split(element.text or "")
        if not rest:
            continue
        element.text = text
        for mark, tail in zip(rest[::2], rest[1::2], strict=True):
            reference = etree.Entity("#x26" if mark == "&" else "#x3C")
            reference.tail = tail
            element.append(reference)
