from __future__ import annotations

from feeds.authority.patterns import variants


def test_korean_names_in_their_usual_spellings() -> None:
    assert set(variants("Lee Jae-myung")) == {
        "Lee Jae-Myung",
        "Lee Jae Myung",
        "Lee Jaemyung",
        "Lee Jae myung",
        "Jae-myung Lee",
        "Jae-Myung Lee",
        "Jae Myung Lee",
    }


def test_other_names_stay_as_they_are() -> None:
    assert list(variants("Xi Jinping")) == []
    assert list(variants("문재인")) == []
