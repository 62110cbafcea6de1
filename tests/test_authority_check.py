"""The shipped data agree with themselves beyond what loading demands."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from feeds.authority.check import checked
from tests.authorities import shipped

# Offices that one person holds at a time.
SINGLE = {
    "President",
    "Acting President",
    "Prime Minister",
    "Premier",
    "Chancellor",
    "Foreign Minister",
    "Secretary of State",
    "Defense Minister",
    "Secretary of Defense",
    "Finance Minister",
    "Secretary of the Treasury",
    "Trade Representative",
    "National Security Adviser",
    "Unification Minister",
}


def test_the_shipped_authority_is_consistent() -> None:
    assert checked(shipped()) is shipped()


def test_no_two_people_hold_one_office_at_once() -> None:
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for actor in shipped().actors.values():
        for role in actor.roles:
            if role.title in SINGLE:
                terms[role.title, role.of].append((role.start or date.min, role.end or date.max, actor.slug))
    clashes = [
        (office, first[2], second[2])
        for office, held in terms.items()
        for first, second in zip(sorted(held), sorted(held)[1:], strict=False)
        if second[0] < first[1]
    ]
    assert clashes == []


def test_every_role_title_has_its_forms() -> None:
    known = {title.title for title in shipped().titles}
    missing = {role.title for actor in shipped().actors.values() for role in actor.roles} - known
    # Titles without forms are matched by their own words; only rare ones may be.
    assert missing == {"Senior Director"}


def test_every_topic_is_named_in_four_languages() -> None:
    for topic in shipped().topics.values():
        assert {"en", "ko", "zh", "ja"} <= topic.names.keys(), topic.slug
