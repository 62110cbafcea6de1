from __future__ import annotations

from feeds.tagging.zones import zones
from storage.types import Evidence
from tests.authorities import story


def test_title_summary_and_body_weigh_three_two_one() -> None:
    found = zones(story("one\n\ntwo", title="t", summary="s"))
    assert [(zone.name, zone.weight_at(0), zone.weight_at(9)) for zone in found] == [
        ("title", 3.0, 3.0),
        ("summary", 2.0, 2.0),
        ("body", 1.0, 1.0),
    ]


def test_without_a_summary_the_first_paragraph_is_the_lead() -> None:
    (body,) = zones(story("one\n\ntwo"))
    assert (body.weight_at(0), body.weight_at(5)) == (2.0, 1.0)


def test_evidence_quotes_the_zone() -> None:
    (body,) = zones(story("all of Seoul"))
    assert body.evidence(7, 12, "name") == Evidence("Seoul", "body", 7, "name")
