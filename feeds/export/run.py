"""The server asked for everything, in one snapshot of the store, as a poller that sends validators would ask it."""

from __future__ import annotations

import errno
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from werkzeug.test import Client

from feeds.errors import ExportError
from feeds.export.paths import NOT_EXPORTED, Address, addresses, file_name
from feeds.export.tree import Said, opened
from feeds.text import digest
from feeds.web.app import create_app
from storage.names import names_at
from storage.snapshot import snapshot
from storage.state import get_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.test import TestResponse

    from feeds.export.tree import Tree
    from feeds.settings import Settings
    from storage.engine import Connection, Store

_NOWHERE = Address("/404")  # at which there is nothing: what is said there becomes 404.html
_ABSENT = {301, 404, 410}  # no archive in a format that has none
_PROGRAM = Path(__file__).parents[2]


@dataclass
class Exported:
    """How it went: `counts` of "written", "kept" and "removed" files; what could not be written, with the reason."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)


def export(settings: Settings, store: Store, root: Path, progress: Callable[[int, int], None]) -> Exported:
    """Write everything into a new generation of `root`, then let it take the place of the one before.

    `progress` is told how many of the addresses that have to be asked for are done; the last step is the change.

    Raises:
        ExportError: the folder is in other use, or the server fails at an address; nothing has changed for readers.
        SettingsError: there is no base URL.

    """
    done = Exported()
    with snapshot(store) as moment, opened(root) as tree:
        today = datetime.now(ZoneInfo(settings.timezone)).date()
        app = create_app(settings, moment, asks=False)
        client = Client(app, use_cookies=False)
        with moment.read() as conn:
            found = (*addresses(conn, _fixed(app), _mark(conn, settings), today), _NOWHERE)
        every = {address.path: address for address in found}
        changed = [address for address in every.values() if not _keep(tree, address, done)]
        steps = len(changed) + 1
        for number, address in enumerate(changed, start=1):
            _one(client, tree, address, done)
            progress(number, steps)
        done.counts["removed"] = tree.swap()
        progress(steps, steps)
    return done


def _fixed(app: Flask) -> tuple[str, ...]:
    """The addresses that hold no variable part, from the server's own table of them."""
    found = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    return tuple(path for path in found if not path.startswith(NOT_EXPORTED))


def _mark(conn: Connection, settings: Settings) -> str:
    """What shows in a feed or on its pages beside the feed: whose it is, every name, the settings and the program."""
    files = sorted(path for name in ("feeds", "storage") for path in (_PROGRAM / name).rglob("*") if path.is_file())
    program = [path.read_bytes() for path in files if path.suffix != ".pyc"]
    return digest(get_state(conn).store_id, str(names_at(conn)), repr(settings), *program)


def _keep(tree: Tree, address: Address, done: Exported) -> bool:
    known = tree.known.get(address.path)
    kept = known is not None and address.stamp == known.stamp != "" and tree.keep(address.path, known)
    done.counts["kept"] += kept
    return kept


def _one(client: Client, tree: Tree, address: Address, done: Exported) -> None:
    known = tree.known.get(address.path)
    answer = client.get(address.path, headers=[("If-None-Match", known.etag)] if known else [])
    if answer.status_code == 304 and known:  # noqa: PLR2004
        if tree.keep(address.path, known._replace(stamp=address.stamp)):
            done.counts["kept"] += 1
            return
        answer = client.get(address.path)
    if address == _NOWHERE or answer.status_code == 200:  # noqa: PLR2004
        _write(tree, address, answer, done)
    elif answer.status_code not in _ABSENT:
        raise ExportError(f"{address.path} was answered with {answer.status}: nothing has been changed")


def _write(tree: Tree, address: Address, answer: TestResponse, done: Exported) -> None:
    name = file_name(address.path, answer.headers.get("Content-Type", ""))
    said = Said(name, answer.headers.get("ETag", ""), address.stamp)
    try:
        written = tree.put(address.path, said, answer.get_data())
    except OSError as error:
        if not _is_about_the_name(error):
            raise ExportError(f"cannot write {name}: {error.strerror}") from error
        done.failed[address.path] = str(error.strerror)
        return
    done.counts["written" if written else "kept"] += 1


def _is_about_the_name(error: OSError) -> bool:
    return error.errno in {errno.ENAMETOOLONG, errno.EILSEQ}
