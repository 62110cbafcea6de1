from __future__ import annotations

import pytest

from feeds.errors import LabelsError
from feeds.evaluation.figures import MEANINGS, Figure, Group, below, figures, load_floors
from feeds.evaluation.score import Mark, Score

SCORES = (
    Score("h01.html", (Mark("titles", good=True), Mark("topic_recall", good=False), Mark("read", good=False))),
    Score("k01.txt", (Mark("titles", good=False), Mark("topic_recall", good=True), Mark("topic_recall", good=True))),
)


def test_every_judgement_weighs_the_same() -> None:
    summed = figures(SCORES)
    assert tuple(summed) == tuple(MEANINGS)
    assert (summed["titles"], summed["topic_recall"]) == (Figure(1, 2), Figure(2, 3))
    assert summed["titles"].share == 0.5
    assert (summed["languages"], summed["languages"].share, str(summed["languages"])) == (Figure(0, 0), None, "-")
    assert str(summed["topic_recall"]) == "2/3   66.7%"


def test_a_group_is_files_by_pattern() -> None:
    assert [one.file for one in Group("g", ("h*.html", "x*"), {}).of(SCORES)] == ["h01.html"]
    assert Group("g", ("H*",), {}).of(SCORES) == ()


def test_a_figure_at_its_floor_holds_and_below_it_falls() -> None:
    reached = figures(SCORES)
    assert below(Group("g", ("*",), {"titles": 0.5, "topic_recall": 0.66}), reached) == []
    assert below(Group("g", ("*",), {"titles": 0.51, "topic_recall": 0.6, "languages": 0}), reached) == [
        "g: titles is 0.5000 (1/2), below 0.51",
        "g: languages has a floor of 0, but no label speaks of it",
    ]


def test_floors_are_read() -> None:
    text = b'[[group]]\nname = "five"\nfiles = ["0*"]\n[group.floors]\ntitles = 1\nright_days = 0.8\n'
    assert load_floors("f", text) == (Group("five", ("0*",), {"titles": 1, "right_days": 0.8}),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[group]\n", "f: "),
        ("", r"f: \[\[group\]\] tables are wanted"),
        ("other = 1\n[[group]]\n", "and nothing else"),
        ("group = 1", "tables are wanted"),
        ('[[group]]\nname = "a"\n', "f: group 1: `name`, `files` and `floors` are wanted"),
        ('[[group]]\nname = 1\nfiles = ["*"]\nfloors = {}\n', "`name` must be a string"),
        ('[[group]]\nname = "a"\nfiles = [1]\nfloors = {}\n', "a list of shell patterns"),
        ('[[group]]\nname = "a"\nfiles = ["*"]\nfloors = 1\n', "`floors` must be a table"),
        ('[[group]]\nname = "a"\nfiles = ["*"]\nfloors = {beauty = 1}\n', "'beauty' is none of titles, "),
        (
            '[[group]]\nname = "a"\nfiles = ["*"]\nfloors = {titles = 98}\n',
            "titles must be a share from 0 to 1, not 98",
        ),
        ('[[group]]\nname = "a"\nfiles = ["*"]\nfloors = {titles = true}\n', "titles must be a share"),
    ],
)
def test_wrong_floors_are_refused(text: str, words: str) -> None:
    with pytest.raises(LabelsError, match=words):
        load_floors("f", text.encode())
