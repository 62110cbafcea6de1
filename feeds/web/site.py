"""What every view works with: the settings, the store, the ready bytes, and the addresses that they may print."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app

from feeds.syndication.addresses import http_url
from feeds.text import digest
from feeds.web.cache import ReadyBytes
from feeds.web.faults import Faults
from feeds.web.names import Names

if TYPE_CHECKING:
    from flask import Flask

    from feeds.settings import Settings
    from storage.engine import Store

_EXTENSION = "dateline"
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """One server: its settings, what it remembers, has ready and knows by name, and what is wrong with it.

    Where its pages are exported, nobody `asks` it for selections or names: no form and no link leads to these.
    """

    settings: Settings
    store: Store
    asks: bool = True
    ready: ReadyBytes = field(default_factory=ReadyBytes)
    faults: Faults = field(default_factory=Faults)
    names: Names = field(default_factory=Names)

    @cached_property
    def base(self) -> str:
        """What every absolute URL begins with, written as in the feeds: ASCII, no final slash."""
        return http_url(self.settings.base_url) or self.settings.base_url

    @cached_property
    def templates(self) -> str:
        """A digest of what renders the pages: it changes with the program, so that no page of an older one is kept."""
        parts = (path for path in sorted(_HERE.rglob("*")) if path.suffix in {".html", ".py", ".po", ".css"})
        return digest(*(path.read_bytes() for path in parts))

    @cached_property
    def prefix(self) -> str:
        """The path that the base URL ends in: what a proxy strips before it asks us. Usually empty."""
        return urlsplit(self.base).path

    def href(self, path: str) -> str:
        """Address a path of ours from a page or a redirect, without naming a host."""
        return self.prefix + path

    def absolute(self, path: str) -> str:
        """Address a path of ours for the whole world; the request has no say in it."""
        return self.base + path


def attach(app: Flask, site: Site) -> None:
    """Give the application its site."""
    app.extensions[_EXTENSION] = site


def current() -> Site:
    """The site of the application that answers the request."""
    site: Site = current_app.extensions[_EXTENSION]
    return site
