"""What a text declares at its top, and what is refused there."""

from __future__ import annotations

import pytest

from feeds.errors import SeedInvalid
from feeds.reading.frontmatter import split_front_matter, web_address
from feeds.reading.page import Declared, Stamp

FULL = """---
title: >-
  Towns share
  their tugs
date: 2025-06-11
published_time: 2025-06-11 08:00:00+02:00
updated: 2025-06-12
author: Jane Doe, John Roe
url: https://example.org/a
id: 17
language: en
topics: [shipping, towns]
actors:
  - name: Harbour Council
  - Pilots' Guild
summary: They did.
---
Body."""


def test_every_field() -> None:
    declared, start = split_front_matter(FULL)

    assert FULL[start:].strip() == "Body."
    assert declared == Declared(
        title="Towns share their tugs",
        summary="They did.",
        published=(Stamp("2025-06-11 08:00:00+02:00", "published_time"), Stamp("2025-06-11", "date")),
        updated=(Stamp("2025-06-12", "updated"),),
        url="https://example.org/a",
        id="17",
        language="en",
        authors=("Jane Doe", "John Roe"),
        topics=("shipping", "towns"),
        actors=("Harbour Council", "Pilots' Guild"),
    )


def test_yaml_without_the_quotes_it_needs() -> None:
    declared, _ = split_front_matter("---\ntitle: Tugs: a history\ndate: 2025-01-02\n---\nBody.")

    assert declared is not None
    assert (declared.title, declared.published) == ("Tugs: a history", (Stamp("2025-01-02", "date"),))


TOML = """+++
title = "Towns share their tugs"
date = 2025-06-11
published_time = 2025-06-11T08:00:00+02:00
updated = 2025-06-12
author = ["Jane Doe", "John Roe"]
id = 17
draft = false
topics = ["shipping", "towns"]

[params]
title = "of the theme"
+++
Body."""


def test_toml_between_pluses() -> None:
    declared, start = split_front_matter(TOML)

    assert TOML[start:].strip() == "Body."
    assert declared == Declared(
        title="Towns share their tugs",
        published=(Stamp("2025-06-11T08:00:00+02:00", "published_time"), Stamp("2025-06-11", "date")),
        updated=(Stamp("2025-06-12", "updated"),),
        id="17",
        authors=("Jane Doe", "John Roe"),
        topics=("shipping", "towns"),
    )


@pytest.mark.parametrize(
    "rest", ["", "date = 2025-13-40\n", "a = " + "[" * 9_000, "a." * 8_000 + "a = 1", "a = 0x" + "f" * 9_000]
)
def test_broken_toml_still_has_its_lines(rest: str) -> None:
    declared, _ = split_front_matter(f"+++\ntitle = 'Tugs'\nurl = https://example.org/a\n{rest}\n+++\nBody.")

    assert declared is not None
    assert (declared.title, declared.url) == ("Tugs", "https://example.org/a")


@pytest.mark.parametrize(
    "text",
    [
        "---\nno end of it",
        "--- text\n---\n",
        "---\n- a\n- b\n---\nx",
        "Text first\n---\n",
        "+++\nno end",
        "+++\ntext\n---\n",
    ],
)
def test_a_rule_of_dashes_or_pluses_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text) == (None, 0)


def test_a_head_of_labels() -> None:
    text = "Title: Tugs\nDate: 2025-01-02\nAuthor: Jane Doe\n\nBody."

    declared, start = split_front_matter(text)

    assert declared is not None
    assert (declared.title, declared.authors, text[start:].strip()) == ("Tugs", ("Jane Doe",), "Body.")


def test_one_label_alone_is_text() -> None:
    assert split_front_matter("Source: the harbour\nBody.") == (None, 0)


@pytest.mark.parametrize(
    ("matter", "reason"),
    [
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: " + "[" * 9, "nested deeper"),
        ("a: b\n" * 5_000, "longer than"),
    ],
)
def test_hostile_front_matter(matter: str, reason: str) -> None:
    with pytest.raises(SeedInvalid, match=reason):
        split_front_matter(f"---\n{matter}\n---\nBody.")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b", 'https://a"b', "ftp://example.org", "https://", ""]
)
def test_what_is_no_web_address(url: str) -> None:
    assert web_address(url) is None
