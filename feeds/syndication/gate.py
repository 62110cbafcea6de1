"""The gate before the store: what would make a feed that no reader can read, is refused with a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml import etree

from feeds.syndication.build import build
from feeds.syndication.document import Channel
from feeds.syndication.formats import FORMATS
from feeds.syndication.writing import write
from storage.schema import EPOCH
from storage.types import LATEST, Entry, Feed, Item

if TYPE_CHECKING:
    from storage.types import Report

_FEED = Feed(id=0, key=LATEST, head=1, version=1, changed_at=EPOCH, label="Gate")
_CHANNEL = Channel("https://gate.invalid")
_GUID = "urn:uuid:00000000-0000-5000-8000-000000000000"


def refusal(report: Report) -> str | None:
    """Write the report as an entry in every format and read it back; say what fails, or None where nothing does.

    Cleaning already takes away what XML cannot hold, so this finds what cleaning does not know of: a salience that is
    no number, a key that no type has.
    """
    item = Item(1, _GUID, 1, EPOCH, EPOCH, report.published.instant or EPOCH, report)
    document = build(_FEED, (Entry(1, item),), {}, _CHANNEL)
    for form in FORMATS.values():
        try:
            written = write(form, document)
        except Exception as error:  # noqa: BLE001 - any failure is a reason
            return f"{form.name}: {type(error).__name__}: {error}"
        if written.faults:
            return written.faults[0].reason
        if not _readable(form.suffix, written.data):
            return f"the entry would make the {form.name} feed unreadable"
    return None


def _readable(suffix: str, data: bytes) -> bool:
    try:
        if suffix == "json":
            json.loads(data)
        elif suffix in {"rss", "atom"}:
            etree.fromstring(data)
    except (ValueError, etree.XMLSyntaxError):
        return False
    return True
