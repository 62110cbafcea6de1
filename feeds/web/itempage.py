"""The page of one item: its text with the words that gave its date and tags, its past, and what stands around it."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint

from feeds.errors import Gone, NotFound
from feeds.syndication.addresses import item_path
from feeds.syndication.build import build, lead_of
from feeds.syndication.formats import FORMATS
from feeds.text import clean_line
from feeds.web import i18n, itemview, site
from feeds.web.answers import JSON, answer_bytes, moved
from feeds.web.changes import changes
from feeds.web.errors import refusal
from feeds.web.history import channel
from feeds.web.lookup import latest_feed
from feeds.web.marks import anchors, mark
from feeds.web.render import page
from feeds.web.words import N_
from storage.briefs import briefs_of, carriers_of
from storage.groups import other_reports
from storage.items import find_item, item_by_id, revisions_of
from storage.ledger import origins_of
from storage.log import feeds_of
from storage.types import LATEST, Entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Response

    from storage.engine import Connection
    from storage.types import Item, Report

items = Blueprint("items", __name__)


@items.get("/items/<uuid:value>")
def item(value: UUID) -> Response:
    """One item, with the evidence for its date and tags."""
    here = site.current()
    with here.store.read() as conn:
        found = _find(conn, value)
        if news := _instead(conn, found):
            return moved(i18n.keep(news))
        if found.gone_at is not None:
            return refusal(HTTPStatus.GONE, "gone.html", at=found.gone_at, reason=found.gone_reason)
        around, names = _around(conn, found), here.names.read(conn)
        past = changes(found, revisions_of(conn, found.id)) if _in_full() else ()
    marked = mark(found.report)
    return page(
        item_path(found.uuid),
        "item.html",
        feed=LATEST,
        item=found,
        report=found.report,
        marked=marked,
        places=anchors(marked),
        around=around,
        past=past,
        names=names,
    )


@items.get("/items/<uuid:value>.json")
def item_json(value: UUID) -> Response:
    """One item for programs."""
    return _for_programs(value, "json", _as_json)


@items.get("/items/<uuid:value>.ics")
def item_ics(value: UUID) -> Response:
    """The dates of events in one item, for a calendar."""
    return _for_programs(value, "ics", _as_calendar)


def _for_programs(value: UUID, suffix: str, answer: Callable[[Connection, Item], Response]) -> Response:
    with site.current().store.read() as conn:
        found = _find(conn, value)
        if news := _instead(conn, found):
            return moved(f"{news}.{suffix}")
        if found.gone_at is not None:
            reason = found.gone_reason or "no reason was given"
            raise Gone(f"This item was withdrawn on {found.gone_at:%Y-%m-%d}: {reason}")
        return answer(conn, found)


def _as_json(conn: Connection, found: Item) -> Response:
    here = site.current()
    data = itemview.as_json(found, _around(conn, found), here.names.read(conn), here.base)
    return answer_bytes(f"{item_path(found.uuid)}.json", JSON, data)


def _as_calendar(conn: Connection, found: Item) -> Response:
    if not found.report.events:
        raise NotFound(N_("This item tells no dates of events."))
    here = site.current()
    told = build(latest_feed(conn), (Entry(1, found),), here.names.read(conn), channel(here))
    address, form = here.absolute(item_path(found.uuid)), FORMATS["ics"]
    told = replace(
        told,
        id=found.guid,
        title=clean_line(found.report.title),
        subtitle=clean_line(found.report.summary),
        url=address,
        self_urls={form.suffix: f"{address}.ics"},
        updated=found.updated,
    )
    return answer_bytes(f"{item_path(found.uuid)}.ics", form.media_type, form.write(told))


def _instead(conn: Connection, found: Item) -> str:
    """The page of the full article that took the place of a brief, if one did."""
    return "" if found.superseded_by is None else item_path(item_by_id(conn, found.superseded_by).uuid)


def _around(conn: Connection, found: Item) -> itemview.Around:
    return itemview.Around(
        feeds=feeds_of(conn, found.id),
        seeds=itemview.seeds(origins_of(conn, found.id)),
        carriers=carriers_of(conn, found.id),
        briefs=briefs_of(conn, found.id),
        others=other_reports(conn, found.id),
    )


def _find(conn: Connection, value: UUID) -> Item:
    found = find_item(conn, str(value))
    if found is None:
        raise NotFound(N_("There is no such item."))
    return found if _in_full() else replace(found, report=_shortened(found.report))


def _in_full() -> bool:
    return site.current().settings.content == "full"


def _shortened(report: Report) -> Report:
    """What the feeds tell of a text that may not be republished: its summary, else how it begins."""
    return replace(report, body="" if report.summary.strip() else lead_of(report))
