from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from feeds.syndication.build import build, feed_id
from feeds.syndication.document import Category, Channel, FeedEntry
from feeds.syndication.formats import FORMATS
from storage.types import LATEST, UNDATED, FeedKey, Published, Tag
from tests.syndication_samples import CHANGED, DAY, EXACT, LABELS, RUBIO_TAG, SEOUL, TRADE_TAG, document, entry, feed

PAGE = "https://feeds.example/items/00000000-0000-5000-8000-000000000001"


def built(published_at: datetime | None = None, **fields: Any) -> FeedEntry:
    return document(entry(published_at=published_at, **fields)).entries[0]


def test_a_feed_says_what_it_is_and_where() -> None:
    told = document()
    assert told.title == "Marco Rubio · Dateline"
    assert told.subtitle == "Items in which Marco Rubio takes part, the newest arrival first"
    assert told.url == "https://feeds.example/actors/marco-rubio"
    assert told.self_urls == {
        "rss": "https://feeds.example/actors/marco-rubio.rss",
        "atom": "https://feeds.example/actors/marco-rubio.atom",
        "json": "https://feeds.example/actors/marco-rubio.json",
        "ics": "https://feeds.example/actors/marco-rubio.ics",
    }
    assert (told.updated, told.author, told.max_age, told.entries) == (CHANGED, "Dateline", 60, ())


@pytest.mark.parametrize(("slug", "title"), [("marco-rubio", "marco-rubio · Dateline"), ("", "Dateline · Dateline")])
def test_a_feed_without_a_label_still_has_a_title(slug: str, title: str) -> None:
    assert document(slug=slug, label=" \x00").title == title


def test_ids_of_feeds_are_permanent_and_distinct() -> None:
    # Literal: another value here would show every subscriber of every server a new feed.
    assert feed_id(LATEST) == "urn:uuid:0aa72c7e-da1c-51d2-96ef-51c189340563"
    assert feed_id(FeedKey("actor", "marco-rubio")) == "urn:uuid:e8807d83-db41-50f7-92fc-d8553b89fdd3"
    assert len({feed_id(LATEST), feed_id(FeedKey("topic", "korea")), feed_id(FeedKey("actor", "korea"))}) == 3


def test_moving_the_server_changes_no_id() -> None:
    here = document(entry())
    there = document(entry(), channel=Channel("http://other.example/feeds", title="Elsewhere"))
    assert here.id == there.id
    assert here.entries[0].guid == there.entries[0].guid
    assert there.url == "http://other.example/feeds/actors/marco-rubio"


def test_an_entry_points_to_the_article_and_to_its_page() -> None:
    told = built()
    assert told.url == "https://news.example/a?x=1&y=2"
    assert told.page == PAGE


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://user:pw@news.example/"])
def test_without_a_plain_web_address_the_entry_points_to_its_page(url: str | None) -> None:
    assert built(url=url).url == PAGE


def test_text_becomes_escaped_paragraphs() -> None:
    told = built(body='One & <b onclick="x">\nline.\n \n\n<script>alert(1)</script> ]]>\n')
    assert told.content_html == (
        '<p>One &amp; &lt;b onclick="x"&gt;<br>line.</p><p>&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt;</p>'
    )
    assert told.summary_html == "<p>Talks are to go on.</p>"


def test_what_xml_cannot_hold_is_dropped_and_the_rest_kept() -> None:
    told = built(title="\x00A\x0b\ufffe\ud800\U0001f600\u2028𠮷\x85B", authors=("\x01", "K\x02im"))
    assert told.title == "A\U0001f600\u2028𠮷\x85B"
    assert told.authors == ("Kim",)


def test_an_inexact_date_is_the_first_paragraph() -> None:
    told = built(published=DAY)
    assert told.date_note == "Published on 2024-12-24, the day only, from the dateline, “SEOUL, Dec. 24”."
    assert (
        told.content_html
        == f'<p lang="en">{told.date_note}</p><p>Envoys met on Tuesday.</p><p>They will meet again.</p>'
    )
    assert told.summary_html == "<p>Talks are to go on.</p>"


def test_only_summaries_are_republished_if_the_operator_says_so() -> None:
    told = document(entry(published=DAY), channel=Channel("https://feeds.example", content="summary")).entries[0]
    assert told.content_html is None
    assert told.summary == "Talks are to go on."
    assert told.summary_html == f'<p lang="en">{told.date_note}</p><p>Talks are to go on.</p>'


def test_without_a_summary_the_first_paragraph_stands_for_it() -> None:
    assert built(summary=" ").summary == "Envoys met on Tuesday."


def test_a_long_first_paragraph_is_cut_at_a_word() -> None:
    told = built(summary="", body="word, " * 100)
    assert told.summary == "word, " * 49 + "word…"
    assert built(summary="", body="回" * 400).summary == "回" * 300 + "…"


def test_an_empty_report_still_makes_an_entry() -> None:
    told = built(title="\x00", summary="", body="")
    assert (told.title, told.summary, told.content_html) == ("Untitled", "Untitled", "<p>Untitled</p>")


def test_an_exact_time_keeps_the_offset_of_its_source() -> None:
    assert built().published_at.isoformat() == "2024-12-25T05:10:00+09:00"


@pytest.mark.parametrize("published", [DAY, UNDATED])
def test_any_other_time_is_in_utc(published: Published) -> None:
    moment = datetime(2024, 12, 24, 12, tzinfo=SEOUL)
    assert built(moment, published=published).published_at.isoformat() == "2024-12-24T03:00:00+00:00"


def test_an_offset_with_seconds_is_none_that_rfc_3339_can_write() -> None:
    mean_time = timezone(timedelta(hours=8, minutes=27, seconds=52))
    old = datetime(1905, 1, 1, 8, 27, 52, tzinfo=mean_time)
    told = built(old.astimezone(UTC), published=Published("second", "metadata", instant=old))
    assert told.published_at.isoformat() == "1905-01-01T00:00:00+00:00"


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=SEOUL), datetime.max.replace(tzinfo=UTC)])
@pytest.mark.parametrize("published", [EXACT, DAY, UNDATED])
def test_the_ends_of_time_do_not_break_a_feed(moment: datetime, published: Published) -> None:
    told = document(entry(published_at=moment, published=published))
    assert told.entries[0].published_at.year in {1, 9999}
    assert all(form.write(told) for form in FORMATS.values())


def test_topics_come_before_actors_and_what_matters_most_first() -> None:
    tags = (RUBIO_TAG, Tag("actor", "ab", "mentioned", 0.95), Tag("topic", "z", "mentioned", 0.4), TRADE_TAG)
    assert [category.term for category in built(tags=tags).categories] == ["trade-tariffs", "z", "ab", "marco-rubio"]
    assert built(tags=tags).categories == built(tags=tags[::-1]).categories


def test_a_category_has_our_name_and_the_worlds() -> None:
    assert built(tags=(RUBIO_TAG,)).categories == (
        Category(
            kind="actor",
            term="marco-rubio",
            label="Marco Rubio",
            scheme="https://feeds.example/actors",
            uri="https://www.wikidata.org/entity/Q324546",
            role="principal",
            salience=0.9,
            evidence=RUBIO_TAG.evidence,
        ),
    )


def test_a_subject_without_a_label_is_called_by_its_slug() -> None:
    (category,) = built(tags=(Tag("topic", "new-one", "mentioned", 0.1),)).categories
    assert (category.label, category.uri, category.scheme) == ("new-one", None, "https://feeds.example/topics")


@pytest.mark.parametrize(
    ("language", "told"), [("ko", "ko"), ("zh-Hans", "zh-Hans"), ("und", "und"), ("", "und"), ("e\x00n", "und")]
)
def test_what_is_no_language_tag_is_undetermined(language: str, told: str) -> None:
    assert built(language=language).language == told


def test_entries_keep_the_order_of_the_window_and_no_id_comes_twice() -> None:
    told = document(entry(3), entry(1), entry(2), entry(3, title="Again"))
    assert [each.guid[-1] for each in told.entries] == ["3", "1", "2"]
    assert told.entries[0].title == "The envoy & the tariffs"


def test_an_address_that_is_not_ascii_is_written_so() -> None:
    told = build(feed("actor", "韩美", "韩美"), [], LABELS, Channel("https://뉴스.example/시작"))
    assert told.url == "https://xn--vg1b002a.example/%EC%8B%9C%EC%9E%91/actors/%E9%9F%A9%E7%BE%8E"
