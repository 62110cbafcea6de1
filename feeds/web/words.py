"""What the store knows, in plain words for a page: when a report appeared and how we know, names of languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime

if TYPE_CHECKING:
    from datetime import date, datetime

    from storage.types import Published

_LOCALE = Locale("en")
_DAY = "d MMMM y"
# The offset stands beside the time because zone abbreviations mean different hours in different countries.
_MINUTE = "d MMMM y, HH:mm"

_PRECISIONS = {
    "second": "an exact time",
    "day": "a day, without a time",
    "month": "a month, without a day",
    "range": "a range of days",
    "unknown": "not known",
}
_BASES = {
    "declared": "stated by the file itself",
    "metadata": "read from the page's own metadata",
    "dateline": "read from the line that says when the report was filed",
    "text": "worked out from what the text says",
    "inferred": "inferred from other signs",
    "none": "nothing in the file says when it appeared",
}
_ZONES = {
    "printed": "The time zone is printed beside it.",
    "source": "The time zone is the one this source writes in.",
    "unknown": "Nothing names a time zone; UTC is assumed.",
}
_PLACES = {
    "title": "the title",
    "summary": "the summary",
    "body": "the text",
    "metadata": "the page's metadata",
    "dateline": "the dateline",
    "url": "the address",
    "declared": "what the file states itself",
    "related": "a related report on its page",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time for `<time>`: `machine` is its `datetime` attribute, `text` what people read."""

    machine: str
    text: str


def instant(value: datetime, zone: str) -> Moment:
    """An exact time as the clocks of `zone` show it; the offset is spelt out."""
    try:
        local = value.astimezone(ZoneInfo(zone))
    except OverflowError:  # the first and last day of the calendar have no neighbours to move to
        local = value
    text = format_datetime(local, _MINUTE, locale=_LOCALE)
    return Moment(value.isoformat(), f"{text} {_offset(local)}")


def day(value: date) -> Moment:
    """A calendar day; no zone can move it."""
    return Moment(value.isoformat(), format_date(value, _DAY, locale=_LOCALE))


def days(first: date, last: date) -> tuple[Moment, ...]:
    """A day, or the two ends of a stretch of days."""
    return (day(first),) if first == last else (day(first), day(last))


def published(value: Published, zone: str) -> tuple[Moment, ...]:
    """When the report appeared: one moment, the two ends of a range, or nothing where it is unknown."""
    if value.instant is not None:
        return (instant(value.instant, zone),)
    if value.first is None or value.last is None:
        return ()
    if value.precision == "month":
        return (Moment(value.edtf, format_date(value.first, "MMMM y", locale=_LOCALE)),)
    return days(value.first, value.last)


def how_dated(value: Published) -> str:
    """One sentence: what kind of date it is and where it comes from."""
    precision, basis = _PRECISIONS[value.precision], _BASES[value.basis]
    sentence = f"{precision[:1].upper()}{precision[1:]}: {basis}."
    if value.instant is None:
        return sentence
    return f"{sentence} {_ZONES[value.zone_origin]}"


def place(zone: str) -> str:
    """Where a piece of evidence stands, for people."""
    return _PLACES.get(zone, zone)


def language(code: str) -> str:
    """The English name of a BCP 47 language, or the code itself where nobody knows it."""
    if code == "und":
        return "unknown"
    try:
        return Locale.parse(code, sep="-").get_display_name(_LOCALE) or code
    except (ValueError, UnknownLocaleError):
        return code


def lang(code: str) -> str:
    """The value of a `lang` attribute: empty says unknown (HTML, section 3.2.6.2)."""
    return "" if code == "und" else code


def _offset(local: datetime) -> str:
    shown = local.strftime("%z")
    return "UTC" if shown in {"+0000", ""} else f"UTC{shown[:3]}:{shown[3:5]}"
