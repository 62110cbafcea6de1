from __future__ import annotations

import contextlib
import gc
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import structlog

from feeds.errors import SettingsError
from feeds.web import wsgi
from storage.errors import StorageError
from storage.migrate import upgrade
from tests.web_samples import FEED, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def _logs() -> Iterator[None]:
    """Building the application says where log lines go: not beyond the test."""
    yield
    structlog.reset_defaults()
    gc.unfreeze()


@pytest.mark.usefixtures("_logs")
def test_the_application_is_built_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/one.db"
    monkeypatch.setenv("DATELINE_DATABASE_URL", url)
    monkeypatch.setenv("DATELINE_BASE_URL", "https://news.example")
    with pytest.raises(StorageError):
        wsgi.application  # noqa: B018 - the access is the act
    upgrade(url)[0].dispose()
    before = gc.get_freeze_count()
    assert wsgi.application.test_client().get("/latest.rss").status_code == 200
    assert gc.get_freeze_count() > before + 10_000  # what no collection goes through any more
    monkeypatch.setenv("DATELINE_BASE_URL", "")
    with pytest.raises(SettingsError):
        wsgi.application  # noqa: B018
    with pytest.raises(AttributeError):
        wsgi.anything_else  # noqa: B018


@contextlib.contextmanager
def granian(database: str) -> Iterator[int]:
    """Run two workers of the server that ships with Dateline; give the port once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {**os.environ, "DATELINE_DATABASE_URL": database, "DATELINE_BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2"]
    # Granian waits for ever for a worker that is told to stop while it still starts.
    command += ["--workers-kill-timeout", "3"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "feeds.web.wsgi:application"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(10)
        finally:
            server.kill()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1_200):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        assert server.poll() is None, "the server ended at once"
        time.sleep(0.05)
    pytest.fail("the server does not listen")


def fetch(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_a_real_server_with_two_workers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/one.db"
    store, _ = upgrade(url)
    fill(store)
    store.dispose()
    with granian(url) as port:
        answers = [fetch(port, FEED, {"Host": "evil.example", "Accept-Encoding": "gzip"}) for _ in range(12)]
        assert {status for status, _, _ in answers} == {200}
        assert len({body for _, _, body in answers}) == 1  # whichever worker it was
        assert not any("evil" in value for _, headers, _ in answers for value in headers.values())
        etag = answers[0][1]["etag"]
        status, headers, body = fetch(port, FEED, {"If-None-Match": f'{etag[:-1]}-gzip"'})
        assert (status, body, headers["etag"]) == (304, b"", etag)
        assert fetch(port, "/topics/%E9%9F%A9%E7%BE%8E.rss")[0] == 404
        assert fetch(port, "/topics/%00.rss")[0] == 404
        assert fetch(port, "/topics/..%2f..%2fetc%2fpasswd")[0] == 404
        assert fetch(port, "/healthz")[0] == 200
