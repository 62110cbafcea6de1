from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from feeds.authority import load_authority
from feeds.authority.spots import country_of
from feeds.authority.terms import clashes
from feeds.errors import AuthorityError
from tests.authorities import shipped, write

if TYPE_CHECKING:
    from pathlib import Path

MAYORS = """[[actor]]
slug = "ann-fenwick"
type = "person"
label = "Ann Fenwick"
roles = [{ title = "Mayor", of = "ireland", from = 2001-05-01, to = 2005-05-02, checked = true }]
[[actor]]
slug = "bea-orlov"
type = "person"
label = "Bea Orlov"
roles = [{ title = "Mayor", of = "ireland", from = 2005-05-01, checked = true }]
"""
HEADS = ("President", "Prime Minister", "Chancellor", "King", "Supreme Leader")
FOREIGN = ("Foreign Minister", "Foreign Secretary", "Secretary of State")
DEFENCE = ("Defense Minister", "Defence Secretary", "Secretary of Defense")
FINANCE = (
    "Finance Minister",
    "Treasurer",
    "Chancellor of the Exchequer",
    "Secretary of the Treasury",
    "Economy Minister",
)
TRADE = ("Trade Minister", "Trade Secretary", "Trade Representative", "Commerce Minister", "Industry Minister")
# Whose trade ministers are many, or not known for certain.
NO_TRADE = {"argentina", "brazil", "france", "germany", "mexico"}
COUNTRIES = {
    *(
        "argentina",
        "australia",
        "brazil",
        "canada",
        "china",
        "france",
        "germany",
        "india",
        "indonesia",
        "italy",
        "japan",
    ),
    *("mexico", "north-korea", "russia", "saudi-arabia", "south-africa", "south-korea", "turkey", "united-kingdom"),
    "united-states",
}


def test_no_two_people_hold_one_office_at_once() -> None:
    found = [(clash.first.slug, clash.second.slug) for clash in clashes(shipped(), checked=False)]
    assert found == []


def test_handovers_take_a_day(tmp_path: Path) -> None:
    assert "ann-fenwick" in load_authority(write(tmp_path, "actors.toml", MAYORS)).actors


def test_certain_terms_that_overlap_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "actors.toml", MAYORS.replace("2005-05-02", "2005-06-02"))
    with pytest.raises(AuthorityError, match=r"actors\.toml:10: bea-orlov: Mayor of ireland while ann-fenwick held it"):
        load_authority(tmp_path)


def test_terms_that_are_not_certain_may_overlap(tmp_path: Path) -> None:
    write(tmp_path, "actors.toml", MAYORS.replace("2005-05-02, checked = true", "2005-06-02"))
    assert [clash.second.slug for clash in clashes(load_authority(tmp_path), checked=False)] == ["bea-orlov"]


def test_a_certain_term_has_a_start(tmp_path: Path) -> None:
    write(tmp_path, "actors.toml", MAYORS.replace("from = 2005-05-01, ", ""))
    with pytest.raises(AuthorityError, match=r"actors\.toml:10: bea-orlov: Mayor is checked but has no start"):
        load_authority(tmp_path)


@pytest.mark.parametrize("country", sorted(COUNTRIES))
@pytest.mark.parametrize("day", ["2018-12-05", "2021-06-01", "2024-08-01"])
def test_the_offices_of_the_g20_and_both_koreas_are_held(country: str, day: str) -> None:
    on = date.fromisoformat(day)
    held = {
        role.title
        for actor in shipped().actors.values()
        for role in actor.roles
        if country_of(shipped(), role.of) == country and role.held(on, on)
    }
    offices = (HEADS, FOREIGN, DEFENCE, FINANCE, *([] if country in NO_TRADE else [TRADE]))
    assert [titles for titles in offices if not held.intersection(titles)] == []
