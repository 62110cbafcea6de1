from __future__ import annotations

import pytest

from tests.authorities import actors


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Seoul said on Monday it would go. South Korea agreed, the foreign ministry said.", "mofa-kr"),
        ("Tokyo agreed. Japan will join, the foreign ministry said.", "mofa-jp"),
        ("韩国与日本会谈。韩国外交部表示", "mofa-kr"),
        ("외교부는 밝혔다", "mofa-kr"),
        ("중국 외교부는 밝혔다", "mofa-cn"),
    ],
)
def test_the_ministry_of_the_dominant_government(text: str, body: str) -> None:
    assert body in actors(text)


def test_a_government_that_we_have_no_ministry_of_gives_none() -> None:
    found = actors("France protested, the foreign ministry in Paris said. French officials left Seoul.")
    assert found == {"france", "south-korea"}


def test_the_united_states_has_no_foreign_ministry() -> None:
    text = "The United States, the U.S. and Washington. South Korea spoke, the foreign ministry said."
    assert "mofa-kr" in actors(text, language="en")


def test_the_embassy_is_that_of_the_ambassador_in_office() -> None:
    text = "Ambassador Kang Kyung-wha spoke. The embassy had no more to say."
    assert "embassy-kr-us" in actors(text, "2025-11-18")
    assert "embassy-kr-us" not in actors(text, "2018-11-18")
    assert "embassy-kr-us" not in actors("The embassy had no more to say.", "2025-11-18")
