"""The Flask application: a factory that takes settings and a store, and no state beside them; no session, no cookie."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from flask import Flask, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import RequestURITooLarge

from feeds.errors import SettingsError
from feeds.syndication.validators import settings_mark
from feeds.web import errors, render
from feeds.web.answers import Reply
from feeds.web.browsers import ForPeople
from feeds.web.calendarpage import calendar
from feeds.web.fast import Fast
from feeds.web.feeds import feeds
from feeds.web.health import health
from feeds.web.history import channel
from feeds.web.itempage import items
from feeds.web.lists import lists
from feeds.web.metrics import metrics
from feeds.web.pages import pages
from feeds.web.select import select
from feeds.web.site import Site, attach
from feeds.web.static import static
from feeds.web.statuspage import status
from feeds.web.subjects import subjects
from storage.errors import StorageError
from storage.state import get_state, note_settings, tick

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Response

    from feeds.settings import Settings
    from storage.engine import Store

_LONGEST_PATH = 2_048
_LONGEST_QUERY = 8_192
_FOR_PROGRAMS = (".rss", ".atom", ".json", ".opml", ".ics")
_POLICY = {
    # No script at all, so that nothing in an article could ever run; stylesheet, icon and forms are our own.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
}


def create_app(settings: Settings, store: Store, *, asks: bool = True) -> Flask:
    """Build the application; its pages offer selections where somebody `asks` it, and not where they are exported.

    Raises:
        SettingsError: there is no base URL; absolute URLs never come from a request.

    """
    if not settings.base_url:
        raise SettingsError("DATELINE_BASE_URL is not set: give the address at which people reach this server")
    app = Flask(__name__, static_folder=None)
    app.response_class = Reply
    # Werkzeug would mend `//`, and a number that need not be said, by a redirect to a host.
    app.url_map.merge_slashes = False
    app.url_map.redirect_defaults = False
    site = Site(settings, store, asks)
    attach(app, site)
    _note_settings(site)
    _prepare_templates(app, site)
    for part in (pages, lists, subjects, items, calendar, feeds, select, health, status, static):
        app.register_blueprint(part)
    if settings.metrics:
        app.register_blueprint(metrics)
    errors.register(app)
    app.before_request(_refuse_long_addresses)
    app.after_request(_protect)
    known = Fast(_OwnHost(app.wsgi_app, urlsplit(site.base).netloc), site)
    app.wsgi_app = ForPeople(known)  # type: ignore[method-assign]  # Flask's way
    return app


def _note_settings(site: Site) -> None:
    """Tell the store by which settings its feeds are shown; where that fails, feeds have no Last-Modified."""
    mark = settings_mark(channel(site))
    try:
        with site.store.read() as conn:
            known = get_state(conn).settings
        if known != mark:
            with site.store.write() as conn:
                note_settings(conn, mark, tick(conn, datetime.now(UTC)))
    except StorageError as error:
        structlog.get_logger(__name__).warning("feeds have no Last-Modified", reason=str(error))


class _OwnHost:
    """Replaces the Host that a client claims by ours, so that nothing below could repeat it by mistake.

    An empty path becomes the root: Werkzeug would redirect it, with a scheme that a proxy may have changed.
    """

    def __init__(self, inner: WSGIApplication, host: str) -> None:
        self._inner, self._host = inner, host

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["HTTP_HOST"] = self._host
        environ["PATH_INFO"] = environ.get("PATH_INFO") or "/"
        return self._inner(environ, start_response)


def _prepare_templates(app: Flask, site: Site) -> None:
    jinja = app.jinja_env
    jinja.undefined = StrictUndefined
    jinja.trim_blocks = jinja.lstrip_blocks = True
    render.prepare(app, site)


def _refuse_long_addresses() -> None:
    if len(request.path) > _LONGEST_PATH or len(request.query_string) > _LONGEST_QUERY:
        raise RequestURITooLarge


def _protect(reply: Response) -> Response:
    """Give every answer, errors too, the headers that keep a page harmless and a feed readable from anywhere."""
    reply.headers.update(_POLICY)
    if request.path.endswith(_FOR_PROGRAMS):
        reply.headers.update(_CORS)
    return reply
