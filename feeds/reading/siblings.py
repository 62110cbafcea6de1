"""Paragraphs of an article that the extractor passed over: those in the same kind of box as the ones that it found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.reading.markup import is_around
from feeds.reading.page import Hint, Line
from feeds.reading.printed import is_elsewhere
from feeds.reading.shape import shape
from feeds.text import clean_line, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_BLOCKS = 2_000
_MIN_WEIGHT = 60
_MIN_FOUND = 2
_MIN_SHARE = 0.25
_PREFIX = 60  # characters by which a paragraph is known again
_MAX_LINKED = 0.4
_TAGS = ("p", "div")
_INLINE = frozenset(
    {"a", "b", "i", "em", "strong", "span", "u", "s", "br", "sup", "sub", "small", "mark", "abbr", "cite", "code", "q"}
    | {"time", "font", "wbr", "img", "ins", "del"}
)


class _Block(NamedTuple):
    element: Any
    text: str
    template: tuple[str, ...]
    known: int  # the line that it is, or -1


def complete(root: Any, lines: Sequence[Line]) -> list[Line]:
    """Add running text in boxes of the templates that hold the lines found, where it stands among or after them."""
    blocks = _blocks(root, lines)
    found = Counter(block.template for block in blocks if block.known >= 0)
    first = next((at for at, block in enumerate(blocks) if block.known >= 0), len(blocks))
    result: list[Line] = []
    done = 0
    for block in blocks[first:]:
        if block.known >= 0:
            if block.known >= done:
                result += lines[done : block.known + 1]
                done = block.known + 1
        elif found[block.template] >= max(_MIN_FOUND, _MIN_SHARE * found.total()) and _is_text(block):
            result.append(Line(block.text, 0, 0, 0, Hint.PARAGRAPH))
    return _renumbered([*result, *lines[done:]]) if len(result) + len(lines) - done > len(lines) else list(lines)


def coverage(root: Any, lines: Sequence[Line]) -> float:
    """The share (0..1) of the page's running text, outside what plainly surrounds an article, that the lines hold."""
    missing = sum(shape(block.text).weight for block in _blocks(root, lines) if block.known < 0 and _is_text(block))
    held = sum(shape(line.text).weight for line in lines)
    return held / (held + missing) if held else 0.0


def _blocks(root: Any, lines: Sequence[Line]) -> list[_Block]:
    starts = {fold(line.text)[:_PREFIX]: at for at, line in reversed(list(enumerate(lines)))}
    everything = " ".join(fold(line.text) for line in lines)
    made: list[_Block] = []
    for element in root.iter(*_TAGS):
        if any(child.tag not in _INLINE for child in element):
            continue
        text = clean_line("".join(element.itertext()))
        if len(text) < _MIN_WEIGHT // 3:
            continue
        folded = fold(text)
        known = starts.get(folded[:_PREFIX], -1)
        if known < 0 and (folded[:_PREFIX] in everything or folded[-_PREFIX:] in everything):
            continue
        made.append(_Block(element, text, _template(element), known))
        if len(made) >= _MAX_BLOCKS:
            break
    return made


def _template(element: Any) -> tuple[str, ...]:
    names: list[str] = []
    for _ in range(3):
        if element is None:
            break
        names += [element.tag, element.get("class") or ""]
        element = element.getparent()
    return tuple(names)


def _is_text(block: _Block) -> bool:
    look = shape(block.text)
    if not look.paragraph or look.weight < _MIN_WEIGHT or not any(block.template[1::2]):
        return False
    linked = sum(len("".join(link.itertext())) for link in block.element.iter("a"))
    return linked <= _MAX_LINKED * len(block.text) and not is_elsewhere(block.element) and not _is_around(block.element)


def _is_around(element: Any) -> bool:
    while element is not None:
        if is_around(element) or element.tag in {"form", "nav", "footer", "figcaption", "blockquote"}:
            return True
        element = element.getparent()
    return False


def _renumbered(lines: Sequence[Line]) -> list[Line]:
    """Offsets count into the text as it is now."""
    result: list[Line] = []
    at = 0
    for group, line in enumerate(lines):
        result.append(replace(line, start=at, end=at + len(line.text), group=group))
        at += len(line.text) + 1
    return result
