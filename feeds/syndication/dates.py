"""Dates on the wire: RFC 822 for RSS, and the sentence that says how sure a date is."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING

from feeds.text import clean_line

if TYPE_CHECKING:
    from datetime import datetime

    from storage.types import Published

_BASIS = {
    "declared": "as declared with the article",
    "metadata": "from the page's metadata",
    "dateline": "from the dateline",
    "text": "from the text",
    "inferred": "inferred",
    "none": "",
}
_EVIDENCE_LENGTH = 80


def rfc822(moment: datetime) -> str:
    """A date for RSS, always in UTC and with English names: `Tue, 24 Dec 2024 20:10:00 +0000`.

    `strftime` would name days and months in the locale's language; this does not look at the locale.
    """
    return format_datetime(moment.astimezone(UTC))


def date_note(published: Published, shown: datetime) -> str:
    """Say in one line how the date was got and how exact it is; empty for an exact time."""
    if published.precision == "second":
        return ""
    if published.precision == "unknown" or published.first is None:
        return f"Date unknown: first seen on {shown.astimezone(UTC).date()}."
    words = clean_line(published.evidence[0].text) if published.evidence else ""
    if len(words) > _EVIDENCE_LENGTH:
        words = words[: _EVIDENCE_LENGTH - 1] + "…"
    parts = [_when(published), _BASIS[published.basis], f"“{words}”" if words else ""]
    return f"{', '.join(part for part in parts if part)}."


def _when(published: Published) -> str:
    if published.precision == "day":
        return f"Published on {published.edtf}, the day only"
    if published.precision == "month":
        return f"Published in {published.edtf}, the month only"
    return f"Published between {published.first} and {published.last}"
