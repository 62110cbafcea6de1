"""Text that is safe to publish and fit to compare: cleaning, folding, sentences, slugs, digests."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

# XML 1.0 section 2.2, production Char, turned round: what no feed may hold; and what it may, but validators warn of:
# C1 controls, which are Windows-1252 read as Latin-1 (but for U+0085, a line's end in text of some machines), and
# U+FFFD, which stands for bytes that were lost.
_UNFIT = re.compile("[^\t\n\r\x20-\x7f\x85\xa0-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")
_WINDOWS = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
# Controls that reorder the text around them (Unicode TR9): a title must not rewrite its neighbours.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_NOT_SLUG = re.compile(r"[\W_]+")
# A sentence ends at a CJK full stop, or at a Latin one before a space; a line's end always ends it.
_SENTENCE_END = re.compile(r"(?<=[。！？!?])\s*|(?<=[.!?][\"'”’)\]])\s+|(?<=[.!?])\s+|\n+")
_WORDS = re.compile(r"\w+")


def clean(text: str) -> str:
    """Drop what is unfit for a feed, turn C1 controls into what Windows-1252 means by them, and normalise to NFC."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNFIT.sub(lambda found: _WINDOWS.get(found[0], ""), text))


def clean_line(text: str) -> str:
    """Clean one line for a title or a name: no bidi or invisible controls, single spaces."""
    fit = clean(text)
    if not fit.isascii():
        fit = _INVISIBLE.sub("", _BIDI.sub("", fit))
    return " ".join(fit.split())


def fold(text: str) -> str:
    """Reduce to what two copies of one text share: NFKC, case folded, words only, single spaces."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def sentences(text: str) -> list[str]:
    """Split into sentences, in order, without empty ones; good enough to compare texts and to find a lead."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def alike(one: str, other: str) -> float:
    """The share (0..1) of the shorter text's folded sentences that the other text holds too."""
    first, second = ({fold(part) for part in sentences(text)} - {""} for text in (one, other))
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def digest(*parts: str | bytes) -> str:
    """The sha256, in hex, of the parts, each with its length, so that no two lists of parts collide."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(raw).to_bytes(8, "big"))
        total.update(raw)
    return total.hexdigest()


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Turn a name into the last part of a URL: NFKC, case folded, NFC again, words joined by hyphens.

    `slug(slug(x)) == slug(x)`. Letters of every script are kept; URLs percent-encode them once.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(char for char in folded if not unicodedata.combining(char) or char.isalnum())
    return _NOT_SLUG.sub("-", unicodedata.normalize("NFC", kept)).strip("-")
