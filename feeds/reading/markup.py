"""HTML as a tree, within bounds: parsing that cannot blow up, and a plain walk over it that gives lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.html import HTMLParser

from feeds.errors import SeedInvalid
from feeds.reading.page import Hint, Line, check_lines
from feeds.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

# libxml2 drops what lies deeper than 256 without a word; we say so instead.
_MAX_DEPTH = 250
_MAX_ELEMENTS = 50_000
_LONGEST_NAMES = 1_000
# libxml2 compares every attribute of an element with every other: 100,000 of them take it minutes.
_MAX_ATTRIBUTES = 500
_TAG = re.compile(r"""<[a-zA-Z](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_NAME_START = re.compile(r"""[\s/"'][^\s/"'=>]""")
_LONG_TAG = 4 * _MAX_ATTRIBUTES  # a shorter tag cannot hold so many
# What a browser never shows. `a<b` in a program is no tag, and to count attributes there would refuse honest pages;
# data in JSON is the one script that says something of the article.
_UNSHOWN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(script|style)(?=[\s/>])(?![^>]{0,400}json).*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "nav", "form", "button", "select"}
    | {"input", "textarea", "footer", "aside", "audio", "video", "canvas", "map", "head", "title", "dialog"}
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "blockquote",
        "pre",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
    }
    | {"tr", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "body", "html", "details"}
    | {"summary", "center", "td", "th", "caption"}
)
# Names that templates give to what surrounds an article; the article itself is never skipped.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:newsletter|subscri\w*|related|recommend\w*|share|sharing|social|promo\w*|cookies?|consent|advert\w*|sponsor\w*|ads?"
    r"|sidebar|breadcrumbs?|comments?|paywall|toolbar|pagination|most-read|read-next|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER_AROUND = frozenset({"html", "body", "main", "article", "h1"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTIONS = frozenset({"figcaption", "caption"})


def parse_html(text: str) -> Any:
    """Parse a page into an lxml tree.

    Raises:
        SeedInvalid: there is no element in it, or it is deeper, larger or more decorated than any page people write.

    """
    text = _UNSHOWN.sub("", text)
    if any(_attributes(tag) > _MAX_ATTRIBUTES for tag in _TAG.findall(text) if len(tag) > _LONG_TAG):
        raise SeedInvalid(f"an element has more than {_MAX_ATTRIBUTES} attributes")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is None:
        raise SeedInvalid("there is no markup in the file that can be read")
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise SeedInvalid(f"the markup has more than {_MAX_ELEMENTS} elements")
    if _depth(root) > _MAX_DEPTH:
        raise SeedInvalid(f"the markup is nested deeper than {_MAX_DEPTH} levels")
    _cut_names(root)
    return root


def _cut_names(root: Any) -> None:
    """Every extractor asks the names of every element again and again; no template needs so many."""
    for element in root.iter():
        for key in ("class", "id"):
            if len(element.get(key) or "") > _LONGEST_NAMES:
                element.set(key, clean(element.get(key)[:_LONGEST_NAMES]))  # lxml reads controls, but writes none


def _attributes(tag: str) -> int:
    return len(_NAME_START.findall(_QUOTED.sub("= ", tag)))


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


_LETTER = re.compile(r"\w")
_ALL_LINK = 0.9


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))


class Collector:
    """Gathers text into lines; each line knows the markup that it stood in."""

    def __init__(self) -> None:
        """Begin at offset 0 of the text that is being extracted."""
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = 0
        self._at = 0
        self._group = 0

    def add(self, text: str | None, *, linked: bool = False) -> None:
        """Take up a piece of text."""
        if text:
            self._parts.append(text)
            self._linked += _letters(text) if linked else 0

    def flush(self, hint: Hint = Hint.NONE, *, same_group: bool = False) -> None:
        """End the line; unless it is the same group, what follows stands apart from it."""
        raw = "".join(self._parts)
        text = clean_line(raw)
        if text:
            if self._linked and self._linked >= _ALL_LINK * _letters(raw) and hint is not Hint.CAPTION:
                hint = Hint.LINK
            self.lines.append(Line(text, self._at, self._at + len(text), self._group, hint))
            check_lines(len(self.lines))
            self._at += len(text) + 1
        if not same_group:
            self._group += 1
        self._parts, self._linked = [], 0


def walk(root: Any) -> list[Line]:
    """Turn all text under an element into lines, without scripts, navigation and forms.

    Iterative: a page may be as deep as `parse_html` allows, and Python's stack is not the measure of that.
    """
    collector = Collector()
    for kind, element, state in _events(root):
        if kind == "start":
            _start(collector, element, state)
        else:
            _end(collector, element, state)
    collector.flush()
    return collector.lines


def _events(root: Any) -> Iterator[tuple[str, Any, dict[str, int]]]:
    """Starts and ends of the elements that matter, with counts of the link and caption elements that are open."""
    state = {"link": 0, "caption": 0}
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or is_around(element):
            if event == "start":
                walker.skip_subtree()
            else:
                yield "skipped", element, state
            continue
        key = "link" if element.tag == "a" else "caption" if element.tag in _CAPTIONS else ""
        if key and event == "start":
            state[key] += 1
        yield event, element, state
        if key and event == "end":
            state[key] -= 1


def is_around(element: Any) -> bool:
    """Tell an element whose names say that it surrounds the article."""
    if element.tag in _NEVER_AROUND:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"[:400]
    return bool(names.strip()) and _AROUND.search(names) is not None


def _start(collector: Collector, element: Any, state: dict[str, int]) -> None:
    if element.tag in _BLOCKS:
        collector.flush()
    elif element.tag == "br":
        collector.flush(_hint(element, state), same_group=True)
    collector.add(element.text, linked=bool(state["link"]))


def _end(collector: Collector, element: Any, state: dict[str, int]) -> None:
    if element.tag in _BLOCKS:
        collector.flush(_hint(element, state))
    inside = state["link"] - (element.tag == "a")
    collector.add(element.tail, linked=inside > 0)


def _hint(element: Any, state: dict[str, int]) -> Hint:
    if state["caption"]:
        return Hint.CAPTION
    return Hint.HEADING if element.tag in _HEADINGS else Hint.NONE
