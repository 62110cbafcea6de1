"""What the store knows, in the reader's language: when a report appeared and how we know, names of all kinds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_datetime_format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from feeds.web.i18n import Interface
    from storage.types import Published, Role, Subject, SubjectKind


def N_(message: str) -> str:  # noqa: N802 - what gettext calls it
    """Mark a message for the catalogs where it is not yet said."""
    return message


_BASES = {
    "declared": N_("The file itself states the date."),
    "metadata": N_("The date stands in the page's own metadata."),
    "dateline": N_("The date stands in the line that says when the report was filed."),
    "text": N_("The date was worked out from what the text says."),
    "inferred": N_("The date was inferred from other signs."),
    "none": N_("Nothing in the file says when the report appeared."),
}
_PRECISIONS = {
    "second": N_("The exact time is known."),
    "day": N_("The day is known, the time is not."),
    "month": N_("The month is known, the day is not."),
    "range": N_("It appeared between %(first)s and %(last)s."),
    "unknown": "",
}
_ZONES = {
    "printed": N_("The time zone is printed beside it."),
    "source": N_("The time zone is the one in which this source writes."),
    "unknown": N_("Nothing names a time zone; UTC is assumed."),
}
_CONFIDENCES = {
    "high": "",
    "medium": N_("Confidence in it is medium."),
    "low": N_("Confidence in it is low."),
    "none": "",
}
_PLACES = {
    "title": N_("in the title"),
    "summary": N_("in the summary"),
    "body": N_("in the text"),
    "metadata": N_("in the page's metadata"),
    "dateline": N_("in the dateline"),
    "url": N_("in the address"),
    "declared": N_("in what the file states itself"),
    "related": N_("in a related report on its page"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time for `<time>`: `machine` is its `datetime` attribute, `text` what people read."""

    machine: str
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the language it is written in, for a `lang` attribute; empty says unknown."""

    text: str
    lang: str


def instant(value: datetime, zone: str, ui: Interface) -> Moment:
    """An exact time as the clocks of `zone` show it.

    The offset stands beside it because zone abbreviations mean different hours in different countries.
    """
    try:
        local = value.astimezone(ZoneInfo(zone))
    except OverflowError:  # the first and last day of the calendar have no neighbours to move to
        local = value
    both = str(get_datetime_format("medium", locale=ui.locale))
    text = both.format(f"{local:%H:%M} {_offset(local)}", format_date(local, "long", locale=ui.locale))
    return Moment(value.isoformat(), text)


@lru_cache(4_096)
def day(value: date, ui: Interface) -> Moment:
    """A calendar day; no zone can move it."""
    return Moment(value.isoformat(), format_date(value, "long", locale=ui.locale))


@lru_cache(4_096)
def month(value: date, ui: Interface) -> Moment:
    """A calendar month."""
    return Moment(f"{value:%Y-%m}", format_skeleton("yMMMM", value, locale=ui.locale))


def long_day(value: date, ui: Interface) -> Moment:
    """A calendar day with the day of the week."""
    return Moment(value.isoformat(), format_date(value, "full", locale=ui.locale))


def weekdays(first: int, ui: Interface) -> tuple[tuple[str, str], ...]:
    """The days of the week, short and in full, from the one that a week begins with; Monday is 0."""
    known = ui.locale.days["stand-alone"]
    order = [(first + number) % 7 for number in range(7)]
    return tuple((known["abbreviated"][day], known["wide"][day]) for day in order)


def days(first: date, last: date, ui: Interface) -> tuple[Moment, ...]:
    """A day, or the two ends of a stretch of days."""
    return (day(first, ui),) if first == last else (day(first, ui), day(last, ui))


def published(value: Published, zone: str, ui: Interface) -> tuple[Moment, ...]:
    """When the report appeared: one moment, the two ends of a range, or nothing where it is unknown."""
    if value.instant is not None:
        return (instant(value.instant, zone, ui),)
    if value.first is None or value.last is None:
        return ()
    if value.precision == "month":
        return (month(value.first, ui),)
    return days(value.first, value.last, ui)


def how_dated(value: Published, ui: Interface) -> str:
    """Plain sentences: where the date comes from, how exact it is, how sure we are."""
    precision = ui.say(_PRECISIONS[value.precision])
    if value.first is not None and value.last is not None:
        precision %= {"first": day(value.first, ui).text, "last": day(value.last, ui).text}
    zone = ui.say(_ZONES[value.zone_origin]) if value.instant is not None else ""
    sentences = (ui.say(_BASES[value.basis]), precision, zone, ui.say(_CONFIDENCES[value.confidence]))
    return ui.sentences(sentences)


def place(zone: str, ui: Interface) -> str:
    """Where a piece of evidence stands."""
    return ui.say(_PLACES.get(zone, zone))


@lru_cache(4_096)
def language(code: str, ui: Interface) -> str:
    """The name of a BCP 47 language, or the code itself where nobody knows it."""
    if code == "und":
        return ui.say(N_("unknown"))
    try:
        return Locale.parse(code, sep="-").get_display_name(ui.locale) or code
    except (ValueError, UnknownLocaleError):
        return code


def lang(code: str) -> str:
    """The value of a `lang` attribute: empty says unknown (HTML, section 3.2.6.2)."""
    return "" if code == "und" else code


def name(subject: Subject | None, slug: str, ui: Interface) -> Name:
    """What a topic or actor is called in the reader's language, else by its label; its slug where nobody knows it."""
    if subject is None:
        return Name(slug, "")
    forms = subject.names.get(ui.code)
    if forms and ui.code != "en":
        return Name(forms[0], ui.lang)
    if subject.label in subject.names.get("en", ()):  # nearly always
        return Name(subject.label, "en")
    written = (code for code, known in subject.names.items() if subject.label in known)
    return Name(subject.label, next(written, "en"))


def office(role: Role, names: Mapping[tuple[SubjectKind, str], Subject], ui: Interface) -> str:
    """A title and what it is of, in the reader's language."""
    title = role.titles.get(ui.code) or role.titles.get("en") or ""
    of = name(names.get(("actor", role.of)), role.of, ui).text
    return ui.say(N_("%(title)s, %(of)s")) % {"title": title, "of": of}


def _offset(local: datetime) -> str:
    shown = local.strftime("%z")
    return "UTC" if shown in {"+0000", ""} else f"UTC{shown[:3]}:{shown[3:5]}"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: the characters of East Asia take two (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
