"""Selections on HTTP: from an address and its parameters to the one address that they mean, and to its feed or page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from flask import Blueprint, jsonify, make_response, request

from feeds.errors import BadRequest, NotFound
from feeds.syndication.addresses import with_suffix
from feeds.syndication.cursor import read_page
from feeds.syndication.formats import FORMATS
from feeds.syndication.selection import Fault, parse
from feeds.syndication.selection_address import FILTERS, LIMIT, LONGEST_LIMIT, address, selection, stored
from feeds.syndication.selection_feed import draws_from, selection_document, title
from feeds.syndication.selection_form import fits, normal
from feeds.syndication.selection_terms import no_names, read_term
from feeds.syndication.validators import RENDERER_VERSION
from feeds.text import digest
from feeds.web import i18n, selectpage, site
from feeds.web.answers import answer_written, moved
from feeds.web.history import channel, written
from feeds.web.links import links
from feeds.web.lookup import UNKNOWN, latest_feed
from feeds.web.parameters import limit, single
from feeds.web.selectform import BUILD, read_form
from feeds.web.words import N_, columns
from storage.query import And, Query, Term
from storage.state import get_state

if TYPE_CHECKING:
    from flask import Response

    from feeds.syndication.formats import Format
    from feeds.syndication.selection_address import Selection
    from storage.engine import Connection
    from storage.types import FeedKind

select = Blueprint("select", __name__)
_TERMS = ("kind", "lang", "salience")


@select.get(f"/select.<any({', '.join(FORMATS)}):suffix>")
def selected(suffix: str) -> Response:
    """The feed of a selection."""
    with site.current().store.read() as conn:
        return answer_selection(conn, _asked(conn), FORMATS[suffix])


@select.get("/select")
def select_page() -> Response:
    """The page of a selection, or the form that builds one."""
    if BUILD in request.args:
        return selectpage.built(read_form(request.args))
    if not any(request.args.get(name) for name in ("q", *_TERMS)):
        return selectpage.start()
    with site.current().store.read() as conn:
        return show_selection(conn, _asked(conn))


@select.errorhandler(Fault)
def _point_at(fault: Fault) -> Response:
    """Show where in the selection the fault is; a program gets its place as a number."""
    text = request.args.get("q", "")
    if request.path.endswith(".json"):
        reply = make_response(jsonify(error=fault.message, query=text, position=fault.position), fault.status)
    elif request.path == "/select":
        reply = selectpage.faulty(text, fault)
    else:
        pointed = f"{fault.message}\n\n{text}\n{' ' * columns(text[: fault.position])}^\n"
        reply = make_response(pointed, fault.status, {"Content-Type": "text/plain; charset=utf-8"})
    reply.headers["Cache-Control"] = "no-store"
    return reply


def is_filtered(kind: FeedKind = "latest", slug: str = "") -> bool:
    """Whether a request for a stored feed is one for a selection: it names several actors, or has a filter.

    Raises:
        BadRequest: it has a cursor, too, which only the whole feed has.

    """
    filters = [name for name in FILTERS if request.args.get(name)]
    several = kind == "actor" and "+" in slug
    if "since" not in request.args:
        return several or bool(filters)
    if several or filters not in ([], ["limit"]):
        raise BadRequest(
            N_("since= goes with a whole feed: leave kind=, lang= and salience= away, or leave since= away.")
        )
    return False


def scope(conn: Connection, kind: FeedKind, slugs: str = "") -> Query:
    """What a stored feed holds, or what several actors have in common, as a condition.

    Raises:
        NotFound: one of them is not known.

    """
    if kind != "topic" and kind != "actor":  # noqa: PLR1714 - so that mypy knows
        return Query()
    terms = []
    for slug in slugs.split("+") if kind == "actor" else [slugs]:
        # A feed is led to for good, so not by a family name, which another may come to bear.
        found = site.current().names.finder(conn).only(kind, slug, families=False)
        if found is None:
            raise NotFound(UNKNOWN[kind])
        terms.append(Term(kind, found))
    return Query(And(tuple(terms)))


def answer_selection(conn: Connection, within: Query, form: Format) -> Response:
    """Answer with a feed; its bytes are its validator, kept under the versions of the feeds that it draws from."""
    one, page = _selection(within), single("page")
    path = with_suffix(address(one, page), form.suffix)
    if stored(one):
        return moved(with_suffix(address(one), form.suffix))
    if not _is_here(path):
        return moved(path)
    here, known, store_id = site.current(), channel(site.current()), get_state(conn).store_id
    below = read_page(page, store_id, latest_feed(conn)) if page else None
    versions = [f"{feed.id}/{feed.version}" for feed in draws_from(conn, one.query)]
    stamp = digest(store_id, str(RENDERER_VERSION), title(conn, one.query), *versions)
    most = LIMIT if form.paged else LONGEST_LIMIT  # a calendar has no pages

    def make() -> bytes:
        told = selection_document(conn, one, here.names.read(conn), known, (page, below), most)
        return written(path, form, told)

    return answer_written(
        path,
        form.media_type,
        lambda: here.ready.get(path, stamp, "identity", make),
        links(here, address(one, page), form),
    )


def show_selection(conn: Connection, within: Query) -> Response:
    """Answer with a page of the newest items."""
    one, page = _selection(within), single("page")
    if stored(one) or not _is_here(address(one, page)):
        return moved(i18n.keep(address(one, page if not stored(one) else "")))
    below = read_page(page, get_state(conn).store_id, latest_feed(conn)) if page else None
    return selectpage.shown(conn, one, page, below)


def _asked(conn: Connection) -> Query:
    """The condition of `q=`; without it, everything that the other parameters let through."""
    text = single("q")
    if not text.strip() and any(request.args.get(name) for name in _TERMS):
        return Query()
    return parse(text, site.current().names.finder(conn))


def _selection(within: Query) -> Selection:
    """Put the parameters to the condition.

    Raises:
        BadRequest: one of them is wrong, or stands there twice.

    """
    terms = [read_term(name, value, no_names) for name in ("kind", "lang") if (value := single(name))]
    salience = single("salience")
    if salience.lower() not in {"", "principal"}:
        raise BadRequest(N_("salience= takes the word principal."))
    query = normal(Query(And((within.where, *terms)), principal=within.principal or bool(salience)))
    if not fits(query):
        raise BadRequest(N_("With what the parameters add, the selection is too long: leave some of it away."))
    return selection(query, limit())


def _is_here(wanted: str) -> bool:
    """Whether the request is for this very address; how it is encoded, and what nobody knows, do not count."""
    path, _, query = wanted.partition("?")
    known = {"q", "page", *FILTERS} if path.startswith("/select") else {"page", *FILTERS}
    here = [(name, value) for name, value in request.args.items(multi=True) if name in known and value]
    return request.path == unquote(path) and here == parse_qsl(query)
