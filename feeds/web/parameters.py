"""The parameters of feeds: read one by one, refused with a sentence that says what they take."""

from __future__ import annotations

from flask import request

from feeds.errors import BadRequest
from feeds.sentences import Sentence
from feeds.syndication.selection_address import LONGEST_LIMIT


def single(name: str) -> str:
    """The value of a parameter; nothing where it is not there.

    Raises:
        BadRequest: it stands there with several values.

    """
    values = set(filter(None, request.args.getlist(name)))
    if len(values) > 1:
        raise BadRequest(Sentence("%(name)s= may stand in an address once.", {"name": name}))
    return values.pop() if values else ""


def limit() -> int | None:
    """How many items or moves are asked for, if the address says.

    Raises:
        BadRequest: it is no number, or too large a one.

    """
    text = single("limit")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LONGEST_LIMIT:
        raise BadRequest(Sentence("limit= takes a number from 1 to %(most)s.", {"most": LONGEST_LIMIT}))
    return int(text)
