from __future__ import annotations

from datetime import date

from feeds.web import counting
from feeds.web.counting import Cell, Listed, Week
from feeds.web.i18n import INTERFACES
from feeds.web.words import Name
from storage.types import Subject
from tests.builders import RUBIO, SEOUL, TALKS, TARIFFS

EN, KO = INTERFACES["en"], INTERFACES["ko"]
NAMES = {(one.kind, one.slug): one for one in (RUBIO, SEOUL, TARIFFS, TALKS)}
TARIFF, TALK, MARCO, KOREA = TARIFFS.slug, TALKS.slug, RUBIO.slug, SEOUL.slug


def test_weeks_begin_on_monday_and_end_with_the_last_day() -> None:
    days = {date(2026, 2, 1): 1, date(2026, 2, 2): 2, date(2026, 2, 8): 3, date(2025, 1, 1): 9}
    assert counting.weeks(days, date(2026, 2, 4), 3) == (
        Week(date(2026, 1, 19), 0),
        Week(date(2026, 1, 26), 1),
        Week(date(2026, 2, 2), 5),
    )


def test_the_first_week_of_the_calendar_is_no_crash() -> None:
    assert counting.weeks({date.min: 1}, date.min, 52) == (Week(date(1, 1, 1), 1),)


def test_months_newest_first() -> None:
    assert counting.months({date(2026, 2, 28): 1, date(2026, 2, 1): 2, date(2025, 12, 31): 3}) == (
        (date(2026, 2, 1), 3),
        (date(2025, 12, 1), 3),
    )
    assert [counting.last_day(date(2024, month, 1)).day for month in (1, 2, 12)] == [31, 29, 31]


def test_active_counts_by_number_and_then_by_name_whom_the_authority_knows() -> None:
    together = [[("topic", TARIFF)], [("topic", TALK)], [("topic", TARIFF), ("topic", "unknown"), ("actor", MARCO)]]
    assert counting.active(together, "topic", NAMES, EN, 9) == (  # type: ignore[arg-type]
        Listed(Name("Trade & tariffs", "en"), f"/topics/{TARIFF}", 2, TARIFF),
        Listed(Name("Diplomacy & talks", "en"), f"/topics/{TALK}", 1, TALK),
    )
    assert len(counting.active(together, "topic", NAMES, EN, 1)) == 1  # type: ignore[arg-type]


def test_a_matrix_says_each_pair_once() -> None:
    japan = Subject("actor", "japan", "Japan", "country", {})
    together = [[("actor", MARCO), ("actor", KOREA)]] * 3 + [[("actor", "japan"), ("actor", KOREA), ("topic", TALK)]]
    actors = counting.active(together, "actor", {**NAMES, ("actor", "japan"): japan}, EN, 9)  # type: ignore[arg-type]
    assert [one.slug for one in actors] == [KOREA, MARCO, "japan"]
    found = counting.matrix(together, actors)  # type: ignore[arg-type]
    assert found.rows == (
        (),
        (Cell(3, 4, (MARCO, KOREA)),),
        (Cell(1, 2, ("japan", KOREA)), Cell(0, 0, ("japan", MARCO))),
    )
    assert counting.matrix([], ()).rows == ()


def test_groups_stand_in_a_fixed_order_and_lines_as_they_come() -> None:
    lines = [
        ("country", Listed(Name("South Korea", "en"), "/actors/south-korea", 0)),
        ("person", Listed(Name("Zoe", "en"), "/actors/zoe", 0)),
        ("planet", Listed(Name("Mars", "en"), "/actors/mars", 0)),
        ("person", Listed(Name("Abe", "en"), "/actors/abe", 0)),
    ]
    found = counting.groups(lines, {"person": "People", "country": "Countries"}, KO)
    assert [(heading, [one.name.text for one in listed]) for heading, listed in found] == [
        ("인물", ["Zoe", "Abe"]),
        ("국가", ["South Korea"]),
        ("planet", ["Mars"]),
    ]
