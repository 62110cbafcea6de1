"""Every form that the automaton looks for: names with their usual variants, titles, exemptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from feeds.authority.bounds import script
from feeds.authority.folding import fold_name, lower_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.authority.model import Actor, Authority, Names, Rule

Kind = Literal["exempt", "name", "alone", "shared", "generic", "short", "misspelt", "family", "title"]
# Names in these languages are looked for in every text; those in others only in texts of their language, because
# short foreign names of countries are words elsewhere.
EVERYWHERE = frozenset({"en", "ko", "zh", "ja"})
_GIVEN = re.compile(r"(\w{2,})[- ](\w{2,})")


class Form(NamedTuple):
    """One way to write something.

    `text` is folded; `targets` are slugs of actors, or titles, or a generic's name and the language of the form.
    `language` None is any. `stem` lets the word go on, `any_case` ignores case, `person` asks for Korean particles
    or a title after it,
    `genitive` lets a German s follow. `place` is a country's Latin name of one word, which other names may hold.
    `korean` is a Korean's full name, `short` with a given name of one syllable.
    `rule` limits when it counts.
    """

    kind: Kind
    text: str
    targets: tuple[str, ...]
    language: str | None = None
    stem: bool = False
    any_case: bool = False
    person: bool = False
    genitive: bool = False
    place: bool = False
    korean: Literal["", "short", "long"] = ""
    rule: Rule | None = None


class Forms:
    """The patterns of the automaton and what each may stand for.

    Those of actors' names are made when a text first has one: of a hundred thousand actors it names five.
    """

    def __init__(self, authority: Authority) -> None:
        self._actors = authority.actors
        self._rules = {fold_name(name): rule for rule in authority.rules for name in rule.names}
        self._named: dict[str, tuple[str, ...]] = {}
        for actor in authority.actors.values():
            for text in map(lower_case, _texts(actor)):
                self._named[text] = (*self._named[text], actor.slug) if text in self._named else (actor.slug,)
        self._others: dict[str, list[Form]] = {}
        for form in _other_forms(authority, self._rules):
            self._others.setdefault(lower_case(form.text), []).append(form)
        self.patterns = tuple(self._named | self._others)
        self._made: dict[int, tuple[Form, ...]] = {}

    def of(self, number: int) -> tuple[Form, ...]:
        """What the pattern of this number may stand for, in a fixed order."""
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = tuple(self._make(self.patterns[number]))
        return made

    def _make(self, pattern: str) -> Iterator[Form]:
        for slug in dict.fromkeys(self._named.get(pattern, ())):
            for form in _actor_forms(self._actors[slug], self._rules):
                if lower_case(form.text) == pattern:
                    yield form
        yield from self._others.get(pattern, ())


def _texts(actor: Actor) -> list[str]:
    """The texts of an actor's forms, folded; perhaps one more than there are forms."""
    found = [fold_name(name).removesuffix("+") for names in actor.names.values() for name in names]
    if actor.type == "person":
        found += [variant for text in found for variant in variants(text)]
    if actor.short:
        found += [text for _, text in _each(actor.short)]
    for wrong in actor.misspellings:
        text = fold_name(wrong.form)
        found += (text, *variants(text))
    return found


def _other_forms(authority: Authority, rules: dict[str, Rule]) -> Iterator[Form]:
    """The forms of all that is no actor's name."""
    yield from _families(authority)
    for shared in authority.shared:
        for text in map(fold_name, shared.forms):
            yield Form("shared", text, shared.actors, rule=rules.get(text))
    for exempt in authority.exempt:
        for text in exempt.forms:
            yield Form("exempt", fold_name(text), ())
    for generic in authority.generics:
        for language, text in _each(generic.forms):
            yield Form("generic", text, (generic.generic, language), _only(language), any_case=True)
    yield from _titles(authority)


def _actor_forms(actor: Actor, rules: dict[str, Rule]) -> Iterator[Form]:
    person = actor.type == "person"
    families = {fold_name(family) for family in actor.family.values()}
    korean = _korean(actor) if person else ""
    slugs = (actor.slug,)
    for language, raw in _each(actor.names):
        stem, text = raw.endswith("+"), raw.removesuffix("+")
        kind: Kind = "alone" if text in families else "name"
        form = Form(
            kind,
            text,
            slugs,
            _only(language),
            stem,
            person=person or _short_hangul(text),
            genitive=(" " in text or language == "de") and script(text[-1]) == "word",
            place=actor.type == "country" and _place(text, actor),
            korean=korean if kind == "name" else "",
            rule=rules.get(text),
        )
        yield form
        if person and kind == "name":
            for variant in variants(text):
                yield form._replace(text=variant)
    for language, text in _each(actor.short):
        yield Form("short", text, (actor.slug,), _only(language), any_case=True)
    for wrong in actor.misspellings:
        text = fold_name(wrong.form)
        for variant in (text, *variants(text)):
            yield Form("misspelt", variant, slugs, person=True)


def _korean(person: Actor) -> Literal["", "short", "long"]:
    """Whether a person has a Korean name: of two Hangul syllables, or of three."""
    if "ko" not in person.family:
        return ""
    name = person.names.get("ko", ("",))[0]
    if not name.startswith(person.family["ko"]) or len(name) > 4:  # noqa: PLR2004
        return ""
    return "short" if len(name) == len(person.family["ko"]) + 1 else "long"


def _place(name: str, country: Actor) -> bool:
    return name.isalpha() and script(name[0]) == "word" and not name.isupper() and name not in country.people


def _short_hangul(name: str) -> bool:
    """Whether a name of a body is as short as a syllable or two of Hangul: longer words often begin with those."""
    return len(name) <= 2 and script(name[-1]) == "hangul"  # noqa: PLR2004


def variants(name: str) -> list[str]:
    """Other spellings of a Korean name with a given name of two syllables: Lee Jae-myung, Jae Myung Lee and so on."""
    family, _, given = name.partition(" ")
    parts = _GIVEN.fullmatch(given) if "-" in given or " " in given else None
    if not parts or not family.isalpha() or len(parts[0]) > 12 or not given.isascii():  # noqa: PLR2004 - two syllables
        return []
    first, second = parts[1], parts[2]
    spellings = [f"{first}-{second.lower()}", f"{first}-{second.title()}", f"{first} {second.title()}"]
    spellings += [first + second.lower(), f"{first} {second.lower()}"]
    found = [f"{family} {spelling}" for spelling in spellings if f"{family} {spelling}" != name]
    return [*found, *(f"{spelling} {family}" for spelling in spellings[:3])]


def _families(authority: Authority) -> Iterator[Form]:
    """Family names alone, Latin ones and those written out in Chinese; the rest of the story decides who is meant.

    A Chinese family name of one character is too short to stand alone.
    """
    bearers: dict[str, list[str]] = {}
    for actor in authority.actors.values():
        for family in dict.fromkeys(fold_name(actor.family[name]) for name in ("en", "zh") if name in actor.family):
            if len(family) > 1:
                bearers.setdefault(family, []).append(actor.slug)
    for family, slugs in bearers.items():
        yield Form("family", family, tuple(slugs), person=True)


def _titles(authority: Authority) -> Iterator[Form]:
    meant: dict[tuple[str, str | None], list[str]] = {}
    known = set()
    for title in authority.titles:
        known.add(title.title)
        for language, text in _each(title.forms):
            meant.setdefault((text.lower(), _only(language)), []).append(title.title)
    for actor in authority.actors.values():
        for role in actor.roles:
            if role.title not in known:
                known.add(role.title)
                meant.setdefault((fold_name(role.title).lower(), None), []).append(role.title)
    for (text, only), titles in meant.items():
        yield Form("title", text, tuple(dict.fromkeys(titles)), only, any_case=True)


def _each(names: Names) -> Iterator[tuple[str, str]]:
    for language, texts in names.items():
        for text in texts:
            yield language, fold_name(text)


def _only(language: str) -> str | None:
    return None if language in EVERYWHERE else language
