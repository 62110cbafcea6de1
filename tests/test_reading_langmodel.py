"""The language model, cut down while it is read."""

from __future__ import annotations

import pytest
from py3langid import langid

from feeds.reading.langmodel import identifier

NAMES = ("en", "es", "de", "ru")


TEXTS = [
    *("The mayor said so.", "El alcalde lo dijo ayer.", "Der Bürgermeister sagte es.", "Мэр сказал это вчера."),
    *("", "a", "U.S.", "yor said so", "日本 and more", "\ud800", "THE MAYOR SAID SO AND LEFT THE HARBOUR " * 20),
]


@pytest.fixture(scope="module")
def whole() -> langid.LanguageIdentifier:
    """The model as py3langid holds it, restricted to the same languages."""
    whole = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    whole.set_languages(list(NAMES))
    return whole


@pytest.mark.parametrize("text", TEXTS)
def test_it_answers_as_the_whole_model_restricted_to_the_same_languages(
    text: str, whole: langid.LanguageIdentifier
) -> None:
    name, confidence = whole.classify(text)

    ((found, sure),) = identifier(NAMES).classify([text])
    assert found == name
    assert sure == pytest.approx(confidence, abs=1e-4)


def test_many_texts_at_once_are_answered_as_one_by_one(whole: langid.LanguageIdentifier) -> None:
    many = [*TEXTS, *[f"{text} {number}" for number in range(900) for text in TEXTS[:4]]]  # more than one batch

    assert [name for name, _ in identifier(NAMES).classify(many)] == [whole.classify(text)[0] for text in many]
    assert identifier(NAMES).classify([]) == []


def test_it_is_loaded_once() -> None:
    assert identifier(NAMES) is identifier(NAMES)
