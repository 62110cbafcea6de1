"""Find the actors that a text names: one Aho-Corasick automaton, then bounds, case, exemptions, titles beside names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ahocorasick_rs import MATCHKIND_STANDARD, AhoCorasick

from feeds.authority.bounds import (
    genitive_end,
    hangul_ends,
    hangul_tail,
    left_free,
    right_free,
    script,
    within_transliteration,
)
from feeds.authority.folding import Folded, fold, fold_name
from feeds.authority.hits import Hits
from feeds.authority.pairs import Pairs
from feeds.authority.patterns import Form, Forms, variants
from feeds.authority.spots import Hit, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from feeds.authority.model import Authority

_RANK = {
    kind: rank
    for rank, kind in enumerate(
        ("exempt", "shared", "alone", "name", "misspelt", "generic", "short", "family", "title")
    )
}
_SENTENCE_MARKS = "\n.?!:;"
_SHORTEST_CAPITALS = 4  # an upper-cased name in a headline counts from this many characters: "WHO" is not "Who"


class Matcher:
    """The compiled names of one authority; immutable once built, so that threads may share it."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self._forms = Forms(authority)
        self._automaton = AhoCorasick(self._forms.patterns, matchkind=MATCHKIND_STANDARD)
        self._tail = hangul_tail([fold_name(text) for title in authority.titles for text in title.forms.get("ko", ())])
        self._bearers = _bearers(authority)
        self._misspelt = _misspelt(authority)

    @cached_property
    def latest_start(self) -> date | None:
        """The latest day on which anybody took an office: what the authority does not know is younger."""
        return max(
            (role.start for actor in self.authority.actors.values() for role in actor.roles if role.start), default=None
        )

    def scan(self, text: str, language: str = "und") -> tuple[Hit, ...]:
        """Every mention in `text`, in order; offsets are code points of `text`.

        `language` (BCP 47) admits the names of that language; English, Korean, Chinese and Japanese always count.
        """
        return self._read(text, language, titled=False)

    def titled(self, text: str, language: str = "und") -> tuple[Hit, ...]:
        """What `scan` finds beside a title; names without one are not judged."""
        return self._read(text, language, titled=True)

    def _read(self, text: str, language: str, *, titled: bool) -> tuple[Hit, ...]:
        folded = fold(text)
        found = self._spots(folded, language.partition("-")[0].lower())
        titles = _longest(spot for spot in found if spot.form.kind == "title")
        if titled and not titles:
            return ()
        names = _longest(s for s in found if s.form.kind != "title" and not _minister(folded.text, s, titles))
        pairs = Pairs(folded.text, names, titles, self.authority, self._bearers)
        hits = Hits(pairs, self.authority, self._bearers, self._misspelt).read(titled=titled)
        return tuple(_unfolded(hit, folded) for hit in hits)

    def _spots(self, folded: Folded, language: str) -> list[Spot]:
        spots = []
        for number, start, end in self._automaton.find_matches_as_indexes(folded.lower, overlapping=True):
            if not left_free(folded.text, start):
                continue
            for form in self._forms.of(number):
                stop = self._end(form, folded.text, start, end, german=language == "de")
                if stop is not None and form.language in (None, language) and _case(form, folded.text, start, end):
                    spots.append(Spot(form, start, stop))
        return spots

    def _end(self, form: Form, text: str, start: int, end: int, *, german: bool) -> int | None:
        """Where the form ends in the text, or None if it does not."""
        if form.stem:
            while end < len(text) and text[end].isalpha():
                end += 1
            return end
        if not right_free(text, end):
            return genitive_end(text, end) if form.genitive or (german and form.person) else None
        if form.person and not hangul_ends(text, end, self._tail):
            return None
        if form.kind == "alone" and within_transliteration(text, start, end):
            return None
        return end if start < end else None


def _case(form: Form, text: str, start: int, end: int) -> bool:
    if form.any_case:
        return True
    written = text[start:end].replace("\n", " ")
    if written == form.text:
        return not (form.rule and form.rule.mixed_case and _capitals(text, start, end))
    return len(written) >= _SHORTEST_CAPITALS and written == form.text.upper()


def _capitals(text: str, start: int, end: int) -> bool:
    """Whether the rest of the sentence, up to the line's ends, holds letters with case and all of them are capitals."""
    head = text[max(text.rfind(mark, 0, start) for mark in _SENTENCE_MARKS) + 1 : start]
    stops = [at for mark in _SENTENCE_MARKS if (at := text.find(mark, end)) >= 0]
    return (head + text[end : min(stops, default=len(text))]).isupper()


def _longest(found: Iterable[Spot]) -> list[Spot]:
    """Leftmost, then longest, then by rank; a shared form yields to a name that begins in it and reaches past it."""
    spots = sorted(found, key=lambda spot: (spot.start, -spot.end, _RANK[spot.form.kind]))
    chosen: list[Spot] = []
    reached = 0
    for index, spot in enumerate(spots):
        if spot.start < reached or (spot.form.kind == "shared" and _crossed(spots, index)):
            continue
        chosen.append(spot)
        reached = spot.end
    return chosen


def _minister(text: str, spot: Spot, titles: list[Spot]) -> bool:
    """Whether the name of a body in Han is the beginning of its head's title: 美国国防部长 is not 美国国防部."""
    if spot.form.kind not in ("name", "generic") or script(text[spot.end - 1]):
        return False
    return any(spot.start <= title.start < spot.end < title.end and " " not in title.form.text for title in titles)


def _crossed(spots: list[Spot], index: int) -> bool:
    start, end = spots[index].start, spots[index].end
    for other in spots[index + 1 :]:
        if other.start >= end:
            return False
        if other.start > start and other.end > end and other.form.kind == "name":
            return True
    return False


def _bearers(authority: Authority) -> dict[str, tuple[str, ...]]:
    """Who has a family name, in any script."""
    found: dict[str, list[str]] = {}
    for actor in authority.actors.values():
        for family in dict.fromkeys(fold_name(form) for form in actor.family.values()):
            found.setdefault(family, []).append(actor.slug)
    return {family: tuple(slugs) for family, slugs in found.items()}


def _misspelt(authority: Authority) -> dict[str, list[tuple[str, str]]]:
    """Wrong forms: whom they mean beside which title."""
    found: dict[str, list[tuple[str, str]]] = {}
    for actor in authority.actors.values():
        for wrong in actor.misspellings:
            text = fold_name(wrong.form)
            for form in (text, *variants(text)):
                found.setdefault(form, []).append((actor.slug, wrong.title))
    return found


def _unfolded(hit: Hit, folded: Folded) -> Hit:
    start, end = folded.original(hit.start, hit.end)
    return hit._replace(start=start, end=end)


def mentions(hits: Iterable[Hit]) -> Iterator[tuple[str, int, int, str]]:
    """The hits that name their actors outright, one (slug, start, end, rule) for each actor."""
    for hit in hits:
        if hit.kind == "name":
            for slug in hit.targets:
                yield slug, hit.start, hit.end, hit.rule
