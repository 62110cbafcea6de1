"""Sentences for people with places for values: said in English here, and by the pages in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message of the catalogs and what stands at its places (`%(name)s`); of several values one is meant."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in English."""
        return self.said(lambda message: message)

    def said(self, translate: Callable[[str], str]) -> str:
        """Say it in the language that `translate` brings messages into."""
        told = translate(self.text)
        return told % {name: _said(value, translate) for name, value in self.values.items()} if self.values else told


Value = str | int | Sentence | tuple[str | Sentence, ...]
_EITHER = "%(first)s or %(second)s"  # in the catalogs because of feeds.web.selectwords


def _said(value: Value, translate: Callable[[str], str]) -> str:
    if isinstance(value, tuple):
        return _either([_said(one, translate) for one in value], translate)
    return value.said(translate) if isinstance(value, Sentence) else str(value)


def _either(told: Sequence[str], translate: Callable[[str], str]) -> str:
    if len(told) < 2:  # noqa: PLR2004
        return "".join(told)
    return translate(_EITHER) % {"first": ", ".join(told[:-1]), "second": told[-1]}
