"""What an article is about: which actors take part in the story, and its topics, each with the words that say so.

Tagger(authority).tag(story) -> tuple[Tag, ...]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.types import UNDATED

if TYPE_CHECKING:
    from storage.types import Published


@dataclass(frozen=True, slots=True)
class Story:
    """What the tagger looks at: only the item's own words, never captions, credits or related reports.

    `topics` and `actors` are names or slugs that the seed declares itself; they win and are marked `declared`.
    """

    title: str
    summary: str
    body: str
    language: str
    published: Published = UNDATED
    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
