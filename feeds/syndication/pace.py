"""How lively a feed is, by its newest entries up to a moment: no clock is asked, so one version says one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.syndication.document import FeedDocument

_NEWEST = 50
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_SOONEST, _LATEST = 5, 60  # minutes


def items_per_day(number: int, since: datetime, until: datetime) -> float:
    """The pace of a feed whose newest items, fifty at most, are `number`, the oldest of them first seen at `since`.

    Fewer than fifty are measured over a day at least, and fifty over an hour: what comes in one breath is no pace.
    """
    least = _HOUR if number >= _NEWEST else _DAY
    return number * _DAY / max((until - since).total_seconds(), least)


def minutes_to_live(document: FeedDocument) -> int:
    """How long a reader may wait before it asks again: half the time between two items, from 5 minutes to an hour.

    It is never shorter than a cache on the way keeps the feed. The pace is that of the feed's last change, for the
    bytes of a version must not change by themselves.
    """
    kept = -(-document.max_age // _MINUTE)  # whole minutes, rounded up
    return max(kept, min(_LATEST, max(_SOONEST, _half_way(document))))


def _half_way(document: FeedDocument) -> int:
    newest = sorted((entry.first_seen for entry in document.entries), reverse=True)[:_NEWEST]
    if not newest or document.paging.archive:
        return _LATEST
    return round(_DAY / _MINUTE / 2 / items_per_day(len(newest), newest[-1], document.updated))
