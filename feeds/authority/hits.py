"""Turn the names of a text, with the titles beside them, into hits: who may be meant, and by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.authority.bounds import script
from feeds.authority.model import Rule
from feeds.authority.namesakes import longer, namesake
from feeds.authority.places import elsewhere, piece, thing
from feeds.authority.spots import Beside, Hit, Spot, country_of
from feeds.authority.surnames import another_person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.authority.model import Authority
    from feeds.authority.pairs import Pairs

NAMESAKE = "name of somebody else"  # the rule of an unknown hit that makes the whole story's hits of the name doubtful
_SUPPORTED = Rule(names=(), example="", accepts="", needs=())  # the story must name the actor otherwise too
_HONORIFIC = ("Mr",)  # the title in names.toml that is said of anybody


class Hits:
    """The hits of one text. `bearers` are the slugs by family name, `misspelt` (slug, title) by wrong form."""

    def __init__(
        self,
        pairs: Pairs,
        authority: Authority,
        bearers: Mapping[str, tuple[str, ...]],
        misspelt: Mapping[str, list[tuple[str, str]]],
    ) -> None:
        self._pairs, self._authority, self._bearers, self._misspellings = pairs, authority, bearers, misspelt

    def read(self, *, titled: bool = False) -> list[Hit]:
        """Every hit, or every one beside a title, in order."""
        beside = self._pairs.beside
        found = [
            self._hit(spot, beside.get(number))
            for number, spot in enumerate(self._pairs.names)
            if number in beside or not titled
        ]
        found += [
            self._role(self._bearers[family], beside, start, beside.end)
            for family, start, beside in self._pairs.families
        ]
        return sorted((hit for hit in found if hit is not None), key=lambda hit: (hit.start, hit.end))

    def _hit(self, spot: Spot, beside: Beside | None) -> Hit | None:
        kind, targets, (start, end) = spot.form.kind, spot.form.targets, spot[1:]
        if kind == "name":
            return self._name(spot, beside)
        if kind == "alone":
            return self._alone(spot, beside)
        if kind == "family":
            return self._family(spot, beside)
        if kind == "misspelt":
            wrong = self._misspelt(spot, beside)
            return Hit("name", (wrong,), start, end, "misspelling beside title") if wrong else None
        others = {
            "shared": Hit("name", targets, start, end, "shared name", condition=spot.form.rule),
            "short": Hit("short", targets, start, end, "short name"),
            "generic": Hit("generic", targets, start, end, "generic name"),
        }
        hit = others.get(kind)
        return hit._replace(country=self._pairs.country_of(spot)) if hit and kind == "generic" else hit

    def _name(self, spot: Spot, beside: Beside | None, rule: str = "name") -> Hit | None:
        slug, condition = spot.form.targets[0], spot.form.rule
        titles, former = (beside.titles, beside.former) if beside else ((), False)
        wrong = self._misspelt(spot, beside)
        if wrong and not any(role.title in titles for role in self._authority.actors[slug].roles):
            return Hit("name", (wrong,), spot.start, spot.end, "misspelling beside title", titles, former)
        if condition and condition.before is not None:
            if not self._pairs.text.startswith(tuple(" " + word for word in condition.before), spot.end):
                return None
            condition = None
        condition = condition if condition and condition.needs is not None else None
        if self._authority.actors[slug].type == "country" and script(self._pairs.text[spot.start]) == "word":
            if elsewhere(self._pairs.text, spot.start, spot.end):
                return None
            condition = condition or self._doubt(spot)
        if spot.form.korean and self._somebody_else(spot, beside):
            return Hit("unknown", spot.form.targets, spot.start, spot.end, NAMESAKE)
        return Hit("name", spot.form.targets, spot.start, spot.end, rule, titles, former, condition=condition)

    def _doubt(self, spot: Spot) -> Rule | None:
        """A country's Latin name that may be a piece of another name, or name a thing, does not count by itself."""
        pairs = self._pairs
        part = spot.form.place and piece(pairs.text, spot.start, spot.end, pairs.by_end, pairs.starts)
        return _SUPPORTED if part or thing(pairs.text, spot.end) else None

    def _somebody_else(self, spot: Spot, beside: Beside | None) -> bool:
        office = beside is not None and beside.titles != _HONORIFIC
        text, end = self._pairs.text, spot.end
        return (spot.form.korean == "short" and longer(text, end)) or (not office and namesake(text, spot.start, end))

    def _alone(self, spot: Spot, beside: Beside | None) -> Hit | None:
        """A family name that counts alone, unless its title or its given name is another bearer's."""
        if beside and beside.titles != _HONORIFIC:
            other = self._role(self._bearers.get(spot.form.text, spot.form.targets), beside, *_span(spot, beside))
            if other.kind == "role" and spot.form.targets[0] not in other.targets:
                return other
        elif self._another(spot):
            return Hit("unknown", spot.form.targets, spot.start, spot.end, "another person's name")
        return self._name(spot, beside, "name alone")

    def _family(self, spot: Spot, beside: Beside | None) -> Hit:
        people = spot.form.targets
        if self._another(spot, beside):
            return Hit("unknown", people, spot.start, spot.end, "another person's name")
        if beside and beside.titles != _HONORIFIC:
            return self._role(people, beside, *_span(spot, beside))
        return Hit("family", people, spot.start, spot.end, "family name")

    def _another(self, spot: Spot, beside: Beside | None = None) -> bool:
        titled = beside is not None and beside.end <= spot.start
        pairs = self._pairs
        return another_person(pairs.text, spot.start, spot.end, pairs.by_end, pairs.by_start, titled=titled)

    def _role(self, people: tuple[str, ...], beside: Beside, start: int, end: int) -> Hit:
        """The people of the family who ever held the title; if none did, the family name alone must do."""
        meant = tuple(slug for slug in people if self._ever(slug, beside))
        if not meant:
            return Hit("family", people, start, end, "title and family name")
        return Hit("role", meant, start, end, "title and family name", beside.titles, beside.former, beside.country)

    def _ever(self, slug: str, beside: Beside) -> bool:
        return any(
            role.title in beside.titles and beside.country in (None, country_of(self._authority, role.of))
            for role in self._authority.actors[slug].roles
        )

    def _misspelt(self, spot: Spot, beside: Beside | None) -> str | None:
        """Whom the form means beside this title, if it is a misspelling beside it."""
        titles = beside.titles if beside else ()
        return next((slug for slug, title in self._misspellings.get(spot.form.text, ()) if title in titles), None)


def _span(spot: Spot, beside: Beside) -> tuple[int, int]:
    return min(spot.start, beside.start), max(spot.end, beside.end)
