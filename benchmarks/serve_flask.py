"""The program with Flask alone, so that the bench can tell what the way before it (feeds/web/fast.py) buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.cli import main
from feeds.web.fast import Fast

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment


def _straight(self: Fast, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return self.inner(environ, start_response)


Fast.__call__ = _straight  # type: ignore[method-assign]  # in each process that granian starts from this module

if __name__ == "__main__":
    main()
