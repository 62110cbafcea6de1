from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from feeds.evaluation.labels import load_labels
from feeds.evaluation.score import Answer, TaggedActor, judge_date, refused, score
from feeds.reading import Brief
from storage.types import UNDATED, EventDate, Published

if TYPE_CHECKING:
    from feeds.evaluation.labels import Label
    from feeds.evaluation.score import Score

JAPAN = TaggedActor("Japan", frozenset({"Japan", "日本"}))
CHINA = TaggedActor("China", frozenset({"China", "PRC"}))


def labelled(**keys: Any) -> Label:
    (label,) = load_labels("set", json.dumps({"file": "a.txt"} | keys).encode(), lambda _name: True)
    return label


def hits(judged: Score) -> dict[str, tuple[int, int]]:
    """Figure to (hits, of)."""
    names = {mark.figure for mark in judged.marks}
    return {
        name: (
            sum(mark.good for mark in judged.marks if mark.figure == name),
            sum(mark.figure == name for mark in judged.marks),
        )
        for name in names
    }


def misses(judged: Score) -> list[tuple[str, str, str]]:
    return [(mark.miss, mark.wanted, mark.found) for mark in judged.marks if mark.miss and not mark.good]


def day(text: str, last: str = "") -> Published:
    first = date.fromisoformat(text)
    until = date.fromisoformat(last) if last else first
    return Published("range" if last else "day", "text", first=first, last=until)


def instant(text: str) -> Published:
    return Published("second", "metadata", instant=datetime.fromisoformat(text))


def brief(title: str, text: str, *events: tuple[str, str]) -> Brief:
    dated = tuple(EventDate(date.fromisoformat(first), date.fromisoformat(last), text) for first, last in events)
    return Brief(title, text, "en", 0, 1, dated)


def test_nothing_asked_nothing_judged() -> None:
    judged = score(labelled(), Answer(title="A", briefs=(brief("B", "B."),), actors=(JAPAN,), topics=("x",)))
    assert (judged.marks, judged.dating) == ((), None)


@pytest.mark.parametrize(
    ("wanted", "found", "good"),
    [
        ("Talks resume", "Talks resume", True),
        ("首脳　会談", "首脳 会談", True),
        ("Caf\u00e9", "Cafe\u0301", True),
        (" Talks\u00a0resume ", "Talks  resume", True),
        ("Talks resume", "Talks Resume", False),
        ("Talks resume", "Talks resume | News", False),
        ("会談：再開", "会談:再開", False),
    ],
)
def test_a_title_is_exact_but_for_its_spaces(wanted: str, found: str, good: bool) -> None:
    judged = score(labelled(title=wanted), Answer(title=found))
    assert hits(judged) == {"titles": (int(good), 1)}
    assert misses(judged) == ([] if good else [("title", wanted, found)])


@pytest.mark.parametrize(
    ("wanted", "found", "good"),
    [
        ("zh", "zh-Hans", True),
        ("zh", "zh-Hant", True),
        ("zh-Hant", "zh-Hant", True),
        ("zh-Hant", "zh-Hans", False),
        ("zh-Hant", "zh", False),
        ("en", "en-GB", True),
        ("en", "enm", False),
        ("ja", "und", False),
    ],
)
def test_a_language_is_met_as_far_as_the_label_says(wanted: str, found: str, good: bool) -> None:
    assert hits(score(labelled(language=wanted), Answer(language=found))) == {"languages": (int(good), 1)}


@pytest.mark.parametrize(
    ("label", "found", "dating"),
    [
        ({"published": "2025-04-16"}, day("2025-04-16"), "right day"),
        ({"published": "2025-04-16"}, day("2025-04-15"), "wrong day"),
        ({"published": "2025-04-16", "tolerance_days": 1}, day("2025-04-15"), "right day"),
        ({"published": "2025-04-16", "tolerance_days": 1}, day("2025-04-14"), "wrong day"),
        ({"published": "2025-04-16"}, UNDATED, "not dated"),
        # The same moment is another day elsewhere: the label's zone counts.
        ({"published": "2025-04-16T00:30:00+09:00"}, instant("2025-04-15T15:30:00+00:00"), "right day"),
        ({"published": "2025-04-16T00:30:00+09:00"}, instant("2025-04-16T15:30:00+00:00"), "wrong day"),
        ({"published": "2025-04-16T00:30:00+09:00"}, day("2025-04-16"), "right day"),
        ({"published": "2025-04-16"}, instant("2025-04-16T23:30:00-05:00"), "right day"),
        # Ranges: a week that holds the day, or what the label accepts.
        ({"published": "2025-04-16"}, day("2025-04-14", "2025-04-20"), "honest range"),
        ({"published": "2025-04-16"}, day("2025-04-14", "2025-04-21"), "range too wide"),
        ({"published": "2025-04-16"}, day("2025-04-17", "2025-04-20"), "wrong day"),
        ({"published": "2025-04-16", "tolerance_days": 1}, day("2025-04-17", "2025-04-20"), "honest range"),
        (
            {"published": "2025-04-16", "acceptable_interval": "2025-01-28/2025-05-01"},
            day("2025-01-28", "2025-05-01"),
            "honest range",
        ),
        (
            {"published": "2025-04-16", "acceptable_interval": "2025-01-28/2025-05-01"},
            day("2025-01-27", "2025-05-01"),
            "range too wide",
        ),
        (
            {"published": "2025-04-16", "acceptable_interval": "2025-01-28/2025-05-01"},
            day("2025-04-09"),
            "wrong day",
        ),
        # Where nobody can know it, silence is right and a day is invented.
        ({"published": None}, UNDATED, "right day"),
        ({"published": None}, day("2025-04-16"), "wrong day"),
        ({"published": None, "acceptable_interval": "2025-04-01/2025-05-01"}, UNDATED, "not dated"),
        (
            {"published": None, "acceptable_interval": "2025-04-01/2025-05-01"},
            day("2025-04-02", "2025-04-03"),
            "honest range",
        ),
    ],
)
def test_a_date_is_right_honest_too_wide_wrong_or_missing(label: dict[str, Any], found: Published, dating: str) -> None:
    assert judge_date(labelled(**label), found) == dating


@pytest.mark.parametrize(
    ("found", "marks", "missed"),
    [
        (day("2025-04-16"), (1, 1, 1), []),
        (day("2025-04-15", "2025-04-17"), (0, 1, 1), []),
        (day("2025-03-01", "2025-04-30"), (0, 0, 1), [("range too wide", "2025-04-16", "2025-03-01/2025-04-30")]),
        (day("2025-04-15"), (0, 0, 0), [("wrong day", "2025-04-16", "2025-04-15")]),
        (UNDATED, (0, 0, 1), [("not dated", "2025-04-16", "none")]),
    ],
)
def test_a_date_is_one_miss_and_counts_three_ways(
    found: Published, marks: tuple[int, int, int], missed: list[tuple[str, str, str]]
) -> None:
    judged = score(labelled(published="2025-04-16"), Answer(published=found))
    names = ("right_days", "right_days_or_ranges", "days_not_wrong")
    assert tuple(hits(judged)[name] for name in names) == tuple((mark, 1) for mark in marks)
    assert misses(judged) == missed


def test_strings_are_kept_anywhere_and_must_be_gone_from_summary_and_text() -> None:
    label = labelled(
        must_contain=["in the title", "in the\u3000summary", "in the text", "lost"],
        must_not_contain=["in the title", "in the summary", "text\nacross", "gone"],
    )
    judged = score(label, Answer(title="in the title", summary="in the summary", text="in the text\nacross lines"))
    assert hits(judged) == {"strings_kept": (3, 4), "strings_removed": (2, 4)}
    assert misses(judged) == [
        ("text lost", "lost", ""),
        ("furniture kept", "", "in the summary"),
        ("furniture kept", "", "text\nacross"),
    ]


def test_briefs_are_met_by_their_beginning_with_the_dates_they_state() -> None:
    label = labelled(
        related=[
            {"title_or_first_sentence": "Rates fell, again", "date": "2025-04-01"},
            {"title_or_first_sentence": "the second", "date": None},
            {"title_or_first_sentence": "A third", "date": "2025-04-03"},
            {"title_or_first_sentence": "A fourth", "date": "2025-04-04"},
        ]
    )
    briefs = (
        brief("Rates fell – again and again", "Text.", ("2025-03-30", "2025-04-02")),
        brief("Head", "The second one's text.", ("2025-04-01", "2025-04-01")),
        brief("A third", "Text.", ("2025-03-01", "2025-04-30")),
        brief("Nobody named this", "Text."),
    )
    judged = score(label, Answer(briefs=briefs))
    assert hits(judged) == {"briefs_found": (3, 4), "brief_dates": (1, 3), "briefs_not_invented": (3, 4)}
    assert misses(judged) == [
        ("date of a brief", "2025-04-03", "2025-03-01/2025-04-30"),
        ("brief not found", "A fourth", ""),
        ("date of a brief", "2025-04-04", ""),
        ("brief not labelled", "", "Nobody named this"),
    ]


def test_one_brief_answers_one_label() -> None:
    label = labelled(related=[{"title_or_first_sentence": "Rates"}, {"title_or_first_sentence": "Rates"}])
    assert hits(score(label, Answer(briefs=(brief("Rates fell", "Text."),))))["briefs_found"] == (1, 2)


def test_actors_are_met_by_any_of_their_names() -> None:
    label = labelled(actors=[{"name": "PRC", "salient": True}, {"name": "Norway", "salient": True}, {"name": "UN"}])
    judged = score(label, Answer(actors=(CHINA, JAPAN)))
    assert hits(judged) == {"actor_recall": (1, 3), "salient_recall": (1, 2), "actor_precision": (1, 2)}
    assert misses(judged) == [
        ("salient actor missed", "Norway", ""),
        ("actor missed", "UN", ""),
        ("actor not labelled", "", "Japan"),
    ]


def test_a_name_shown_goes_before_another_name() -> None:
    republic = TaggedActor("Korea", frozenset({"Korea", "Japan"}))
    judged = score(labelled(actors=[{"name": "Japan"}]), Answer(actors=(republic, JAPAN)))
    assert misses(judged) == [("actor not labelled", "", "Korea")]


def test_extra_actors_are_not_false_where_the_label_does_not_list_all() -> None:
    label = labelled(actors=[{"name": "Japan"}], exhaustive_actors=False)
    assert hits(score(label, Answer(actors=(JAPAN, CHINA))))["actor_precision"] == (1, 1)


def test_an_actor_from_elsewhere_is_one_miss() -> None:
    label = labelled(
        actors=[{"name": "Japan"}],
        related_only_actors=[{"name": "China"}, {"name": "Japan"}],
        must_not_be_actor=["The Desk"],
    )
    judged = score(label, Answer(actors=(JAPAN, CHINA)))
    assert hits(judged) == {"actor_recall": (1, 1), "actor_precision": (1, 2), "strangers_left_out": (1, 2)}
    assert misses(judged) == [("actor from elsewhere", "", "China")]


def test_topics_by_precision_recall_and_the_first() -> None:
    label = labelled(topics=["a", "b", "c"])
    judged = score(label, Answer(topics=("c", "a", "x")))
    assert hits(judged) == {"topic_recall": (2, 3), "topic_precision": (2, 3), "first_topics": (0, 1)}
    assert misses(judged) == [
        ("topic missed", "b", ""),
        ("topic not labelled", "", "x"),
        ("first topic", "a or b", "c"),
    ]
    assert hits(score(label, Answer(topics=("b",))))["first_topics"] == (1, 1)
    assert hits(score(label, Answer()))["first_topics"] == (0, 1)
    assert hits(score(labelled(topics=[]), Answer(topics=("x",)))) == {"topic_precision": (0, 1)}


def test_a_refused_file_misses_all_that_was_wanted_and_says_why() -> None:
    judged = refused(labelled(title="A", published="2025-04-16", must_contain=["b"]), "the file is empty")
    assert misses(judged) == [
        ("no article", "", "the file is empty"),
        ("title", "A", ""),
        ("not dated", "2025-04-16", "none"),
        ("text lost", "b", ""),
    ]
