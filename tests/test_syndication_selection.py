"""The language of selections: what it reads, its one form, and how it points at a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.syndication.selection import Fault, canonical, describe, parse
from feeds.syndication.selection_form import normal
from feeds.syndication.selection_terms import Named
from storage.query import And, Not, Or, Query, Term, Words
from tests.builders import RUBIO, TARIFFS
from tests.selections import as_written, queries, terms

if TYPE_CHECKING:
    from storage.query import Node

_ANYTHING = "expected an opening parenthesis, -, a field such as actor:, words in quotes or a word."
_NOTHING = "“-” means nothing here: expected an opening parenthesis, a field such as actor:, words in quotes or a word."
_NO_FIELD = (
    "There is no field “person”. The fields are topic:, actor:, lang:, kind:, source:, after:, before:, salience:; "
    "to search for these words, quote them."
)
_LONG_NEGATED = f"-({' '.join(f'somewords{number}' for number in range(100, 131))})"
_OUTSIDE = "salience: narrows the whole selection: write it outside of OR, - and parentheses."


def read(text: str) -> str:
    return canonical(parse(text, as_written))


def test_a_selection_of_every_kind_of_term() -> None:
    text = (
        "topic:trade (actor:b OR actor:a) -lang:ZH-Hant kind:article "
        'source:"BBC News" after:2026 before:2026-03 "Trade War"'
    )
    assert parse(text, as_written) == Query(
        And(
            (
                Term("topic", "trade"),
                Term("kind", "article"),
                Term("source", "bbc news"),
                Term("after", "2026-01-01"),
                Term("before", "2026-03-01"),
                Words("trade war"),
                Not(Term("lang", "zh-hant")),
                Or((Term("actor", "a"), Term("actor", "b"))),
            )
        )
    )


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("actor:b actor:a", "actor:a actor:b"),
        ("  lang:EN\tkind:Article ", "lang:en kind:article"),
        ("((a) (b c))", "a b c"),
        ("a AND b NOT c", "a b -c"),
        ("a b OR c", "c OR a b"),
        ("a a (a)", "a"),
        ("a OR a b", "a"),
        ("a (a OR b)", "a"),
        ("-(a OR b)", "-a -b"),
        ("-(a -b)", "b OR -a"),
        ("Tariffs TARIFFS", "tariffs"),
        ('"trade"', "trade"),
        ("U.S.", '"u s"'),
        ("韓國，李在明", '"韩国 李在明"'),
        ("（actor：a）－「貿易 戰」", 'actor:a -"贸易 战"'),
        ("salience:Principal actor:a", "actor:a salience:principal"),
        ("salience:principal (actor:a OR b)", "(actor:a OR b) salience:principal"),
        ("salience:principal topic:a", "topic:a"),
        ("or and not", "and not or"),
        ('actor: "a"', "actor:a"),
        ("lang:zh OR lang:zh-hant", "lang:zh"),
        ("lang:zh lang:zh-hant", "lang:zh-hant"),
        ("lang:zhx OR lang:zh", "lang:zh OR lang:zhx"),
        ("-lang:zh -lang:zh-hant", "-lang:zh"),
        ("after:2026-01 after:2026-02", "after:2026-02-01"),
        ("after:2026-01 OR after:2026-02", "after:2026-01-01"),
        ("before:2026-01 before:2026-02 after:2025", "after:2025-01-01 before:2026-01-01"),
        ("before:2026-01 OR before:2026-02", "before:2026-02-01"),
        ("-after:2026-01 -after:2026-02", "-after:2026-01-01"),
        ("a b OR a c", "a (b OR c)"),
        ("(a OR b) (a OR c)", "a OR b c"),
        ("a b d OR a c OR a e", "a b d OR a c OR a e"),
        ("(a b OR c) (d e OR f)", "a b d e OR a b f OR c d e OR c f"),
        ("a lang:zh OR a lang:zh-hant OR b lang:zh-hant", "lang:zh a OR lang:zh-hant b"),
        ("a b OR a -b", "a (b OR -b)"),
        ("a OR -a", ""),
        ("a -a", "a -a"),
        ("a b OR c -a", "a b OR c -a"),
        ("-kind:article", "kind:brief"),
        ("kind:article OR kind:brief", ""),
        ("a (kind:article OR kind:brief)", "a (kind:article OR kind:brief)"),
        ("actor:a (b OR actor:c) salience:principal", "actor:a (actor:c OR b) salience:principal"),
    ],
)
def test_equivalent_selections_have_one_text(text: str, same: str) -> None:
    assert read(text) == same


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "The selection is empty. Try actor:marco-rubio, topic:trade-tariffs, or a word."),
        ("a )", 2, "“)” cannot stand here: expected the end."),
        ("(a", 2, "The selection ends too early: expected a closing parenthesis."),
        ("OR a", 0, "“OR” cannot stand here: " + _ANYTHING),
        ("actor: ", 7, "The selection ends too early: expected words in quotes or a word."),
        ("-", 0, _NOTHING),
        ("--x", 0, _NOTHING),
        ("- a", 0, _NOTHING),
        ('a "b', 2, "This quote is never closed."),
        ("a person:b", 2, _NO_FIELD),
        ("a !!", 2, "There is no letter or digit to look for here."),
        ("kind:opinion", 5, "kind: takes article or brief."),
        ("lang:e", 5, "lang: takes a language tag such as en or zh-Hant (BCP 47)."),
        ("after:2026-02-30", 6, "after: takes a day, a month or a year: 2026-02-03, 2026-02 or 2026."),
        ('source:"-"', 7, "source: takes the name of a source."),
        ("actor:a salience:high", 17, "salience: takes the word principal."),
        ("b OR salience:principal", 5, _OUTSIDE),
        ("x" * 501, 500, "A selection has at most 500 characters."),
        (_LONG_NEGATED, 405, "A selection has at most 500 characters once its names are written out."),
        ("a " * 33, 64, "A selection has at most 32 terms."),
        ("(" * 9 + "a" + ")" * 9, 8, "Parentheses stand at most 8 deep."),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_what(text: str, position: int, message: str) -> None:
    with pytest.raises(Fault) as caught:
        parse(text, as_written)
    assert (caught.value.position, str(caught.value)) == (position, message)


def test_an_unknown_slug_names_its_neighbours() -> None:
    def near(_kind: str, _written: str) -> Named:
        return Named(None, ("marco-rubio", "marco-polo"))

    with pytest.raises(Fault) as caught:
        parse("lang:en actor:marco-rubi", near)
    assert caught.value.position == 14
    assert str(caught.value) == "There is no actor “marco-rubi”. Did you mean marco-rubio or marco-polo?"
    with pytest.raises(Fault, match=r"There is no topic “x”\. /topics lists them\."):
        parse("topic:x", lambda _kind, _written: Named(None))


def test_a_name_becomes_the_slug_that_it_means() -> None:
    assert canonical(parse("actor:卢比奥", lambda _kind, _written: Named("marco-rubio"))) == "actor:marco-rubio"


@given(queries)
def test_the_text_of_a_selection_is_read_back_as_it(query: Query) -> None:
    wanted = normal(query)
    if wanted.where == And(()) or len(canonical(wanted)) > 500:
        return
    assert parse(canonical(wanted), as_written) == wanted


@given(queries)
def test_the_normal_form_is_stable(query: Query) -> None:
    assert normal(normal(query)) == normal(query)


_letters = st.sampled_from([Words(letter) for letter in "abcd"])
_joined = st.recursive(
    _letters,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=9,
)


@given(_joined)
def test_the_normal_form_means_the_same_whatever_holds(where: Node) -> None:
    form = normal(Query(where)).where
    for number in range(16):
        held = {letter for place, letter in enumerate("abcd") if number >> place & 1}
        assert _holds(form, held) == _holds(where, held)


@given(_letters, _joined, _joined)
def test_what_is_multiplied_out_has_the_same_form(one: Node, other: Node, third: Node) -> None:
    assert normal(Query(And((one, Or((other, third)))))) == normal(Query(Or((And((one, other)), And((one, third))))))


def test_a_term_beside_its_negation_has_one_form_too() -> None:
    assert read("(b OR -b) (b OR a c)") == read("b OR -b a c") == "b OR a c -b"
    assert read("a OR -a OR b c") == ""


def test_a_selection_of_all_the_terms_that_may_be_is_read_back() -> None:
    words = " ".join(f"w{number}" for number in range(26))
    text = read(f"actor:x (a OR y (b OR c)) {words} salience:principal")
    assert read(text) == text


def test_what_would_be_too_long_stays_as_it_is() -> None:
    pairs = " OR ".join(f"(a{number} b{number})" for number in range(10, 26))
    groups = " ".join(f"(a{number} OR b{number} c{number})" for number in range(10, 20))
    for text in (pairs.replace("(", "").replace(")", ""), groups):
        assert read(text) == text


def _holds(node: Node, held: set[str]) -> bool:
    match node:
        case And(parts):
            return all(_holds(part, held) for part in parts)
        case Or(parts):
            return any(_holds(part, held) for part in parts)
        case Not(inner):
            return not _holds(inner, held)
        case Words(text):
            return text in held
    raise AssertionError(node)


@given(st.lists(terms, min_size=2, max_size=6).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_order_and_nesting_do_not_matter(orders: tuple[list[Term], list[Term]]) -> None:
    one, other = orders
    assert normal(Query(And(tuple(one)))) == normal(Query(And((other[0], And(tuple(other[1:])), other[-1]))))


@given(st.text(alphabet='ab-():" ORNT:韩！', max_size=60))
def test_any_text_is_a_selection_or_a_fault_with_a_place(text: str) -> None:
    once, place = _read_or_place(text)
    assert 0 <= place <= len(text)
    assert once is None or read(once) == once


def _read_or_place(text: str) -> tuple[str | None, int]:
    try:
        return read(text), 0
    except Fault as fault:
        return None, fault.position


def test_it_is_told_in_words() -> None:
    labels = {("actor", RUBIO.slug): RUBIO, ("topic", TARIFFS.slug): TARIFFS}
    text = 'actor:marco-rubio topic:trade-tariffs -lang:zh after:2026-02 (kind:brief OR source:reuters) "export ban"'
    assert describe(parse(text, as_written), labels) == (  # type: ignore[arg-type]
        "Trade & tariffs, Marco Rubio, published on or after 2026-02-01, “export ban”, not in Chinese, "
        "(briefs or from reuters)"
    )
    assert describe(parse("actor:x salience:principal", as_written), {}) == "x, principal actors only"
    assert describe(Query(), {}) == "everything"
