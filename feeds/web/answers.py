"""From a version and a way to render it to a response: 304 or bytes, compressed, with the headers caches live on."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.http import http_date

from feeds.errors import FeedBroken, WebError
from feeds.text import digest
from feeds.web import site
from feeds.web.browsers import vary
from feeds.web.conditional import choose_coding, not_modified
from feeds.web.fast import ANSWERED
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from wsgiref.types import WSGIEnvironment

    from werkzeug.datastructures import Headers

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
_DAY = 86_400


class Reply(Response):
    """A response whose 304 keeps Last-Modified, which Werkzeug strips and RFC 9110 section 15.4.5 lets caches use."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """Put back what was stripped."""
        headers = super().get_wsgi_headers(environ)
        if self.status_code == 304 and "Last-Modified" in self.headers:  # noqa: PLR2004
            headers["Last-Modified"] = self.headers["Last-Modified"]
        return headers


@dataclass(frozen=True, slots=True)
class Version:
    """What identifies the bytes of an answer before they exist.

    `path` is canonical: two requests that differ in spelling or in unknown parameters share one entry of the cache.
    `links` are ready values of the Link header.
    """

    path: str
    media_type: str
    etag: str
    last_modified: datetime | None = None
    links: tuple[str, ...] = ()


def answer(version: Version, render: Callable[[], bytes]) -> Response:
    """Answer a GET or HEAD; `render` is not called for a 304, nor while the version's bytes are kept."""
    here = site.current()
    request.environ[ANSWERED] = version
    if not_modified(
        version.etag,
        version.last_modified,
        request.headers.get("If-None-Match"),
        request.headers.get("If-Modified-Since"),
    ):
        return _with_validators(Reply(status=304), version, here.settings.max_age)
    coding = choose_coding(request.accept_encodings)
    try:
        data = here.ready.get(version.path, version.etag, coding, render)
    except (StorageError, WebError):
        raise
    except Exception as error:  # noqa: BLE001 - a defect of ours, and no reason to answer 500
        return answer_last_good(version.path, version.media_type, error)
    reply = Reply(data, content_type=version.media_type)
    if coding != "identity":
        reply.headers["Content-Encoding"] = coding
    return _with_validators(reply, version, here.settings.max_age)


def answer_written(path: str, media_type: str, make: Callable[[], bytes], links: tuple[str, ...] = ()) -> Response:
    """Answer with bytes whose digest is their validator, or with the last good ones where they cannot be made."""
    try:
        data = make()
    except (StorageError, WebError):
        raise
    except Exception as error:  # noqa: BLE001 - a defect of ours, and no reason to answer 500
        return answer_last_good(path, media_type, error)
    return answer(Version(path, media_type, f'W/"{digest(data)[:32]}"', links=links), lambda: data)


def answer_last_good(path: str, media_type: str, error: Exception) -> Response:
    """Answer with the newest bytes of this path that could be made, under the tag that they had.

    Raises:
        FeedBroken: there are none in this process.

    """
    here = site.current()
    here.faults.failed(path, error)
    kept = here.ready.last_good(path)
    if kept is None:
        raise FeedBroken("Something went wrong here. It has been written down; trying again may help.") from error
    etag, data = kept
    reply = answer(Version(path, media_type, etag), lambda: data)
    request.environ.pop(ANSWERED, None)  # nothing to learn from
    return reply


def answer_bytes(path: str, media_type: str, data: bytes, links: tuple[str, ...] = ()) -> Response:
    """Answer with bytes that had to be made anyway: their digest is the validator."""
    return answer(Version(path, media_type, f'W/"{digest(data)[:32]}"', links=links), lambda: data)


def moved(path: str, status: HTTPStatus = HTTPStatus.MOVED_PERMANENTLY) -> Response:
    """Send a client to another path of ours, for good unless `status` says else, without naming a host."""
    here = site.current()
    reply = Reply(status=status, content_type=HTML)
    reply.headers["Location"] = here.href(path)
    reply.headers["Cache-Control"] = f"public, max-age={here.settings.max_age}"
    return reply


def _with_validators(reply: Response, version: Version, max_age: int) -> Response:
    headers = reply.headers
    headers["ETag"] = version.etag
    headers["Vary"] = vary(version.media_type)
    # A cache may answer from what it has while it asks us again, and for a day while we do not answer (RFC 5861).
    headers["Cache-Control"] = f"public, max-age={max_age}, stale-while-revalidate={max_age}, stale-if-error={_DAY}"
    if version.last_modified is not None:
        headers["Last-Modified"] = http_date(version.last_modified)
    for link in version.links:
        headers.add("Link", link)
    return reply
