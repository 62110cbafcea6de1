"""Link headers (RFC 8288) of a feed: its own address, its page, and the same feed in the other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.syndication.addresses import with_suffix
from feeds.syndication.formats import FORMATS

if TYPE_CHECKING:
    from feeds.syndication.formats import Format
    from feeds.web.site import Site


def links(here: Site, path: str, form: Format) -> tuple[str, ...]:
    """The values of the header; `path` is that of the feed without a suffix, perhaps with parameters."""
    address = here.absolute(path)
    others = [other for other in FORMATS.values() if other is not form]
    return (
        f'<{with_suffix(address, form.suffix)}>; rel="self"; type="{form.link_type}"',
        f'<{address}>; rel="alternate"; type="text/html"',
        *(f'<{with_suffix(address, other.suffix)}>; rel="alternate"; type="{other.link_type}"' for other in others),
    )
