"""What `make bench-serve` asks: Dateline on a store of its own, and nginx with the very same bytes as files."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage.migrate import upgrade
from tests.builders import add_item, later, name_subjects, report, tag, uuid_of
from tests.server import environment, free_port, get

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.engine import Store

FEED = "/actors/marco-rubio.atom"
_NGINX = """
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on;
  types {{ application/atom+xml atom; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


def fill(store: Store, number: int) -> None:
    """Put so many reports of about a thousand characters into two feeds and `latest`."""
    name_subjects(store)
    tags = (tag("actor", "marco-rubio"), tag("topic", "trade-tariffs"))
    for count in range(number):
        add_item(store, made(count, tags), uuid=uuid_of(count), at=later(count))


def made(count: int, tags: object = ()) -> object:
    """Report `count`, which no other is like."""
    line = f"In round {count} the two sides spoke for {count % 9 + 1} hours and set the next round for later. "
    return report(f"Round {count} of the talks on tariffs", tags=tags, body="\n\n".join([line * 3] * 3))


@contextmanager
def dateline(folder: Path, items: int) -> Iterator[int]:
    """`dateline web` with its two processes, as it ships; gives the port once it answers."""
    url = f"sqlite:///{folder}/bench.db"
    store, _ = upgrade(url)
    fill(store, items)
    store.dispose()
    port = free_port()
    env = environment(folder, url, DATELINE_WEB_WORKERS="2", DATELINE_BASE_URL=f"http://127.0.0.1:{port}")
    with _process([sys.executable, "-m", "feeds", "web", "--port", str(port)], port, env):
        yield port


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[int]:
    """nginx with two processes, serving the bytes at the same path, and their gzip form from a file beside it."""
    target = folder / "files" / FEED.lstrip("/")
    target.parent.mkdir(parents=True)
    target.write_bytes(body)
    target.with_name(target.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
    port = free_port()
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port))
    folder.chmod(0o755)
    with _process(["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"], port, None):
        yield port


@contextmanager
def _process(command: list[str], port: int, env: dict[str, str] | None) -> Iterator[None]:
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                get(f"http://127.0.0.1:{port}{FEED}")
                break
            except OSError:
                assert process.poll() is None, f"it ended at once: {command}"
                assert time.monotonic() < until, f"it never answered: {command}"
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
