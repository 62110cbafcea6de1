"""Titles without the site's name, and summaries."""

from __future__ import annotations

import pytest

from feeds.reading.headline import best_title, choose_title, cut_site, infer_title, summarise


@pytest.mark.parametrize(
    ("title", "sites", "expected"),
    [
        ("港特首就违建事件道歉 - BBC中文网 - 两岸三地", ["BBC中文网"], "港特首就违建事件道歉"),
        ("港特首就违建事件道歉 - BBC中文网", ["BBC中文网"], "港特首就违建事件道歉"),
        ("Russia leaves the treaty | Fox News", [], "Russia leaves the treaty"),
        ("Russia leaves the treaty | World | Example", [], "Russia leaves the treaty"),
        ("Alibaba to raise billions : CityAM", ["CityAM"], "Alibaba to raise billions"),
        ("Kim is back - Trump is glad about it", [], "Kim is back - Trump is glad about it"),
        ("회담 재개 - 예시일보", [], "회담 재개"),
        ("首脳が電話（写真＝ロイター）", [], "首脳が電話"),
        ("Example News", ["Example News"], "Example News"),
    ],
)
def test_cut_site(title: str, sites: list[str], expected: str) -> None:
    assert cut_site(title, sites) == expected


def test_a_candidate_that_begins_another_is_free_of_its_tail() -> None:
    assert best_title(["港特首就违建事件道歉 - BBC中文网 - 两岸三地", "港特首就违建事件道歉"]) == "港特首就违建事件道歉"


def test_the_site_alone_is_no_title() -> None:
    assert best_title(["Example Post", "Tugs for two towns"], ["Example Post"]) == "Tugs for two towns"
    assert best_title([]) == ""


def test_who_decides_the_title() -> None:
    assert choose_title("A", "B", "C", "D.") == ("A", "declared")
    assert choose_title("", "B", "C", "D.") == ("B", "metadata")
    assert choose_title("", "", "C", "D.") == ("C", "text")
    assert choose_title("", "", "", "The first one. The second.") == ("The first one.", "inferred")


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    title = infer_title("word " * 100)

    assert len(title) <= 150
    assert title.endswith("word…")


def test_summary() -> None:
    body = "First sentence of it. " + "Second one is here. " * 20 + "\n\nAnother paragraph."

    assert summarise("said", "lead", body) == "said"
    assert summarise("", "lead", body) == "lead"
    assert summarise("", "", body).startswith("First sentence of it. Second one is here.")
    assert len(summarise("", "", body)) <= 300
    assert summarise("", "", "双方同意。会谈继续。") == "双方同意。会谈继续。"
    assert summarise("", "", "") == ""


def test_a_title_that_was_cut_off_loses_to_the_whole_one() -> None:
    whole = "Car maker's deliveries dip to 1.24 million cars due to weaker sales"

    assert (
        best_title(["Car maker's deliveries dip to 1.24 million cars...", whole, f"{whole} - Pier"], ["Pier"]) == whole
    )
    long = "The two harbour towns agreed to share all of their pilots and tugs, and to found a council of six that"
    assert best_title([long, f"{long} settles the costs"]) == f"{long} settles the costs"


def test_dots_of_the_author_stay() -> None:
    assert best_title(["Warm it was... fair it was... - The Pier", "Warm it was... fair it was..."]) == (
        "Warm it was... fair it was..."
    )


@pytest.mark.parametrize("title", ["Tugs for two towns -", "Tugs for two towns |", "Tugs for two towns › pier.org"])
def test_separators_are_cut_with_their_site_or_without(title: str) -> None:
    assert cut_site(title) == "Tugs for two towns"
