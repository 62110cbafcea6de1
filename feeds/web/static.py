"""The stylesheet, the icon and the schema of our JSON: files of ours, read once; no request names a path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint

from feeds.syndication.feedgen_fixes import STYLE_PATH
from feeds.syndication.jsonfeed import SCHEMA, SCHEMA_PATH
from feeds.text import digest
from feeds.web.answers import answer_bytes

if TYPE_CHECKING:
    from flask import Response

static = Blueprint("static_files", __name__)

_FOLDER = Path(__file__).parent / "static"
_STYLE = (_FOLDER / "style.css").read_bytes()
_FEED_STYLE = (_FOLDER / "feed.css").read_bytes()
_ICON = (_FOLDER / "icon.svg").read_bytes()
# The parameter makes browsers fetch a changed stylesheet at once; the server ignores it.
STYLE = f"/static/style.css?v={digest(_STYLE)[:8]}"


@static.get("/static/style.css")
def style() -> Response:
    """The one stylesheet."""
    return answer_bytes("/static/style.css", "text/css; charset=utf-8", _STYLE)


@static.get(STYLE_PATH)
def feed_style() -> Response:
    """What a feed looks like in a browser."""
    return answer_bytes(STYLE_PATH, "text/css; charset=utf-8", _FEED_STYLE)


@static.get("/static/icon.svg")
def icon() -> Response:
    """The icon of the browser's tab."""
    return answer_bytes("/static/icon.svg", "image/svg+xml", _ICON)


@static.get(SCHEMA_PATH)
def schema() -> Response:
    """The JSON Schema of our JSON Feed and its extension, where `_dateline.about` says that it is."""
    return answer_bytes(SCHEMA_PATH, "application/schema+json", SCHEMA)
