"""Titles beside names: "Foreign Minister Cho", "조 장관", "李总统", "Kurt Campbell / U.S. Deputy Secretary of State"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from feeds.authority.bounds import left_free, script
from feeds.authority.surnames import another_person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeds.authority.model import Authority, Rule
    from feeds.authority.patterns import Form

HONORIFIC = "Mr"  # the title in names.toml that is said of anybody
_LATIN_AFTER = re.compile(r",?\s+")  # from a title to the name after it
_CJK_GAP = re.compile(r"[ ·・]?")
_APPOSED = re.compile(r"\s?[,/(-]\s?(?:(?:the|a|an|current|new)\s)?", re.IGNORECASE)  # from a name to the title after it
_OWNS = re.compile(r"(?:'s|'|\s?의|的|の)?[\s-]?(?:(?:new|incoming|outgoing|current|acting)\s)?")  # country to title
_PAST = re.compile(r"(?:(?:\b(?:former|ex|then|late|previous|onetime)[\s-])|전\s?|前|元)(?:new\s|acting\s)?$", re.IGNORECASE)
_OF_COUNTRY = re.compile(r"\s(?:of|in)\s(?:the\s)?|\s?\(")
_HANGUL_BEFORE = re.compile("([가-힣]+) ?$")
_LONGEST_FAMILY = 8  # characters of a transliterated family name before a CJK title


class Spot(NamedTuple):
    """A form where the folded text holds it."""

    form: Form
    start: int
    end: int


class Hit(NamedTuple):
    """One mention. `start` and `end` count code points.

    `name`: `targets` are the actors meant. `role`: one of `targets` who held one of `titles`, of `country` if that is
    set. `family`: one of `targets`, if the story names one in full. `unknown`: somebody else of that family. `generic`:
    `targets` are the generic's name and the language of the form. `short`: a word for one of `targets`. `titles` stand beside a name too; `former`
    says that they are past. A name with a `condition` counts only if that holds.
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


class _Beside(NamedTuple):
    """The title next to a name: whose country, and whether past; `start` and `end` span the words in between too."""

    titles: tuple[str, ...]
    start: int
    end: int
    country: str | None
    former: bool


def pair(
    text: str, names: Sequence[Spot], titles: Sequence[Spot], authority: Authority, bearers: Mapping[str, tuple[str, ...]]
) -> list[Hit]:
    """Turn what stands in the folded text into hits, in order."""
    desk = _Desk(text, names, authority, bearers)
    for title in titles:
        desk.place(title)
    return sorted([*desk.hits(), *desk.extra], key=lambda hit: (hit.start, hit.end))


class _Desk:
    """The names of one text while their titles are laid beside them."""

    def __init__(
        self, text: str, names: Sequence[Spot], authority: Authority, bearers: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.text, self.names, self.authority, self.bearers = text, names, authority, bearers
        self.by_start = {spot.start: number for number, spot in enumerate(names)}
        self.by_end = {spot.end: number for number, spot in enumerate(names)}
        self.beside: dict[int, _Beside] = {}
        self.extra: list[Hit] = []

    def place(self, title: Spot) -> None:
        """Give the title to the name beside it; in CJK a bare family name before it is one too."""
        owner = self._owner(title)
        start = self.names[owner].start if owner is not None else title.start
        past = _PAST.search(self.text, max(0, start - 12), start) or _PAST.search(
            self.text, max(0, title.start - 12), title.start
        )
        country = self.names[owner].form.targets[0] if owner is not None else None
        beside = _Beside(title.form.targets, past.start() if past else start, title.end, country, past is not None)
        number = self._after(title) if script(self.text[title.end - 1]) == "word" else None
        if number is None:
            number = self._before(beside)
        if number is None and script(self.text[title.end - 1]) != "word":
            number = self._family_before(beside, title)
            if number is None:
                number = self._after(title)
        if number is not None and number >= 0:
            self.beside.setdefault(number, beside)

    def _owner(self, title: Spot) -> int | None:
        """The country named right before the title."""
        for end in range(title.start, max(-1, title.start - 14), -1):
            number = self.by_end.get(end)
            if number is not None:
                whole = _OWNS.fullmatch(self.text, end, title.start)
                past = _PAST.search(self.text, end, title.start)
                whole = whole or (past and _OWNS.fullmatch(self.text, end, past.start()))
                return number if whole and self._type(number) == "country" else None
        return None

    def _type(self, number: int) -> str:
        form = self.names[number].form
        if form.kind in ("family", "misspelt"):
            return "person"
        actor = self.authority.actors.get(form.targets[0]) if form.kind in ("name", "alone") else None
        return actor.type if actor else ""

    def _after(self, title: Spot) -> int | None:
        pattern = _LATIN_AFTER if script(self.text[title.end - 1]) == "word" or self.text[title.end - 1] == "." else _CJK_GAP
        gap = pattern.match(self.text, title.end)
        number = self.by_start.get(gap.end()) if gap else None
        if number is None or self._type(number) != "person":
            return None
        if gap and gap[0].startswith(",") and self.names[number].form.kind == "family":
            return None
        return number

    def _before(self, beside: _Beside) -> int | None:
        """The person named before the title: "Kurt Campbell, U.S. Deputy ...", "조현 외교부 장관", "李在明总统"."""
        for end in range(beside.start, max(-1, beside.start - 10), -1):
            number = self.by_end.get(end)
            if number is not None and self._type(number) == "person":
                spot = self.names[number]
                cjk = script(self.text[end - 1]) != "word"
                if cjk and end >= beside.start - 1 and not self.text[end : beside.start].strip():
                    return number
                whole = _APPOSED.fullmatch(self.text, end, beside.start)
                return number if whole and spot.form.kind == "name" else None
        return None

    def _family_before(self, beside: _Beside, title: Spot) -> int | None:
        """A CJK family name right before the title; gives -1 when found, since it is no name of its own."""
        family, start = self._family_word(beside.start)
        if not family or any(start < spot.end and spot.start < beside.start for spot in self.names):
            return None
        self.extra.append(self._role(self.bearers[family], beside, start, title.end))
        return -1

    def _family_word(self, end: int) -> tuple[str, int]:
        hangul = _HANGUL_BEFORE.search(self.text, max(0, end - _LONGEST_FAMILY), end)
        if hangul:
            known = hangul[1] in self.bearers and left_free(self.text, hangul.start())
            return (hangul[1], hangul.start()) if known else ("", 0)
        for start in range(max(0, end - _LONGEST_FAMILY), end):
            word = self.text[start:end]
            if word in self.bearers and script(word[0]) != "word" and left_free(self.text, start):
                return word, start
        return "", 0

    def _role(self, people: tuple[str, ...], beside: _Beside, start: int, end: int) -> Hit:
        """The people of the family who ever held the title; if it is held by anybody, the family alone must do."""
        meant = tuple(slug for slug in people if self._ever(slug, beside))
        if not meant:
            return Hit("family", people, start, end, "title and family name")
        return Hit(
            "role", meant, start, end, "title and family name", beside.titles, beside.former, beside.country
        )

    def _ever(self, slug: str, beside: _Beside) -> bool:
        return any(
            role.title in beside.titles and (beside.country in (None, country_of(self.authority, role.of)))
            for role in self.authority.actors[slug].roles
        )

    def hits(self) -> list[Hit]:
        """One hit for each name that counts."""
        found = [self._hit(number, spot) for number, spot in enumerate(self.names)]
        return [hit for hit in found if hit is not None]

    def _hit(self, number: int, spot: Spot) -> Hit | None:
        form, beside = spot.form, self.beside.get(number)
        if form.kind in ("name", "alone"):
            return self._name(number, spot, beside)
        if form.kind == "shared":
            return Hit("name", form.targets, spot.start, spot.end, "shared name")
        if form.kind == "misspelt":
            slug = self._misspelt(form.text, beside)
            return Hit("name", (slug,), spot.start, spot.end, "misspelling beside title") if slug else None
        if form.kind == "generic":
            return Hit("generic", form.targets, spot.start, spot.end, "generic name", country=self._country_of(spot))
        if form.kind == "short":
            return Hit("short", form.targets, spot.start, spot.end, "short name")
        if form.kind == "family":
            return self._family(spot, beside)
        return None

    def _name(self, number: int, spot: Spot, beside: _Beside | None) -> Hit | None:
        form = spot.form
        titles, former = (beside.titles, beside.former) if beside else ((), False)
        if form.kind == "alone":
            if beside and titles != (HONORIFIC,):
                other = self._role(self.bearers.get(form.text, form.targets), beside, *_span(spot, beside))
                if other.kind == "role" and form.targets[0] not in other.targets:
                    return other
            elif another_person(self.text, spot.start, spot.end, self.by_end, self.by_start):
                return Hit("unknown", form.targets, spot.start, spot.end, "another person's name")
        wrong = self._misspelt(form.text, beside)
        if wrong and not any(role.title in titles for role in self.authority.actors[form.targets[0]].roles):
            return Hit("name", (wrong,), spot.start, spot.end, "misspelling beside title", titles, former)
        rule = "name" if form.kind == "name" else "name alone"
        condition = form.rule if form.rule and not form.rule.mixed_case else None
        if condition and condition.before is not None:
            if not self.text.startswith(tuple(" " + word for word in condition.before), spot.end):
                return None
            condition = None
        return Hit("name", form.targets, spot.start, spot.end, rule, titles, former, condition=condition)

    def _misspelt(self, text: str, beside: _Beside | None) -> str | None:
        if beside is None:
            return None
        for slug, title in self.authority.matcher.misspelt.get(text, ()):
            if title in beside.titles:
                return slug
        return None

    def _family(self, spot: Spot, beside: _Beside | None) -> Hit:
        people = spot.form.targets
        if another_person(self.text, spot.start, spot.end, {} if beside else self.by_end, self.by_start):
            return Hit("unknown", people, spot.start, spot.end, "another person's name")
        if beside and beside.titles != (HONORIFIC,):
            return self._role(people, beside, *_span(spot, beside))
        return Hit("family", people, spot.start, spot.end, "family name")

    def _country_of(self, spot: Spot) -> str | None:
        """The country right before a generic name, or right after it with "of"."""
        owner = self._owner(spot)
        if owner is None:
            gap = _OF_COUNTRY.match(self.text, spot.end)
            number = self.by_start.get(gap.end()) if gap else None
            owner = number if number is not None and self._type(number) == "country" else None
        return self.names[owner].form.targets[0] if owner is not None else None


def _span(spot: Spot, beside: _Beside) -> tuple[int, int]:
    return min(spot.start, beside.start), max(spot.end, beside.end)


def country_of(authority: Authority, body: str) -> str:
    """The country whose body it is; a country, or a body of no country, is itself."""
    actor = authority.actors.get(body)
    return actor.country or body if actor else body
