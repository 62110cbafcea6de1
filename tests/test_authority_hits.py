from __future__ import annotations

import pytest

from tests.authorities import shipped


@pytest.mark.parametrize(
    ("text", "kind", "targets"),
    [
        ("First Lady Biden waved", "role", ("jill-biden",)),
        ("President Biden waved", "name", ("joe-biden",)),
        ("Ms. Trump waved", "unknown", ("donald-trump",)),
        ("Foreign Minister Cho Tae-yong", "name", ("cho-tae-yul",)),
        ("NIS Director Cho Tae-yong", "name", ("cho-tae-yong",)),
        ("中美关系", "name", ("china", "united-states")),
        ("the embassy said", "short", ("embassy-kr-us",)),
    ],
)
def test_what_a_name_becomes(text: str, kind: str, targets: tuple[str, ...]) -> None:
    (hit,) = shipped().matcher.scan(text)
    assert (hit.kind, hit.targets) == (kind, targets)


def test_a_generic_name_knows_its_country() -> None:
    hits = shipped().matcher.scan("Japan's foreign ministry and the Foreign Ministry of China")
    assert [hit.country for hit in hits if hit.kind == "generic"] == ["japan", "china"]
