"""Bytes to text: the byte-order mark, strict UTF-8, the ISO-2022 escapes, then a detector; doubt is told."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import chardet

from feeds.errors import SeedInvalid

_MARKS = (  # the longer mark first: UTF-32LE begins like UTF-16LE
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"), (b"\x1b(J", "iso2022_jp_2"))
# What a detector names, and the superset that real pages use under that name.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "big5": "big5hkscs",
}
_CENTRAL_EUROPEAN = frozenset({"pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq", "bs"})
_SAMPLE = 65_536
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,3}=\s{0,3}["']?([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE
)
_FOREIGN = 0.2  # a text with this share of bytes beyond ASCII is hardly in a Western one-byte encoding
# Controls that no text holds: a binary file that happens to decode is still no article.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROLS = 0.002
_MAX_REPLACED = 0.02


class Decoded(NamedTuple):
    """The text, the codec that gave it, and whether that is a guess."""

    text: str
    encoding: str
    doubtful: bool


def decode(data: bytes) -> Decoded:
    """Turn a seed's bytes into text.

    Raises:
        SeedInvalid: the seed is empty, holds only white space, or is no text in any encoding we know.

    """
    if not data.strip():
        raise SeedInvalid("the file is empty")
    decoded = _marked(data) or _escaped(data) or _utf8(data) or _declared(data) or _detected(data)
    controls = len(_CONTROLS.findall(decoded.text))
    if "\x00" in decoded.text or controls > max(3, _MAX_CONTROLS * len(decoded.text)):
        raise SeedInvalid("the bytes are binary, not text")
    if not decoded.text.strip(" \t\r\n\v\f\u00a0\u200b\u2060\u3000\ufeff"):
        raise SeedInvalid("the file holds only white space")
    return decoded


def _marked(data: bytes) -> Decoded | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec) or _replaced(data, codec)
    return None


def _utf8(data: bytes) -> Decoded | None:
    # UTF-8 does not forbid NUL, but text has none: leave such bytes to the detector (UTF-16 without a mark).
    return None if b"\x00" in data[:_SAMPLE] else _strict(data, "utf-8")


def _escaped(data: bytes) -> Decoded | None:
    for escape, codec in _ESCAPES:
        if escape in data[:_SAMPLE]:
            return _strict(data, codec)
    return None


def _declared(data: bytes) -> Decoded | None:
    """What the markup says of itself, if the bytes bear it out."""
    match = _DECLARED.search(data[:2_048])
    if match is None or b"\x00" in data[:_SAMPLE]:
        return None
    return _strict(data, _widened(match[1].decode("ascii"), None))


def _detected(data: bytes) -> Decoded:
    name, codec = _guess(data)
    if not name:
        raise SeedInvalid("the bytes are binary, not text")
    if not _multibyte(codec) and sum(byte > 0x7F for byte in data[:_SAMPLE]) > _FOREIGN * len(data[:_SAMPLE]):  # noqa: PLR2004
        codec = _of_halves(data) or codec
    exact = _strict(data, codec)
    # Every byte string is valid in a one-byte encoding: there the detector's word is all there is.
    return exact._replace(doubtful=not _multibyte(codec)) if exact else _replaced(data, codec)


def _guess(data: bytes) -> tuple[str | None, str]:
    found = chardet.detect(data[:_SAMPLE])
    name = found.get("encoding")
    return name, _widened(name or "", found.get("language"))


def _of_halves(data: bytes) -> str | None:
    """One broken byte misleads the detector; the half of the text without it does not."""
    middle = max(data.find(b"\n", len(data) // 2), data.find(b" ", len(data) // 2), len(data) // 2)
    for half in (data[:middle], data[middle:]):
        if not half.strip():
            continue
        if half.isascii() is False and _strict(half, "utf-8"):
            return "utf-8"
        _, codec = _guess(half)
        if _multibyte(codec) and _strict(half, codec):
            return codec
    return None


def _widened(name: str, language: str | None) -> str:
    lower = name.lower()
    if lower in {"windows-1250", "cp1250", "iso-8859-2"} and language not in _CENTRAL_EUROPEAN:
        return "cp1252"
    return _WIDER.get(lower, lower)


def _multibyte(codec: str) -> bool:
    """A strict decode by one of these is proof in itself: few byte strings are valid in them by chance."""
    return codec in {"gb18030", "cp949", "cp932", "euc_jp", "euc-jp", "big5hkscs", "utf-16", "utf-16le", "utf-16be"}


def _strict(data: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(data.decode(codec), codec.removesuffix("-sig"), doubtful=False)
    except (UnicodeError, LookupError):
        return None


def _replaced(data: bytes, codec: str) -> Decoded:
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, LookupError):
        raise SeedInvalid("the bytes are binary, not text") from None
    if text.count("\ufffd") > max(3, _MAX_REPLACED * len(text)):
        raise SeedInvalid(f"the bytes are no text; {codec} fits best and fails in many places")
    return Decoded(text, codec.removesuffix("-sig"), doubtful=True)
