"""The look of a line."""

from __future__ import annotations

import pytest

from feeds.reading.shape import ends_sentence, repeats, script, sentences, shape, weight


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Talks in Seoul", "latin"),
        ("韩国外长访问华盛顿", "han"),
        ("韓国の外相が訪米", "kana"),
        ("한미 외교장관 회담", "hangul"),
        ("Переговоры в Сеуле", "cyrillic"),
        ("محادثات في سيول", "arabic"),
        ("2025 - 12", ""),
    ],
)
def test_script(text: str, name: str) -> None:
    assert script(text) == name


def test_weight_counts_dense_scripts_more() -> None:
    assert weight("abcd") == 4
    assert weight("外长访美") == 10
    assert weight("외교장관") == 8


@pytest.mark.parametrize(
    "text", ["Talks resume.", "会谈继续。", '"We go on."', "회담은 계속된다.", "Is it over?", "They agreed. (Example)"]
)
def test_a_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["Talks resume", "A ban by the U.S.", "Silence…", "Nobody knows...", ""])
def test_a_label_does_not(text: str) -> None:
    assert not ends_sentence(text)


def test_paragraphs_and_headings() -> None:
    assert shape("The two sides will hold talks in Washington this week, the ministry said.").paragraph
    assert shape("双方将于本周在华盛顿举行会谈，外交部发言人在记者会上表示。").paragraph
    assert not shape("Talks resume in Washington after a winter of silence between the two sides").paragraph
    assert shape("Will the talks in Washington this week end the tariff dispute for good?").heading
    assert not shape("They met.").heading


def test_sentences_keep_abbreviations_together() -> None:
    text = "Sen. Kim met U.S. officials on Jan. 3 in Seoul. Talks go on. 双方同意。会谈继续。"

    assert sentences(text) == [
        "Sen. Kim met U.S. officials on Jan. 3 in Seoul.",
        "Talks go on.",
        "双方同意。",
        "会谈继续。",
    ]


def test_repeats_counts_shared_words_and_pairs_of_characters() -> None:
    assert repeats("talks resume in Seoul", "In Seoul, talks will resume today") == 1.0
    assert repeats("韩国外长", "韩国外交部长") == pytest.approx(2 / 3)
    assert repeats("", "anything") == 0.0
