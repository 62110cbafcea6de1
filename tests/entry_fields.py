"""The table of docs/contract.md, "What an entry holds": each field in each format, and how a reader sees it.

RSS and Atom are read by feedparser, JSON Feed by a parser of JSON. What a field must be is worked out from the entry
of the document, never from what a writer wrote.
"""

from __future__ import annotations

from calendar import timegm
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.syndication.document import Category, FeedEntry
    from storage.types import EventDate, Evidence


@dataclass(frozen=True)
class Cell:
    """A field in one format: how the docs call it there, what must be read there, and how to read it."""

    said: str
    wanted: Callable[[FeedEntry], Any]
    seen: Callable[[Any], Any]


@dataclass(frozen=True)
class Field:
    """A row of the table; a format that does not carry the field has None."""

    name: str
    rss: Cell | None
    atom: Cell | None
    json: Cell | None


def cells(suffix: str) -> dict[str, Cell]:
    """The fields that a format carries, by name."""
    return {field.name: cell for field in FIELDS if (cell := getattr(field, suffix)) is not None}


def mine(seen: Any) -> Any:
    """Our extension in an item of JSON Feed."""
    return seen["_dateline"]


def _everywhere(name: str, tags: tuple[str, str, str], wanted: Callable[[FeedEntry], Any], key: str) -> Field:
    """A field that feedparser calls by one name in RSS and Atom."""
    rss, atom, json = tags
    xml = lambda seen: seen.get(key)  # noqa: E731
    return Field(
        name,
        Cell(rss, wanted, xml),
        Cell(atom, wanted, xml),
        Cell(json, wanted, lambda seen: seen.get(json.strip("`"))),
    )


def _links(seen: Any) -> list[tuple[str, str | None]]:
    return [(link.href, link.get("hreflang")) for link in seen.links if link.rel == "related"]


def _own(entry: FeedEntry) -> list[tuple[str, str | None]]:
    return [(entry.page, None)] if entry.page != entry.url else []


def _others(entry: FeedEntry) -> list[tuple[str, str | None]]:
    return [(each.page, None if each.language == "und" else each.language) for each in entry.siblings]


def _own_page(seen: Any) -> list[tuple[str, str | None]]:
    """It comes first; other reports are pages of ours as well."""
    return _links(seen)[:1] if seen.link != _page_of(seen) else []


def _page_of(seen: Any) -> str:
    return f"https://feeds.example/items/{seen.id.removeprefix('urn:uuid:')}"


def _other_pages(seen: Any) -> list[tuple[str, str | None]]:
    return _links(seen)[len(_own_page(seen)) :]


def _via(seen: Any) -> Any:
    (found,) = [link.href for link in seen.links if link.rel == "via"] or [None]
    return found


def _people(seen: Any) -> list[Any]:
    return [author.get("name") for author in seen.get("authors", []) if author]


def _evidence(found: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [{"text": _quoted(one), "zone": one.zone, "offset": one.offset, "rule": one.rule} for one in found]


def _quoted(one: Evidence) -> str:
    """The words as they were found; half a surrogate pair is no character in UTF-8."""
    return one.text.encode("utf-8", "replace").decode()


def _subjects(kind: str) -> Callable[[FeedEntry], Any]:
    def wanted(entry: FeedEntry) -> list[dict[str, Any]]:
        return [_subject(each) for each in entry.categories if each.kind == kind]

    return wanted


def _subject(told: Category) -> dict[str, Any]:
    names = {"slug": told.term, "label": told.label, "uri": told.uri}
    return {**names, "role": told.role, "salience": told.salience, "evidence": _evidence(told.evidence)}


def _atom_tags(entry: FeedEntry) -> list[tuple[str, str, str]]:
    found = []
    for each in entry.categories:
        found.append((each.scheme, each.term, each.label))
        if each.uri:
            vocabulary, code = each.uri.rsplit("/", 1)
            found.append((f"{vocabulary}/", code, each.label))
    return found


def _event(told: EventDate) -> dict[str, Any]:
    return {
        "first": told.first.isoformat(),
        "last": told.last.isoformat(),
        "time": told.instant and told.instant.isoformat(),
        "sentence": told.sentence,
        "evidence": _evidence(told.evidence),
    }


def _published(entry: FeedEntry) -> dict[str, Any]:
    told = entry.published
    words = {"words": [_quoted(one) for one in told.evidence], "note": entry.date_note}
    basis = {"edtf": told.edtf, "precision": told.precision, "basis": told.basis}
    return {**basis, "zone": told.zone, "confidence": told.confidence, **words}


def _seconds(entry: FeedEntry) -> int:
    return int(entry.published_at.replace(microsecond=0).timestamp())


def _group(entry: FeedEntry) -> dict[str, Any] | None:
    others = [{"id": one.guid, "page": one.page, "language": one.language} for one in entry.siblings]
    return {"id": entry.group, "others": others} if entry.group else None


_RELATED = '`link rel="related"` with `hreflang`'

FIELDS = (
    _everywhere("id", ("`guid`", "`id`", "`id`"), lambda e: e.guid, "id"),
    _everywhere("title", ("`title`", "`title`", "`title`"), lambda e: e.title, "title"),
    _everywhere(
        "article's own address, else the item's page",
        ("`link`", '`link rel="alternate"`', "`url`"),
        lambda e: e.url,
        "link",
    ),
    Field(
        "item's page, where the article has its own address",
        Cell('`atom:link rel="related"`', _own, _own_page),
        Cell('`link rel="related"`', _own, _own_page),
        Cell("`_dateline.page` (always)", lambda e: e.page, lambda s: mine(s)["page"]),
    ),
    Field(
        "published",
        Cell("`pubDate`, in whole seconds", _seconds, lambda s: timegm(s.published_parsed)),
        Cell("`published`", lambda e: e.published_at.isoformat(), lambda s: s.published),
        Cell("`date_published`", lambda e: e.published_at.isoformat(), lambda s: s["date_published"]),
    ),
    Field(
        "how that is known",
        None,
        None,
        Cell("`_dateline.published`", _published, lambda s: mine(s)["published"]),
    ),
    Field(
        "last change",
        None,
        Cell("`updated`", lambda e: e.updated.isoformat(), lambda s: s.updated),
        Cell("`date_modified`", lambda e: e.updated.isoformat(), lambda s: s["date_modified"]),
    ),
    Field(
        "summary",
        Cell("`description`", lambda e: e.summary_html, lambda s: s.summary),
        Cell("`summary`", lambda e: e.summary_html, lambda s: s.summary),
        Cell("`summary`, as plain text", lambda e: e.summary, lambda s: s["summary"]),
    ),
    Field(
        "full text; with `DATELINE_CONTENT=summary` left out, or the summary in JSON Feed",
        Cell("`content:encoded`", lambda e: e.content_html, lambda s: s.content[0].value if "content" in s else None),
        Cell("`content`", lambda e: e.content_html, lambda s: s.content[0].value if "content" in s else None),
        Cell("`content_html`", lambda e: e.content_html or e.summary_html, lambda s: s["content_html"]),
    ),
    Field(
        "language",
        Cell("`dc:language`", lambda e: e.language, lambda s: s.language),
        Cell("`xml:lang`", lambda e: e.language, lambda s: s.title_detail.language),
        Cell("`language`", lambda e: e.language, lambda s: s["language"]),
    ),
    Field(
        "publisher",
        Cell("`dc:publisher`", lambda e: e.source, lambda s: s.get("publisher")),
        Cell("`source`: id, title", lambda e: e.source, lambda s: s.source.title if "source" in s else None),
        Cell("`_dateline.source`", lambda e: e.source, lambda s: mine(s)["source"]),
    ),
    Field(
        "article that a brief was first found in",
        Cell('`atom:link rel="via"`', lambda e: e.via, _via),
        Cell('`link rel="via"`', lambda e: e.via, _via),
        Cell("`_dateline.via`", lambda e: e.via, lambda s: mine(s)["via"]),
    ),
    Field(
        "other reports of the same event, up to 20, other languages first",
        Cell(_RELATED.replace("link", "atom:link", 1), _others, _other_pages),
        Cell(_RELATED, _others, _other_pages),
        Cell("`_dateline.group`, with the event's id", _group, lambda s: mine(s)["group"]),
    ),
    Field(
        "event dates",
        None,
        None,
        Cell("`_dateline.events`", lambda e: list(map(_event, e.events)), lambda s: mine(s)["events"]),
    ),
    Field(
        "authors of the text",
        Cell("`dc:creator`", lambda e: list(e.authors), _people),
        Cell("`author`", lambda e: list(e.authors), _people),
        Cell("`authors`", lambda e: list(e.authors), lambda s: [one["name"] for one in s.get("authors", [])]),
    ),
    Field(
        "topics and actors",
        Cell(
            "`category` with `domain`",
            lambda e: [(each.scheme, each.label) for each in e.categories],
            lambda s: [(tag.scheme, tag.term) for tag in s.get("tags", [])],
        ),
        Cell(
            "`category` with `scheme`; a second one with the Wikidata or IPTC code",
            _atom_tags,
            lambda s: [(tag.scheme, tag.term, tag.label) for tag in s.get("tags", [])],
        ),
        Cell("`tags`", lambda e: list(dict.fromkeys(each.label for each in e.categories)), lambda s: s["tags"]),
    ),
    Field(
        "topics, with role, salience and evidence",
        None,
        None,
        Cell("`_dateline.topics`", _subjects("topic"), lambda s: mine(s)["topics"]),
    ),
    Field(
        "actors, with role, salience and evidence",
        None,
        None,
        Cell("`_dateline.actors`", _subjects("actor"), lambda s: mine(s)["actors"]),
    ),
    Field("article or brief", None, None, Cell("`_dateline.kind`", lambda e: e.kind, lambda s: mine(s)["kind"])),
    Field("revision", None, None, Cell("`_dateline.revision`", lambda e: e.revision, lambda s: mine(s)["revision"])),
    Field(
        "first seen",
        None,
        None,
        Cell("`_dateline.first_seen`", lambda e: e.first_seen.isoformat(), lambda s: mine(s)["first_seen"]),
    ),
    Field("remarks", None, None, Cell("`_dateline.notes`", lambda e: list(e.notes), lambda s: mine(s)["notes"])),
)
