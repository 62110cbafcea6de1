"""Link a new or revised item with the other reports of its event, inside the transaction that stored it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.tagging.groups import NONE, WINDOW_DAYS, Rarities, Rarity, choose, evidence, same_event
from feeds.tagging.sketch import CONCEPT, facts_of, pack, sketch, unpack
from storage.groups import (
    actor_types,
    assign,
    candidates,
    count_terms,
    group_of,
    groups_of,
    members,
    put_sketch,
    read_sketches,
    term_counts_of,
)
from storage.items import item_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.tagging.sketch import Sketch
    from storage.engine import Connection
    from storage.types import Item

_FACTS, _CONCEPTS = "", "concepts"  # the kinds under which they are counted
_EACH, _MOST = 60, 40  # what bounds the cost of an item: candidates a key, comparisons


def regroup(conn: Connection, item_id: int) -> str | None:
    """Compare an item with its like and give the id of its group, or None where it is the only report so far.

    Call it after `insert_item` or `revise_item` and `place_item`, in the same transaction. An item never leaves its
    group: a revision is the same report. Two groups that it belongs to both become one, under the older id.
    """
    item = item_by_id(conn, item_id)
    slugs = [tag.slug for tag in item.report.tags if tag.kind == "actor"]
    mine = sketch(item.report, item.first_seen.date(), actor_types(conn, slugs))
    if put_sketch(conn, item_id, mine.language, pack(mine), day=mine.when.day, keys=(*mine.keys, *mine.bands)):
        count_terms(conn, mine.language, mine.words)
        count_terms(conn, _FACTS, [fact for fact in mine.facts if not fact & CONCEPT])
        count_terms(conn, _CONCEPTS, [fact for fact in mine.facts if fact & CONCEPT])
    own = group_of(conn, item_id)
    others = _like(conn, item_id, mine)
    likeness = _Likeness(conn, {item_id: mine, **others})
    scores = {other: likeness(item_id, other) for other in sorted(others)}
    groups = groups_of(conn, scores)
    compared = {group: members(conn, group) for group in sorted(set(groups.values()))}
    lone, joined = choose(scores, groups, compared, likeness)
    if own is not None and own not in joined:
        joined = [own, *joined]
    return assign(conn, [item_id, *lone], joined) if lone or joined else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why two items are reports of one event, or are not: `score` is a multiple of what they need.

    `shared` are the facts that both have, and how much each says, in nats.
    """

    score: float
    days: int
    together: bool
    shared: tuple[tuple[str, float], ...]


def compare(conn: Connection, one: Item, other: Item) -> Comparison:
    """Compare two items as if one of them arrived now."""
    types = actor_types(conn, [tag.slug for item in (one, other) for tag in item.report.tags if tag.kind == "actor"])
    first, second = (sketch(item.report, item.first_seen.date(), types) for item in (one, other))
    likeness = _Likeness(conn, {one.id: first, other.id: second})
    group = group_of(conn, one.id)
    return Comparison(
        likeness(one.id, other.id),
        abs(first.when.day - second.when.day),
        group is not None and group == group_of(conn, other.id),
        tuple(evidence(facts_of(one.report, types), facts_of(other.report, types), likeness.rarities(NONE))),
    )


def _like(conn: Connection, item_id: int, mine: Sketch) -> dict[int, Sketch]:
    days = (mine.when.day - WINDOW_DAYS, mine.when.day + WINDOW_DAYS)
    found = [
        *candidates(conn, mine.bands, None, each=_EACH, most=_MOST),
        *candidates(conn, mine.keys, days, each=_EACH, most=_MOST),
    ]
    kept = read_sketches(conn, [other for other in dict.fromkeys(found) if other != item_id])
    return {other: unpack(data, language) for other, (language, data) in kept.items()}


class _Likeness:
    """The scores of any two of some sketches, with what the store knows of how rare their terms are."""

    def __init__(self, conn: Connection, sketches: Mapping[int, Sketch]) -> None:
        self._conn, self._sketches = conn, sketches
        facts = {fact for one in sketches.values() for fact in one.facts}
        told = [fact for fact in facts if fact & CONCEPT]
        self._facts = Rarity(*term_counts_of(conn, _FACTS, facts.difference(told)))
        self._concepts = Rarity(*term_counts_of(conn, _CONCEPTS, told))
        self._words: dict[str, Rarity] = {}

    def __call__(self, one: int, other: int) -> float:
        first, second = self._sketches[one], self._sketches[other]
        words = self._words_of(first.language) if first.language == second.language else NONE
        return same_event(first, second, self.rarities(words))

    def rarities(self, words: Rarity) -> Rarities:
        """How rare the facts are, and these words."""
        return Rarities(words, self._facts, self._concepts)

    def _words_of(self, language: str) -> Rarity:
        if language not in self._words:
            words = {word for one in self._sketches.values() if one.language == language for word in one.words}
            self._words[language] = Rarity(*term_counts_of(self._conn, language, words))
        return self._words[language]
