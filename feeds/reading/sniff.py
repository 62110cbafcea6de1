"""Which format a seed is in: its suffix where we know it, else its content."""

from __future__ import annotations

import re
from typing import Literal

from feeds.reading.foreign import refuse_markup, refuse_table

Format = Literal["text", "markdown", "html", "json"]

_SUFFIXES: dict[str, Format] = {
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "json": "json",
}
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|span|br|a|h[1-6]|article|section|table|ul|ol|li|img|meta|title|script|strong|em|b|i|blockquote)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6}\s+\S|\*\*[^*\n]+\*\*\s*$|[-*+]\s+\[[^\]\n]{1,200}\]\(|!\[|\[[^\]\n]{1,200}\]\(https?:)", re.MULTILINE
)
_SAMPLE = 20_000
_MIN_TAGS = 3
_MIN_MARKS = 2


def sniff(text: str, name: str) -> Format:
    """Name the format of a decoded seed. A text file that holds a page or JSON is read as what it is.

    Raises:
        SeedInvalid: it is XML but no page, or, where no suffix says that it is text, a table.

    """
    refuse_markup(text)
    suffix = name.rsplit("/", 1)[-1].rpartition(".")[2].lower() if "." in name.rsplit("/", 1)[-1] else ""
    known = _SUFFIXES.get(suffix)
    if known is not None and known != "text":
        return known
    sample = text[:_SAMPLE]
    if _DOCUMENT.match(sample):
        return "html"
    if sample.lstrip()[:1] == "{" and known is None:
        return "json"
    if len(_TAG.findall(sample)) >= _MIN_TAGS:
        return "markdown" if sample.startswith(("---", "+++")) or not sample.lstrip().startswith("<") else "html"
    if known is None and len(_MARKDOWN.findall(sample)) >= _MIN_MARKS:
        return "markdown"
    if known is None:
        refuse_table(text)
    return "text"
