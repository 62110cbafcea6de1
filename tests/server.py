"""Real `dateline` processes for tests: started on a free port, asked over HTTP, ended by signals."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message
    from pathlib import Path

START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def get(url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """Ask once; every status is an answer, and no redirect is followed."""
    request = urllib.request.Request(url, headers=dict(headers or {}), method=method)
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=20) as response:
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """A running `dateline serve`."""

    url: str
    process: subprocess.Popen[str]
    log: Path
    environment: Mapping[str, str] = field(repr=False, default_factory=dict)

    def get(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        return get(self.url + path, headers, method)

    def wait_for(self, path: str, words: str, seconds: float = 30) -> Answer:
        """Poll until the words are in the answer; the test fails where they never come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answer = self.get(path)
            if words.encode() in answer.body:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"{words!r} never came to {path}; the log says:\n{self.log.read_text()}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


def environment(folder: Path, database_url: str, **settings: str) -> dict[str, str]:
    """The environment of a `dateline` command, with no setting of the caller's machine in it."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DATELINE_") and key != "PORT"}
    return clean | {"DATELINE_SEEDS_DIR": str(folder), "DATELINE_DATABASE_URL": database_url} | settings


def dateline(*words: str, env: Mapping[str, str], patience: float = 300) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, which must come within so many seconds."""
    command = [sys.executable, "-m", "feeds", *words]
    return subprocess.run(command, env=dict(env), capture_output=True, text=True, check=False, timeout=patience)


@contextmanager
def serving(folder: Path, database_url: str, log: Path, **settings: str) -> Iterator[Server]:
    """Run `dateline serve` on a free port, ready to be asked."""
    port = free_port()
    env = environment(folder, database_url, **settings)
    command = [sys.executable, "-m", "feeds", "serve", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT, text=True)
        server = Server(f"http://127.0.0.1:{port}", process, log, env)
        try:
            _wait_until_up(server)
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(timeout=30)


def _wait_until_up(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.process.poll() is None:
        try:
            if server.get("/healthz").status == 200:
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.log.read_text()}")
