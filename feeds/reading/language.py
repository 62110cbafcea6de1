"""Which language a text is in: its script decides first, a trained model only among languages that share one."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from feeds.reading.shape import script, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = "und"
# The languages that the model may answer with; a rarer one would mostly be a misreading of these.
_CANDIDATES = {
    "latin": ("en", "es", "fr", "de", "it", "pt", "nl", "id", "vi", "tr", "pl", "sv", "da", "cs", "ro"),
    "cyrillic": ("ru", "uk", "bg"),
    "arabic": ("ar", "fa", "ur"),
}
_OF_SCRIPT = {"kana": "ja", "hangul": "ko"}
_NAMES = tuple(name for names in _CANDIDATES.values() for name in names)
_ADDRESS = re.compile(r"\S{1,100}@\S{1,100}|(?:https?://|www\.)\S{1,500}")  # in no language, whatever its letters
_SHORT = 20  # a line of fewer letters takes the language of its surroundings
_CERTAIN = 80  # letters from which on the model is trusted against the surroundings, however sure it is
_CONFIDENCE = 0.6
_SAMPLE, _BLOCK_SAMPLE = 1_000, 240  # characters that are looked at: of an article, of one of its many blocks
_DECLARED_AS = {"zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant"}


def detect(text: str, inherited: str = UNKNOWN) -> str:
    """Name the language of a text (BCP 47, `zh-Hans` or `zh-Hant`), or the inherited one where it says too little."""
    return _detect([text[:_SAMPLE]], inherited)[0]


def detect_each(texts: Sequence[str]) -> list[str]:
    """Name the language of each of several texts that have nothing to do with each other."""
    return _detect([text[:_SAMPLE] for text in texts], UNKNOWN)


def detect_all(texts: Sequence[str], inherited: str) -> list[str]:
    """Name the language of each block of a page whose article is in the inherited one.

    A page that is Japanese around its article, and nowhere at length Chinese, heads its parts in kanji alone.
    """
    found = _detect([text[:_BLOCK_SAMPLE] for text in texts], inherited)
    chinese = any(name.startswith("zh-") and weight(text) >= _CERTAIN for name, text in zip(found, texts, strict=True))
    if chinese or "ja" not in found:
        return found
    return ["ja" if name.startswith("zh-") else name for name in found]


def _detect(samples: Sequence[str], inherited: str) -> list[str]:
    """The language of each sample; what the scripts leave open the model is asked at once, which is much faster."""
    bare = [_ADDRESS.sub(" ", text) if "@" in text or "://" in text or "www." in text else text for text in samples]
    families = [script(text) for text in bare]
    found = [_by_script(text, family, inherited) for text, family in zip(bare, families, strict=True)]
    asked = [at for at, name in enumerate(found) if name is None]
    for at, answer in zip(asked, _model([bare[at] for at in asked]), strict=True):
        found[at] = _trusted(bare[at], families[at], answer, inherited)
    return [name or inherited for name in found]


def _by_script(text: str, family: str, inherited: str) -> str | None:
    """The language as far as the script tells it; None if the model must be asked."""
    if family == "han":
        return _han(text, inherited)
    if family not in _CANDIDATES:
        return _OF_SCRIPT.get(family, inherited)
    return inherited if inherited != UNKNOWN and not _has_letters(text, _SHORT) else None


def _trusted(text: str, family: str, answer: tuple[str, float], inherited: str) -> str:
    """What the model says, where it can be believed."""
    name, confidence = answer
    astray = name not in _CANDIDATES[family]  # of a few letters the model says anything
    doubted = inherited != UNKNOWN and confidence < _CONFIDENCE and not _has_letters(text, _CERTAIN)
    return inherited if astray or doubted else name


def _has_letters(text: str, least: int) -> bool:
    """Tell whether the text has so many letters; of most texts the beginning has them."""
    return any(sum(map(str.isalpha, part)) >= least for part in (text[: 2 * least], text))


def declared_language(tag: str | None) -> str | None:
    """Bring a language tag that a seed declares into the form that we use, or None if it is no tag."""
    bare = (tag or "").strip().replace("_", "-")
    if not bare or len(bare) > 35 or not all(part.isascii() and part.isalnum() for part in bare.split("-")):  # noqa: PLR2004 - RFC 5646
        return None
    first, *rest = bare.lower().split("-")
    if not first.isalpha() or not 2 <= len(first) <= 3:  # noqa: PLR2004 - ISO 639
        return None
    if first == "zh":
        if "hant" in rest or "hans" in rest:
            return "zh-Hant" if "hant" in rest else "zh-Hans"
        return _DECLARED_AS.get("-".join((first, *rest[:1])), "zh")
    return first


def _han(text: str, inherited: str) -> str:
    if inherited == "ja" and weight(text) < 3 * _SHORT:
        return "ja"  # a heading in Japanese is often kanji alone
    simplified, traditional, japanese = _only()
    only_simple = sum(map(simplified.__contains__, text))
    if not only_simple and not japanese.isdisjoint(text):
        return "ja"
    only_traditional = sum(map(traditional.__contains__, text))
    if only_simple == only_traditional:
        return inherited if inherited.startswith("zh-") else "zh-Hans"
    return "zh-Hant" if only_traditional > only_simple else "zh-Hans"


@lru_cache(maxsize=1)
def _only() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The characters written in simplified Chinese only, in traditional only, in Japanese only (OpenCC's tables)."""
    tables = files("opencc") / "dictionary"
    simplified, traditional = _keys(tables / "STCharacters.txt"), _keys(tables / "TSCharacters.txt")
    chinese = simplified | traditional | _values(tables / "STCharacters.txt") | _values(tables / "TSCharacters.txt")
    return simplified - traditional, traditional - simplified, _values(tables / "JPVariants.txt") - chinese


def _values(table: Any) -> frozenset[str]:
    """The characters that the table turns others into."""
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return frozenset(value for _, values in rows for value in values.split())


def _keys(table: Any) -> frozenset[str]:
    """The characters that the table turns into another one, never into themselves."""
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return frozenset(key for key, values in rows if key not in values.split())


def _model(texts: Sequence[str]) -> list[tuple[str, float]]:
    if not texts:  # a folder of Korean and Chinese text never needs it
        return []
    from feeds.reading.langmodel import identifier

    return identifier(_NAMES).classify(texts)
