"""The choice among candidates."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from feeds.reading.dates.resolve import Candidate, in_zone, resolve
from storage.types import UNDATED, Evidence, Published


def candidate(score: int, first: date, last: date | None = None, instant: datetime | None = None) -> Candidate:
    return Candidate(score, "text", first, last or first, Evidence(str(score), "body", None, f"rule {score}"), instant)


def test_nothing_is_never_invented() -> None:
    assert resolve([]) == UNDATED


def test_agreeing_candidates_are_evidence_and_the_exact_one_gives_the_time() -> None:
    day = date(2025, 1, 6)
    moment = datetime(2025, 1, 6, 9, tzinfo=timezone(timedelta(hours=9)))

    found = resolve(
        [candidate(40, day, instant=moment), candidate(80, day), candidate(60, date(2025, 1, 7))], "Asia/Seoul"
    )

    assert found == Published(
        precision="second",
        basis="text",
        instant=moment,
        first=day,
        last=day,
        zone="Asia/Seoul",
        zone_origin="source",
        confidence="high",
        evidence=(Evidence("80", "body", None, "rule 80"), Evidence("40", "body", None, "rule 40")),
    )


def test_another_day_is_a_conflict() -> None:
    found = resolve([candidate(80, date(2025, 1, 6)), candidate(60, date(2025, 3, 1))])

    assert found.edtf == "2025-01-06"
    assert found.conflicts == ("rule 60 says 2025-03-01: 60",)


def test_precision_of_spans() -> None:
    assert resolve([candidate(40, date(2024, 2, 1), date(2024, 2, 29))]).edtf == "2024-02"
    assert resolve([candidate(40, date(2024, 2, 1), date(2024, 2, 3))]).edtf == "2024-02-01/2024-02-03"
    assert resolve([candidate(40, date(2024, 2, 1), date(2024, 2, 3))]).confidence == "low"


def test_the_order_of_candidates_does_not_matter() -> None:
    some = [candidate(score, date(2025, 1, score % 7 + 1)) for score in range(30, 90, 7)]

    assert resolve(some).edtf == resolve(some[::-1]).edtf


def test_a_zone_gives_the_offset_of_its_season() -> None:
    clock = datetime(2025, 1, 1, 12, tzinfo=timezone.utc)  # noqa: UP017 - `timezone` stands beside it

    assert in_zone(date(2025, 1, 1), clock, "America/New_York").isoformat() == "2025-01-01T12:00:00-05:00"
    assert in_zone(date(2025, 7, 1), clock, "America/New_York").isoformat() == "2025-07-01T12:00:00-04:00"
