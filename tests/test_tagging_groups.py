"""When two reports are of one event, and which group a report joins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.tagging.groups import NONE, Rarities, Rarity, choose, evidence, same_event
from feeds.tagging.sketch import CONCEPT, Sketch, When, fact_hash

WORDS = dict.fromkeys(range(30), 1.0)
FACTS = {100: 1.0, 101: 0.8, 102: 0.6}
ONE = Sketch("en", When(735_974, certain=True), WORDS, FACTS, frozenset({100}), (), ())
RARE = Rarities(Rarity(1000, dict.fromkeys(WORDS, 5)), Rarity(1000, dict.fromkeys(FACTS, 5)), NONE)
COMMON = Rarities(RARE.words, Rarity(1000, dict.fromkeys(FACTS, 900)), NONE)


def later(one: Sketch, days: int) -> Sketch:
    return replace(one, when=When(one.when.day + days, certain=True))


def test_what_is_alike_in_words_and_facts_is_one_event() -> None:
    assert same_event(ONE, ONE, RARE) >= 1


def test_a_likeness_fades_with_the_days_and_ends_with_the_window() -> None:
    scores = [same_event(ONE, later(ONE, days), RARE) for days in range(6)]
    assert scores == sorted(scores, reverse=True)
    assert scores[4] > 0
    assert scores[5] == 0


def test_facts_alone_are_not_enough_within_a_language() -> None:
    other = replace(ONE, words={number + 50: 1.0 for number in range(30)})
    assert same_event(ONE, other, RARE) == 0


def test_rare_facts_are_enough_across_languages_and_common_ones_are_not() -> None:
    other = replace(ONE, language="ko", words={})
    assert same_event(ONE, other, RARE) >= 1
    assert same_event(ONE, other, COMMON) < 0.25


def test_countries_and_topics_alone_never_link_two_languages() -> None:
    one, other = replace(ONE, known=frozenset()), replace(ONE, known=frozenset(), language="ja")
    assert same_event(one, other, RARE) == 0


def test_a_day_between_two_languages_is_a_zone_apart() -> None:
    other = replace(ONE, language="ko")
    assert same_event(ONE, later(other, 1), RARE) == same_event(ONE, other, RARE)
    assert same_event(ONE, later(other, 2), RARE) < same_event(ONE, other, RARE)


def test_a_day_that_is_only_first_seen_counts_less() -> None:
    unsure = replace(ONE, when=When(ONE.when.day, certain=False))
    assert same_event(ONE, unsure, RARE) == pytest.approx(0.85 * same_event(ONE, ONE, RARE))


def test_copies_are_one_event_whatever_their_days() -> None:
    one = replace(ONE, minhash=tuple(range(64)))
    assert same_event(one, later(one, 300), RARE) == 2.0


def test_a_young_store_knows_little_of_what_is_rare() -> None:
    assert Rarity(1, {7: 1})(7) < Rarity(1000, {7: 1})(7)


def test_a_concept_is_rare_among_concepts() -> None:
    """A store that has counted facts for years and concepts since yesterday does not take each of them for a rarity."""
    rarity = Rarities(NONE, Rarity(100_000, {}), Rarity(100, {7 | CONCEPT: 90}))
    assert rarity.told(7) > 11
    assert rarity.told(7 | CONCEPT) < 0.5


def test_the_evidence_is_what_both_have_the_rarest_first() -> None:
    rarity = Rarities(NONE, Rarity(100, {fact_hash("actor china"): 90}), Rarity(100, {}))
    one = {"actor china": 0.4, "concept raid": 0.4, "number 475": 0.8}
    found = evidence(one, {"actor china": 0.4, "concept raid": 0.8, "topic crime": 0.5}, rarity)
    assert [name for name, _ in found] == ["concept raid", "actor china"]
    assert found[0][1] == pytest.approx(0.4 * 4.7, abs=0.01)


def unlike(one: int, other: int) -> float:
    return 0.0


def alike(one: int, other: int) -> float:
    return 1.2


def test_lone_reports_and_groups_are_joined() -> None:
    assert choose({1: 1.5, 2: 0.4, 3: 1.1}, {3: "g"}, {"g": [3]}, alike) == ([1], ["g"])


def test_a_group_is_joined_only_by_what_is_like_it_as_a_whole() -> None:
    members = {"g": [1, 2, 3, 4]}
    groups = dict.fromkeys([1, 2, 3, 4], "g")
    assert choose({1: 1.2, 2: 0.2, 3: 0.2, 4: 0.1}, groups, members, unlike) == ([], [])
    assert choose({1: 1.2, 2: 0.9, 3: 0.9, 4: 0.8}, groups, members, unlike) == ([], ["g"])


def test_one_that_is_very_like_makes_up_for_one_that_is_less_but_not_for_many() -> None:
    groups = dict.fromkeys([1, 2, 3], "g")
    assert choose({1: 9.0, 2: 0.4}, {1: "g", 2: "g"}, {"g": [1, 2]}, unlike) == ([], ["g"])
    assert choose({1: 9.0, 2: 0.4, 3: 0.4}, groups, {"g": [1, 2, 3]}, unlike) == ([], [])


def test_two_groups_become_one_only_if_they_are_like_each_other() -> None:
    scores, groups, members = {1: 1.1, 2: 1.3}, {1: "a", 2: "b"}, {"a": [1], "b": [2]}
    assert choose(scores, groups, members, unlike) == ([], ["b"])
    assert choose(scores, groups, members, alike) == ([], ["b", "a"])


def test_a_lone_report_joins_a_group_only_if_it_is_like_it() -> None:
    assert choose({1: 1.1, 2: 1.3}, {2: "b"}, {"b": [2]}, unlike) == ([], ["b"])
    assert choose({1: 1.3, 2: 1.1}, {2: "b"}, {"b": [2]}, unlike) == ([1], [])


def test_members_that_were_not_compared_do_not_count() -> None:
    assert choose({1: 1.2}, {1: "g"}, {"g": [1, 8, 9]}, unlike) == ([], ["g"])
