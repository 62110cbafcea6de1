from __future__ import annotations

import pytest

from feeds.syndication.build import SUFFIXES
from feeds.syndication.formats import FORMATS, OPML_MEDIA_TYPE, PAGED
from tests.syndication_samples import document, entry

HEAD = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n"
    b'<?xml-stylesheet type="text/css" href="https://feeds.example/static/feed.css"?>\n'
)


@pytest.mark.parametrize(
    ("suffix", "media_type", "begin"),
    [
        ("rss", "application/rss+xml; charset=utf-8", HEAD + b"<rss "),
        ("atom", "application/atom+xml; charset=utf-8", HEAD + b"<feed "),
        ("json", "application/feed+json; charset=utf-8", b'{"version":"https://jsonfeed.org/version/1.1",'),
        ("ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR\r\n"),
    ],
)
def test_a_suffix_names_a_media_type_and_a_writer(suffix: str, media_type: str, begin: bytes) -> None:
    form = FORMATS[suffix]
    assert form.media_type == media_type
    assert form.link_type == media_type.split(";", maxsplit=1)[0]
    assert form.write(document(entry())).startswith(begin)


def test_the_table_holds_every_address_that_a_feed_gives_itself() -> None:
    assert tuple(FORMATS) == SUFFIXES
    assert PAGED == ("rss", "atom", "json")
    assert OPML_MEDIA_TYPE == "text/x-opml; charset=utf-8"
