"""Related reports as briefs."""

from __future__ import annotations

from tests.test_reading_blocks import ELSEWHERE, FIRST, SECOND, parts

ARTICLE = f"Towns share their tugs\n\n{FIRST}\n\n{SECOND}\n\nRelated articles\n\n"


def test_a_brief_points_at_its_title_and_text() -> None:
    text = f"{ARTICLE}The long bridge is open,\n\n{ELSEWHERE}\n"

    (brief,) = parts(text).briefs

    assert (brief.title, brief.text, brief.language) == ("The long bridge is open", ELSEWHERE, "en")
    assert text[brief.start : brief.end] == f"The long bridge is open,\n\n{ELSEWHERE}"


def test_without_a_title_the_first_sentence_is_it() -> None:
    (brief,) = parts(f"{ARTICLE}{ELSEWHERE} It is long.").briefs

    assert (brief.title, brief.text) == (ELSEWHERE, f"{ELSEWHERE} It is long.")


def test_captions_and_credits_between_entries_are_no_briefs() -> None:
    picture = "A crane lifts the last part of the bridge into its place.\nAI-generated image"
    text = f"{ARTICLE}{picture}\n\n{ELSEWHERE}\n\nReported by AI"

    assert [brief.text for brief in parts(text).briefs] == [ELSEWHERE]
