"""Which actors take part in a story: the matcher's hits resolved by the story's date and by what else it says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from feeds.authority.bounds import left_free, right_free
from feeds.authority.folding import fold
from feeds.authority.hits import NAMESAKE
from feeds.authority.roles import holder
from feeds.authority.spots import country_of
from feeds.tagging.bodies import Bodies
from feeds.tagging.filing import filed_end
from storage.types import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeds.authority.matcher import Matcher
    from feeds.authority.model import Actor, Authority
    from feeds.authority.spots import Hit
    from feeds.tagging import Story
    from feeds.tagging.zones import Zone
    from storage.types import Evidence

EVIDENCE = 5  # kept for each tag
# An actor is principal if the title names it, or if it has this share of the weight of the story's weightiest actor of
# its type (a country is named more often than a person, so the two are not compared) ...
PRINCIPAL_SHARE = 0.34
PRINCIPAL_WEIGHT = 3.0  # ... and at least this weight: three mentions in the body, or two of which one is in the lead


class Mention(NamedTuple):
    """An actor named at a place of a zone."""

    slug: str
    zone: Zone
    start: int
    end: int
    rule: str


class Found(NamedTuple):
    """A hit and the zone that it was found in."""

    zone: Zone
    hit: Hit


@dataclass(frozen=True, slots=True)
class Weighed:
    """An actor of a story: the sum of its mentions' zone weights, and whether the title names it."""

    slug: str
    weight: float
    titled: bool
    evidence: tuple[Evidence, ...]


def actor_tags(story: Story, texts: tuple[Zone, ...], matcher: Matcher) -> tuple[Tag, ...]:
    """The actors of a story, weightiest first, then by slug; `salience` is the weight as a share of the greatest."""
    authority = matcher.authority
    found = [Found(zone, hit) for zone in texts for hit in matcher.scan(zone.text, story.language)]
    weighed = _weighed(_abroad(_resolved(found, story, texts, authority), authority))
    best = _best_by_type(weighed, authority)
    roles = {actor.slug: _role(actor, best[authority.actors[actor.slug].type]) for actor in weighed}
    main = [actor for actor in weighed if roles[actor.slug] == "principal"]
    for actor in _home_country(main, story, authority):
        if actor.slug not in roles:
            weighed.append(actor)
            roles[actor.slug] = "principal"
    if "\n\n" in story.body and all(authority.actors[slug].type != "country" for slug in roles):
        for actor in _only_country(weighed, story, authority):
            weighed.append(actor)
            roles[actor.slug] = _role(actor, 0.0)
    most = max((actor.weight for actor in weighed), default=1.0)
    tags = [Tag("actor", a.slug, roles[a.slug], round(a.weight / most, 3), a.evidence) for a in weighed]
    return tuple(sorted(tags, key=lambda tag: (-tag.salience, tag.slug)))


def _role(actor: Weighed, best: float) -> Literal["principal", "mentioned"]:
    weighty = actor.weight >= max(PRINCIPAL_WEIGHT, PRINCIPAL_SHARE * best)
    return "principal" if actor.titled or weighty else "mentioned"


def _home_country(main: list[Weighed], story: Story, authority: Authority) -> Iterator[Weighed]:
    """News may not name the country that it is about: each person's office does, and the body that weighs most."""
    ranked = sorted(main, key=lambda entry: (-entry.weight, entry.slug))
    ranked = [entry for entry in ranked if authority.actors[entry.slug].type != "country"]
    for place, weighed in enumerate(ranked):
        actor = authority.actors[weighed.slug]
        if actor.type != "person" and place:
            continue
        for office in _offices(actor, story):
            country = country_of(authority, office)
            if authority.actors[country].type == "country":
                evidence = tuple(entry._replace(rule="country of the office") for entry in weighed.evidence[:1])
                yield Weighed(country, weighed.weight, weighed.titled, evidence)
                break


def _only_country(weighed: Sequence[Weighed], story: Story, authority: Authority) -> Iterator[Weighed]:
    """A report that names no country is of the one in which its people hold their offices, if it is one."""
    homes: dict[str, list[Weighed]] = defaultdict(list)
    for entry in weighed:
        actor = authority.actors[entry.slug]
        for office in _offices(actor, story) if actor.type == "person" else ():
            homes[country_of(authority, office)].append(entry)
    if len(homes) == 1:
        country, group = homes.popitem()
        evidence = tuple(entry._replace(rule="country of the office") for entry in group[0].evidence[:1])
        if authority.actors[country].type == "country":
            yield Weighed(country, sum(entry.weight for entry in group), any(e.titled for e in group), evidence)


def _offices(actor: Actor, story: Story) -> list[str]:
    first, last = story.published.first, story.published.last
    own = [actor.slug] if actor.country else []
    if first is None or last is None:
        return own
    return own + [role.of for role in actor.roles if role.held(first, last)]


def _best_by_type(weighed: Iterable[Weighed], authority: Authority) -> dict[str, float]:
    best: dict[str, float] = defaultdict(float)
    for actor in weighed:
        kind = authority.actors[actor.slug].type
        best[kind] = max(best[kind], actor.weight)
    return best


def _weighed(mentions: Iterable[Mention]) -> list[Weighed]:
    by_slug: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_slug[mention.slug].append(mention)
    return [
        Weighed(
            slug,
            sum(mention.zone.weight_at(mention.start) for mention in group),
            any(mention.zone.name == "title" for mention in group),
            tuple(m.zone.evidence(m.start, m.end, m.rule) for m in group[:EVIDENCE]),
        )
        for slug, group in by_slug.items()
    ]


def _resolved(found: list[Found], story: Story, texts: tuple[Zone, ...], authority: Authority) -> list[Mention]:
    """Names first, then roles by date, then family names by the full names around them, then bodies."""
    met = _Conditions(found, texts, authority)
    sure = [entry for entry in found if met(entry.hit)]
    people = _People(authority, story)
    mentions = [mention for entry in sure for mention in people.read(entry)]
    mentions += people.left_over()
    bodies = Bodies(authority, story, [(mention.slug, mention.zone.weight_at(mention.start)) for mention in mentions])
    meant = ((bodies.meant(entry.hit), entry) for entry in sure)
    mentions += [_mention(slug, entry) for slug, entry in meant if slug is not None]
    order = {zone.name: number for number, zone in enumerate(texts)}
    return sorted(mentions, key=lambda mention: (order[mention.zone.name], mention.start, mention.slug))


def _abroad(mentions: list[Mention], authority: Authority) -> list[Mention]:
    """Leave out the country that a report was filed from, where the story itself names another."""
    filed = [m for m in mentions if m.end <= filed_end(m.zone.text) and authority.actors[m.slug].type == "country"]
    told = {m.slug for m in mentions if m not in filed and authority.actors[m.slug].type == "country"}
    return [mention for mention in mentions if mention not in filed] if told else mentions


def _mention(slug: str, entry: Found, rule: str = "") -> Mention:
    return Mention(slug, entry.zone, entry.hit.start, entry.hit.end, rule or entry.hit.rule)


class _Conditions:
    """Whether a hit counts in its story: a name that needs support has it, a name that somebody else bears has a title.

    Support is another name of the actor, or one of the rule's phrases.
    """

    def __init__(self, found: list[Found], texts: tuple[Zone, ...], authority: Authority) -> None:
        names = [hit for _, hit in found if hit.kind == "name" and hit.condition is None]
        self.named = {slug for hit in names for slug in hit.targets}
        borne = {hit.targets[0] for _, hit in found if hit.rule == NAMESAKE}
        self.strangers = borne - {hit.targets[0] for hit in names if _in_office(hit, authority)}
        self.texts = texts
        self.folded = ""

    def __call__(self, hit: Hit) -> bool:
        if hit.kind == "name" and self.strangers.intersection(hit.targets):
            return False
        if hit.condition is None or self.named.intersection(hit.targets):
            return True
        if not self.folded:
            self.folded = "\n".join(fold(zone.text).text for zone in self.texts)
        return any(_says(self.folded, phrase) for phrase in hit.condition.needs or ())


def _in_office(hit: Hit, authority: Authority) -> bool:
    return any(role.title in hit.titles for slug in hit.targets for role in authority.actors[slug].roles)


def _says(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase, as whole words; an s may follow."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if left_free(text, at) and (right_free(text, end) or (text[end] == "s" and right_free(text, end + 1))):
            return True
        at = text.find(phrase, at + 1)
    return False


class _People:
    """Who has been named in full so far, by family name, while the hits are read in order."""

    def __init__(self, authority: Authority, story: Story) -> None:
        self.authority, self.published = authority, story.published
        self.named: dict[str, set[str]] = defaultdict(set)
        self.waiting: list[Found] = []

    def read(self, entry: Found) -> Iterator[Mention]:
        """The mentions that are certain at this point; a family name may have to wait for a later full name."""
        hit = entry.hit
        if hit.kind == "name":
            for slug in hit.targets:
                self._name(slug)
                yield _mention(slug, entry)
        elif hit.kind == "unknown":
            self.named[self._family(hit.targets[0])].add("")
        elif hit.kind in ("role", "family"):
            meant = self._held(hit) or self._carried(hit)
            if meant is not None:
                self._name(meant)
                yield _mention(meant, entry, "" if hit.kind == "role" else "family name of a person named in full")
            else:
                self.waiting.append(entry)

    def left_over(self) -> Iterator[Mention]:
        """A title or lead may name by family name whom only the body names in full."""
        for entry in self.waiting:
            late = self._carried(entry.hit) if entry.zone.name != "body" else None
            if late is not None:
                yield _mention(late, entry, "family name of a person named in full")

    def _held(self, hit: Hit) -> str | None:
        return holder(self.authority, hit, self.published.first, self.published.last) if hit.kind == "role" else None

    def _carried(self, hit: Hit) -> str | None:
        """The one person of the family named so far, if that is one of those who can be meant."""
        named = {slug for person in hit.targets for slug in self.named[self._family(person)]}
        slug = next(iter(named)) if len(named) == 1 else None
        return slug if slug in hit.targets else None

    def _name(self, slug: str) -> None:
        if self.authority.actors[slug].family:
            self.named[self._family(slug)].add(slug)

    def _family(self, slug: str) -> str:
        family = self.authority.actors[slug].family
        return family.get("en", "") or next(iter(family.values()), slug)
