"""The table of formats: suffix, media type and writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.syndication.atom import atom
from feeds.syndication.calendar import calendar
from feeds.syndication.jsonfeed import jsonfeed
from feeds.syndication.rss import rss

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.syndication.document import FeedDocument

OPML_MEDIA_TYPE = "text/x-opml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a feed: what its URLs end with, what HTTP calls it, and who writes it.

    `paged` formats show the window and have archives; the others show all that they have to say in one document.
    """

    suffix: str
    name: str
    media_type: str
    write: Callable[[FeedDocument], bytes]
    paged: bool = True

    @property
    def link_type(self) -> str:
        """The media type without parameters, as autodiscovery links want it."""
        return self.media_type.partition(";")[0]


FORMATS: Mapping[str, Format] = {
    form.suffix: form
    for form in (
        Format("rss", "RSS", "application/rss+xml; charset=utf-8", rss),
        Format("atom", "Atom", "application/atom+xml; charset=utf-8", atom),
        Format("json", "JSON Feed", "application/feed+json; charset=utf-8", jsonfeed),
        Format("ics", "iCalendar", "text/calendar; charset=utf-8", calendar, paged=False),
    )
}
PAGED = tuple(suffix for suffix, form in FORMATS.items() if form.paged)
