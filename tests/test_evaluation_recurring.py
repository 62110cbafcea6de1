from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from feeds.evaluation.recurring import UNKNOWN, mask, propose, sample, to_toml
from feeds.reading import Article, Block, BlockKind
from feeds.reading.rules import load_rules

if TYPE_CHECKING:
    from feeds.evaluation.recurring import Proposal, Sample
    from feeds.reading.rules import Rule

TOWNS = ("Aldermoor", "Brackwater", "Cinderhill", "Dunmarrow", "Eastlea", "Farrowby", "Glimmer", "Harrowby")
LAMP = "Our lamp is lit by 1,204 readers tonight"


def story(town: str) -> tuple[str, str]:
    return (
        f"The bridge at {town} opened to carts on a cold morning after the masons had set its last stone.",
        f"Carters from {town} said that they would save two hours on the road to the mill and back again.",
    )


def seed(*lines: str, title: str = "", source: str | None = "daily.example") -> Sample:
    kinds = [(BlockKind.TITLE, title)] if title else []
    kinds += [(BlockKind.BODY, line) for line in lines]
    blocks = tuple(Block(kind, text, 0, 1) for kind, text in kinds)
    return sample(Article(title, "text", "", "", "en", source=source, blocks=blocks))


def with_lamp(town: str, line: str = LAMP, source: str | None = "daily.example") -> Sample:
    first, second = story(town)
    return seed(first, line, second, title=f"The bridge at {town}", source=source)


def texts(proposals: list[Proposal]) -> list[str]:
    return [one.spellings[0] for one in proposals]


def loaded(toml: str) -> list[Rule]:
    """The proposed rules, through the loader of reading, over those that are shipped."""
    shipped = (files("feeds.reading") / "furniture.toml").read_text(encoding="utf-8")
    return [rule for rule in load_rules({"ours": shipped, "theirs": toml}) if rule.id.startswith("learned-")]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("1,204 readers", "0 readers"),
        ("Readers: 7", "readers 0"),
        ("2026年2月3日 05:10", "0年0月0日 0"),
        ("今夜2,024人", "今夜0人"),
        ("5G masts", "0g masts"),
        ("ＬＡＭＰ 12", "lamp 0"),
    ],
)
def test_numbers_tell_no_lines_apart(line: str, key: str) -> None:
    assert mask(line) == key


def test_only_what_the_rules_left_to_read_counts() -> None:
    blocks = (
        Block(BlockKind.CAPTION, "A lamp", 0, 6, "caption"),
        Block(BlockKind.TITLE, "Title", 7, 12, "title-line"),
        Block(BlockKind.BODY, "Body", 13, 17),
        Block(BlockKind.NOTICE, "Share", 18, 23, "button"),
    )
    taken = sample(Article("Title", "text", "", "Body", "en", blocks=blocks))
    assert (taken.source, [line.text for line in taken.lines]) == (UNKNOWN, ["Title", "Body"])


def test_a_line_counts_from_the_fifth_seed_on() -> None:
    assert propose([seed(), *(with_lamp(town) for town in TOWNS[:4])]) == []
    (found,) = propose(
        [with_lamp(town, f"Our lamp is lit by {at:,} readers tonight") for at, town in enumerate(TOWNS[:5])]
    )
    assert (found.source, found.key, found.seeds, found.of) == (
        "daily.example",
        "our lamp is lit by 0 readers tonight",
        5,
        5,
    )


def test_a_line_must_stand_in_a_share_of_its_own_source() -> None:
    some = [with_lamp(town) for town in TOWNS[:5]]
    rest = [
        seed(*story(f"town number {number}"), title=f"The bridge of {number} {'x' * number}") for number in range(12)
    ]
    others = [seed(*(f"{'y' * number} {line}" for line in story("Moss"))) for number in range(1, 13)]
    assert texts(propose(some + others[:11])) == [LAMP], "5 of 16 is more than 30 %"
    assert texts(propose(some + others)) == [], "5 of 17 is less"
    elsewhere = [seed(*story(town), source="other.example") for town in TOWNS]
    assert texts(propose(some + elsewhere + rest[:0])) == [LAMP]


def test_sources_are_not_thrown_together() -> None:
    mixed = [with_lamp(town, source="daily.example" if at % 2 else None) for at, town in enumerate(TOWNS)]
    assert propose(mixed) == []
    assert [one.source for one in propose(mixed, min_seeds=4)] == ["daily.example", UNKNOWN]


def test_copies_of_one_article_are_one_seed() -> None:
    copies = [with_lamp("Aldermoor") for _ in range(9)]
    assert propose(copies) == []
    assert propose([*copies, with_lamp("Brackwater")]) == []


def test_a_line_without_a_letter_and_one_too_long_for_a_rule_are_left() -> None:
    assert propose([with_lamp(town, "— 1,204 —") for town in TOWNS]) == []
    assert propose([with_lamp(town, "lamp " * 600) for town in TOWNS]) == []


def test_a_page_name_taken_for_the_title_is_found_with_what_stands_under_it() -> None:
    pages = [seed("By the lamp", *story(town), title="The Lantern Daily of the Hills") for town in TOWNS]
    found = {one.spellings[0]: one.kind for one in propose(pages)}
    assert found == {"The Lantern Daily of the Hills": BlockKind.NOTICE, "By the lamp": BlockKind.CREDIT}


def test_the_kind_is_guessed_from_place_and_shape() -> None:
    paragraph = "Every word of the Lantern Daily is weighed twice by its keepers before it leaves the press."
    pages = [
        seed(
            *story(town), paragraph, LAMP, "More by lamp light", f"Market at {town}", "The keepers", title=f"At {town}"
        )
        for town in TOWNS
    ]
    found = {one.spellings[0]: one.kind for one in propose(pages)}
    assert found == {
        paragraph: BlockKind.NOTICE,
        LAMP: BlockKind.RELATED,
        "More by lamp light": BlockKind.RELATED,
        "The keepers": BlockKind.CREDIT,
    }
    middle = [with_lamp(town) for town in TOWNS]
    assert [one.kind for one in propose(middle)] == [BlockKind.NOTICE]


def test_proposals_are_rules_that_load_and_match_every_spelling_and_number() -> None:
    spellings = ("Lamp No. 7 – it's lit!", "LAMP NO. 1,200 – IT’S LIT", "Lamp no 12: it's lit")
    pages = [with_lamp(town, spellings[at % 3]) for at, town in enumerate(TOWNS)]
    (rule,) = loaded(to_toml(propose(pages)))
    assert (rule.id[:22], rule.kind, rule.form) == ("learned-daily-example-", BlockKind.NOTICE, "line")
    assert all(rule.matches(text) for text in (*spellings, *rule.examples, "Lamp No. 98,765 – it's lit!"))
    assert not any(
        rule.matches(text) for text in ("Lamp No. 7 – it's out", "The lamp No. 7 – it's lit", *story("Moss"))
    )


@pytest.mark.parametrize(
    "line",
    [
        "灯は今夜2,024人の読者が点す",
        "램프 3개가 켜졌습니다 · 기록 2026.02.03",
        'He said "lamp" \\ it\'s <b>lit</b> [5G] (a|b) 7*7',
        "ＬＡＭＰ　ｎｏ　１２",
        "İstanbul lambası 5\u00a0kez",
        "La\u00admp\u200b of the day\x7f 3",
    ],
)
def test_any_line_makes_a_rule_that_loads_and_matches_it(line: str) -> None:
    (rule,) = loaded(to_toml(propose([with_lamp(town, line, source='odd "\x7f" source') for town in TOWNS])))
    assert rule.matches(line)
    assert rule.matches(line.replace("7", "17").replace("3", "4,503", 1))
    assert all(rule.matches(example) for example in rule.examples)


def test_rare_spellings_are_left_out_where_the_pattern_would_grow_too_long() -> None:
    base = "lamp " * 60
    pages = [
        with_lamp(town, re.sub("lamp", f"{'L' if at % 2 else 'l'}amp{'-' * at}", base)) for at, town in enumerate(TOWNS)
    ]
    assert len(loaded(to_toml(propose(pages)))) == 1
    wide = [with_lamp(town, base if at else "ｌａｍｐ " * 60) for at, town in enumerate(TOWNS)]
    widest = [with_lamp(town, "lamp " * 250 if at else "ｌａｍｐ " * 250) for at, town in enumerate(TOWNS)]
    (both,) = loaded(to_toml(propose(wide)))
    assert both.matches("ｌａｍｐ " * 60)
    (one,) = loaded(to_toml(propose(widest)))
    assert (one.matches("lamp " * 250), one.matches("ｌａｍｐ " * 250)) == (True, False)


def test_the_ids_are_the_same_whenever_the_line_is_found_again() -> None:
    few, many = ([with_lamp(town) for town in towns] for towns in (TOWNS[:5], TOWNS))
    ids = [tomllib.loads(to_toml(propose(pages)))["rule"][0]["id"] for pages in (few, many)]
    assert ids[0] == ids[1]


def test_the_commonest_come_first() -> None:
    pages = [seed(*story(town), LAMP, *(["The keepers"] if at else []), title=town) for at, town in enumerate(TOWNS)]
    assert texts(propose(pages)) == [LAMP, "The keepers"]
    assert "# in 8 of 8 seeds" in to_toml(propose(pages)).splitlines()[0]
