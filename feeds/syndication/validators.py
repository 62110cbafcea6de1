"""What a cache may compare to know that a feed has not changed, without rendering it (RFC 9110 section 8.8)."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from feeds.text import digest

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.syndication.document import Channel
    from storage.state import State
    from storage.types import Feed

# Raise it with every change of what the writers write: the tests compare it with the bytes of one known document.
RENDERER_VERSION = 7

_SECOND = timedelta(seconds=1)


def etag(store_id: str, feed: Feed, suffix: str, channel: Channel) -> str:
    """The weak entity tag of a feed in one format, as it stands in the header: `W/"17-9f86d081884c7d65"`.

    It differs whenever the bytes may: `feed.version` rises with every visible change of the feed's content, and the
    digest covers the store, the feed, the format, the settings that show and the writers' version. Weak, because
    compression on the way changes bytes but not meaning.
    """
    mark = digest(store_id, feed.key.kind, feed.key.slug, suffix, *_shown(channel))[:16]
    return f'W/"{feed.version}-{mark}"'


def settings_mark(channel: Channel) -> str:
    """A digest of what shows in every feed beside the store: the settings, and the version of the writers."""
    return digest(*_shown(channel))


def _shown(channel: Channel) -> tuple[str, ...]:
    return str(RENDERER_VERSION), channel.base_url, channel.title, channel.content, str(channel.max_age)


def last_modified(feed: Feed, state: State, channel: Channel, now: datetime) -> datetime | None:
    """The last change, in whole seconds, or None while it is younger than a second.

    Other settings change the bytes too, so the time since when these are shown counts; where the store knows others,
    nobody can tell, and there is none.

    HTTP dates have no fractions: a second change within the same second could not be told from the first. None also
    when the clock was set back, as the header must not lie in the future (RFC 9110 section 8.8.2.1).
    """
    if state.settings != settings_mark(channel):
        return None
    changed = max(feed.changed_at, state.settings_since).astimezone(UTC)
    return None if now - changed < _SECOND else changed.replace(microsecond=0)
