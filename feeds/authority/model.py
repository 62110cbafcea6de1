"""What the authority files say, as frozen values: actors with dated roles, topics, and the rules of names.

The fields are the keys of the files (`actors.toml`, `countries.toml`, `names.toml`, `topics.toml`); each file explains
its own at the top. A language is a BCP 47 primary subtag (`en`, `ko`, `zh`, `ja`, `de` ...); Chinese names may be
written in either script, the matcher folds both to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

from pydantic import ConfigDict, Field

from storage.types import SubjectKind  # noqa: TC001 - as above

if TYPE_CHECKING:
    from feeds.authority.matcher import Matcher

ActorType = Literal["person", "organisation", "country", "bloc"]
Names = Mapping[str, tuple[str, ...]]

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True, str_min_length=1)
_Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
_WikidataId = Annotated[str, Field(pattern=r"^Q[1-9]\d*$")]


@dataclass(frozen=True, slots=True)
class Role:
    """An office that a person holds: `title` of `of`, the slug of a country or body.

    `start` is inclusive, `end` exclusive, None open or unknown; in the files they are `from` and `to`. `checked` says
    that both dates are certain.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    of: _Slug
    start: Annotated[date | None, Field(alias="from")] = None
    end: Annotated[date | None, Field(alias="to")] = None
    checked: bool = False

    def held(self, first: date, last: date, slack: int = 0) -> bool:
        """Whether the role was held on any day from `first` to `last`, give or take `slack` days."""
        margin = timedelta(days=slack)
        return (self.start is None or self.start - margin <= last) and (self.end is None or first < self.end + margin)


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A wrong form that names the actor only beside `title`, because by itself it is another person or none."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    form: str
    title: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, country or bloc that takes part in stories.

    `names` holds, by language, the name to show and then its aliases; a name equal to `family` counts alone. `iso` is
    a country's ISO 3166 code, `country` the slug of the country whose body this is. `short` are words that mean the
    body once it, or one of its office holders, has been named ("the embassy"). `people` are those English names of a
    country that are words for its people and what is theirs ("Korean"): they often stand before a capital letter.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    slug: _Slug
    type: ActorType
    label: str
    names: Names = field(default_factory=dict)
    family: Mapping[str, str] = field(default_factory=dict)
    misspellings: tuple[Misspelling, ...] = ()
    roles: tuple[Role, ...] = ()
    wikidata: _WikidataId | None = None
    iso: str | None = None
    country: _Slug | None = None
    short: Names = field(default_factory=dict)
    people: tuple[str, ...] = ()
    renamed_from: tuple[_Slug, ...] = ()
    merged_into: _Slug | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """One row of `countries.toml`: what CLDR does not say of a country. The key of the row is its ISO 3166 code.

    `people` are the English words for its people and what is theirs.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    slug: _Slug | None = None
    label: str | None = None
    names: Names = field(default_factory=dict)
    people: tuple[str, ...] = ()
    wikidata: _WikidataId | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A form that names several actors at once and tags them all (`中美`)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    forms: tuple[str, ...]
    actors: tuple[_Slug, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When a name counts.

    `needs`: one of these phrases, or another name of the actor, is in the story. `before`: one of these words comes
    right after it. `mixed_case`: never in a line of capitals. `example` must not match, `accepts` must.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    names: tuple[str, ...]
    example: str
    accepts: str
    needs: tuple[str, ...] | None = None
    before: tuple[str, ...] | None = None
    mixed_case: bool = False


@dataclass(frozen=True, slots=True)
class Exempt:
    """Phrases that hold a name and mean something else (`New Mexico`); `example` must not match."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    forms: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Title:
    """The forms in which texts write the title of a role; short forms (`minister`) may belong to many titles."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    forms: Names


@dataclass(frozen=True, slots=True)
class Generic:
    """A body that many governments have under one word ("the foreign ministry").

    `members` maps a country to its body; `never` are countries that call theirs otherwise; `home` is the country meant
    in a language that does not say which. `example` must give the actor `gives`.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    generic: str
    forms: Names
    members: Mapping[_Slug, _Slug]
    example: str
    gives: _Slug
    never: tuple[_Slug, ...] = ()
    home: Mapping[str, _Slug] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Iptc:
    """The nearest IPTC Media Topic (CC BY 4.0, iptc.org) and how near it is."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: Annotated[str, Field(pattern=r"^medtop:\d{8}$")]
    match: Literal["exact", "close", "broad"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject: `phrases` give points by language, `negatives` take points away, `threshold` points assign it.

    `requires_actors` are actors that must all be tagged. A `general` topic is given only to stories that are about
    nothing narrower. `yields_to` are topics beside which it is not given if they have as many points. `given_with` is
    a topic of talks: where they are held by the two actors that this one requires, it is given too. `parent` is the
    slug of the wider topic.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    slug: _Slug
    label: str
    names: Names
    phrases: Mapping[str, Mapping[str, float]]
    iptc: tuple[Iptc, ...] = ()
    parent: _Slug | None = None
    negatives: Mapping[str, float] = field(default_factory=dict)
    requires_actors: tuple[_Slug, ...] = ()
    general: bool = False
    yields_to: frozenset[_Slug] = frozenset()
    given_with: _Slug | None = None
    threshold: Annotated[float, Field(gt=0)] = 4.5
    renamed_from: tuple[_Slug, ...] = ()
    merged_into: _Slug | None = None


class Redirect(NamedTuple):
    """An old slug that now is another."""

    kind: SubjectKind
    old: str
    new: str


@dataclass(frozen=True)
class Authority:
    """Everything the authority files say, checked; `matcher` is compiled at first use and then kept."""

    actors: Mapping[str, Actor]
    topics: Mapping[str, Topic]
    titles: tuple[Title, ...]
    generics: tuple[Generic, ...]
    shared: tuple[Shared, ...]
    rules: tuple[Rule, ...]
    exempt: tuple[Exempt, ...]
    redirects: tuple[Redirect, ...]

    @cached_property
    def matcher(self) -> Matcher:
        """The automaton that finds the actors' names in texts."""
        from feeds.authority.garbage import uncollected
        from feeds.authority.matcher import Matcher

        with uncollected():
            return Matcher(self)
