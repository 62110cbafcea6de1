"""The language of texts and lines."""

from __future__ import annotations

import pytest

from feeds.reading.language import declared_language, detect


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
