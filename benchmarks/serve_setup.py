"""What `make bench-serve` asks: Dateline on a store of its own, and nginx with the very same bytes as files."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storage.types import Subject
from tests.builders import SUBJECTS, add_item, later, name_subjects, report, tag, uuid_of
from tests.server import environment, free_port, get

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.engine import Store
    from storage.types import Report, Tag

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
    """Put so many reports of about a thousand characters into two feeds and `latest`, beside a thousand actors."""
    names = {language: (f"Somebody {language}",) for language in ("en", "ko", "ja", "zh")}
    others = [Subject("actor", f"actor-{count}", f"Actor {count}", "person", names) for count in range(1_000)]
    name_subjects(store, [*SUBJECTS, *others])
    tags = (tag("actor", "marco-rubio"), tag("topic", "trade-tariffs"))
    for count in range(number):
        add_item(store, made(count, tags), uuid=uuid_of(count), at=later(count))


def made(count: int, tags: Sequence[Tag] = ()) -> Report:
    """Report `count`, which no other is like."""
    line = f"In round {count} the two sides spoke for {count % 9 + 1} hours and set the next round for later. "
    return report(f"Round {count} of the talks on tariffs", tags=tags, body="\n\n".join([line * 3] * 3))


@dataclass(frozen=True)
class Running:
    """A server that answers: where, and the first of its processes."""

    port: int
    pid: int

    def url(self, path: str) -> str:
        """Address a path of it."""
        return f"http://127.0.0.1:{self.port}{path}"

    def cpu_seconds(self) -> float:
        """How long its processes have had a CPU."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        ticks = 0
        for pid in (str(self.pid), *children):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # proc(5): utime and stime
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def dateline(folder: Path, *, fast: bool = True) -> Iterator[Running]:
    """`dateline web` with its two processes, as it ships or with Flask alone."""
    port = free_port()
    url = f"sqlite:///{folder}/bench.db"
    env = environment(folder, url, DATELINE_WEB_WORKERS="2", DATELINE_BASE_URL=f"http://127.0.0.1:{port}")
    program = "feeds" if fast else "benchmarks.serve_flask"
    with _process([sys.executable, "-m", program, "web", "--port", str(port)], port, env) as running:
        yield running


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[Running]:
    """nginx with two processes, serving the bytes at the same path, and their gzip form from a file beside it."""
    target = folder / "files" / FEED.lstrip("/")
    target.parent.mkdir(parents=True)
    target.write_bytes(body)
    target.with_name(target.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
    port = free_port()
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port))
    folder.chmod(0o755)
    with _process(["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"], port, None) as running:
        yield running


@contextmanager
def _process(command: list[str], port: int, env: dict[str, str] | None) -> Iterator[Running]:
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    running = Running(port, process.pid)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                get(running.url(FEED))
                break
            except OSError:
                assert process.poll() is None, f"it ended at once: {command}"
                assert time.monotonic() < until, f"it never answered: {command}"
                time.sleep(0.1)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=30)
