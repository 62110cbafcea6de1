"""JSON as a page: our own item form, JSON Feed items and IPTC ninjs, whose field names we take as they are.

The item form is one object:

    id, url, title, summary, language, source    strings
    published, updated                           dates with or without a time
    body | content_text | content_html           the text; paragraphs parted by empty lines, or HTML
    authors, topics, actors                      lists of strings, or of objects with a `name`

Only a text or a title is required; `item.schema.json` says it exactly.
"""

from __future__ import annotations

import json
from typing import Any

from feeds.errors import SeedInvalid
from feeds.reading.frontmatter import declared_from
from feeds.reading.markup import parse_html, walk
from feeds.reading.page import Line, Page
from feeds.reading.repair import repair, split_lines

_TEXTS = ("body", "content_text", "body_text", "text", "content", "articleBody")
_HTMLS = ("content_html", "body_html", "body_xhtml", "html")
_ALIASES = {  # ninjs 2/3, JSON Feed and schema.org under our names
    "headline": "title",
    "uri": "id",
    "guid": "id",
    "versioncreated": "updated",
    "firstcreated": "published",
    "contentcreated": "published",
    "date_published": "published",
    "datePublished": "published",
    "date_modified": "updated",
    "dateModified": "updated",
    "inLanguage": "language",
    "description_text": "summary",
    "description": "summary",
    "creators": "authors",
    "subject": "topics",
    "subjects": "topics",
}
_NINJS_ACTORS = ("people", "person", "organisations", "organisation", "places", "place")


def read_json(text: str) -> Page:
    """Read one item.

    Raises:
        SeedInvalid: the JSON is broken or nested too deep, is no item, or holds neither a title nor a text.

    """
    item = _load(text)
    declared = declared_from(_renamed(item))
    lines = _lines(item)
    if not lines and isinstance(item.get("items"), list):
        raise SeedInvalid("the JSON is a whole feed; one item a file is wanted")
    if not lines and not declared.title:
        raise SeedInvalid("the JSON object holds neither a title nor a text")
    return Page(tuple(repair(lines)), declared)


def _load(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text.lstrip("\ufeff"), strict=False)
    except RecursionError:
        raise SeedInvalid("the JSON is nested too deep") from None
    except ValueError as error:
        raise SeedInvalid(f"the JSON is broken: {str(error)[:120]}") from error
    if not isinstance(data, dict):
        raise SeedInvalid("the JSON is no object; one item a file is wanted")
    return data


def _renamed(item: dict[str, Any]) -> dict[str, Any]:
    """The item with ninjs and schema.org names turned into ours; our own names win."""
    renamed = {_ALIASES.get(key, key): value for key, value in item.items() if key in _ALIASES}
    own = {key: value for key, value in item.items() if key not in _ALIASES}
    if "versioncreated" in item:
        # News in JSON need not say when a report first appeared; then this version is the first that we know.
        renamed.setdefault("published", item["versioncreated"])
    named = [one for key in _NINJS_ACTORS if isinstance(item.get(key), list) for one in item[key]]
    if named:
        renamed.setdefault("actors", named)
    for plural, key in (("headlines", "title"), ("descriptions", "summary")):
        value = _first_value(item.get(plural))
        if value:
            renamed.setdefault(key, value)
    return renamed | own


def _first_value(value: Any) -> str:
    """News in JSON, version 3, holds texts as lists of `{role, value}`."""
    entries = value if isinstance(value, list) else []
    return next(
        (entry["value"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("value"), str)), ""
    )


def _lines(item: dict[str, Any]) -> list[Line]:
    """The text of the item: what is marked as HTML, else plain text, else the first of ninjs' bodies."""
    markup = next((item[key] for key in _HTMLS if isinstance(item.get(key), str) and item[key].strip()), "")
    if markup:
        return walk(parse_html(f"<html><body>{markup}</body></html>"))
    plain = next((_joined(item[key]) for key in _TEXTS if _joined(item.get(key))), "")
    if plain:
        return split_lines(plain)
    for entry in item.get("bodies") or [] if isinstance(item.get("bodies"), list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("value"), str) and entry["value"].strip():
            tagged = "html" in str(entry.get("contenttype", entry.get("role", ""))).lower()
            return (
                walk(parse_html(f"<html><body>{entry['value']}</body></html>"))
                if tagged
                else split_lines(entry["value"])
            )
    return []


def _joined(value: Any) -> str:
    """A text, or a list of paragraphs as one."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) and value.strip() else ""
