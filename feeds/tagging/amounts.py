"""The amounts and shares of a text, written the same whatever language they are counted in. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT = r"thousand|million|billion|trillion|tn|bn|[万萬億亿兆만억조]|천만|백만"
_PERCENT = r"%|percent|per cent|퍼센트|パーセント|个百分点"
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z.,])(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?(?:[\s-]?(?:({_UNIT})|({_PERCENT})))?(?![\d])"
)
_TIMES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12, "百万": 1e6, "백만": 1e6,
    "천만": 1e7, "万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12,
}  # fmt: skip
_SMALL = 31  # numbers up to here are days, ages, counts: everywhere
_YEARS = range(1900, 2101)


def amounts(text: str) -> Iterator[str]:
    """Amounts and shares that reports of one event have in common, whatever the language counts in.

    3500억, 350 billion and 3,500亿 are one number; so are 15%, 15 percent and 15퍼센트.
    """
    for digits, fraction, unit, percent in _NUMBER.findall(unicodedata.normalize("NFKC", text).lower()):
        value = float(digits.replace(",", "") + fraction) * _TIMES.get(unit, 1)
        if percent:
            yield f"{value:g}%"
        elif unit or fraction or (value > _SMALL and value not in _YEARS):
            yield f"{value:g}"
