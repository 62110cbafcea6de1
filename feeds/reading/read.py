"""One seed to one article: decode, understand the format, segment, then choose title, summary, language, date."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feeds.errors import SeedInvalid
from feeds.reading import Article, BlockKind
from feeds.reading.blocks import Segments, segment
from feeds.reading.dates.clues import Clues
from feeds.reading.dates.decide import published
from feeds.reading.dates.events import brief_events, event_dates
from feeds.reading.dates.expressions import parse_stamp
from feeds.reading.dates.resolve import in_zone
from feeds.reading.decode import decode
from feeds.reading.headline import choose_title, cut_site, summarise
from feeds.reading.language import UNKNOWN, declared_language, detect, detect_all
from feeds.reading.plain import read_plain
from feeds.reading.sniff import sniff
from feeds.reading.sources import host_of

if TYPE_CHECKING:
    from feeds.reading import Block
    from feeds.reading.page import Declared, Page
    from feeds.reading.sources import Source
    from feeds.reading.tools import Tools

_FURNITURE = frozenset({BlockKind.NOTICE, BlockKind.CREDIT})
# Credits that name whoever lent a picture or a sentence, not the publisher.
_LENT = frozenset({"image-credit", "image-by-machine", "by-machine", "contributed"})


def read_article(data: bytes, name: str, tools: Tools) -> Article:
    """Read one seed.

    Args:
        data: the file's bytes.
        name: its name; only the suffix matters.
        tools: the rules and sources (`load_tools`).

    Raises:
        SeedInvalid: the bytes are no article; the message is the reason for the ledger.

    """
    decoded = decode(data)
    page = _understand(decoded.text, name)
    article = _assemble(page, tools)
    return replace(article, encoding=decoded.encoding, doubtful=decoded.doubtful)


def _understand(text: str, name: str) -> Page:
    # The readers of marked-up formats load heavy libraries; a folder of plain text never needs them.
    match sniff(text, name):
        case "html":
            from feeds.reading.html import read_html

            return read_html(text)
        case "markdown":
            from feeds.reading.markdown import read_markdown

            return read_markdown(text)
        case "json":
            from feeds.reading.json import read_json

            return read_json(text)
        case _:
            return read_plain(text)


def _assemble(page: Page, tools: Tools) -> Article:
    declared = page.declared
    source = tools.sources.of_host(host_of(declared.url))
    title = cut_site(declared.title, source.names if source else ()) if declared.basis == "metadata" else declared.title
    parts = segment(page.lines, tools.rules, known_title=title)
    body = _text(parts, BlockKind.BODY)
    if not body and not title and not parts.title:
        raise SeedInvalid("nothing of the file is an article")
    source = source or tools.sources.of_furniture(_furniture(parts))
    names = source.names if source else ()
    headline, basis = choose_title(
        title if declared.basis == "declared" else "",
        title if declared.basis == "metadata" else "",
        cut_site(parts.title, names),
        body or _text(parts, BlockKind.SUMMARY),
    )
    language = _language(declared, source, body or headline)
    zone = source.zone if source else None
    summary = summarise(declared.summary, _text(parts, BlockKind.SUMMARY), body)
    modified = _modified(declared, zone)
    clues = replace(_clues(page, parts, body, zone), title=headline, summary=summary, language=language)
    dated = published(replace(clues, not_after=modified.date() if modified else None), tools.matcher)
    return Article(
        title=headline,
        title_basis=basis,
        summary=summary,
        body=body,
        language=language,
        published=dated,
        events=event_dates(body, language, dated),
        modified=modified,
        url=declared.url,
        source=_source_id(declared, source),
        declared_id=declared.id,
        authors=declared.authors,
        topics=declared.topics,
        actors=declared.actors,
        blocks=_with_languages(parts.blocks, language),
        briefs=tuple(replace(brief, events=brief_events(brief.text, brief.language, dated)) for brief in parts.briefs),
    )


def _with_languages(blocks: tuple[Block, ...], language: str) -> tuple[Block, ...]:
    found = detect_all([block.text for block in blocks], language)
    return tuple(replace(block, language=name) for block, name in zip(blocks, found, strict=True))


def _text(parts: Segments, kind: BlockKind) -> str:
    return "\n\n".join(block.text for block in parts.blocks if block.kind is kind)


def _furniture(parts: Segments) -> list[str]:
    return [block.text for block in parts.blocks if block.kind in _FURNITURE and block.rule not in _LENT]


def _language(declared: Declared, source: Source | None, text: str) -> str:
    """The language of the words themselves; what the seed or its source claims counts where they are too few."""
    hint = declared_language(declared.language) or (declared_language(source.language) if source else None)
    if declared.basis == "declared" and declared.language and hint and hint != "zh":
        return hint
    return detect(text, hint or UNKNOWN)


def _source_id(declared: Declared, source: Source | None) -> str | None:
    if declared.source and declared.basis == "declared":
        return declared.source
    return source.id if source else host_of(declared.url)


def _clues(page: Page, parts: Segments, body: str, zone: str | None) -> Clues:
    return Clues(
        stamps=page.declared.published,
        basis=page.declared.basis,
        hints=page.declared.hints,
        datelines=_datelines(parts.blocks),
        url=page.declared.url,
        body=body,
        everything=[block.text for block in parts.blocks if block.kind is not BlockKind.RELATED],
        related=[brief.text for brief in parts.briefs],
        zone=zone,
    )


def _datelines(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if block.kind is BlockKind.DATELINE]


def _modified(declared: Declared, zone: str | None) -> datetime | None:
    """When the seed says that it was changed; a bare day is noon, as on the wire."""
    for stamp in declared.updated:
        found = parse_stamp(stamp.text)
        if found is None:
            continue
        if found.instant is not None:
            return found.instant
        clock = datetime.combine(found.day, found.clock or time(12), ZoneInfo("UTC"))
        return in_zone(found.day, clock, zone or "UTC")
    return None
