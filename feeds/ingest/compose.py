"""An article and its tags to the report that is stored, with the instant it shows on the wire. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feeds.tagging import Story
from feeds.text import clean, clean_line, sentences
from storage.types import UNDATED, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from feeds.reading import Article, Brief
    from storage.types import Published, SubjectKind, Tag

_NOON = time(12)


def story_of(article: Article) -> Story:
    """The words that the tagger may look at."""
    return Story(
        title=article.title,
        summary=article.summary,
        body=article.body,
        language=article.language,
        published=article.published,
        topics=article.topics,
        actors=article.actors,
    )


def compose(article: Article, tags: Sequence[Tag], unknown: Sequence[tuple[SubjectKind, str]] = ()) -> Report:
    """Build the report of an article; texts are cleaned of what no feed may hold (XML 1.0 section 2.2)."""
    return Report(
        kind="article",
        title=clean_line(article.title),
        summary=clean(article.summary),
        body=clean(article.body),
        language=clean_line(article.language) or "und",
        published=article.published,
        url=clean_line(article.url) if article.url else None,
        source=clean_line(article.source) if article.source else None,
        declared_id=clean_line(article.declared_id) if article.declared_id else None,
        authors=tuple(filter(None, map(clean_line, article.authors))),
        modified=article.modified,
        notes=tuple(_notes(article)),
        events=article.events,
        tags=tuple(tags),
        unknown=tuple((kind, line) for kind, name in unknown if (line := clean_line(name))),
    )


def story_of_brief(brief: Brief) -> Story:
    """The words of a brief that the tagger may look at."""
    return Story(title=brief.title, summary="", body=brief.text, language=brief.language)


def compose_brief(brief: Brief, article: Article, tags: Sequence[Tag]) -> Report:
    """Build the report of a brief: its source is that of the page that carries it, its own date is unknown."""
    text = clean(brief.text)
    return Report(
        kind="brief",
        title=clean_line(brief.title),
        summary=sentences(text)[0] if sentences(text) else "",
        body=text,
        language=clean_line(brief.language) or "und",
        published=UNDATED,
        source=clean_line(article.source) if article.source else None,
        events=brief.events,
        tags=tuple(tags),
    )


def wire_time(published: Published, first_seen: datetime) -> datetime:
    """The instant that feeds show (docs/contract.md, "Time"): never later than `first_seen`, never invented.

    An exact time is itself; a day is 12:00 in the source's zone (UTC if unknown); a range or month its last day;
    unknown is first seen.
    """
    if published.instant is not None:
        return min(published.instant.astimezone(UTC), first_seen)
    if published.last is None:
        return first_seen
    try:
        noon = datetime.combine(published.last, _NOON, tzinfo=_zone(published.zone)).astimezone(UTC)
    except OverflowError:  # year 1 or 9999, beyond what a zone can shift
        return first_seen
    return min(noon, first_seen)


def _zone(name: str | None) -> tzinfo:
    if name is None:
        return UTC
    if name[0] in "+-":
        sign = -1 if name[0] == "-" else 1
        hours, _, minutes = name[1:].partition(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes or 0)))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _notes(article: Article) -> list[str]:
    notes = []
    if article.doubtful:
        notes.append(f"decoded as {article.encoding} with doubt")
    if article.title_basis == "inferred":
        notes.append("title inferred from the first sentence")
    return notes
