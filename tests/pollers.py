"""Programs that follow a feed in the ways that docs/polling.md promises to be enough, each by one way alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from lxml import etree

from tests.web_samples import BASE

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.datastructures import Headers

FEED = "/actors/marco-rubio"
ATOM = "{http://www.w3.org/2005/Atom}"
GRAVE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


class Poller(Protocol):
    """What it holds after a poll: titles by guid."""

    held: dict[str, str]

    def poll(self, client: FlaskClient) -> None:
        """Bring it up to date."""


def path_of(url: str) -> str:
    """Our client asks for paths; the feed's addresses are absolute."""
    assert url.startswith(BASE)
    return url.removeprefix(BASE)


@dataclass(frozen=True)
class Page:
    """What one document said: titles by guid, who is gone, and the page before it."""

    held: dict[str, str]
    gone: frozenset[str]
    before: str | None


@dataclass
class Walker:
    """Keeps each document from the window to the oldest archive, and asks again with the validator that it gave."""

    by_date: bool = False  # sends If-Modified-Since alone, as some readers do
    kept: dict[str, tuple[dict[str, str], Page]] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    first: ClassVar[str] = ""

    def poll(self, client: FlaskClient) -> None:
        found: dict[str, str] = {}
        path: str | None = self.first
        while path:
            page = self.ask(client, path)
            found = page.held | found  # the newest word on an item is in the page met first
            path = page.before
        self.held = found

    def ask(self, client: FlaskClient, path: str) -> Page:
        headers, old = self.kept.get(path, ({}, None))
        answer = client.get(path, headers=headers)
        if old is not None and answer.status_code == 304:
            return old
        assert answer.status_code == 200, (path, answer.status_code)
        page = self.read(answer.data)
        self.kept[path] = (self._validator(answer.headers), page)
        return page

    def _validator(self, headers: Headers) -> dict[str, str]:
        if not self.by_date:
            return {"If-None-Match": headers["ETag"]}
        return {"If-Modified-Since": headers["Last-Modified"]} if "Last-Modified" in headers else {}

    def read(self, data: bytes) -> Page:
        raise NotImplementedError


class AtomWalker(Walker):
    """By `prev-archive` (RFC 5005, section 4)."""

    first = f"{FEED}.atom"

    def read(self, data: bytes) -> Page:
        root = etree.fromstring(data)
        before = root.find(f"{ATOM}link[@rel='prev-archive']")
        return Page(
            {str(each.findtext(f"{ATOM}id")): str(each.findtext(f"{ATOM}title")) for each in root.iter(f"{ATOM}entry")},
            frozenset(str(grave.get("ref")) for grave in root.iter(GRAVE)),
            None if before is None else path_of(str(before.get("href"))),
        )


class JsonWalker(Walker):
    """By `next_url` (JSON Feed 1.1)."""

    first = f"{FEED}.json"

    def read(self, data: bytes) -> Page:
        told = json.loads(data)
        return Page(
            {item["id"]: item["title"] for item in told["items"]},
            frozenset(grave["id"] for grave in told["_dateline"]["retracted"]),
            path_of(told["next_url"]) if "next_url" in told else None,
        )


class LazyReader(AtomWalker):
    """Reads each archive once and never again: it sees all that comes, and all that is retracted (RFC 6721)."""

    def poll(self, client: FlaskClient) -> None:
        pages = []
        path: str | None = self.first
        while path and (path == self.first or path not in self.kept):
            pages.append(self.ask(client, path))
            path = pages[-1].before
        for page in reversed(pages):
            self.held = {guid: title for guid, title in self.held.items() if guid not in page.gone} | page.held


@dataclass
class CursorReader:
    """By `since=`: what came, what left, what was retracted; from the start again after a 410."""

    limit: int = 37
    cursor: str = "start"
    held: dict[str, str] = field(default_factory=dict)

    def poll(self, client: FlaskClient) -> None:
        path: str | None = f"{FEED}.json?since={self.cursor}&limit={self.limit}"
        while path:
            answer = client.get(path)
            if answer.status_code == 410:
                self.held, path = {}, f"{FEED}.json?since=start&limit={self.limit}"
                continue
            told = answer.get_json(force=True)
            self._apply(told)
            path = path_of(told["next_url"]) if "next_url" in told else None

    def _apply(self, told: dict[str, Any]) -> None:
        self.held |= {item["id"]: item["title"] for item in told["items"]}
        for gone in (*told["_dateline"]["left"], *told["_dateline"]["retracted"]):
            self.held.pop(gone["id"], None)
        self.cursor = told["_dateline"]["cursor"]
