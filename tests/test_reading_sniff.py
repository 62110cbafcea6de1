"""Formats by suffix and by content."""

from __future__ import annotations

import pytest

from feeds.reading.sniff import sniff


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Talks", "a.txt", "text"),
        ("Talks", "A.TXT", "text"),
        ("# Talks", "a.md", "markdown"),
        ("<p>Talks</p>", "a.htm", "html"),
        ("{}", "a.json", "json"),
        ("<!DOCTYPE html><html>", "a.txt", "html"),
        ('<?xml version="1.0"?>\n<html>', "a", "html"),
        ("<p>a</p><p>b</p>", "a.dat", "html"),
        ("Talks <b>resume</b> in <i>Seoul</i>", "a.txt", "markdown"),
        ('{"title": "Talks"}', "a.dat", "json"),
        ("{curly} talk", "a.txt", "text"),
        ("# Talks\n\n[a](https://example.org)", "sub.folder/a", "markdown"),
        ("Talks\n\n3 < 4 and 5 > 4", "a", "text"),
    ],
)
def test_sniff(text: str, name: str, expected: str) -> None:
    assert sniff(text, name) == expected
