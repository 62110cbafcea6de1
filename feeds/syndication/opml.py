"""OPML 2.0: every feed in one file, for import into a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from feeds.syndication.addresses import feed_path, http_url
from feeds.syndication.dates import rfc822
from feeds.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.syndication.document import Channel
    from storage.types import Feed

_FOLDERS = (("latest", "Latest"), ("topic", "Topics"), ("actor", "Actors"))


def opml(feeds: Sequence[Feed], channel: Channel) -> bytes:
    """Write the feeds, in the order given, into a folder for each kind; a kind without feeds has no folder.

    Every outline has type, text, title, xmlUrl and htmlUrl: readers skip those without `type="rss"`, which stands for
    Atom too (scripting/opml.org#21). The same feeds give the same bytes.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = clean(channel.title)
    if feeds:
        etree.SubElement(head, "dateModified").text = rfc822(max(feed.changed_at for feed in feeds))
    body = etree.SubElement(root, "body")
    for kind, name in _FOLDERS:
        members = [feed for feed in feeds if feed.key.kind == kind]
        if members:
            folder = etree.SubElement(body, "outline", text=name)
            for feed in members:
                folder.append(_outline(feed, channel))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _outline(feed: Feed, channel: Channel) -> etree._Element:
    url = (http_url(channel.base_url) or channel.base_url) + feed_path(feed.key)
    label = clean(feed.label).strip() or feed.key.slug
    return etree.Element("outline", type="rss", text=label, title=label, xmlUrl=f"{url}.atom", htmlUrl=url)
