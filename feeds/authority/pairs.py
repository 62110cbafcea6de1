"""Lay titles beside names: "Foreign Minister Cho", "조 장관", "李总统", "Kurt Campbell / U.S. Deputy Secretary"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.authority.bounds import left_free, script
from feeds.authority.spots import Beside, Spot

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from feeds.authority.model import Authority

_LATIN_AFTER = re.compile(r",?\s+")  # from a title to the name after it
_CJK_AFTER = re.compile(r"[ ·・]?")
_APPOSED = re.compile(
    r"\s?[,/(-]\s?(?:(?:the|a|an|current|new)\s)?", re.IGNORECASE
)  # from a name to the title after it
_OWNS = re.compile(r"(?:'s|'|\s?의|的|の)?[\s-]?(?:(?:new|incoming|outgoing|current|acting)\s)?")  # country to title
_PAST = re.compile(
    r"(?:(?:\b(?:former|ex|then|late|previous|onetime)[\s-])|전\s?|前|元)(?:new\s|acting\s)?$", re.IGNORECASE
)
_OF_COUNTRY = re.compile(r"\s(?:of|in)\s(?:the\s)?|\s?\(")
_HANGUL_BEFORE = re.compile("([가-힣]+) ?$")
_LONGEST_FAMILY = 8  # characters of a transliterated family name before a CJK title
_FARTHEST_OWNER = 14  # characters from a country to the title that it owns
_FARTHEST_NAME = 10  # characters from a name to the title after it
_FARTHEST_PAST = 12  # characters of "former" and the like


class Pairs:
    """The names of one folded text and the titles beside them.

    `beside` gives, by the number of a name, its title; `starts` are where names and titles start; `families` are CJK
    family names that only a title makes names.
    """

    def __init__(
        self,
        text: str,
        names: Sequence[Spot],
        titles: Sequence[Spot],
        authority: Authority,
        bearers: Container[str],
    ) -> None:
        self.text, self.names = text, names
        self.by_start = {spot.start: number for number, spot in enumerate(names)}
        self.by_end = {spot.end: number for number, spot in enumerate(names)}
        self.starts = self.by_start.keys() | {title.start for title in titles}
        self.beside: dict[int, Beside] = {}
        self.families: list[tuple[str, int, Beside]] = []
        self._authority, self._bearers = authority, bearers
        for title in titles:
            self._place(title)

    def country_of(self, spot: Spot) -> str | None:
        """The country right before a generic name or title, or right after it with "of"."""
        owner = self._owner(spot)
        if owner is None:
            gap = _OF_COUNTRY.match(self.text, spot.end)
            number = self.by_start.get(gap.end()) if gap else None
            owner = number if number is not None and self._type(number) == "country" else None
        return self.names[owner].form.targets[0] if owner is not None else None

    def _place(self, title: Spot) -> None:
        """Give the title to the name beside it; Latin titles look ahead first, CJK ones back first."""
        beside = self._beside(title)
        latin = script(self.text[title.end - 1]) == "word" or self.text[title.end - 1] == "."
        number = self._after(title, _LATIN_AFTER) if latin else None
        if number is None:
            number = self._before(beside)
        if number is None and not latin:
            family, start = self._family_before(beside.start)
            if family:
                self.families.append((family, start, beside))
                return
            number = self._after(title, _CJK_AFTER)
        if number is not None:
            self.beside.setdefault(number, beside)

    def _beside(self, title: Spot) -> Beside:
        owner = self._owner(title)
        start = self.names[owner].start if owner is not None else title.start
        past = self._past(start) or self._past(title.start)
        country = self.names[owner].form.targets[0] if owner is not None else None
        start = min(start, past.start()) if past else start
        return Beside(title.form.targets, start, title.end, country, past is not None)

    def _past(self, end: int) -> re.Match[str] | None:
        return _PAST.search(self.text, max(0, end - _FARTHEST_PAST), end)

    def _owner(self, title: Spot) -> int | None:
        """The country named right before the title, with at most "'s former" and the like in between."""
        for end in range(title.start, max(-1, title.start - _FARTHEST_OWNER), -1):
            number = self.by_end.get(end)
            if number is not None:
                past = _PAST.search(self.text, end, title.start)
                owns = _OWNS.fullmatch(self.text, end, past.start() if past else title.start)
                return number if owns and self._type(number) == "country" else None
        return None

    def _type(self, number: int) -> str:
        form = self.names[number].form
        if form.kind in ("family", "misspelt"):
            return "person"
        return self._authority.actors[form.targets[0]].type if form.kind in ("name", "alone") else ""

    def _after(self, title: Spot, pattern: re.Pattern[str]) -> int | None:
        gap = pattern.match(self.text, title.end)
        number = self.by_start.get(gap.end()) if gap else None
        if gap is None or number is None or self._type(number) != "person":
            return None
        return None if gap[0].startswith(",") and self.names[number].form.kind == "family" else number

    def _before(self, beside: Beside) -> int | None:
        """The person named before the title: "Kurt Campbell, U.S. Deputy ...", "조현 외교부 장관", "李在明总统"."""
        for end in range(beside.start, max(-1, beside.start - _FARTHEST_NAME), -1):
            number = self.by_end.get(end)
            if number is not None and self._type(number) == "person":
                close = end >= beside.start - 1 and not self.text[end : beside.start].strip()
                if close and script(self.text[end - 1]) != "word":
                    return number
                apposed = _APPOSED.fullmatch(self.text, end, beside.start)
                return number if apposed and self.names[number].form.kind == "name" else None
        return None

    def _family_before(self, end: int) -> tuple[str, int]:
        """The CJK family name that ends at `end` (give or take a space) and where it starts, or nothing."""
        family, start = self._family_word(end)
        taken = any(start < spot.end and spot.start < end for spot in self.names)
        return ("", 0) if taken else (family, start)

    def _family_word(self, end: int) -> tuple[str, int]:
        hangul = _HANGUL_BEFORE.search(self.text, max(0, end - _LONGEST_FAMILY), end)
        if hangul:
            known = hangul[1] in self._bearers and left_free(self.text, hangul.start())
            return (hangul[1], hangul.start()) if known else ("", 0)
        if self.text[end - 1 : end] == " ":
            end -= 1  # 文 대통령
        for start in range(max(0, end - _LONGEST_FAMILY), end):
            word = self.text[start:end]
            if word in self._bearers and script(word[0]) != "word" and left_free(self.text, start):
                return word, start
        return "", 0
