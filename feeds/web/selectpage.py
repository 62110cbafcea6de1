"""The pages of selections: a form that builds one without any script, what it finds now, and where it goes wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from feeds.syndication.cursor import write_page
from feeds.syndication.selection import Fault, canonical, parse
from feeds.syndication.selection_address import address, selection
from feeds.web import i18n, site, words
from feeds.web.answers import moved
from feeds.web.errors import refusal
from feeds.web.lookup import latest_feed
from feeds.web.render import kept_page, page
from feeds.web.selectform import ROWS, Choice, Form, compose, form_of
from feeds.web.selectwords import describe, marked
from feeds.web.story import tell
from storage import statistics
from storage.log import busiest_feeds
from storage.offers import languages_of_items, sources_of_items
from storage.search import newest_fitting, search
from storage.state import get_state
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from feeds.syndication.selection_address import Selection
    from feeds.web.selectwords import Labels
    from storage.engine import Connection
    from storage.types import SubjectKind

_COUNTED = 1_000  # newest items that are counted; beyond it, "more than", since nobody needs the number
_ITEMS = 20  # of a page where the address says nothing, as on those of topics and actors
_KINDS: tuple[SubjectKind, SubjectKind] = ("topic", "actor")
_OFFERED = 300  # topics and actors each that the fields propose: those with most items


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form's fields propose. `written` is what to write for a slug: its name where no other has it."""

    topics: tuple[str, ...]
    actors: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    written: Mapping[tuple[str, str], str]

    def shown(self, field: str, value: str) -> str:
        """What stands in the form for a value."""
        return self.written.get((field, value), value)


def start() -> Response:
    """The form alone, with selections to try."""
    with site.current().store.read() as conn:
        names = site.current().names.read(conn)
        around = _around(conn, Form(), names)
        return page("/select", "select.html", feed=LATEST, text="", examples=_examples(conn, names), **around)


def built(form: Form) -> Response:
    """Lead to the selection that was filled in, or show what is wrong with it."""
    text = compose(form)
    if not text:
        return moved(i18n.keep("/select"), HTTPStatus.SEE_OTHER)
    with site.current().store.read() as conn:
        try:
            query = parse(text, site.current().names.finder(conn))
        except Fault as fault:
            return faulty(text, fault, form)
        return moved(i18n.keep(address(selection(query))), HTTPStatus.SEE_OTHER)


def faulty(text: str, fault: Fault, form: Form | None = None) -> Response:
    """Show where a selection goes wrong, with the form as it was filled in."""
    with site.current().store.read() as conn:
        around = _around(conn, form or Form(), site.current().names.read(conn))
    where = marked(text, fault.position)
    return refusal(fault.status, "select.html", feed=LATEST, text=text, fault=fault, marked=where, **around)


def shown(conn: Connection, one: Selection, mark: str, below: int | None) -> Response:
    """Show what a selection finds; `mark` is that of this page where it is not the first: it is `below` a position."""
    # It may change whenever anything arrives, and announces its own feed.
    feed = replace(latest_feed(conn), key=FeedKey("select", address(one)))
    return kept_page(
        conn, address(one, mark), "selected.html", feed=feed, values=lambda: _found(conn, one, mark, below)
    )


def _found(conn: Connection, one: Selection, mark: str, below: int | None) -> dict[str, Any]:
    names, ui = site.current().names.read(conn), i18n.current()
    found = search(conn, one.query, one.limit or _ITEMS, below)
    older = write_page(get_state(conn).store_id, found.entries[-1].position) if found.more else ""
    ids = newest_fitting(conn, one.query, _COUNTED + 1)
    days = statistics.counts_of(conn, ids[:_COUNTED])
    return {
        "text": canonical(one.query),
        "told": describe(one.query, names, ui),
        "number": len(ids),
        "most": _COUNTED,
        "entries": found.entries,
        "newest": address(one) if mark else None,
        "older": address(one, older) if older else None,
        "story": None if mark else tell(conn, ids, days, one.query, names, ui),
        **_around(conn, form_of(one.query), names),
    }


def _around(conn: Connection, form: Form | None, names: Labels) -> dict[str, Any]:
    """What the form needs; `form` is None where it cannot hold the query."""
    filled = form or Form()
    return {
        "names": names,
        "form": form,
        "filled": filled,
        "rows": {name: (*filled.rows.get(name, ()), *_spare(name, filled)) for name in ROWS},
        "hows": ROWS,
        "offer": _offer(conn, names),
    }


def _spare(name: str, form: Form) -> tuple[Choice, ...]:
    """Empty lines: one more than is filled in, and two topics and actors to begin with."""
    missing = 2 if name in {"topic", "actor"} and name not in form.rows else 1
    return (Choice(ROWS[name][0], ""),) * missing


def _offer(conn: Connection, names: Labels) -> Offer:
    ui = i18n.current()
    proposed: dict[SubjectKind, tuple[str, ...]] = {}
    written: dict[tuple[str, str], str] = {}
    for kind in _KINDS:
        called = {slug: words.name(one, slug, ui).text for (of, slug), one in names.items() if of == kind}
        often = Counter(called.values())
        for slug, name in called.items():
            written[kind, slug] = name if often[name] == 1 and '"' not in name else slug
        busiest = busiest_feeds(conn, kind, _OFFERED)
        proposed[kind] = tuple(written[kind, slug] for slug in busiest if slug in called)
    return Offer(proposed["topic"], proposed["actor"], languages_of_items(conn), sources_of_items(conn), written)


def _examples(conn: Connection, names: Labels) -> tuple[tuple[str, str], ...]:
    """Selections to try, of what the store has most of: the text of each, and what it says."""
    topics, actors = (
        [f"{kind}:{slug}" for slug in busiest_feeds(conn, kind, 1) if (kind, slug) in names] for kind in _KINDS
    )
    if not topics or not actors:
        return ()
    (topic,), (actor,), ui = topics, actors, i18n.current()
    told = (f"{topic} {actor}", f"{actor} -{topic} salience:principal", f"{topic} -lang:{ui.code}")
    found = [parse(text, site.current().names.finder(conn)) for text in told]
    return tuple((canonical(query), describe(query, names, ui)) for query in found)
