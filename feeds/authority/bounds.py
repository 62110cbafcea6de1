"""Where a name may begin and end: Latin words, runs of katakana, Hangul words with their particles."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTICLE = (
    "은|는|이|가|을|를|의|에|에게|에게서|에서|와|과|도|만|만이|로|으로|께서|께|라고|이라고|라는|이라는|라며|이라며|이나|나|"
    "이다|였다|이었다|부터|까지|처럼|보다|한테|마저|조차|이란|란|라도|이라도|에는|에도|에만|로서|으로서|로부터|으로부터|과의|와의|에게도|에게는"
)
_SUFFIX = (
    "씨|님|측|전|및|등|발|식|계|표|정부|행정부|정권|체제|부부|일가|시대"
    "|당선인|후보|그룹|본사|총회|안보리|정상회의|회원국|제재|결의|군"
)
# Characters that write foreign syllables and seldom begin or end a Chinese word.
_SYLLABLES = frozenset("尔斯德姆莱蒂娅莎诺夫奇罗贝格洛兰森顿曼伦茨泽丽拉")
_SCRIPTS = re.compile(
    "(?P<hangul>[\uac00-\ud7a3\u1100-\u11ff])|(?P<katakana>[\u30a1-\u30fa\u30fc\u31f0-\u31ff])"
    "|(?P<plain>[\u3040-\u30a0\u30fb\u3100-\u318f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])|(?P<word>\\w)"
)


@lru_cache(maxsize=8192)
def script(char: str) -> str:
    """`word` (letters that make spaced words, and digits), `katakana`, `hangul` or `` for all that needs no bounds."""
    found = _SCRIPTS.match(char)
    kind = (found.lastgroup or "") if found else ""
    return "" if kind == "plain" else kind


def left_free(text: str, start: int) -> bool:
    """Whether a name may begin at `start`: no word, run of katakana or Hangul word goes on across it."""
    if start == 0:
        return True
    kind = script(text[start])
    return not kind or script(text[start - 1]) != kind


def right_free(text: str, end: int) -> bool:
    """Whether a name may end at `end`; a Hangul word may go on, which `hangul_ends` judges."""
    if end >= len(text):
        return True
    kind = script(text[end - 1])
    return kind in ("", "hangul") or script(text[end]) != kind


def genitive_end(text: str, end: int) -> int | None:
    """The end with a German genitive s ("Kim Jong Uns"), if there is one at `end`."""
    if text[end : end + 1] == "s" and text[end - 1] not in "sxzß" and right_free(text, end + 1):
        return end + 1
    return None


def hangul_ends(text: str, end: int, titles: re.Pattern[str]) -> bool:
    """Whether what follows a person's name in the same Hangul word is a title, a suffix or particles."""
    if end >= len(text) or script(text[end - 1]) != "hangul" or script(text[end]) != "hangul":
        return True
    return titles.match(text, end) is not None


def within_transliteration(text: str, start: int, end: int) -> bool:
    """Whether a family name of two Chinese characters is a piece of a longer foreign name (拉布 of 拉布拉多)."""
    if end - start != 2 or text[start].isascii() or script(text[start]):  # noqa: PLR2004 - longer ones are rarely pieces
        return False
    return text[end : end + 1] in _SYLLABLES or (start > 0 and text[start - 1] in _SYLLABLES)


def hangul_tail(titles: list[str]) -> re.Pattern[str]:
    """The pattern of what may follow a person's name within its Hangul word."""
    forms = "|".join(re.escape(title) for title in sorted(titles, key=lambda form: (-len(form), form)))
    return re.compile(f"(?:(?:전)?(?:{forms}))|(?:{_SUFFIX})?(?:{_PARTICLE})?(?![\uac00-\ud7a3])")
