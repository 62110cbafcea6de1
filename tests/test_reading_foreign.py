"""Readable text that is refused, and text that only looks like it."""

from __future__ import annotations

import pytest

from feeds.errors import SeedInvalid
from feeds.reading.sniff import sniff

SVG = '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"><text>Tugs</text></svg>'


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (SVG, "a.svg", "this is a drawing (SVG), no article"),
        (SVG, "a.html", "this is a drawing (SVG), no article"),
        ('<rss version="2.0"><channel></channel></rss>', "a.xml", "this is a feed (RSS), no article"),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', "a", "this is a feed (Atom), no article"),
        ("<!DOCTYPE nitf SYSTEM 'nitf.dtd'>\n<nitf><body>x</body></nitf>", "a.txt", "this is XML with the root <nitf>"),
        ('<?xml version="1.0"?><config a="1"/>', "a.conf", "this is XML with the root <config>"),
        ("port,boats,crew\nLow,2,9\nHigh,4,30\n", "a.csv", "this is a table of values, no article"),
        ("port\tboats\tcrew\nLow\t2\t9\nHigh\t4\t30\n", "a", "this is a table of values, no article"),
    ],
)
def test_refused(text: str, name: str, reason: str) -> None:
    with pytest.raises(SeedInvalid) as raised:
        sniff(text, name)

    assert str(raised.value).startswith(reason)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html>', "a.xhtml", "html"),
        ("<!DOCTYPE html><svg></svg><p>Tugs</p>", "a.html", "html"),
        ("port,boats,crew\nLow,2,9\nHigh,4,30\n", "a.txt", "text"),
        ("Tugs, said Low, met.\n\nBoth towns, he said, agreed; crews, too, did.\n\nNobody left.", "a", "text"),
        ("<?" * 50_000, "a.txt", "text"),
        ("<!--" * 50_000, "a.txt", "text"),
    ],
)
def test_read(text: str, name: str, expected: str) -> None:
    assert sniff(text, name) == expected
