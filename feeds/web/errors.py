"""Every refusal as a page of the house, or as JSON where a program asked; nothing of the request is echoed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from flask import current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from feeds.errors import WebError
from feeds.web import site
from storage.errors import StorageError

if TYPE_CHECKING:
    from flask import Flask, Response

_RETRY_SECONDS = 10
_WORDS = {
    400: "The request is not one that this server understands.",
    404: "There is nothing at this address.",
    405: "This address is only for reading: use GET or HEAD.",
    410: "This was here once and has been withdrawn.",
    414: "The address is too long.",
    500: "Something went wrong here. It has been written down; trying again may help.",
    503: "The database does not answer at the moment. Please try again in a little while.",
}


def register(app: Flask) -> None:
    """Answer each kind of error with its status."""
    app.register_error_handler(WebError, _web_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StorageError, _store_error)
    app.register_error_handler(Exception, _bug)


def _web_error(error: WebError) -> Response:
    return _refuse(error.status, str(error))


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


def _refuse(status: HTTPStatus, reason: str = "") -> Response:
    sentence = reason or _WORDS.get(status.value, status.description or status.phrase)
    if request.path.endswith(".json"):
        reply = jsonify(error=sentence)
    else:
        page = render_template("error.html", status=status.value, phrase=status.phrase, sentence=sentence)
        reply = current_app.make_response(page)
    reply.status_code = status.value
    keep = status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
    reply.headers["Cache-Control"] = f"public, max-age={site.current().settings.max_age}" if keep else "no-store"
    return reply
