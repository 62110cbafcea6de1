from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.syndication.addresses import feed_path, http_url, item_path, list_path
from storage.types import LATEST, FeedKey


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (LATEST, "/latest"),
        (FeedKey("topic", "trade-tariffs"), "/topics/trade-tariffs"),
        (FeedKey("actor", "韩美"), "/actors/%E9%9F%A9%E7%BE%8E"),
        (FeedKey("actor", "a/b?c"), "/actors/a%2Fb%3Fc"),
    ],
)
def test_a_feed_has_one_path(key: FeedKey, path: str) -> None:
    assert feed_path(key) == path


def test_lists_and_items_have_their_paths() -> None:
    assert (list_path("topic"), list_path("actor")) == ("/topics", "/actors")
    assert item_path("0b0e-1") == "/items/0b0e-1"


@pytest.mark.parametrize(
    ("given_url", "shown"),
    [
        ("https://news.example/a?b=c&d=e#f", "https://news.example/a?b=c&d=e#f"),
        ("HTTP://News.Example:8080/A", "http://news.example:8080/A"),
        ("https://news.example/뉴스", "https://news.example/%EB%89%B4%EC%8A%A4"),
        ("https://news.example/%EB%89%B4%EC%8A%A4", "https://news.example/%EB%89%B4%EC%8A%A4"),
        ("https://news.example/100%?q=50%zz", "https://news.example/100%25?q=50%25zz"),
        (
            'https://news.example/a b"<c>[d]{e}|f\\g^`',
            "https://news.example/a%20b%22%3Cc%3E%5Bd%5D%7Be%7D%7Cf%5Cg%5E%60",
        ),
        ("https://뉴스.example/", "https://xn--vg1b002a.example/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://news.example/a\x00b\ud800", "https://news.example/ab"),
    ],
)
def test_an_address_is_written_in_ascii_and_encoded_once(given_url: str, shown: str) -> None:
    assert http_url(given_url) == shown
    assert http_url(shown) == shown


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "ftp://news.example/a",
        "file:///etc/passwd",
        "//news.example/a",
        "/a",
        "https:///a",
        "https://user:secret@news.example/",
        "https://news.example:99999/",
        "https://news.example:x/",
        "https://news.example:0/",
        "https://[::1/",
        "https://exa mple/",
        'https://a"onclick=x/',
        "https://-/",
        f"https://{'뉴' * 80}.example/",
    ],
)
def test_what_is_no_plain_web_address_is_not_shown(url: str) -> None:
    assert http_url(url) is None


@given(st.text(st.characters(exclude_categories=())) | st.from_regex(r"https?://[\w.\[\]:]{1,20}/.{0,20}"))
def test_any_text_is_refused_or_safe(text: str) -> None:
    shown = http_url(text)
    if shown is not None:
        assert shown.isascii()
        assert shown.isprintable()
        assert not set(shown) & set(' "<>\\^`{|}')
        assert http_url(shown) == shown
