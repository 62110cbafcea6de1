"""The language of texts and lines."""

from __future__ import annotations

import pytest

from feeds.reading.language import declared_language, detect, detect_all


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers will meet in Washington next week to discuss tariffs.", "en"),
        ("Los ministros se reunirán la próxima semana en Washington.", "es"),
        ("Die Minister treffen sich nächste Woche in Washington, um über Zölle zu sprechen.", "de"),
        ("Les ministres se réuniront la semaine prochaine à Washington.", "fr"),
        ("Министры встретятся на следующей неделе в Вашингтоне.", "ru"),
        ("韩国外长访问华盛顿，讨论关税问题。", "zh-Hans"),
        ("韓國外長訪問華盛頓，討論關稅問題。", "zh-Hant"),
        ("韓国の外相が訪米し、関税について協議した。", "ja"),
        ("한국 외교장관이 미국을 방문해 관세를 논의했다.", "ko"),
        ("2025 - 12", "und"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language


def test_short_lines_inherit() -> None:
    assert detect("Print", "es") == "es"
    assert detect("新規会員登録", "ja") == "ja"
    assert detect("2025", "ko") == "ko"
    assert detect("人口", "zh-Hant") == "zh-Hant"


def test_a_long_line_in_another_language_does_not() -> None:
    assert detect("Los ministros se reunirán la próxima semana en Washington.", "en") == "es"


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-US", "en"),
        ("zh_CN", "zh-Hans"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh", "zh"),
        ("KO", "ko"),
        ("english language", None),
        ("x", None),
        ("", None),
        (None, None),
    ],
)
def test_declared(tag: str | None, language: str | None) -> None:
    assert declared_language(tag) == language


def test_addresses_are_in_no_language() -> None:
    assert detect("[메일] social@pier.example", "en") == "ko"
    assert detect("https://www.pier.example/one-long-road", "ja") == "ja"


def test_japanese_forms_of_han() -> None:
    assert detect("関連記事", "en") == "ja"
    assert detect("相关文章", "en") == "zh-Hans"
    assert detect("相關文章", "en") == "zh-Hant"


def test_kanji_alone_on_a_page_that_is_japanese_around_its_article() -> None:
    chinese = "港口城市的市长星期一说，两座城市将共同使用引航员和拖船，费用由六人委员会分担，首次联合值班将于秋季开始。"

    assert detect_all(["生成画像", "機械による要約です"], "en") == ["ja", "ja"]
    assert detect_all(["生成画像", "機械による要約です", chinese], "en") == ["zh-Hans", "ja", "zh-Hans"]
    assert detect_all(["生成画像"], "en") == ["zh-Hans"]


@pytest.mark.parametrize("text", ["x", "F", "U.S." * 60, "T" + "\u0301" * 80 + "itle"])
def test_a_text_in_latin_letters_is_in_no_language_of_another_script(text: str) -> None:
    assert detect(text) not in {"ar", "fa", "ur", "ru", "uk", "bg"}
    assert detect(text, "en") == "en"
