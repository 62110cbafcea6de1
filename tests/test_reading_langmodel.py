"""The language model, cut down while it is read."""

from __future__ import annotations

import pytest
from py3langid import langid

from feeds.reading.langmodel import identifier

NAMES = ("en", "es", "de", "ru")


@pytest.mark.parametrize(
    "text",
    [
        *("The mayor said so.", "El alcalde lo dijo ayer.", "Der Bürgermeister sagte es.", "Мэр сказал это вчера."),
        *("", "a", "U.S.", "yor said so", "日本 and more", "\ud800", "THE MAYOR SAID SO AND LEFT THE HARBOUR " * 20),
    ],
)
def test_it_answers_as_the_whole_model_restricted_to_the_same_languages(text: str) -> None:
    whole = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    whole.set_languages(list(NAMES))

    assert identifier(NAMES).classify(text) == whole.classify(text)


def test_it_is_loaded_once() -> None:
    assert identifier(NAMES) is identifier(NAMES)
