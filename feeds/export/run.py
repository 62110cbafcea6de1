"""The server asked for everything, in one snapshot of the store, as a poller that sends validators would ask it."""

from __future__ import annotations

import errno
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from werkzeug.test import Client

from feeds.errors import ExportError
from feeds.export.paths import NOT_EXPORTED, file_name, paths
from feeds.export.tree import opened
from feeds.web.app import create_app
from storage.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from werkzeug.test import TestResponse

    from feeds.export.tree import Tree
    from feeds.settings import Settings
    from storage.engine import Store

_NOWHERE = "/404"  # an address at which there is nothing: what is said there becomes 404.html
_ABSENT = {301, 404, 410}  # no archive in a format that has none


@dataclass
class Exported:
    """How it went: `counts` of "written", "kept" and "removed" files; what could not be written, with the reason."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)


def export(settings: Settings, store: Store, root: Path, progress: Callable[[int, int], None]) -> Exported:
    """Write everything into a new generation of `root`, then let it take the place of the one before.

    Raises:
        ExportError: the folder is in other use, or the server fails at an address; nothing has changed for readers.
        SettingsError: there is no base URL.

    """
    done = Exported()
    with snapshot(store) as moment, opened(root) as tree:
        app = create_app(settings, moment)
        client = Client(app)
        with moment.read() as conn:
            addresses = dict.fromkeys([*paths(conn, _fixed(app.url_map.iter_rules())), _NOWHERE])
        for number, address in enumerate(addresses, start=1):
            _one(client, tree, address, done)
            progress(number, len(addresses))
        done.counts["removed"] = tree.swap()
    return done


def _fixed(rules: object) -> tuple[str, ...]:
    """The addresses that hold no variable part, from the server's own table of them."""
    found = [str(rule.rule) for rule in rules if not rule.arguments and "GET" in rule.methods]  # type: ignore[attr-defined]
    return tuple(path for path in found if not path.startswith(NOT_EXPORTED))


def _one(client: Client, tree: Tree, address: str, done: Exported) -> None:
    known = tree.validators.get(address)
    answer = client.get(address, headers=[("If-None-Match", known)] if known else [])
    if answer.status_code == 304 and known:  # noqa: PLR2004
        if tree.keep(address, known):
            done.counts["kept"] += 1
            return
        answer = client.get(address)
    if address == _NOWHERE or answer.status_code == 200:  # noqa: PLR2004
        _write(tree, address, answer, done)
    elif answer.status_code not in _ABSENT:
        raise ExportError(f"{address} was answered with {answer.status}: nothing has been changed")


def _write(tree: Tree, address: str, answer: TestResponse, done: Exported) -> None:
    name = file_name(address, answer.headers.get("Content-Type", ""))
    try:
        written = tree.put(address, name, answer.headers.get("ETag", ""), answer.get_data())
    except OSError as error:
        if not _is_about_the_name(error):
            raise ExportError(f"cannot write {name}: {error.strerror}") from error
        done.failed[address] = str(error.strerror)
        return
    done.counts["written" if written else "kept"] += 1


def _is_about_the_name(error: OSError) -> bool:
    return error.errno in {errno.ENAMETOOLONG, errno.EILSEQ}
