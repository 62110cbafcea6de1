from __future__ import annotations

import pytest

from feeds.tagging.keyphrases import keyphrases


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        ("Harbour dues of Osaka fall", "The harbour dues fell. Harbour dues fall yearly.", ("harbour dues",)),
        ("Harbour dues fall", "The harbour dues fell once.", ()),
        ("What they will do", "What they will do: what they will do.", ()),
        ("항만 요금 인하", "항만 요금이 내렸다. 항만 요금은 낮다.", ("항만 요금",)),
        ("港湾使用料を引き下げ", "港湾使用料は下がる。港湾使用料は安い。", ("港湾使用料",)),
        ("リチウムイオン電池", "リチウムイオンが高い。リチウムイオンは軽い。", ("リチウムイオン",)),
    ],
)
def test_phrases_that_a_title_has_and_the_text_repeats(title: str, body: str, found: tuple[str, ...]) -> None:
    assert keyphrases(title, body) == found
