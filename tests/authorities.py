"""The shipped authority and its tagger, loaded once for all tests, and stories made from one line."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from feeds.authority import load_authority
from feeds.tagging import Story
from feeds.tagging.tag import Tagger
from storage.types import UNDATED, Published

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.authority import Authority


@cache
def shipped() -> Authority:
    return load_authority(None)


@cache
def tagger() -> Tagger:
    return Tagger(shipped())


def on(day: str) -> Published:
    """Published on that day."""
    return Published("day", "declared", first=date.fromisoformat(day), last=date.fromisoformat(day))


def story(body: str, day: str = "", *, title: str = "", summary: str = "", language: str = "en") -> Story:
    return Story(title, summary, body, language, on(day) if day else UNDATED)


def actors(body: str, day: str = "", *, title: str = "", language: str = "und") -> set[str]:
    tags = tagger().tag(story(body, day, title=title, language=language))
    return {tag.slug for tag in tags if tag.kind == "actor"}


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder
