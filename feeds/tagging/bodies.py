"""Whose foreign ministry, which embassy: bodies that a story names by a word that many governments share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.authority.model import Authority, Generic
    from feeds.authority.spots import Hit
    from feeds.tagging import Story

# The country that a story is mostly about must have this share of all its countries' weight.
_DOMINANT = 0.4


class Bodies:
    """What the generic words of one story mean, given the actors already found in it and what each weighs."""

    def __init__(self, authority: Authority, story: Story, actors: Iterable[tuple[str, float]]) -> None:
        self.authority = authority
        self.language = story.language.partition("-")[0].lower().removeprefix("und")
        self.published = story.published
        self.generics = {generic.generic: generic for generic in authority.generics}
        self.weights: dict[str, float] = defaultdict(float)
        for slug, weight in actors:
            self.weights[slug] += weight

    def meant(self, hit: Hit) -> str | None:
        """The body that a generic or short name means, or None."""
        if hit.kind == "generic":
            generic = self.generics[hit.targets[0]]
            country = hit.country or generic.home.get(self.language or hit.targets[1]) or self._dominant(generic)
            return generic.members.get(country) if country else None
        if hit.kind == "short":
            return next((slug for slug in hit.targets if self._present(slug)), None)
        return None

    def _dominant(self, generic: Generic) -> str | None:
        """The weightiest country of the story among those that use this word."""
        weights = {
            slug: weight
            for slug, weight in self.weights.items()
            if self.authority.actors[slug].type == "country" and slug not in generic.never
        }
        if not weights:
            return None
        best = min(weights, key=lambda slug: (-weights[slug], slug))
        return best if weights[best] >= _DOMINANT * sum(weights.values()) else None

    def _present(self, body: str) -> bool:
        """Whether the story names the body, or somebody who held an office of it at the story's date."""
        return body in self.weights or any(self._in_office(slug, body) for slug in self.weights)

    def _in_office(self, slug: str, body: str) -> bool:
        first, last = self.published.first, self.published.last
        return any(
            role.of == body and (role.held(first, last) if first and last else role.end is None)
            for role in self.authority.actors[slug].roles
        )
