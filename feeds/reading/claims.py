"""Which day a page claims to be its own: every place that names one is weighed, and those that agree count together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.reading.page import Stamp
from feeds.reading.places import Claim, all_claims, printed_claims, searched_claims, updates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from feeds.reading.dates.expressions import Found

_DECLARING = 5  # a claim of this weight says that it is the day of publication, a lighter one only looks like it
_STATED = frozenset({"linked", "meta", "time"})
_LOCAL = 20  # the day at the place of the site, once it is found, goes before all others
_MAX_STAMPS = 8
_WEST, _EAST = timedelta(hours=-8), timedelta(hours=11)  # from Los Angeles to Sydney
_QUARTER = 15
_CHANGED = 1
_SURE = 7


class Claims(NamedTuple):
    """Stamps of publication, best first; stamps that only hint at it; stamps of the last change."""

    published: tuple[Stamp, ...]
    hints: tuple[Stamp, ...]
    updated: tuple[Stamp, ...]


def read_claims(
    root: Any,
    metas: Mapping[str, str],
    linked: Mapping[str, Any],
    others: Iterable[Mapping[str, Any]],
    *,
    url: str,
    title: str,
) -> Claims:
    """Order what a page says of its day by what speaks for each day.

    Args:
        root: the page.
        metas: its meta elements by folded name.
        linked: the node of its linked data that is the article, or nothing.
        others: all nodes of its linked data.
        url: its own address, else the empty string; a day in it counts, but gives no stamp.
        title: its title, to find the headline by.

    """
    made = [*all_claims(root, metas, linked, others, url), *printed_claims(root, title)]
    if not any(claim.weight >= _DECLARING for claim in made):
        made += searched_claims(root, {claim.day for claim in made})
    ordered = _by_support(_without_changes(made))
    ordered = [*_local_day(ordered), *ordered]
    stamps = _stamps(claim for claim in ordered if claim.family != "url")
    # The day is declared if one of the places made for that names it.
    declared = any(
        claim.day == ordered[0].day and claim.weight >= _DECLARING and claim.family in _STATED for claim in ordered
    )
    published, hints = (stamps, ()) if declared else ((), stamps)
    return Claims(published, hints, updates(metas, linked))


def _stamps(claims: Iterable[Claim]) -> tuple[Stamp, ...]:
    return tuple(dict.fromkeys(claim.stamp for claim in claims))[:_MAX_STAMPS]


def _without_changes(claims: Sequence[Claim]) -> list[Claim]:
    """A field that does not say of what it is the date (`date`) holds that of the change, if the page prints so."""
    changed = {claim.day for claim in claims if claim.family == "change"}
    return [
        replace(claim, weight=_CHANGED)
        if claim.family == "meta" and claim.weight == _DECLARING and claim.day in changed
        else claim
        for claim in claims
    ]


def _by_support(claims: Sequence[Claim]) -> list[Claim]:
    """Claims of the day with the most support first; of equals, the day of the heaviest, then the first, claim."""
    support: dict[date, dict[str, int]] = {}
    for claim in claims:
        families = support.setdefault(claim.day, {})
        families[claim.family] = max(families.get(claim.family, 0), claim.weight)
    rank = {day: (sum(families.values()), max(families.values())) for day, families in support.items()}
    return sorted(claims, key=lambda claim: (*(-part for part in rank[claim.day]), -claim.weight))


def _local_day(ordered: Sequence[Claim]) -> Iterator[Claim]:
    """The day where the site is, if the best claim is a moment in UTC and another place is of the day beside it.

    An offset that another claim prints gives the moment its local form; else the day is all that is known of it.
    """
    best = ordered[0] if ordered else None
    moment = best.found.instant if best else None
    if best is None or moment is None or moment.utcoffset():
        return
    for claim in ordered[1:]:
        if _is_local_form(claim.found.instant, moment):
            yield Claim(claim.stamp, claim.found, _LOCAL, "linked")
            return
        if not _is_beside(claim, moment):
            continue
        zones = {other.found.offset for other in ordered if other.found.offset}
        fitting = [moment.astimezone(zone) for zone in zones if moment.astimezone(zone).date() == claim.day]
        if len(fitting) == 1:
            stamp = Stamp(fitting[0].isoformat(), f"{best.stamp.field}, in the zone of the page")
        else:
            stamp = Stamp(claim.stamp.text, f"{claim.stamp.field}, beside {best.stamp.text}")
        yield Claim(stamp, claim.found, _LOCAL, "linked")
        return


def _is_local_form(one: datetime | None, moment: datetime) -> bool:
    """Tell the same moment, give or take a minute, written as the clocks of some place show it."""
    return one is not None and bool(one.utcoffset()) and abs(one - moment) < timedelta(minutes=1)


def _is_beside(claim: Claim, moment: datetime) -> bool:
    """Tell a day next to the moment's on which it fell somewhere: in the address, or in print, by its clock."""
    if claim.day == moment.date() or not (moment + _WEST).date() <= claim.day <= (moment + _EAST).date():
        return False
    if claim.family in {"print", "time"}:
        sure = claim.weight >= _SURE and claim.found.clock is None
        return sure or (claim.family == "print" and _same_minute(claim.found, moment))
    return claim.family == "url"


def _same_minute(found: Found, moment: datetime) -> bool:
    """A clock that shows the same odd minute as the moment, whole or half hours away, shows the same moment."""
    if found.clock is None or found.clock.minute % _QUARTER == 0:
        return False
    printed = datetime.combine(found.day, found.clock.replace(second=0))
    away = printed - moment.replace(tzinfo=None, second=0, microsecond=0)
    return away % timedelta(minutes=30) == timedelta(0)
