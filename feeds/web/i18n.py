"""The language of the pages: `?ui=` chooses it, the catalogs in `translations/` have its words, Babel its dates."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import g, request

from feeds.web import site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment

    from feeds.sentences import Sentence

PARAMETER = "ui"
CATALOGS = Path(__file__).parent / "translations"


@dataclass(frozen=True)
class Interface:
    """One language of the pages: its value of `?ui=`, of `lang=`, its own name, its dates and its words."""

    code: str
    lang: str
    name: str
    locale: Locale
    words: NullTranslations

    def say(self, message: str) -> str:
        """The message in this language; nothing stays nothing, which gettext takes for the catalog's header."""
        return self.words.gettext(message) if message else ""

    def tell(self, sentence: Sentence) -> str:
        """A sentence of the floors below in this language."""
        return sentence.said(self.say)

    def sentences(self, given: Iterable[str]) -> str:
        """Sentences one after another, those that are empty left out; Chinese and Japanese put no space between."""
        return ("" if self.code in {"zh", "ja"} else " ").join(sentence for sentence in given if sentence)


def _load(code: str) -> NullTranslations:
    """Read a catalog; it is compiled in memory, so that the text file is all there is."""
    compiled = BytesIO()
    with (CATALOGS / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translations(compiled)


INTERFACES: Mapping[str, Interface] = {
    one.code: one
    for one in (
        # The day before the month, as in most of the world that reads English.
        Interface("en", "en", "English", Locale("en", "001"), NullTranslations()),
        Interface("ko", "ko", "한국어", Locale("ko"), _load("ko")),
        Interface("zh", "zh-Hans", "简体中文", Locale("zh", script="Hans"), _load("zh")),
        Interface("ja", "ja", "日本語", Locale("ja"), _load("ja")),
    )
}


def chosen() -> Interface | None:
    """The language that the address asks for, if it asks for one of ours."""
    return INTERFACES.get(request.args.get(PARAMETER, ""))


def current() -> Interface:
    """The language of this answer: the one that the address asks for, else the operator's."""
    if "interface" not in g:
        g.interface = chosen() or INTERFACES[site.current().settings.language]
    interface: Interface = g.interface
    return interface


def wanted() -> Interface | None:
    """Another language than the operator's that the reader's browser likes better; only `/` ever asks for it."""
    default = site.current().settings.language
    # The operator's language comes first: it wins where the header says nothing, or likes two as much.
    codes = [default, *(code for code in INTERFACES if code != default)]
    best = request.accept_languages.best_match(codes, default)
    return INTERFACES[best] if best != default else None


def keep(path: str) -> str:
    """The path of a page of ours, with the language that the address asked for."""
    one = chosen()
    return with_language(path, one.code) if one else path


def with_language(path: str, code: str) -> str:
    """The path of a page in another language."""
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={code}"


def gettext(message: str) -> str:
    """The message in the language of this answer."""
    return current().say(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message that goes with the number."""
    return current().words.ngettext(one, many, number)


def prepare(jinja: Environment) -> None:
    """Give the templates `_()` and `ngettext()`."""
    jinja.add_extension("jinja2.ext.i18n")
    jinja.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
