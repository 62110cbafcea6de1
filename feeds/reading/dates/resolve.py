"""Weigh everything that says when a report appeared, and answer with a value, its precision, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from storage.types import UNDATED, Evidence, Published

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storage.types import Basis

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one clue.

    `score` (0..100) says how much the clue is worth; `first` and `last` bound the day, in the zone of the source.
    `instant` is set where a time and an offset are known.
    """

    score: int
    basis: Basis
    first: date
    last: date
    evidence: Evidence
    instant: datetime | None = None
    zone: str | None = None
    zone_origin: Literal["printed", "source", "unknown"] = "unknown"

    @property
    def confidence(self) -> Confidence:
        """How far a reader may trust this candidate if it wins."""
        return "high" if self.score >= 70 else "medium" if self.score >= 45 else "low"  # noqa: PLR2004 - the scale


def in_zone(day: date, clock: datetime, zone: str) -> datetime:
    """Give a printed time the offset that its zone had on that day."""
    local = datetime.combine(day, clock.time(), ZoneInfo(zone))
    away = local.utcoffset()
    return local.replace(tzinfo=timezone(away if away is not None else timedelta(0)))


def resolve(candidates: Iterable[Candidate], zone: str | None = None) -> Published:
    """Choose the best candidate; the others confirm it, sharpen it, or are told as conflicts.

    Candidates that agree on the day are evidence for it together, and the most exact of them gives the time. `zone` is
    the source's, for days printed without one.
    """
    ranked = sorted(candidates, key=lambda one: (-one.score, one.last - one.first))
    if not ranked:
        return UNDATED
    best = ranked[0]
    agreeing = [one for one in ranked if _agrees(one, best)]
    exact = next((one for one in agreeing if one.instant is not None), None)
    chosen = exact if exact is not None and best.instant is None else best
    return Published(
        precision="second" if chosen.instant is not None else _precision(chosen),
        basis=best.basis,
        instant=chosen.instant,
        first=chosen.first,
        last=chosen.last,
        zone=chosen.zone or zone,
        zone_origin=chosen.zone_origin if chosen.zone else "source" if zone else "unknown",
        confidence=best.confidence,
        evidence=tuple(one.evidence for one in agreeing),
        conflicts=_conflicts(ranked, best),
    )


def _agrees(one: Candidate, best: Candidate) -> bool:
    return one.first <= best.last and best.first <= one.last


def _precision(chosen: Candidate) -> Literal["day", "month", "range"]:
    if chosen.first == chosen.last:
        return "day"
    next_month = (chosen.first.replace(day=28) + timedelta(days=4)).replace(day=1)
    whole = chosen.first.day == 1 and chosen.last == next_month - timedelta(days=1)
    return "month" if whole else "range"


def _conflicts(ranked: Sequence[Candidate], best: Candidate) -> tuple[str, ...]:
    """Other days that something claims; a neighbouring day is a matter of time zones, not of doubt."""
    day = timedelta(days=1)
    return tuple(
        f"{one.evidence.rule} says {one.first}: {one.evidence.text}"
        for one in ranked
        if one.first - day > best.last or one.last + day < best.first
    )
