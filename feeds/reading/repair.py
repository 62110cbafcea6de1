"""Damage that scraping leaves in text, mended: list debris, literal escapes, entities, hard wraps."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import groupby

from feeds.reading.page import Line, check_length, check_lines
from feeds.reading.shape import ends_sentence, script
from feeds.text import clean_line

_QUOTES = {"'": "'", '"': '"', "‘": "’", "“": "”", "「": "」", "『": "』", "«": "»", "`": "`", "’": "’", "”": "”"}
# Stripped by hand: a search for `\s+$` tries every space of a long run.
_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_AROUND_ITEM = _SPACES + ",;[](){}，、；"
_NO_WORDS = re.compile(r"[\W_]*")
_NOTHING = frozenset({"none", "null", "nan", "undefined", "nil", "n/a", "[object object]"})
# A literal \n is an escape where it ends a sentence, or where no small letter follows (unlike C:\new).
_BREAK = re.compile(r"(?:\\r)?\\n(?![a-z])|(?<=[.!?。！？”’\"'])(?:\\r)?\\n|\\r(?![a-z])|\\t(?![a-z])")
_QUOTE_ESCAPE = re.compile(r"\\(?=[\"'“”‘’/])")
_CODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})(?:\\u([0-9a-fA-F]{4}))?")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_ITEM_JOINT = re.compile(r"(?P<close>['\"’”])\s*,\s*(?=['\"‘“])")
_INLINE_LIST = re.compile(r"^\[\s*(?:'.*'|\".*\"|‘.*’|“.*”)\s*,?\s*\]$", re.DOTALL)
# Strings as Python and JSON print them: either quote, and within it the other one or an escaped one.
_STRING = r"""(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")"""
_STRINGS = re.compile(rf"\[?\s*+{_STRING}(?:\s*+,\s*+{_STRING})++\s*+,?\s*+\]?", re.DOTALL)
_MIN_LIST_LINES = 2
_WRAP_MIN, _WRAP_MAX = 45, 160
_HIGH, _LOW = (0xD800, 0xDBFF), (0xDC00, 0xDFFF)


def split_lines(text: str) -> list[Line]:
    """Cut a decoded text into lines with their offsets; an empty line begins a new group.

    Raises:
        SeedInvalid: there is more text, or there are more lines, than any article has.

    """
    check_length(len(text))
    lines: list[Line] = []
    at = group = 0
    for raw in text.splitlines(keepends=True):
        bare = raw.strip().strip("\u200b\u2060\ufeff")
        if bare:
            start = at + raw.index(bare)
            lines.append(Line(bare, start, start + len(bare), group))
            check_lines(len(lines))
        else:
            group += 1
        at += len(raw)
    return lines


def repair(lines: list[Line]) -> list[Line]:
    """Mend what is broken in the lines and drop those that say nothing; offsets keep pointing at the source.

    Raises:
        SeedInvalid: there are more lines than any article has.

    """
    items = [piece for line in lines for piece in _inline_list(line)]
    check_lines(len(items))
    if _is_list(items):
        items = [replace(piece, text=_unwrap(piece.text)) for line in items for piece in _strings(line)]
    mended = [piece for line in items for piece in _escapes(line)]
    check_lines(len(mended))
    return join_wrapped([line for line in mended if not _says_nothing(line.text)])


def join_wrapped(lines: list[Line]) -> list[Line]:
    """Join the lines of each paragraph that was wrapped at a fixed width; other groups stay line by line."""
    joined: list[Line] = []
    for _, members in groupby(lines, key=lambda line: line.group):
        group = list(members)
        joined += [_join(group)] if _is_wrapped(group) else group
    return joined


def _join(group: list[Line]) -> Line:
    return replace(group[0], text=clean_line(" ".join(line.text for line in group)), end=group[-1].end)


def _is_wrapped(group: list[Line]) -> bool:
    """A wrapped paragraph has full lines of like length that mostly break in mid-sentence."""
    if len(group) < 2:  # noqa: PLR2004 - one line has no break
        return False
    lengths = [len(line.text) for line in group]
    longest = max(lengths)
    full = all(length >= longest * 0.72 for length in lengths[:-1])
    if not full or not _WRAP_MIN <= longest <= _WRAP_MAX or script(group[0].text) not in {"latin", "cyrillic"}:
        return False
    broken = sum(not ends_sentence(line.text) for line in group[:-1])
    goes_on = sum(line.text[:1].islower() for line in group[1:])
    return broken * 2 > len(group) - 1 and goes_on * 3 >= len(group) - 1


def _inline_list(line: Line) -> list[Line]:
    """Take apart a whole list of strings that was printed on one line."""
    if line.text.startswith("[") and line.text.endswith("]") and _STRINGS.fullmatch(line.text):
        return _strings(line)
    if not _INLINE_LIST.match(line.text):
        return [line]
    inner = line.text.strip("[] \t,")
    parts = _ITEM_JOINT.split(inner)
    return _placed(line, [text + close for text, close in zip(parts[::2], [*parts[1::2], ""], strict=True)])


def _strings(line: Line) -> list[Line]:
    """Take apart a line of several printed strings, as the first line of a list may be."""
    return _placed(line, re.findall(_STRING, line.text)) if _STRINGS.fullmatch(line.text) else [line]


def _placed(line: Line, texts: list[str]) -> list[Line]:
    """A line for each of the quoted texts that stand in this one."""
    pieces: list[Line] = []
    at = line.start
    for number, text in enumerate(texts):
        bare = _unquote(text.strip())
        found = line.text.find(bare, at - line.start) if bare else -1
        start = line.start + found if found >= 0 else at
        pieces.append(Line(bare, start, min(line.end, start + len(bare)), line.group + number))
        at = min(line.end, start + len(bare))
    return pieces


def _is_list(lines: list[Line]) -> bool:
    """List debris: several lines of bare commas, or several quoted lines with a comma beside the quotes."""
    bare = sum(1 for line in lines if line.text and not line.text.strip(",;[](){}，、 '\"‘’“”") and "," in line.text)
    quoted = sum(1 for line in lines if _is_item(line.text) and _unwrap(line.text) != line.text)
    return bare >= _MIN_LIST_LINES or quoted >= _MIN_LIST_LINES


def _is_item(text: str) -> bool:
    inner = text.strip(_AROUND_ITEM)
    return inner != text.strip() and _unquote(inner) != inner


def _unwrap(text: str) -> str:
    """Take a list item out of its commas, brackets and quotes."""
    if _NO_WORDS.fullmatch(text):
        return ""
    if _is_item(text):
        return _unquote(text.strip(_AROUND_ITEM))
    listed = text[:1] in ",[，、" or text[-1:] in ",，、"
    inner = text.lstrip(_SPACES + ",[，、").rstrip(_SPACES + ",，、") if listed else text
    whole = _unquote(inner)
    if whole != inner and (inner[0] not in "\"'" or inner.count(inner[0]) == 2):  # noqa: PLR2004 - the pair around it
        return whole
    # One straight quote without its partner is what the list left of a pair.
    if inner.count('"') == 1:
        inner = inner.strip('"')
    return inner.strip()


def _unquote(text: str) -> str:
    closer = _QUOTES.get(text[:1])
    if closer and len(text) > 1 and text.endswith((closer, text[0])):
        return text[1:-1].strip()
    return text


def _escapes(line: Line) -> list[Line]:
    text = line.text
    if "\\" in text:
        text = _CODE_ESCAPE.sub(_code_point, _QUOTE_ESCAPE.sub("", _BREAK.sub("\n", text)))
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    check_lines(text.count("\n"))
    parts = [clean_line(part) for part in text.split("\n")]
    return [line] if parts == [line.text] else [replace(line, text=part) for part in parts if part]


def _code_point(match: re.Match[str]) -> str:
    first = int(match[1], 16)
    second = int(match[2], 16) if match[2] else None
    if second is not None and _HIGH[0] <= first <= _HIGH[1] and _LOW[0] <= second <= _LOW[1]:
        return chr(0x10000 + ((first - _HIGH[0]) << 10) + (second - _LOW[0]))
    return chr(first) + (chr(second) if second is not None else "")


def _says_nothing(text: str) -> bool:
    return _NO_WORDS.fullmatch(text) is not None or text.casefold() in _NOTHING
