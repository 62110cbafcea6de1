"""A selection's language: a line of text to a condition in its one normal form, or to a fault with its place.

    topic:trade-tariffs (actor:marco-rubio OR actor:cho-hyun) -lang:zh after:2026-02 "export controls"

docs/selecting.md explains it to people. This is the whole of it for callers:

    query = parse(text, names)          raises Fault(position, message)
    canonical(query)                    the one text for it: parse(canonical(query), names) == query
    describe(query, labels)             the same in words
    storage.search.search(conn, query, limit)      the items
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lark import Lark, Token, Tree, UnexpectedInput
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from feeds.errors import BadRequest
from feeds.sentences import Sentence
from feeds.syndication.selection_form import LONGEST, MOST_TERMS, canonical, normal
from feeds.syndication.selection_terms import NoField, NoValue, read_term
from feeds.syndication.selection_words import describe
from storage.query import And, Not, Or, Query, Words
from storage.tokens import runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.sentences import Value
    from feeds.syndication.selection_terms import Finder
    from storage.query import Node

__all__ = ["Fault", "canonical", "describe", "parse"]

DEEPEST = 8  # parentheses inside each other
_LIMIT: Mapping[str, Value] = {"number": LONGEST}

_GRAMMAR = r"""
start: any
any: all (OR all)*
all: one (AND? one)*
?one: atom | (MINUS | NOT) atom -> without
?atom: OPEN any CLOSE -> group | FIELD (QUOTED | WORD) -> term | QUOTED -> words | WORD -> words

OPEN: "("
CLOSE: ")"
MINUS: /-(?=[^\s-])/
OR.3: /OR(?![^\s()"])/
AND.3: /AND(?![^\s()"])/
NOT.3: /NOT(?![^\s()"])/
FIELD.2: /[^\W\d_]+:/
QUOTED: /"[^"]*"/
WORD: /[^\s()":-][^\s()":]*/
%ignore /\s+/
"""
_EXPECTED: Mapping[str, str | Sentence] = {
    "OPEN": Sentence("an opening parenthesis"),
    "CLOSE": Sentence("a closing parenthesis"),
    "MINUS": "-",
    "OR": "OR",
    "FIELD": Sentence("a field such as actor:"),
    "QUOTED": Sentence("words in quotes"),
    "WORD": Sentence("a word"),
}
_OPERANDS = {"OPEN", "FIELD", "QUOTED", "WORD"}  # what may follow a mark that means nothing by itself
# What keyboards of other languages write for the marks of this one; each is one character, so that places stay.
MARKS = str.maketrans({**dict(zip("：（）－\u3000", ":()- ", strict=True)), **dict.fromkeys("“”„‟«»「」『』＂", '"')})


class Fault(BadRequest):
    """The text is no selection: `position` counts its characters from 0, the message says what is wrong there."""

    def __init__(self, position: int, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.position, self.message = position, str(sentence)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text on its way to a condition; `terms` counts what was read of it."""

    names: Finder
    terms: list[Token]
    principal: list[Token]

    def node(self, tree: Tree[Token], *, outermost: bool) -> Node:
        """Turn a part of the syntax tree into a condition; `outermost` is true outside of OR, `-` and parentheses."""
        parts = [part for part in tree.children if isinstance(part, Tree)]
        match tree.data:
            case "any":
                return Or(tuple(self.node(part, outermost=outermost and len(parts) == 1) for part in parts))
            case "all":
                return And(tuple(self.node(part, outermost=outermost) for part in parts))
            case "without":
                return Not(self.node(parts[0], outermost=False))
            case "group" | "start":
                return self.node(parts[0], outermost=outermost and tree.data == "start")
        tokens = [part for part in tree.children if isinstance(part, Token)]
        self._count(tokens[0])
        return self._words(tokens[0]) if tree.data == "words" else self._term(*tokens, outermost=outermost)

    def _words(self, token: Token) -> Words:
        folded = runs(token)
        if not folded:
            raise Fault(_at(token), Sentence("There is no letter or digit to look for here."))
        return Words(" ".join(folded))

    def _term(self, field: Token, value: Token, *, outermost: bool) -> Node:
        name, told = field[:-1].lower(), value.strip('"').strip()
        if name == "salience":
            return self._salience(field, told, outermost=outermost)
        try:
            return read_term(name, told, self.names)
        except NoField as error:
            raise Fault(_at(field), error.sentence) from None
        except NoValue as error:
            raise Fault(_at(value), error.sentence) from None

    def _salience(self, field: Token, value: str, *, outermost: bool) -> Node:
        if value.lower() != "principal":
            raise Fault(_at(field) + len(field), Sentence("salience: takes the word principal."))
        if not outermost:
            told = Sentence("salience: narrows the whole selection: write it outside of OR, - and parentheses.")
            raise Fault(_at(field), told)
        self.principal.append(field)
        return And(())

    def _count(self, token: Token) -> None:
        self.terms.append(token)
        if len(self.terms) > MOST_TERMS:
            raise Fault(_at(token), Sentence("A selection has at most %(number)s terms.", {"number": MOST_TERMS}))


def parse(text: str, names: Finder) -> Query:
    """Read a selection into its normal form; `names` finds the slug of a topic or actor.

    Raises:
        Fault: it is none.

    """
    text = text.translate(MARKS)
    _refuse_size(text)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _fault(text, error) from None
    reading = _Reading(names, [], [])
    where = reading.node(tree, outermost=True)
    query = normal(Query(where, principal=bool(reading.principal)))
    if len(canonical(query)) > LONGEST:  # slugs, dates and `-` may be longer than what was written for them
        told = Sentence("A selection has at most %(number)s characters once its names are written out.", _LIMIT)
        raise Fault(len(text), told)
    return query


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)


def _refuse_size(text: str) -> None:
    if not text.strip():
        raise Fault(0, Sentence("The selection is empty. Try actor:marco-rubio, topic:trade-tariffs, or a word."))
    if len(text) > LONGEST:
        raise Fault(LONGEST, Sentence("A selection has at most %(number)s characters.", _LIMIT))
    depth, quoted = 0, False
    for place, char in enumerate(text):
        quoted ^= char == '"'
        depth += 0 if quoted else (char == "(") - (char == ")")
        if depth > DEEPEST:
            raise Fault(place, Sentence("Parentheses stand at most %(number)s deep.", {"number": DEEPEST}))


def _fault(text: str, error: UnexpectedInput) -> Fault:
    """Say what stood there and what could have stood there."""
    if isinstance(error, UnexpectedCharacters):
        place, char = error.pos_in_stream or 0, text[error.pos_in_stream or 0]
        if char == '"':
            return Fault(place, Sentence("This quote is never closed."))
        told = Sentence("“%(mark)s” means nothing here: expected %(what)s.", _met(char, _OPERANDS))
        return Fault(place, told)
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        told = Sentence("“%(mark)s” cannot stand here: expected %(what)s.", _met(error.token, error.expected))
        return Fault(_at(error.token), told)
    expected = error.expected if isinstance(error, (UnexpectedToken, UnexpectedEOF)) else ()
    what = _expected(set(expected))
    return Fault(len(text), Sentence("The selection ends too early: expected %(what)s.", {"what": what}))


def _met(mark: str, names: set[str]) -> dict[str, Value]:
    return {"mark": str(mark), "what": _expected(names)}


def _expected(names: set[str]) -> tuple[str | Sentence, ...]:
    return tuple(words for name, words in _EXPECTED.items() if name in names) or (Sentence("the end"),)


def _at(token: Token) -> int:
    return token.start_pos or 0
