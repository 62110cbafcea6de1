from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from werkzeug.datastructures import MultiDict

from feeds.syndication.selection import canonical, parse
from feeds.syndication.selection_form import normal
from feeds.web.selectform import Choice, Form, compose, form_of, read_form
from tests.selections import as_written, queries

if TYPE_CHECKING:
    from storage.query import Query


def built(*pairs: tuple[str, str]) -> str:
    return canonical(parse(compose(read_form(MultiDict(pairs))), as_written))


def test_a_filled_form_is_one_query() -> None:
    text = built(
        ("words_how", "all"),
        ("words", 'ministers "export controls"'),
        ("words_how", "none"),
        ("words", "rumour gossip"),
        ("topic_how", "any"),
        ("topic", "trade-tariffs"),
        ("topic_how", "any"),
        ("topic", "diplomacy-talks"),
        ("actor_how", "all"),
        ("actor", "marco-rubio"),
        ("actor_how", "none"),
        ("actor", "south-korea"),
        ("lang_how", "none"),
        ("lang", "zh"),
        ("source_how", "any"),
        ("source", "The Seoul Post"),
        ("kind", "article"),
        ("after", "2026-01-15"),
        ("before", "2026-03"),
        ("principal", "on"),
    )
    assert text == (
        'actor:marco-rubio kind:article source:"the seoul post" after:2026-01-15 before:2026-03-01 '
        '"export controls" ministers -actor:south-korea -lang:zh -gossip -rumour '
        "(topic:diplomacy-talks OR topic:trade-tariffs) salience:principal"
    )


def test_empty_fields_say_nothing() -> None:
    empty = read_form(MultiDict([("words", " "), ("topic_how", "any"), ("topic", ""), ("kind", "")]))
    assert empty == Form()
    assert compose(empty) == ""


def test_a_value_without_how_counts_as_all_of_words_and_any_of_languages() -> None:
    assert built(("words", "a b"), ("lang", "en"), ("lang", "ko")) == "a b (lang:en OR lang:ko)"
    assert built(("lang_how", "all"), ("lang", "en"), ("lang_how", "nonsense"), ("lang", "ko")) == "lang:en OR lang:ko"


@pytest.mark.parametrize("payload", ['x" OR actor:y', "“x” (", "a:b", "-x", "OR", 'actor:"', "a)(b", "「x」 OR 』"])
def test_nothing_in_a_field_is_more_than_a_value(payload: str) -> None:
    for name in ("topic", "actor", "words"):
        form = Form({name: (Choice("none", payload),)})
        terms = compose(form).count(f'-{name}:"') if name != "words" else compose(form).count('-"')
        query = parse(compose(form) + " lang:en", as_written)
        assert canonical(query).startswith("lang:en -")
        assert terms == canonical(query).count(" -")


@given(queries)
def test_a_query_that_fits_the_form_comes_back_from_it(query: Query) -> None:
    query = normal(query)
    form = form_of(query)
    if form is not None and form != Form():
        assert parse(compose(form), as_written) == query


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("actor:a -actor:b (topic:c OR topic:d) lang:en -lang:ko", True),
        ("a b (c OR d) -e", True),
        ("actor:a OR topic:b", False),
        ("(actor:a OR actor:b) (actor:c OR actor:d)", False),
        ("after:2026 after:2027", True),
        ("-kind:brief", True),  # it is kind:article
        ("-after:2026", False),
        ("a OR (b c)", False),
    ],
)
def test_what_the_form_cannot_hold_is_told(text: str, fits: bool) -> None:
    assert (form_of(parse(text, as_written)) is not None) is fits


def test_the_form_of_a_query_reads_as_it_was_meant() -> None:
    query = parse('lang:en "export controls" ministers -gossip (actor:a OR actor:b) salience:principal', as_written)
    assert form_of(query) == Form(
        {
            "words": (Choice("all", '"export controls" ministers'), Choice("none", "gossip")),
            "actor": (Choice("any", "a"), Choice("any", "b")),
            "lang": (Choice("any", "en"),),
        },
        principal=True,
    )
