"""The stored window of a feed into the neutral document that every writer takes: pure, and never failing on a text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5
from weakref import WeakKeyDictionary

from feeds.syndication.addresses import feed_path, http_url, item_path, list_path, with_suffix
from feeds.syndication.dates import date_note
from feeds.syndication.document import Category, Fault, FeedDocument, FeedEntry, Paging, Sibling, Tombstone
from feeds.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeds.syndication.document import Channel
    from storage.types import (
        Beside,
        Departure,
        Entry,
        EventDate,
        Feed,
        FeedKey,
        Item,
        Report,
        Subject,
        SubjectKind,
        Tag,
    )

SUFFIXES = ("rss", "atom", "json", "ics")

# The names of feeds are made from this and the feed's key alone, so that no move of the server changes them.
_FEEDS = UUID("7a1f6f0e-52a1-5d0c-9f0b-3c6f4d1f8e27")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SUBTITLES = {
    "latest": "Every item of this server, the newest arrival first",
    "topic": "Items about {label}, the newest arrival first",
    "actor": "Items in which {label} takes part, the newest arrival first",
    "select": "A selection of the items of this server, the newest arrival first: {label}",
}
_LEAD_LENGTH = 300
_Name = tuple[str, str, str, "str | None"]  # of a tag: term, label, scheme, URI
# What shows in an entry besides its item and the names of its tags: other reports, what it came via, the public
# address, whether in full.
_Around = tuple["Beside | None", "str | None", str, bool]
_EMPTIED = datetime(1970, 1, 1, tzinfo=UTC)  # when an archive changed from which everything has moved on


def build(
    feed: Feed,
    entries: Sequence[Entry],
    labels: Mapping[tuple[SubjectKind, str], Subject],
    channel: Channel,
    *,
    paging: Paging | None = None,
    departures: Sequence[Departure] = (),
) -> FeedDocument:
    """Turn a feed and its entries, in the order given, into a document.

    `paging` says where the document stands in its feed, `departures` which items are no longer in it.

    Text is cleaned again here (a store may be older than a rule of ingest), so that no writer can fail on it: what
    XML 1.0 cannot hold is dropped, a URL that is not plain http(s) is left out, a language tag that is none is `und`.
    """
    base = http_url(channel.base_url) or channel.base_url
    ready, faults = _entries(entries, labels, base, channel)
    title = _line(channel.title) or "Dateline"
    label = _line(feed.label) or _line(feed.key.slug) or title
    address = base + feed_path(feed.key)
    paging = paging or Paging()
    here = paging.here or address
    return FeedDocument(
        id=feed_id(feed.key),
        key=feed.key,
        title=f"{label} · {title}",
        subtitle=_SUBTITLES[feed.key.kind].format(label=label),
        language="en",
        author=title,
        url=address,
        base_url=base,
        self_urls={suffix: with_suffix(here, suffix) for suffix in SUFFIXES},
        updated=_in_utc(_changed(entries, departures) if paging.archive else feed.changed_at),
        max_age=channel.max_age,
        entries=ready,
        faults=faults,
        paging=paging,
        tombstones=tuple(
            Tombstone(each.guid, _in_utc(each.at), each.kind, _line(each.reason), each.successor) for each in departures
        ),
    )


def _changed(entries: Sequence[Entry], departures: Sequence[Departure]) -> datetime:
    """An archive's time is that of what it holds: what happens elsewhere in the feed must not show in its bytes."""
    return max([*(entry.item.updated for entry in entries), *(each.at for each in departures)], default=_EMPTIED)


def feed_id(key: FeedKey) -> str:
    """The permanent id of a feed, made from its kind and slug only (of a selection, from its address)."""
    return f"urn:uuid:{uuid5(_FEEDS, f'{key.kind}/{key.slug}')}"


def _entries(
    entries: Sequence[Entry], labels: Mapping[tuple[SubjectKind, str], Subject], base: str, channel: Channel
) -> tuple[tuple[FeedEntry, ...], tuple[Fault, ...]]:
    """Make every entry that can be made; what is wrong with one is no reason to lose the others."""
    names, full = _names(labels, base), channel.content == "full"
    ready, faults = [], []
    for entry in _distinct(entries):
        try:
            if entry.item.fault:
                faults.append(Fault(entry.item.guid, entry.item.fault))
            else:
                ready.append(_entry(entry, names, base, full))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this entry's
            faults.append(Fault(entry.item.guid, f"{type(error).__name__}: {error}"))
    return tuple(ready), tuple(faults)


def _distinct(entries: Sequence[Entry]) -> Iterable[Entry]:
    """Each item once: two entries of one id are a fault in Atom (RFC 4287 section 4.1.1) that feedgen lets pass."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.item.guid, entry)
    return found.values()


def _entry(entry: Entry, names: _Names, base: str, full: bool) -> FeedEntry:
    """Make the entry, or give the one that was made of the very same before."""
    item, around = entry.item, (entry.beside, entry.via, base, full)
    made = _made.get(item)
    if made is not None and made.names == names.mark and made.around == around:
        return made.entry
    of_tags = tuple([names[tag.kind, tag.slug] for tag in item.report.tags])
    same = made is not None and made.of_tags == of_tags and made.around == around
    told = made.entry if made is not None and same else _make(item, of_tags, *around)
    _made[item] = _Made(names.mark, of_tags, around, told)
    return told


class _Made(NamedTuple):
    """An entry, and what it was made of; `names` is the mark of the names, which say no more than `of_tags`."""

    names: object
    of_tags: tuple[_Name, ...]
    around: _Around
    entry: FeedEntry


_made: WeakKeyDictionary[Item, _Made] = WeakKeyDictionary()


class _Names(dict[tuple["SubjectKind", str], _Name]):
    """How topics and actors are shown, by kind and slug; what equals its `mark` knows no other names."""

    def __init__(self, labels: Mapping[tuple[SubjectKind, str], Subject], base: str) -> None:
        super().__init__()
        self.labels, self.base, self.mark = labels, base, object()

    def __missing__(self, key: tuple[SubjectKind, str]) -> _Name:
        found = self.labels.get(key)
        name = self[key] = _name(*key, found.label if found else "", found.uri if found else None, self.base)
        return name


_last = [_Names({}, "")]


def _names(labels: Mapping[tuple[SubjectKind, str], Subject], base: str) -> _Names:
    """Names of this very mapping, which nobody changes: it is read anew when a name changes."""
    names = _last[0]
    if names.labels is not labels or names.base != base:
        names = _last[0] = _Names(labels, base)
    return names


@lru_cache(16_384)
def _name(kind: SubjectKind, slug: str, label: str, uri: str | None, base: str) -> _Name:
    term = _line(slug)
    return term, _line(label) or term, base + list_path(kind), http_url(uri) if uri else None


def _make(
    item: Item, names: Sequence[_Name], beside: Beside | None, via: str | None, base: str, full: bool
) -> FeedEntry:
    report = item.report
    page = base + item_path(item.uuid)
    title = _line(report.title) or "Untitled"
    lead = lead_of(report) or title
    published_at = _on_the_wire(item)
    note = date_note(report.published, published_at)
    tags = sorted(zip(report.tags, names, strict=True), key=lambda pair: _rank(pair[0]))
    return FeedEntry(
        guid=item.guid,
        title=title,
        url=(report.url and http_url(report.url)) or page,
        page=page,
        summary=lead,
        summary_html=_html(lead) if full else _note(note) + _html(lead),
        content_html=_note(note) + _html(clean(report.body).strip() or lead) if full else None,
        published_at=published_at,
        updated=_in_utc(item.updated),
        first_seen=_in_utc(item.first_seen),
        published=report.published,
        date_note=note,
        language=_language(report.language),
        authors=tuple(name for name in map(_line, report.authors) if name),
        categories=tuple([Category(tag.kind, *name, tag.role, tag.salience, tag.evidence) for tag, name in tags]),
        kind=report.kind,
        revision=item.revision,
        source=_line(report.source or "") or None,
        notes=tuple(map(_line, report.notes)),
        group=f"urn:uuid:{beside.group}" if beside else None,
        siblings=tuple(_sibling(guid, language, base) for guid, language in (beside.others if beside else ())),
        events=tuple(map(_event, report.events)),
        via=base + item_path(via.removeprefix("urn:uuid:")) if via else None,
    )


def _event(event: EventDate) -> EventDate:
    """Every writer can write its time: in the source's offset where that is whole minutes, else in UTC."""
    instant = event.instant
    try:
        if instant is not None and (instant.utcoffset() or timedelta()) % timedelta(minutes=1):
            instant = instant.astimezone(UTC)
        elif instant is not None:
            instant.astimezone(UTC)
    except OverflowError:  # within hours of year 1 or 9999: the day must do
        instant = None
    return replace(event, sentence=_line(event.sentence), instant=instant)


def _language(text: str) -> str:
    return text if _LANGUAGE.fullmatch(text) else "und"


def _sibling(guid: str, language: str, base: str) -> Sibling:
    return Sibling(guid, base + item_path(guid.removeprefix("urn:uuid:")), _language(language))


def _rank(tag: Tag) -> tuple[bool, float, str]:
    """Topics before actors, what matters most first; a store's order must not show."""
    return tag.kind != "topic", -tag.salience, tag.slug


def _line(text: str) -> str:
    return clean(text).strip()


def lead_of(report: Report) -> str:
    """The summary, or else the first paragraph, cut at a word; in plain text."""
    text = _line(report.summary) or _PARAGRAPHS.split(_line(report.body), maxsplit=1)[0]
    if len(text) <= _LEAD_LENGTH or report.summary.strip():
        return text
    if " " not in text[:_LEAD_LENGTH]:  # a script that writes no spaces
        return text[:_LEAD_LENGTH] + "…"
    return text[: _LEAD_LENGTH + 1].rsplit(maxsplit=1)[0].rstrip(" ,;:") + "…"


def _note(text: str) -> str:
    """The sentence on its date is ours and in English, whatever language the entry is in."""
    return _html(text).replace("<p>", '<p lang="en">', 1)


def _html(text: str) -> str:
    """Plain text to paragraphs of HTML: everything is escaped, so no markup that came in with a text survives."""
    paragraphs = _PARAGRAPHS.split(text)
    return "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)


def _on_the_wire(item: Item) -> datetime:
    """The published instant, in the source's own offset if the time is exact and RFC 3339 can write the offset."""
    moment, told = _in_utc(item.published_at), item.report.published.instant
    offset = told.utcoffset() if told is not None else None
    if told is None or not offset or offset % timedelta(minutes=1):  # local mean time: Seoul was at +08:27:52
        return moment
    try:
        return moment.astimezone(told.tzinfo)
    except OverflowError:
        return moment


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # within hours of year 1 or 9999
        return moment.replace(tzinfo=UTC)
