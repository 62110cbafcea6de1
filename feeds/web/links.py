"""Link headers (RFC 8288): of a feed its address, its page and its other formats; of a page the feed it announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.syndication.addresses import with_suffix
from feeds.syndication.formats import FORMATS, PAGED

if TYPE_CHECKING:
    from feeds.syndication.formats import Format
    from feeds.web.site import Site


def links(here: Site, path: str, form: Format) -> tuple[str, ...]:
    """The values of the header; `path` is that of the feed without a suffix, perhaps with parameters."""
    return _links(here, path, path, form, tuple(FORMATS))


def links_of_part(here: Site, path: str, whole: str, form: Format) -> tuple[str, ...]:
    """The same of an archive, or of a page after a cursor: its page is that of the whole feed; no calendar has it."""
    return _links(here, path, whole, form, PAGED)


def links_of_page(here: Site, path: str) -> tuple[str, ...]:
    """What a page says of the feed that it announces first; `path` is that of the feed without a suffix."""
    address = here.absolute(path)
    return tuple(
        f'<{with_suffix(address, form.suffix)}>; rel="alternate"; type="{form.link_type}"' for form in FORMATS.values()
    )


def _links(here: Site, path: str, page: str, form: Format, suffixes: tuple[str, ...]) -> tuple[str, ...]:
    address = here.absolute(path)
    others = [FORMATS[suffix] for suffix in suffixes if suffix != form.suffix]
    return (
        f'<{with_suffix(address, form.suffix)}>; rel="self"; type="{form.link_type}"',
        f'<{here.absolute(page)}>; rel="alternate"; type="text/html"',
        *(f'<{with_suffix(address, other.suffix)}>; rel="alternate"; type="{other.link_type}"' for other in others),
    )
