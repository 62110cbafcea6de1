"""The values between the automaton and the tagger: where forms stand, the titles beside them, the hits they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from feeds.authority.model import Authority, Rule
    from feeds.authority.patterns import Form


class Spot(NamedTuple):
    """A form where the folded text holds it."""

    form: Form
    start: int
    end: int


class Beside(NamedTuple):
    """The title next to a name: whose country, and whether past; `start` and `end` span the words in between too."""

    titles: tuple[str, ...]
    start: int
    end: int
    country: str | None
    former: bool


class Hit(NamedTuple):
    """One mention in a text; `start` and `end` count its code points.

    `name`: `targets` are the actors meant. `role`: one of `targets` who held one of `titles`, of `country` if that is
    set. `family`: one of `targets`, if the story names one in full. `unknown`: somebody else of that family. `generic`:
    `targets` are the generic's name and the language of the form. `short`: a word for one of `targets`. `titles` stand
    beside a name too; `former` says that they are past. A name with a `condition` counts only if that holds.
    """

    kind: Literal["name", "role", "family", "unknown", "generic", "short"]
    targets: tuple[str, ...]
    start: int
    end: int
    rule: str
    titles: tuple[str, ...] = ()
    former: bool = False
    country: str | None = None
    condition: Rule | None = None


def country_of(authority: Authority, body: str) -> str:
    """The country whose body it is; a country, or a body of no country, is itself."""
    actor = authority.actors.get(body)
    return actor.country or body if actor else body
