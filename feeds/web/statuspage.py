"""`/status`: the operator's page, for whoever knows the token; there is none where no token is set.

The token is the password of HTTP Basic authentication (RFC 7617), which every browser asks for, under any user name, or
a bearer token (RFC 6750). It never stands in an address, which would be logged, kept and passed on.
"""

from __future__ import annotations

import hmac
import platform
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, render_template, request

from feeds.errors import NotFound
from feeds.logs import shown
from feeds.web import i18n, site, words
from feeds.web.errors import refusal
from feeds.web.health import judge
from feeds.web.lookup import latest_feed
from feeds.web.names import of_feed
from feeds.web.words import N_
from storage import statistics
from storage.candidates import count_candidates, list_candidates
from storage.ledger import counts, rejected
from storage.log import count_feeds, largest_feeds
from storage.migrate import schema_now
from storage.size import measure
from storage.state import get_state
from storage.types import LATEST

if TYPE_CHECKING:
    from flask import Response

    from feeds.web.site import Site
    from storage.engine import Connection

status = Blueprint("status", __name__)

_SEEDS, _UNDATED, _CANDIDATES, _FEEDS = 50, 30, 25, 20  # lines of each list
_PROGRAMS = ("dateline", "flask", "sqlalchemy", "feedgen", "apscheduler")
STATES = {
    "stored": N_("stored"),
    "rejected": N_("rejected"),
    "unreadable": N_("unreadable"),
    "gone": N_("left the folder"),
}
WORKER = {
    "running": N_("The worker is running."),
    "failing": N_("The worker's last pass failed."),
    "silent": N_("The worker is silent."),
    "never": N_("No worker has ever run on this store."),
}


@status.get("/status")
def overview() -> Response:
    """How the store and the worker are, what was not taken and why, what waits for a person."""
    here = site.current()
    token = here.settings.status_token
    if token is None:
        raise NotFound
    if not _is(token.get_secret_value()):
        return _ask()
    with here.store.read() as conn:
        html = render_template("status.html", path="/status", feed=LATEST, **_facts(here, conn))
    reply = make_response(html)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _is(token: str) -> bool:
    """Compare in constant time, and digests, so that not even the length shows."""
    told = request.authorization
    given = (told.token or told.password or "") if told is not None else ""
    return hmac.compare_digest(_digest(given), _digest(token))


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def _ask() -> Response:
    sentence = N_(
        "This page is for the operator: the password is the setting DATELINE_STATUS_TOKEN, under any user name."
    )
    reply = refusal(
        HTTPStatus.UNAUTHORIZED,
        "error.html",
        heading=i18n.gettext(N_("For the operator")),
        sentence=i18n.gettext(sentence),
        sentence_lang=i18n.current().lang,
    )
    reply.headers.add("WWW-Authenticate", 'Basic realm="Dateline status", charset="UTF-8"')
    reply.headers.add("WWW-Authenticate", 'Bearer realm="Dateline status"')
    return reply


def _facts(here: Site, conn: Connection) -> dict[str, Any]:
    state, everything, now = get_state(conn), latest_feed(conn), datetime.now(UTC)
    names, ui = here.names.read(conn), i18n.current()
    return {
        "state": state,
        "worker": WORKER[judge(state, now, here.settings.scan_seconds)],
        "now": now,
        "items": everything.size,
        "store": measure(conn),
        "schema": schema_now(conn),
        "seeds_by_state": [(i18n.gettext(STATES[state]), number) for state, number in counts(conn).items()],
        "seeds": [(shown(row.name), row) for row in rejected(conn, _SEEDS)],
        "undated": statistics.items_between(conn, everything, None, limit=_UNDATED),
        "undated_number": statistics.count_undated(conn, everything),
        "candidates": [
            *list_candidates(conn, "waiting", _CANDIDATES),
            *list_candidates(conn, "waiting", _CANDIDATES, topics=True),
        ],
        "candidates_number": count_candidates(conn, "waiting"),
        "feeds": [(words.name(of_feed(names, feed.key), feed.label, ui), feed) for feed in largest_feeds(conn, _FEEDS)],
        "feeds_number": count_feeds(conn),
        "versions": _versions(),
    }


@cache
def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in _PROGRAMS}}
