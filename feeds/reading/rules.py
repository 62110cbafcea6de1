"""The furniture rules: which lines of a page are not the article, kept as data in `furniture.toml`.

The file's head explains its form. `dateline` ships one; an operator's file of the same name adds words and rules, and a
rule with a known id takes the place of ours.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from feeds.errors import AuthorityError
from feeds.reading import BlockKind
from feeds.reading.shape import Shape, shape
from feeds.reading.words import compile_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.reading.words import Words

Form = Literal["line", "label", "section", "start", "end"]
Place = Literal["any", "head", "tail", "inner", "below", "edge"]
_KEYS = {
    "id",
    "kind",
    "form",
    "words",
    "pattern",
    "needs",
    "filler",
    "cover",
    "max",
    "heading",
    "where",
    "after_caption",
    "told",
} | {
    "example",
    "counter",
}
_LETTERS = re.compile(r"[^\W\d_]")
_MAX_PATTERN = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to know furniture.

    `groups` must each match somewhere in the line, or `pattern` must match it whole; `cover` is the share (0..1) of the
    line's letters that groups and filler words together must account for; `max` is a weight (see `shape.weight`). Every
    line that `pattern` matches holds one of the characters of `needs`, if there are any.
    """

    id: str
    kind: BlockKind
    form: Form
    groups: tuple[Words, ...] = ()
    pattern: re.Pattern[str] | None = None
    needs: str = ""
    filler: Words | None = None
    cover: float = 0.0
    max: int = 100
    heading: bool = False
    where: Place = "any"
    after_caption: bool = False
    told: bool = False
    examples: tuple[str, ...] = field(default=(), repr=False)
    counters: tuple[str, ...] = field(default=(), repr=False)

    def matches(self, text: str, look: Shape | None = None) -> bool:
        """Tell whether this whole line is what the rule describes (forms `line`, `label` and `section`)."""
        look = look or shape(text)
        if look.weight > self.max or (self.heading and not look.heading):
            return False
        if self.pattern is not None:
            printed = look.folded if self.form == "label" else text
            return _holds(printed, self.needs) and self.pattern.fullmatch(printed) is not None
        for group in self.groups:  # a generator for `all` would take longer than what it asks
            if not group.within(look.folded):
                return False
        return self.cover == 0.0 or self._coverage(look.folded) >= self.cover

    def _coverage(self, text: str) -> float:
        rest = text
        for part in (*self.groups, *([self.filler] if self.filler else [])):
            rest = part.without(rest)
        letters = len(_LETTERS.findall(text))
        return 1.0 - len(_LETTERS.findall(rest)) / letters if letters else 0.0


def _holds(text: str, characters: str) -> bool:
    """Tell whether the text holds one of the characters; without any to look for it does."""
    for one in characters:  # a generator for `any` would take longer than the pattern that it saves
        if one in text:
            return True
    return not characters


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in file order: the first that matches a line decides."""

    lines: tuple[Rule, ...]
    sections: tuple[Rule, ...]
    trims: tuple[Rule, ...]

    def __iter__(self) -> Any:
        """Every rule, for tests and listings."""
        return iter((*self.lines, *self.sections, *self.trims))


def load_rules(texts: Mapping[str, str]) -> Rules:
    """Compile rule files, later ones laid over earlier ones.

    Args:
        texts: the TOML text of each file, under the name that errors shall show.

    Raises:
        AuthorityError: names the file, and the line or the rule that is wrong.

    """
    words: dict[str, list[str]] = {}
    rules: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for name, text in texts.items():
        table = parse_toml(name, text, {"words", "rule"})
        _add_words(name, text, table.get("words", {}), words)
        for number, entry in enumerate(_tables(name, table.get("rule", []), "rule"), 1):
            rules[_id_of(name, entry, number)] = (name, entry)
    compiled = [_compile(name, entry, words) for name, entry in rules.values()]
    return Rules(
        lines=tuple(rule for rule in compiled if rule.form in {"line", "label"}),
        sections=tuple(rule for rule in compiled if rule.form == "section"),
        trims=tuple(rule for rule in compiled if rule.form in {"start", "end"}),
    )


def parse_toml(name: str, text: str, keys: set[str]) -> dict[str, Any]:
    """Read a TOML file that may hold only these top-level keys.

    Raises:
        AuthorityError: with the parser's line, or the key that is not known.

    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AuthorityError(f"{name}: {error}") from error
    unknown = sorted(set(table) - keys)
    if unknown:
        raise AuthorityError(f"{name}: unknown key {unknown[0]!r} (known: {', '.join(sorted(keys))})")
    return table


def _tables(name: str, value: Any, key: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise AuthorityError(f"{name}: `{key}` must be written as [[{key}]] tables")
    return value


def _id_of(name: str, entry: Mapping[str, Any], number: int) -> str:
    id_ = entry.get("id")
    if not isinstance(id_, str) or not id_:
        raise AuthorityError(f"{name}: rule {number} has no `id`")
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise AuthorityError(f"{name}: rule {id_!r}: unknown key {unknown[0]!r}")
    return id_


def _add_words(name: str, text: str, value: Any, words: dict[str, list[str]]) -> None:
    if not isinstance(value, dict):
        raise AuthorityError(f"{name}: `words` must be tables of lists")
    for group, languages in value.items():
        if not isinstance(languages, dict):
            raise AuthorityError(f"{name}: [words.{group}] must hold one list of words a language")
        for language, listed in languages.items():
            if not isinstance(listed, list) or not all(isinstance(word, str) and _says(word) for word in listed):
                where = f"{name}{_line_of(text, group, language)}: [words.{group}] {language}"
                raise AuthorityError(f"{where}: a list of words is wanted")
            words.setdefault(group, []).extend(listed)


def _says(word: str) -> bool:
    """Tell whether anything is left of a word when it is folded (`compile_words`): a wide star is a star."""
    return bool(unicodedata.normalize("NFKC", word).strip("*").split())


def _line_of(text: str, group: str, language: str) -> str:
    """Where the list of a language begins in the usual form of a file, for an error."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            inside = bare.startswith(f"[words.{group}]")
        elif inside and bare.partition("=")[0].strip(" \t\"'") == language:
            return f", line {number}"
    return ""


def _compile(name: str, entry: Mapping[str, Any], words: Mapping[str, list[str]]) -> Rule:
    id_ = str(entry["id"])
    where = f"{name}: rule {id_!r}"
    if entry.get("kind") not in set(BlockKind):
        raise AuthorityError(f"{where}: kind {entry.get('kind')!r} is none of {', '.join(BlockKind)}")
    form = _choice(where, "form", entry.get("form", "line"), get_args(Form))
    groups = _strings(where, entry, "words")
    pattern = entry.get("pattern")
    if bool(groups) == bool(pattern):
        raise AuthorityError(f"{where}: either `words` or `pattern` is wanted, not both")
    compiled = tuple(_group(where, group, words) for group in groups)
    matcher = _regex(where, pattern) if pattern else None
    if form == "label":
        compiled, matcher = (), _label(compiled)
    return Rule(
        id=id_,
        kind=BlockKind(entry["kind"]),
        form=form,
        groups=compiled,
        pattern=matcher,
        needs=":=|" if form == "label" else _text(where, entry, "needs"),
        filler=_group(where, entry["filler"], words) if "filler" in entry else None,
        cover=_number(where, entry, "cover", 0.0),
        max=int(_number(where, entry, "max", 100)),
        heading=_flag(where, entry, "heading"),
        where=_choice(where, "where", entry.get("where", "any"), get_args(Place)),
        after_caption=_flag(where, entry, "after_caption"),
        told=_flag(where, entry, "told"),
        examples=_strings(where, entry, "example"),
        counters=_strings(where, entry, "counter"),
    )


def _label(groups: tuple[Words, ...]) -> re.Pattern[str]:
    """A line that begins with one of the words (perhaps inside a bracket or after another word) and a colon."""
    words = groups[0].pattern.pattern
    return re.compile(rf"\W{{0,3}}(?:\w+\s){{0,2}}?(?:{words})(?:\s\w+)?\s?[\])】]?\s?[:=|].*")


def _group(where: str, group: Any, words: Mapping[str, list[str]]) -> Words:
    if not isinstance(group, str) or group not in words:
        raise AuthorityError(f"{where}: there is no [words.{group}]")
    return compile_words(words[group])


def _regex(where: str, pattern: Any) -> re.Pattern[str]:
    if not isinstance(pattern, str) or len(pattern) > _MAX_PATTERN:
        raise AuthorityError(f"{where}: `pattern` must be a regular expression of at most {_MAX_PATTERN} characters")
    try:
        return re.compile(pattern)
    except (re.error, RecursionError) as error:
        raise AuthorityError(f"{where}: `pattern`: {error}") from error


def _choice(where: str, key: str, value: Any, choices: tuple[Any, ...]) -> Any:
    if value not in choices:
        raise AuthorityError(f"{where}: {key} {value!r} is none of {', '.join(choices)}")
    return value


def _number(where: str, entry: Mapping[str, Any], key: str, default: float) -> float:
    value = entry.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise AuthorityError(f"{where}: `{key}` must be a number, not {value!r}")
    return float(value)


def _flag(where: str, entry: Mapping[str, Any], key: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise AuthorityError(f"{where}: `{key}` must be true or false, not {value!r}")
    return value


def _text(where: str, entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise AuthorityError(f"{where}: `{key}` must be a string")
    return value


def _strings(where: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise AuthorityError(f"{where}: `{key}` must be a list of strings")
    return tuple(value)
