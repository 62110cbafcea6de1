"""Who an item is: its permanent guid, and when new words continue an old item. See docs/contract.md."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID, uuid5

from feeds.text import alike, digest, fold, sentences
from storage.items import Fingerprint

if TYPE_CHECKING:
    from storage.types import Report

# Drawn once for Dateline; every guid hangs on it, so it never changes.
_NAMESPACE = UUID("6f0a9f0e-3d0a-5d0c-9b57-0d2c1a5e9b11")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|ref|ref_src|cmpid|ocid", re.IGNORECASE
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
SAME_TEXT = 0.5  # share of the sentences
_SHORTEST_OPENING = 8  # folded characters; less ("Update") opens unlike stories alike


def canonical_url(url: str | None) -> str | None:
    """Reduce an article's address to what names it: no scheme, fragment, tracking parameters or closing slash.

    None where it names no article: a bare home page, or no http address at all.
    """
    try:
        parts = urlsplit(url or "")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    query = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(key)]
    path = parts.path.rstrip("/")
    if not path and not query:
        return None
    where = host if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    return where + path + (f"?{urlencode(sorted(query))}" if query else "")


def guid_of(report: Report, seed_digest: str) -> str:
    """Name a new item by the first that it has: declared id, canonical URL, the bytes of its seed.

    The source goes with a declared id, since ids are unique within one source only. A brief has neither id nor address,
    and its page has other words too: its name is its own folded text, so two pages that carry it name one item.
    """
    if report.kind == "brief":
        return _guid("brief", fold(report.title), fold(report.body))
    if report.declared_id:
        return _guid("id", report.source or "", report.declared_id)
    if address := canonical_url(report.url):
        return _guid("url", address)
    return guid_of_bytes(seed_digest)


def guid_of_bytes(seed_digest: str) -> str:
    """Name an item by the sha256 (hex) of the seed that first gave it."""
    return _guid("sha256", seed_digest)


def fingerprint(report: Report) -> Fingerprint:
    """Digest what a reader would notice (`content`) and the folded words with their source (`text`)."""
    published = report.published
    content = digest(
        report.kind,
        report.title,
        report.summary,
        report.body,
        report.language,
        published.edtf,
        published.precision,
        published.basis,
        published.zone or "",
        report.url or "",
        report.source or "",
        report.declared_id or "",
        report.modified.isoformat() if report.modified else "",
        *(f"{event.first} {event.last} {event.instant} {event.sentence}" for event in report.events),
        *report.authors,
    )
    return Fingerprint(
        content=content, text=digest(report.kind, report.source or "", fold(report.title), fold(report.body))
    )


def same_text(one: Report, other: Report) -> bool:
    """Tell whether two reports are one article: equal titles, or half of the sentences."""
    return fold(one.title) == fold(other.title) or alike(one.body, other.body) >= SAME_TEXT


def same_story(brief: Report, article: Report) -> bool:
    """Tell whether an article is the full text of a brief: its title, or half of the brief's sentences."""
    return fold(brief.title) == fold(article.title) or (
        alike(brief.body, f"{article.summary}\n\n{article.body}") >= SAME_TEXT
    )


def opening_digests(report: Report) -> tuple[str, ...]:
    """The digests under which a brief and its full article find each other: title and first sentences, folded."""
    texts = [report.title, *sentences(report.summary)[:1], *sentences(report.body)[:1]]
    folded = {fold(text) for text in texts}
    return tuple(sorted(digest(text) for text in folded if len(text) >= _SHORTEST_OPENING))


def continues(old: Report, new: Report) -> bool:
    """Tell whether new bytes under a known name revise its item, rather than being another article."""
    if old.declared_id and old.declared_id == new.declared_id and old.source == new.source:
        return True
    if canonical_url(old.url) and canonical_url(old.url) == canonical_url(new.url):
        return True
    return same_text(old, new)


def outranks(new: Report, old: Report) -> bool:
    """Tell whose text an item shows where two seeds report it: the later one, then the fuller one.

    Where neither is, the one that is there stays: nothing flaps when both are read again.
    """
    return _rank(new) > _rank(old)


def _rank(report: Report) -> tuple[str, int]:
    stated = report.modified or report.published.instant
    return (stated.astimezone(UTC).isoformat() if stated else "", len(report.body))


def _guid(*parts: str) -> str:
    return f"urn:uuid:{uuid5(_NAMESPACE, chr(10).join(parts))}"
