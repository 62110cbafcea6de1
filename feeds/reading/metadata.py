"""What a page says of itself in its head: JSON-LD, OpenGraph and other meta elements, the canonical link, the title."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from feeds.reading.dates.expressions import parse_stamp
from feeds.reading.frontmatter import web_address
from feeds.reading.headline import best_title
from feeds.reading.page import Declared, Stamp
from feeds.text import clean_line, fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE_TYPES = frozenset(
    {"newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting"}
    | {"liveblogposting", "report", "backgroundnewsarticle", "reviewnewsarticle", "advertisercontentarticle"}
)
_MAX_JSON = 300_000
_MAX_NODES = 2_000
_MAX_TITLES = 12
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date",
    "sailthru.date", "dcterms.created", "dc.date.issued", "dcterms.issued", "dc.date.created", "dc.date",
    "dcterms.date", "dcterms.available", "pubdate", "publishdate", "publish-date", "publish_date", "date",
    "article_date_original", "cxenseparse:recs:publishtime", "datecreated", "displaydate", "publication_date", "ptime",
)  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "moddate",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_SUMMARIES = ("og:description", "description", "twitter:description")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher")


def read_metadata(root: Any) -> Declared:
    """Collect a page's metadata; the title is already free of the site's name."""
    metas = _metas(root)
    linked = _json_ld(root)
    url = _url(root, metas, linked)
    site = _first(metas, _SITES)
    return Declared(
        basis="metadata",
        title=_title(root, metas, linked, url, site),
        summary=clean_line(_text(linked.get("description")) or _first(metas, _SUMMARIES))[:1_000],
        published=_stamps(metas, linked, "datePublished", _PUBLISHED) + _time_elements(root),
        hints=_hints(root),
        updated=_stamps(metas, linked, "dateModified", _UPDATED),
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
    for element in root.iter("meta"):
        content = clean_line(element.get("content") or "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().casefold()
            if name and content:
                found.setdefault(name, content[:2_000])
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _json_ld(root: Any) -> dict[str, Any]:
    """The first node of JSON-LD that describes an article."""
    for element in root.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        text = (element.text or "")[:_MAX_JSON]
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and name.rsplit("/", 1)[-1].casefold() in _ARTICLE_TYPES for name in names):
                return node
    return {}


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


def _stamps(metas: dict[str, str], linked: dict[str, Any], key: str, names: tuple[str, ...]) -> tuple[Stamp, ...]:
    found = [Stamp(text, f"JSON-LD {key}")] if (text := _text(linked.get(key))) else []
    found += [Stamp(metas[name], f"meta {name}") for name in names if name in metas]
    return tuple(stamp for stamp in found if len(stamp.text) <= 64)  # noqa: PLR2004 - no date is longer


def _time_elements(root: Any) -> tuple[Stamp, ...]:
    """`<time itemprop=datePublished>` or `<time pubdate>`: other time elements may belong to other articles."""
    found: list[Stamp] = []
    for element in root.iter("time"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".casefold()
        if element.get("pubdate") is not None or "datepublished" in marks or "entry-date" in marks.split():
            value = element.get("datetime") or "".join(element.itertext())
            found.append(Stamp(clean_line(value)[:64], "time element"))
    return tuple(found[:1])


def _hints(root: Any) -> tuple[Stamp, ...]:
    """The only day that the time elements of the article name, or of the page if it has no article."""
    places = list(root.iter("article"))[:1] or list(root.iter("main"))[:1] or [root]
    found = [element.get("datetime") or "".join(element.itertext()) for element in places[0].iter("time")][:20]
    stamps = [Stamp(clean_line(value)[:64], "time element in the article") for value in found if value.strip()]
    days = {read.day for stamp in stamps if (read := parse_stamp(stamp.text)) is not None}
    return tuple(stamps[:1]) if len(days) == 1 else ()


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
        if web_address(value):
            return web_address(value)
    return None


def _title(root: Any, metas: dict[str, str], linked: dict[str, Any], url: str | None, site: str) -> str:
    headings = [clean_line("".join(element.itertext())) for element in root.iter("h1")][:_MAX_TITLES]
    pages = [clean_line("".join(element.itertext())) for element in root.iter("title")][:2]
    named = [metas[name] for name in _TITLES if name in metas]
    headline = _text(linked.get("headline"))
    candidates = [
        title for title in (*named, headline, *_fitting(headings, (*named, headline, *pages)), *pages) if title
    ]
    sites = [site] if site else []
    return _title_of_slug(candidates, url, sites) or best_title(candidates, sites)


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
