"""Cleaning, folding, sentences, likeness, digests and slugs."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.text import alike, clean, clean_line, digest, fold, sentences, slug

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=60)


@given(ANY_TEXT)
def test_clean_text_is_what_xml_can_hold_and_nothing_fit_is_lost(text: str) -> None:
    cleaned = clean(text)
    element = etree.Element("a")
    element.text = cleaned  # lxml refuses what XML 1.0 cannot hold
    assert clean(cleaned) == cleaned
    if not any("\x80" <= char <= "\x9f" for char in text):
        assert cleaned == unicodedata.normalize("NFC", "".join(filter(is_fit, text)))


def test_what_validators_warn_of_is_mended_or_dropped() -> None:
    assert clean("\x93It\x92s here\x94 \x96 \x80 5, \x81he said\ufffd.") == "“It’s here” – € 5, he said."


def is_fit(char: str) -> bool:
    """XML 1.0 section 2.2, production 2, but for U+FFFD."""
    code = ord(char)
    return char in "\t\n\r" or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFD or code > 0xFFFF


def test_a_line_loses_what_reorders_or_hides() -> None:
    assert clean_line(" a\u202e\u2066b\u200b\u00ad\n\t c\ufeff ") == "ab c"


def test_folding_forgets_case_width_and_punctuation() -> None:
    assert fold("The “TALKS”, ＡＢＣ — 한미!") == "the talks abc 한미"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("两国会谈。结束了！", ["两国会谈。", "结束了！"]),
        ("A title\n\nA body.", ["A title", "A body."]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_likeness_is_the_share_of_the_shorter_text() -> None:
    assert alike("One. Two.", "ONE! Two. Three. Four.") == 1.0
    assert alike("One. Two.", "One. Three.") == 0.5
    assert alike("", "One.") == 0.0


def test_a_digest_keeps_its_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")
    assert len(digest("\ud800")) == 64


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marco Rubio", "marco-rubio"),
        ("  Trade & tariffs! ", "trade-tariffs"),
        ("İstanbul", "istanbul"),
        ("한국", "한국"),
        (unicodedata.normalize("NFD", "한국"), "한국"),
        ("Ｆｕｌｌ　width", "full-width"),
        ("Foo_bar", "foo-bar"),
        ("…", ""),
        ("0_{0", "0-0"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(ANY_TEXT)
def test_a_slug_of_a_slug_is_itself_and_survives_a_url(name: str) -> None:
    once = slug(clean(name))
    assert slug(once) == once
    assert unquote(quote(once)) == once
