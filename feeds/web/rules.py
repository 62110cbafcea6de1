"""The rules by which a date or a tag was read, in the reader's words; a rule without words is shown by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.web.words import N_, Name

if TYPE_CHECKING:
    from feeds.web.i18n import Interface

_RULES = {
    "name": N_("name"),
    "name alone": N_("name alone"),
    "shared name": N_("shared name"),
    "short name": N_("short name"),
    "generic name": N_("generic name"),
    "family name": N_("family name"),
    "title and family name": N_("title and family name"),
    "family name of a person named in full": N_("family name of a person named in full"),
    "country of the office": N_("country of the office"),
    "misspelling beside title": N_("misspelling beside title"),
    "declared": N_("declared by the file"),
    "dateline, published": N_("printed date of publication"),
    "dateline, unlabelled": N_("printed date"),
    "dateline, modified": N_("printed date of a change"),
    "printed date": N_("printed date"),
    "printed date of a change": N_("printed date of a change"),
    "agency dateline": N_("agency's dateline"),
    "dateline-day": N_("day in the dateline"),
    "URL": N_("day in the address"),
    "URL month": N_("month in the address"),
    "date before the text": N_("date before the text"),
    "full date in the lead": N_("full date in the first paragraph"),
    "said-in-the-lead": N_("day of what was said, in the first paragraph"),
    "happened-in-the-lead": N_("day of what happened, in the first paragraph"),
    "today-in-the-headline": N_("“today” in the headline"),
    "this-month-or-the-next": N_("this month or the next"),
    "full-date-planned": N_("full date of something planned"),
    "full-date-past": N_("full date of something past"),
    "full-date-said": N_("full date of something said"),
    "planned-date": N_("date of something planned"),
    "tenure-start": N_("start of a term of office"),
    "tenure-end": N_("end of a term of office"),
    "last-week-of-a-related-report": N_("week named in a related report"),
    "stated-in-the-brief": N_("stated in the brief"),
    "event-planned": N_("something planned"),
    "event-past": N_("something past"),
}


def rule(found: str, ui: Interface) -> Name:
    """A rule and the language it is told in. Of a keyphrase its weight is told."""
    kind, _, rest = found.partition(" ")
    if kind == "keyphrase" and rest:
        return Name(ui.say(N_("keyphrase of weight %(weight)s")) % {"weight": rest}, ui.lang)
    if kind == "title-window:":
        return Name(ui.say(N_("term of an office")), ui.lang)
    message = _RULES.get(found)
    return Name(ui.say(message), ui.lang) if message else Name(found, "en")
