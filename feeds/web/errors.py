"""Every refusal as a page of the house, or as JSON where a program asked; nothing of the request is echoed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from flask import current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from feeds.errors import WebError
from feeds.sentences import Sentence
from feeds.web import i18n, site
from feeds.web.words import N_
from storage.errors import StorageError

if TYPE_CHECKING:
    from flask import Flask, Response

_RETRY_SECONDS = 10
_FOR_READERS = (".rss", ".atom", ".ics", ".opml")
# What went wrong, and the sentence that says what to do.
_WORDS = {
    400: (N_("This cannot be read"), N_("The request is not one that this server understands.")),
    404: (N_("Nothing here"), N_("There is nothing at this address.")),
    405: (N_("Only for reading"), N_("This address is only for reading: use GET or HEAD.")),
    410: (N_("Withdrawn"), N_("This was here once and has been withdrawn.")),
    414: (N_("Too long"), N_("The address is too long.")),
    429: (N_("Too many requests"), N_("This address was asked for too often. Please wait a minute and try again.")),
    500: (N_("A fault"), N_("Something went wrong here. It has been written down; trying again may help.")),
    503: (N_("Back soon"), N_("The database does not answer at the moment. Please try again in a little while.")),
}
# Sentences of the floors below, which know nothing of languages.
N_("There is no such archive (yet): the newest items are in the feed itself.")


def register(app: Flask) -> None:
    """Answer each kind of error with its status, and show a proxy the pages for what it refuses itself."""
    app.register_error_handler(WebError, _web_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StorageError, _store_error)
    app.register_error_handler(Exception, _bug)
    for status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        app.add_url_rule(f"/errors/{status.value}", "errors", _page_for_a_proxy, defaults={"status": status})


def _page_for_a_proxy(status: HTTPStatus) -> Response:
    """The page that a proxy shows for its own refusals (`error_page` of nginx); the proxy sets the status."""
    reply = _refuse(status)
    reply.status_code = HTTPStatus.OK
    reply.headers["Cache-Control"] = f"public, max-age={site.current().settings.max_age}"
    return reply


def _web_error(error: WebError) -> Response:
    reply = _refuse(error.status, error.sentence)
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        reply.headers["Retry-After"] = str(_RETRY_SECONDS)
    return reply


def _http_error(error: HTTPException) -> Response:
    reply = _refuse(HTTPStatus(error.code or 500))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        reply.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return reply


def _store_error(error: StorageError) -> Response:
    structlog.get_logger(__name__).error("store unreachable", reason=str(error))
    reply = _refuse(HTTPStatus.SERVICE_UNAVAILABLE)
    reply.headers["Retry-After"] = str(_RETRY_SECONDS)
    return reply


def _bug(error: Exception) -> Response:
    structlog.get_logger(__name__).error("request failed", exc_info=error)
    return _refuse(HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(status: HTTPStatus, template: str, **values: object) -> Response:
    """Answer with a page of the house under this status."""
    return _with_status(
        current_app.make_response(render_template(template, path=None, status=status, **values)), status
    )


def _refuse(status: HTTPStatus, reason: Sentence | None = None) -> Response:
    heading, usual = _WORDS.get(status.value, (status.phrase, status.description or status.phrase))
    sentence, ui = reason if reason and reason.text else Sentence(usual), i18n.current()
    if request.path.endswith(".json"):  # for programs, in English
        return _with_status(jsonify(error=str(sentence)), status)
    if request.path.endswith(_FOR_READERS):
        plain = current_app.make_response((f"{sentence}\n", {"Content-Type": "text/plain; charset=utf-8"}))
        return _with_status(plain, status)
    said = ui.tell(sentence)
    # What the catalog does not have stays English, and says so.
    lang = "en" if said == str(sentence) else ui.lang
    return refusal(status, "error.html", heading=i18n.gettext(heading), sentence=said, sentence_lang=lang)


def _with_status(reply: Response, status: HTTPStatus) -> Response:
    reply.status_code = status.value
    keep = status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
    reply.headers["Cache-Control"] = f"public, max-age={site.current().settings.max_age}" if keep else "no-store"
    return reply
