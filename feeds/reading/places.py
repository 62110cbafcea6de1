"""The places of a page that may say when it appeared: linked data, meta and time elements, its address, its print."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from feeds.reading.dates.address import dated_address
from feeds.reading.dates.expressions import parse_stamp
from feeds.reading.page import Stamp
from feeds.reading.printed import LABELLED, is_elsewhere, is_teased, printed_dates
from feeds.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from feeds.reading.dates.expressions import Found
    from feeds.reading.printed import Printed

_MAX_STAMP = 64  # no date is longer
_META = (
    (9, ("article:published_time", "og:article:published_time", "datepublished", "article.published",
         "parsely-pub-date")),
    (8, ("sailthru.date", "dcterms.issued", "dc.date.issued", "pubdate", "publishdate", "publish-date", "publish_date",
         "article_date_original", "cxenseparse:recs:publishtime", "displaydate", "publication_date", "ptime",
         "og:published_time", "og:release_date", "article:published", "citation_publication_date",
         "citation_online_date", "article:create", "date_published", "published-date", "publisheddate", "release_date",
         "rnews:datepublished")),
    (5, ("dcterms.date", "dc.date", "dcterms.available", "date", "dc.date.created", "dcterms.created", "datecreated")),
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod",
    "moddate",
)  # fmt: skip
_LINKED, _LINKED_OTHER, _DATA, _TIME, _TIME_OTHER, _TIME_FIRST, _SEARCHED, _URL = 10, 6, 4, 7, 4, 3, 3, 6
# How much a printed date must look like the page's own (`Printed.score`), and what it weighs then.
_PRINT = ((8, 7), (6, 6), (4, 4), (2, 3), (0, 2))
_PRINT_LISTED = 3
_PRINT_MODIFIED = 3
_MAX_LISTED = 2
_OWN = re.compile(
    r"datepublished|entry-date|(?:^|[\s_-])(?:published|pubdate|post-date|posted-on)(?:$|[\s_-])", re.IGNORECASE
)
_IN_DATA = re.compile(
    r'"(?:datePublished|dateCreated|publish(?:ed)?_?(?:At|Date|On|ed)?|pub_?Date|firstPublish\w{0,12}|display_?date)"'
    r'\s{0,2}:\s{0,2}"([^"]{8,40})"',
    re.IGNORECASE,
)
_MAX_DATA = 300_000
_MAX_ELEMENTS = 60
_MAX_SEARCHED, _MAX_SEARCHED_TEXT = 8_000, 200_000  # htmldate looks at everything several times


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that names a day. Of a `family` only the heaviest counts: one template fills all of its fields."""

    stamp: Stamp
    found: Found
    weight: int
    family: str

    @property
    def day(self) -> date:
        """The day that it names, where it was printed."""
        return self.found.day


def all_claims(
    root: Any, metas: Mapping[str, str], linked: Mapping[str, Any], others: Iterable[Mapping[str, Any]], url: str
) -> list[Claim]:
    """What the markup says; `linked` is the node of the article, `others` are all nodes of linked data."""
    return [*_of_linked(root, linked, others), *_of_metas(metas), *_of_times(root), *_of_url(url)]


def updates(metas: Mapping[str, str], linked: Mapping[str, Any]) -> tuple[Stamp, ...]:
    """Stamps of the last change."""
    return (*_texts("JSON-LD dateModified", linked.get("dateModified")), *_named(metas, _UPDATED))


def make_claim(text: Any, field: str, weight: int, family: str) -> Iterator[Claim]:
    """The claim that a text makes, if it is a date."""
    if not isinstance(text, str) or len(text := clean_line(text)) > _MAX_STAMP:
        return
    found = parse_stamp(text)
    if found is not None:
        yield Claim(Stamp(text, field), found, weight, family)


def _texts(field: str, value: Any) -> list[Stamp]:
    value = value[0] if isinstance(value, list) and value else value
    text = clean_line(value) if isinstance(value, str) else ""
    return [Stamp(text, field)] if text and len(text) <= _MAX_STAMP else []


def _named(metas: Mapping[str, str], names: Iterable[str]) -> list[Stamp]:
    return [Stamp(metas[name], f"meta {name}") for name in names if name in metas and len(metas[name]) <= _MAX_STAMP]


def _of_linked(root: Any, linked: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> Iterator[Claim]:
    """The article's node; else the only date that other nodes, or any data in JSON, give for a publication."""
    own = [
        claim
        for stamp in _texts("JSON-LD datePublished", linked.get("datePublished"))
        for claim in make_claim(stamp.text, stamp.field, _LINKED, "linked")
    ]
    stamps = {stamp for node in others for stamp in _texts("JSON-LD datePublished", node.get("datePublished"))}
    for stamp in stamps if not own and len(stamps) == 1 else ():
        own += make_claim(stamp.text, stamp.field, _LINKED_OTHER, "linked")
    yield from own or _of_data(root)


def _of_data(root: Any) -> list[Claim]:
    made: list[Claim] = []
    for element in islice(root.iter("script"), _MAX_ELEMENTS):
        for match in islice(_IN_DATA.finditer((element.text or "")[:_MAX_DATA]), _MAX_ELEMENTS):
            made += make_claim(match[1], "data of the page", _DATA, "linked")
    return made[:1] if len({claim.day for claim in made}) == 1 else []


def _of_metas(metas: Mapping[str, str]) -> Iterator[Claim]:
    for weight, names in _META:
        for stamp in _named(metas, names):
            yield from make_claim(stamp.text, stamp.field, weight, "meta")


def _of_times(root: Any) -> Iterator[Claim]:
    """Elements that say they hold the day of publication; else what the time elements of the article hold."""
    articles = list(root.iter("article"))
    place = articles[0] if articles else next(iter(root.iter("main")), root)
    inside: list[Claim] = []
    for element in islice(root.iter("time"), _MAX_ELEMENTS):
        value = element.get("datetime") or "".join(element.itertext())
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        within = _within(element, place)
        if element.get("pubdate") is not None or _OWN.search(marks):
            weight = _TIME if len(articles) <= 1 or within else _TIME_FIRST
            claims = list(make_claim(value, "time element", weight, "time"))
            yield from claims
            if claims and weight == _TIME:
                return
        elif (
            within
            and not is_elsewhere(element)
            and not is_teased(element)
            and "modif" not in marks
            and "updat" not in marks
        ):
            inside += make_claim(value, "time element in the article", _TIME_OTHER, "time")
    if named := next(_of_items(root), None):
        yield named
    elif inside:
        weight = _TIME_OTHER if len({claim.day for claim in inside}) == 1 else _TIME_FIRST
        yield Claim(inside[0].stamp, inside[0].found, weight, "time")


def _of_items(root: Any) -> Iterator[Claim]:
    for element in root.iter("span", "div", "p", "abbr", "li"):
        if "datepublished" in (element.get("itemprop") or "").casefold():
            value = element.get("content") or element.get("datetime") or "".join(element.itertext())
            yield from make_claim(value, "itemprop datePublished", _TIME, "time")


def _within(element: Any, place: Any) -> bool:
    while element is not None and element is not place:
        element = element.getparent()
    return element is not None


def _of_url(url: str) -> Iterator[Claim]:
    found = dated_address(url)
    if found is not None and found.first == found.last:
        yield from make_claim(found.first.isoformat(), "URL", _URL, "url")


def printed_claims(root: Any, title: str) -> Iterator[Claim]:
    """What the page prints outside its prose; days of changes are a family of their own."""
    least = _PRINT[-1][0]
    found = [one for one in printed_dates(root, title, root.get("lang") or "") if _counts(one, least)][:8]
    # Several that look alike are a list, of which any may be the page's own.
    listed = len({one.found.day for one in found if one.score == found[0].score}) > _MAX_LISTED
    for one in found:
        if one.label == "modified":
            yield Claim(Stamp(one.text, "printed date of a change", changed=True), one.found, _PRINT_MODIFIED, "change")
            continue
        weight = next(weight for score, weight in _PRINT if one.score >= score)
        weight = min(weight, _PRINT_LISTED) if listed else weight
        yield Claim(Stamp(one.text, "printed date"), one.found, weight, "print")


def _counts(one: Printed, least: int) -> bool:
    return one.score >= (least + LABELLED["modified"] if one.label == "modified" else least)


def searched_claims(root: Any, known: Collection[date]) -> Iterator[Claim]:
    """What htmldate finds in a page that declares nothing; what only its wide search finds must be known already."""
    if sum(1 for _ in root.iter()) > _MAX_SEARCHED or sum(map(len, root.itertext())) > _MAX_SEARCHED_TEXT:
        return
    teased = {claim.day for claim in _of_teasers(root)} - set(known)
    for extensive in (False, True) if known else (False,):
        for claim in make_claim(_search(root, extensive=extensive), "htmldate", _SEARCHED, "search"):
            if (not extensive or claim.day in known) and claim.day not in teased:
                yield claim
                return


def _of_teasers(root: Any) -> Iterator[Claim]:
    for element in islice(root.iter("time"), _MAX_ELEMENTS):
        if is_teased(element):
            yield from make_claim(element.get("datetime") or "".join(element.itertext()), "time element", 0, "time")


def _search(root: Any, *, extensive: bool) -> str | None:
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        # Without a fixed bound it would ask the clock which dates lie in the future.
        return find_date(deepcopy(root), original_date=True, extensive_search=extensive, max_date="2099-12-31")
    except Exception:  # noqa: BLE001 - another's heuristics on any markup at all: then the page has no date
        return None
