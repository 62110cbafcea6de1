"""What a page says of itself in its head: JSON-LD, OpenGraph and other meta elements, the canonical link, the title."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from feeds.reading.claims import read_claims
from feeds.reading.frontmatter import web_address
from feeds.reading.headline import best_title
from feeds.reading.page import Declared
from feeds.reading.shape import weight
from feeds.text import clean_line, fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE_TYPES = frozenset(
    {"newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting"}
    | {"liveblogposting", "report", "backgroundnewsarticle", "reviewnewsarticle", "advertisercontentarticle"}
)
# An archive's address holds the page's own; its time stamp is the day of the copy.
_ARCHIVED = re.compile(r"\Ahttps?://[^/]{1,80}/web/\d{4,14}[a-z_]{0,4}/(\S+)\Z")
_MAX_JSON = 300_000
_MAX_NODES = 2_000
_MAX_TITLES = 12
_MAX_TITLE = 1_000
_MAX_METAS = 500
_MIN_HEADLINE, _MIN_WEIGHT = 4, 25  # words, and weight: fewer may be the site's or a section's name
_BEFORE = re.compile(r"(?:\s[-–—|»·]|[:：|｜.])\s*$")
_MAX_SCRIPTS = 200
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_SUMMARIES = ("og:description", "description", "twitter:description")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher")


def read_metadata(root: Any) -> Declared:
    """Collect a page's metadata; the title is already free of the site's name."""
    metas = _metas(root)
    nodes = _linked_nodes(root)
    linked = next((node for node in nodes if _is_article(node)), {})
    url = _url(root, metas, linked)
    site = _first(metas, _SITES)
    title = _title(root, metas, linked, url, site)
    claims = read_claims(root, metas, linked, nodes, url=url or "", title=title)
    return Declared(
        basis="metadata",
        title=title,
        summary=clean_line(_text(linked.get("description")) or _first(metas, _SUMMARIES))[:1_000],
        published=claims.published,
        hints=claims.hints,
        updated=claims.updated,
        url=url,
        source=site or None,
        language=_text(linked.get("inLanguage"))
        or root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        authors=_authors(metas, linked),
    )


def _metas(root: Any) -> dict[str, str]:
    """Map the folded name of each meta element, however it is spelt, to its first content."""
    found: dict[str, str] = {}
    for element in islice(root.iter("meta"), _MAX_METAS):
        content = clean_line((element.get("content") or "")[:2_000])
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().casefold()
            if name and content:
                found.setdefault(name, content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _linked_nodes(root: Any) -> list[dict[str, Any]]:
    """Every node of the page's JSON-LD."""
    found: list[dict[str, Any]] = []
    for element in islice(root.iter("script"), _MAX_SCRIPTS):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        text = (element.text or "")[:_MAX_JSON]
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        found += _nodes(data)
    return found[:_MAX_NODES]


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.rsplit("/", 1)[-1].casefold() in _ARTICLE_TYPES for name in names)


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON document, breadth first, within bounds."""
    queue = [data]
    for _ in range(_MAX_NODES):
        if not queue:
            return
        node = queue.pop(0)
        if isinstance(node, dict):
            yield node
            queue.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            queue.extend(value for value in node[:_MAX_NODES] if isinstance(value, dict | list))


def _text(value: Any) -> str:
    """A JSON-LD value as text: a string, or the name or address of an object, or the first of a list."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@id") or value.get("url") or value.get("@value") or ""
    return clean_line(value) if isinstance(value, str) else ""


def _authors(metas: dict[str, str], linked: dict[str, Any]) -> tuple[str, ...]:
    value = linked.get("author")
    names = [_text(one) for one in (value if isinstance(value, list) else [value])[:20]] if value else []
    names = names or [_first(metas, _AUTHORS)]
    kept = [name for name in names if name and "://" not in name and len(name) <= 100]  # noqa: PLR2004 - no name is longer
    return tuple(dict.fromkeys(kept))


def _url(root: Any, metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    links = [
        element.get("href") or ""
        for element in root.iter("link")
        if "canonical" in (element.get("rel") or "").casefold().split()
    ]
    main = linked.get("mainEntityOfPage")
    for value in (*links, metas.get("og:url", ""), _text(linked.get("url")), _text(main)):
        if address := web_address(_ARCHIVED.sub(_original, value)):
            return address
    return None


def _original(match: re.Match[str]) -> str:
    return match[1] if "://" in match[1] else f"https://{match[1]}"


def _title(root: Any, metas: dict[str, str], linked: dict[str, Any], url: str | None, site: str) -> str:
    headings = [_words(element) for element in islice(root.iter("h1"), _MAX_TITLES)]
    pages = [_words(element) for element in islice(root.iter("title"), 2)]
    named = [metas[name] for name in _TITLES if name in metas]
    headline = _text(linked.get("headline"))
    candidates = [
        title for title in (*named, headline, *_fitting(headings, (*named, headline, *pages)), *pages) if title
    ]
    sites = [site] if site else []
    chosen = _title_of_slug(candidates, url, sites) or best_title(candidates, sites)
    printed = headings[0] if len([text for text in headings if text]) == 1 else ""
    return printed if _is_headline_of(printed, chosen) else chosen


def _is_headline_of(printed: str, chosen: str) -> bool:
    """The only first-level heading, where the title sets a section's or the site's name before it."""
    if len(printed.split()) < _MIN_HEADLINE and weight(printed) < _MIN_WEIGHT:
        return False
    before = chosen.removesuffix(printed)
    return before != chosen and _BEFORE.search(before) is not None


def _words(element: Any) -> str:
    return clean_line("".join(element.itertext())[:_MAX_TITLE])


def _fitting(headings: list[str], others: tuple[str, ...]) -> list[str]:
    """First-level headings that share their beginning with another title; all of them if there is no other title."""
    titles = [fold(other) for other in others if other]
    if not titles:
        return headings
    kept = [
        text for text in headings if fold(text) and any(fold(text) in title or title in fold(text) for title in titles)
    ]
    return kept or (headings[:1] if len(headings) == 1 else [])


def _title_of_slug(candidates: list[str], url: str | None, sites: list[str]) -> str:
    """Where titles differ, the one that the page's address was made from."""
    last = (url or "").rstrip("/").rsplit("/", 1)[-1].split("?")[0].removesuffix(".html").removesuffix(".htm")
    if last.count("-") < 3:  # noqa: PLR2004 - too few words to tell titles apart
        return ""
    for candidate in candidates:
        title = best_title([candidate], sites)
        if slug(title) == last:
            return title
    return ""
