from __future__ import annotations

from datetime import timedelta

from lxml import etree

from feeds.syndication.opml import opml
from tests.syndication_samples import CHANGED, CHANNEL, feed

FEEDS = (
    feed("latest", "", "Latest"),
    feed("topic", "trade-tariffs", "Trade & <tariffs>", changed_at=CHANGED + timedelta(days=1)),
    feed("actor", "marco-rubio", "Marco Rubio"),
    feed("actor", "韩美", "韩\x00美"),
)


def test_every_feed_is_in_the_folder_of_its_kind() -> None:
    root = etree.fromstring(opml(FEEDS, CHANNEL))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Dateline")
    assert root.findtext("head/dateModified") == "Tue, 03 Mar 2026 09:30:15 +0000"
    folders = {folder.get("text"): [dict(each.attrib) for each in folder] for folder in root.findall("body/outline")}
    assert list(folders) == ["Latest", "Topics", "Actors"]
    assert folders["Topics"] == [
        {
            "type": "rss",
            "text": "Trade & <tariffs>",
            "title": "Trade & <tariffs>",
            "xmlUrl": "https://feeds.example/topics/trade-tariffs.atom",
            "htmlUrl": "https://feeds.example/topics/trade-tariffs",
        }
    ]
    assert [outline["xmlUrl"] for outline in folders["Actors"]] == [
        "https://feeds.example/actors/marco-rubio.atom",
        "https://feeds.example/actors/%E9%9F%A9%E7%BE%8E.atom",
    ]
    assert folders["Actors"][1]["text"] == "韩美"


def test_a_kind_without_feeds_has_no_folder() -> None:
    root = etree.fromstring(opml((), CHANNEL))
    assert root.findall("body/outline") == []
    assert root.findall("head/dateModified") == []


def test_bytes_are_always_the_same() -> None:
    assert opml(FEEDS, CHANNEL) == opml(FEEDS, CHANNEL)
    assert opml(FEEDS, CHANNEL).startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<opml")
