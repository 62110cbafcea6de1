from __future__ import annotations

import pytest

from feeds.tagging.filing import filed_end
from tests.authorities import story, tagger


@pytest.mark.parametrize(
    ("filed", "rest"),
    [
        ("WASHINGTON (AP) — ", "The envoy left."),
        ("HANOI, Vietnam (AP) - ", "The envoy left."),
        ("SEOUL, Aug. 20 (Yonhap) -- ", "The envoy left."),
        ("Hong Kong (CNN Business)", "The envoy left."),
        ("(워싱턴=연합뉴스)", " 특사가 떠났다."),
        ("【ワシントン＝共同】", "特使が出発した。"),
    ],
)
def test_where_the_dateline_ends(filed: str, rest: str) -> None:
    assert filed_end(filed + rest) == len(filed)


@pytest.mark.parametrize("text", ["The U.S. Army said", "US-China talks go on", "Seoul and Tokyo - once foes - met"])
def test_no_dateline(text: str) -> None:
    assert filed_end(text) == 0


def _countries(body: str) -> set[str]:
    return {tag.slug for tag in tagger().tag(story(body)) if tag.kind == "actor"}


def test_the_place_of_filing_takes_no_part() -> None:
    assert _countries("BEIJING (Reuters) - Thailand bought rice.") == {"thailand"}


def test_the_place_of_filing_is_all_there_is() -> None:
    assert _countries("BEIJING (Reuters) - The cabinet bought rice.") == {"china"}
