"""The furniture rules: every shipped example is run, and wrong files are told apart."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from feeds.errors import AuthorityError
from feeds.reading import BlockKind
from feeds.reading.rules import Rule, load_rules
from feeds.reading.tools import load_tools

RULES = load_tools(None).rules
ALL: list[Rule] = list(RULES)


def hits(rule: Rule, text: str) -> bool:
    if rule.form in {"line", "label", "section"}:
        return rule.matches(text)
    assert rule.pattern is not None
    found = list(rule.pattern.finditer(text))
    return any(one.start() == 0 if rule.form == "start" else one.end() == len(text) for one in found)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in ALL for text in rule.examples], ids=str)
def test_example(rule: Rule, text: str) -> None:
    assert hits(rule, text)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in ALL for text in rule.counters], ids=str)
def test_counter_example(rule: Rule, text: str) -> None:
    assert not hits(rule, text)


def test_every_rule_has_an_example() -> None:
    assert [rule.id for rule in ALL if not rule.examples] == []


def test_every_word_group_is_used() -> None:
    text = (files("feeds.reading") / "furniture.toml").read_text(encoding="utf-8")
    groups = set(re.findall(r"^\[words\.(\w+)\]", text, re.MULTILINE))

    assert groups == {name for name in groups if text.count(f'"{name}"')}


WORDS = '[words.paper]\nen = ["gazette", "bulletin*"]\nko = ["신문"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Gazette", True),
        ("bulletins today", True),
        ("gazetted", False),
        ("한국신문이", True),
        ("GAZETTE가 말했다", True),
    ],
)
def test_words_match_whole_in_spaced_scripts_and_anywhere_in_others(text: str, expected: bool) -> None:
    rules = load_rules({"a.toml": WORDS + '[[rule]]\nid = "x"\nkind = "notice"\nwords = ["paper"]\n'})

    assert rules.lines[0].matches(text) is expected


def test_operator_adds_words_and_replaces_rules_by_id() -> None:
    ours = WORDS + '[[rule]]\nid = "x"\nkind = "notice"\nwords = ["paper"]\nmax = 10\n'
    theirs = '[words.paper]\nen = ["courier"]\n[[rule]]\nid = "x"\nkind = "credit"\nwords = ["paper"]\n'

    rules = load_rules({"ours.toml": ours, "theirs.toml": theirs})

    assert [(rule.id, rule.kind) for rule in rules] == [("x", BlockKind.CREDIT)]
    assert rules.lines[0].matches("The Courier of the North")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule]\n", "furniture.toml: .*line 1"),
        ("rules = 1\n", "unknown key 'rules'"),
        ('[[rule]]\nkind = "notice"\n', "rule 1 has no `id`"),
        ('[[rule]]\nid = "a"\nkind = "nothing"\npattern = "x"\n', "rule 'a': kind 'nothing'"),
        ('[[rule]]\nid = "a"\nkind = "notice"\n', "rule 'a': either `words` or `pattern`"),
        ('[[rule]]\nid = "a"\nkind = "notice"\nwords = ["none"]\n', r"rule 'a': there is no \[words.none\]"),
        ('[[rule]]\nid = "a"\nkind = "notice"\npattern = "("\n', "rule 'a': `pattern`: "),
        ('[[rule]]\nid = "a"\nkind = "notice"\npattern = "x"\nmax = "y"\n', "rule 'a': `max` must be a number"),
        ('[[rule]]\nid = "a"\nkind = "notice"\npattern = "x"\nwhere = "up"\n', "rule 'a': where 'up' is none of"),
        ('[[rule]]\nid = "a"\nkind = "notice"\npattern = "x"\nheading = 1\n', "`heading` must be true or false"),
        ('[[rule]]\nid = "a"\nkind = "notice"\npatern = "x"\n', "rule 'a': unknown key 'patern'"),
        ('[words.a]\nen = "word"\n', r"\[words.a\] en: a list of words"),
        ('[words]\na = ["word"]\n', r"\[words.a\] must hold one list of words a language"),
        ("rule = 3\n", r"`rule` must be written as \[\[rule\]\] tables"),
    ],
)
def test_wrong_files(text: str, message: str) -> None:
    with pytest.raises(AuthorityError, match=message):
        load_rules({"furniture.toml": text})


@pytest.mark.parametrize("word", ["＊", "\\t", "\u00a0", "\u3000*", "* *", ""])
def test_a_word_that_says_nothing_is_told_with_its_line(word: str) -> None:
    ours = f'[words.b]\nen = ["x"]\n[words.a]\nen = ["gazette", "{word}"]\n'
    text = ours + '[[rule]]\nid = "r"\nkind = "notice"\nwords = ["a"]\n'

    with pytest.raises(AuthorityError, match=r"furniture.toml, line 4: \[words.a\] en: a list of words"):
        load_rules({"furniture.toml": text})


def test_a_word_that_says_nothing_is_told_in_any_form_of_the_file() -> None:
    with pytest.raises(AuthorityError, match=r"furniture.toml: \[words.a\] en: a list of words"):
        load_rules({"furniture.toml": 'words = {a = {en = ["＊"]}}\n'})
