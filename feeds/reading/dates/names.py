"""Names of months and weekdays in the languages that reports print them in (CLDR)."""

from __future__ import annotations

import re
from functools import lru_cache

from feeds import cldr

LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "ru", "id", "tr", "sv", "ar")
_EXTRA_MONTHS = {"sept": 9, "setiembre": 9, "januar": 1, "jänner": 1, "juni": 6, "juli": 7}
_CJK_DAYS = "一二三四五六日"
_KO_DAYS = "월화수목금토일"
_JA_DAYS = "月火水木金土日"
_MIN_NAME = 3


def fold(name: str) -> str:
    """The key of a printed name in `months` and `weekdays`: whatever `re.IGNORECASE` holds for equal has one key.

    Case folding alone keeps the dotless and the dotted i of Turkish apart, which the pattern does not.
    """
    return name.casefold().replace("i\u0307", "i").replace("\u0131", "i")


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Map every month name and abbreviation, folded and without its dot, to 1..12."""
    found = dict(_EXTRA_MONTHS)
    for language in LANGUAGES:
        for names in cldr.months(language):
            for number, name in enumerate(names, start=1):
                found.setdefault(fold(name).rstrip("."), number)
    return {name: number for name, number in found.items() if len(name) >= _MIN_NAME}


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """Map every weekday name, folded, to 0 (Monday) .. 6 (Sunday), as `date.weekday` counts."""
    found: dict[str, int] = {}
    for language in (*LANGUAGES, "ko", "ja"):
        for number, name in enumerate(cldr.weekdays(language)):
            found.setdefault(fold(name), number)
    for number, char in enumerate(_CJK_DAYS):
        for prefix in ("星期", "周", "週", "礼拜", "禮拜"):
            found[prefix + char] = number
    found |= {"星期天": 6, "周天": 6, "礼拜天": 6}
    found |= {f"({char})": number for days in (_KO_DAYS, _JA_DAYS) for number, char in enumerate(days)}
    return found


@lru_cache(maxsize=1)
def month_pattern() -> str:
    """An alternation of all month names, longest first."""
    return "|".join(re.escape(name) for name in sorted(months(), key=lambda name: (-len(name), name)))


@lru_cache(maxsize=1)
def weekday_pattern() -> re.Pattern[str]:
    """A pattern that finds a weekday name as a whole word (anywhere in Chinese, Japanese and Korean)."""
    names = sorted(weekdays(), key=lambda name: (-len(name), name))
    latin = "|".join(re.escape(name) for name in names if ord(name[0]) < 0x1100 and name[0] != "(")  # noqa: PLR2004
    other = "|".join(re.escape(name) for name in names if ord(name[0]) >= 0x1100 or name[0] == "(")  # noqa: PLR2004
    return re.compile(rf"(?<!\w)(?:{latin})(?!\w)|{other}", re.IGNORECASE)


def find_weekdays(text: str) -> list[int]:
    """The weekdays that a text names, in order."""
    return [
        weekdays()[fold(match[0])] for match in weekday_pattern().finditer(text.replace("（", "(").replace("）", ")"))
    ]
