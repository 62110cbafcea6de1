"""The whole program, as real processes: files in, feeds out, over HTTP."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from feeds.commands.run import GRACE_SECONDS
from tests.server import dateline, environment, free_port, get, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.server import Server

TALKS = """Rubio and Cho agree to go on talking about the tariff on cars

Marco Rubio and Cho Hyun met in Washington on Tuesday and agreed to go on talking about the tariff on cars.
"""
ROUTES = {
    "/": "text/html",
    "/latest": "text/html",
    "/latest.rss": "application/rss+xml",
    "/latest.atom": "application/atom+xml",
    "/latest.json": "application/feed+json",
    "/topics": "text/html",
    "/topics/trade-tariffs": "text/html",
    "/topics/trade-tariffs.rss": "application/rss+xml",
    "/topics/trade-tariffs.atom": "application/atom+xml",
    "/topics/trade-tariffs.json": "application/feed+json",
    "/actors": "text/html",
    "/actors/marco-rubio": "text/html",
    "/actors/marco-rubio.rss": "application/rss+xml",
    "/actors/marco-rubio.atom": "application/atom+xml",
    "/actors/marco-rubio.json": "application/feed+json",
    "/feeds.opml": "text/x-opml",
    "/healthz": "application/json",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("serve")
    (home / "seeds").mkdir()
    (home / "seeds" / "talks.txt").write_text(TALKS)
    return home


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    with serving(home / "seeds", f"sqlite:///{home}/one.db", home / "log") as running:
        running.wait_for("/latest.json", "Rubio and Cho agree")
        yield running


def test_every_route_answers_with_its_own_media_type(server: Server) -> None:
    for path, media_type in ROUTES.items():
        answer = server.get(path)
        assert (path, answer.status, answer.headers.get_content_type()) == (path, 200, media_type)
    assert server.get("/actors/nobody.atom").status == 404
    item = json.loads(server.get("/actors/marco-rubio.json").body)["items"][0]
    uuid = item["id"].removeprefix("urn:uuid:")
    assert server.get(f"/items/{uuid}").status == 200
    assert json.loads(server.get(f"/items/{uuid}.json").body)["guid"] == item["id"]


def test_both_workers_give_the_same_bytes_again_and_again(server: Server) -> None:
    for path in ("/latest.rss", "/latest.atom", "/latest.json", "/actors/marco-rubio.atom"):
        answers = {server.get(path).body for _ in range(8)}
        tags = {server.get(path).headers["ETag"] for _ in range(8)}
        time.sleep(1.1)
        assert {server.get(path).body} == answers
        assert {server.get(path).headers["ETag"]} == tags


def test_a_poller_gets_304_until_its_own_feed_changes(server: Server, home: Path) -> None:
    tags = {path: server.get(path).headers["ETag"] for path in ("/topics/space.atom", "/actors/marco-rubio.atom")}
    again = {path: server.get(path, {"If-None-Match": tag}).status for path, tag in tags.items()}
    assert set(again.values()) == {304}
    (home / "seeds" / "more.txt").write_text(TALKS.replace("on cars", "on ships").replace("agree", "agreed"))
    server.wait_for("/actors/marco-rubio.atom", "on ships")
    after = {path: server.get(path, {"If-None-Match": tag}).status for path, tag in tags.items()}
    assert after == {"/topics/space.atom": 304, "/actors/marco-rubio.atom": 200}


def test_a_file_that_is_being_written_is_never_seen_half(server: Server, home: Path) -> None:
    """Written in pieces of 4 KB with pauses under a second, in place, while the feed is polled all the time."""
    paragraphs = [
        f"Paragraph {n} of the long report on the harbour of Busan. " + "It goes on. " * 300 for n in range(6)
    ]
    text = "A long report on the harbour of Busan\n\n" + "\n\n".join(paragraphs) + "\n\nThis is its end.\n"
    bodies: set[str] = set()
    done = threading.Event()

    def write() -> None:
        with (home / "seeds" / "long.txt").open("w") as file:
            for start in range(0, len(text), 4096):
                file.write(text[start : start + 4096])
                file.flush()
                time.sleep(0.6)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    until = time.monotonic() + 60
    while time.monotonic() < until and not (done.is_set() and bodies):
        for item in json.loads(server.get("/latest.json").body)["items"]:
            if "long report" in item["title"]:
                bodies.add(item["content_html"])
        time.sleep(0.05)
    writer.join()
    assert len(bodies) == 1
    assert "This is its end." in bodies.pop()


def test_no_answer_repeats_the_host_that_was_asked_for(server: Server) -> None:
    for path in (*ROUTES, "/nope", "/latest/", "/actors/"):
        answer = server.get(path, {"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert b"evil.example" not in answer.body
        assert "evil.example" not in str(answer.headers)


def test_status_and_a_second_writer_while_it_runs(server: Server) -> None:
    shown = dateline("status", env=server.environment)
    assert shown.returncode == 0
    assert "/actors/marco-rubio" in shown.stdout
    second = dateline("ingest", "--now", env=server.environment)
    assert second.returncode == 1
    assert "another worker is running on this database" in second.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "seeds").mkdir()
    with serving(tmp_path / "seeds", f"sqlite:///{tmp_path}/one.db", tmp_path / "log") as running:
        url = running.url
        assert running.end(number) == 0
    with pytest.raises(OSError, match="refused"):
        get(url + "/healthz")
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_web_server_that_still_starts_is_ended_without_waiting_for_the_grace(
    tmp_path: Path, number: signal.Signals
) -> None:
    env = environment(tmp_path, f"sqlite:///{tmp_path}/one.db")
    assert dateline("db", "upgrade", env=env).returncode == 0
    words = [sys.executable, "-m", "feeds", "web", "--port", str(free_port())]
    with subprocess.Popen(words, env=env, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("serving" in line for line in process.stderr)
        time.sleep(0.2)  # its processes are forked, and load the application for a second or more
        process.send_signal(number)
        process.wait(timeout=GRACE_SECONDS - 1)  # they would be killed after it
    assert process.returncode == 0


def test_a_server_whose_worker_dies_says_so_and_ends(tmp_path: Path) -> None:
    """Half a server would look healthy and never show anything new."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "actors.toml").write_text("[[actor]]\nslug = 7\n")
    env = environment(
        tmp_path / "seeds", f"sqlite:///{tmp_path}/one.db", DATELINE_AUTHORITY_DIR=str(tmp_path / "authority"), PORT="0"
    )
    ended = dateline("serve", "--port", "18999", env=env)
    assert ended.returncode == 1
    assert "actors.toml" in ended.stderr
