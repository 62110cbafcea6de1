"""Real feed readers, driven without a screen: each subscribes, polls, and tells which guids or titles it holds."""

from __future__ import annotations

import email
import os
import re
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.server import get

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def need(program: str) -> str:
    """The path of a Debian program; the test is skipped without it, or fails where everything must run."""
    found = shutil.which(program)
    if found is None:
        reason = f"{program} is not installed (Debian: apt install {program})"
        if os.environ.get("DATELINE_TEST_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@dataclass
class Recorder:
    """What a reader asked and was answered: the status of each poll, and whether it sent a validator.

    `origin` is the server that it passes everything on to; a test may put another in its place.
    """

    url: str
    origin: str
    polls: list[tuple[int, bool]] = field(default_factory=list)


@contextmanager
def recording(origin: str) -> Iterator[Recorder]:
    """Stand between a reader and the server, passing everything on and writing down what was asked."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sent = {name: value for name, value in self.headers.items() if name.lower() not in {"host", "connection"}}
            answer = get(recorder.origin + self.path, sent)
            conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
            recorder.polls.append((answer.status, conditional))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as proxy:
        proxy.daemon_threads = True
        recorder = Recorder(f"http://127.0.0.1:{proxy.server_address[1]}", origin)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield recorder
        proxy.shutdown()


def newsboat(url: str, home: Path, polls: int) -> list[str]:
    """The titles that newsboat holds after so many reloads."""
    program = need("newsboat")
    (home / "urls").write_text(url + "\n")
    (home / "config").write_text("suppress-first-reload yes\n")
    command = [program, "-C", home / "config", "-u", home / "urls", "-c", home / "cache.db", "-x", "reload"]
    for _ in range(polls):
        _run([str(word) for word in command], home)
    with closing(sqlite3.connect(home / "cache.db")) as cache:
        return sorted(row[0] for row in cache.execute("SELECT title FROM rss_item"))


# docs/polling.md gives it to those who use sfeed.
SFEED_BY_ID = """merge() { sort -s -u -t "$(printf '\\t')" -k6,6 "$3" "$2" 2>/dev/null; }"""


def sfeed(url: str, home: Path, polls: int, more: str = "") -> list[str]:
    """The titles that sfeed holds; its `fetch` is the documented one with curl's ETag files, `more` goes to sfeedrc."""
    program = need("sfeed_update")
    etag = home / "etag"
    etag.touch()
    (home / "sfeedrc").write_text(
        f'sfeedpath="{home}/feeds"\n'
        f'fetch() {{ curl -sf -m 15 --compressed --etag-compare "{etag}" --etag-save "{etag}.new" "$2" &&'
        f' if [ -s "{etag}.new" ]; then mv "{etag}.new" "{etag}"; fi; }}\n'
        f'feeds() {{ feed "test" "{url}"; }}\n{more}\n'
    )
    for _ in range(polls):
        _run([program, str(home / "sfeedrc")], home)
    lines = (home / "feeds" / "test").read_text().splitlines()
    return sorted(line.split("\t")[1] for line in lines)


def rss2email(url: str, home: Path, polls: int) -> list[str]:
    """The subjects of the messages that rss2email has delivered into a maildir."""
    inbox = home / "Maildir" / "INBOX"
    command = [need("r2e"), "-c", str(home / "config"), "-d", str(home / "seen.json")]
    if not inbox.exists():
        for part in ("new", "cur", "tmp"):
            (inbox / part).mkdir(parents=True)
        _run([*command, "new", "me@mail.example"], home)
        text = (home / "config").read_text()
        for name, value in (("protocol", "maildir"), ("maildir-path", home / "Maildir"), ("maildir-mailbox", "INBOX")):
            key = f"email-{name}" if name == "protocol" else name
            text = re.sub(rf"(?m)^{key} = .*\n", "", text).replace("[DEFAULT]\n", f"[DEFAULT]\n{key} = {value}\n")
        (home / "config").write_text(text)
        _run([*command, "add", "test", url], home)
    for _ in range(polls):
        _run([*command, "run"], home)
    messages = (
        email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in (inbox / "new").iterdir()
    )
    return sorted(str(message["Subject"]) for message in messages)


def liferea(url: str, home: Path) -> list[str]:
    """The titles that liferea holds after it started and was told to refresh everything; it wants a screen."""
    need("Xvfb"), need("dbus-run-session")
    for part in ("run", ".config/liferea"):
        (home / part).mkdir(parents=True, exist_ok=True)
    (home / "run").chmod(0o700)
    (home / ".config" / "liferea" / "feedlist.opml").write_text(
        '<?xml version="1.0"?><opml version="1.0"><head><title>f</title></head><body>'
        f'<outline title="test" text="test" type="rss" xmlUrl="{url}" id="abcdefg" updateInterval="1"/></body></opml>'
    )
    refresh = (
        "dbus-send --session --print-reply --dest=org.gnome.feed.Reader /org/gnome/feed/Reader "
        "org.gnome.feed.Reader.Refresh"
    )
    inner = f"timeout 60 {need('liferea')} >/dev/null 2>&1 & sleep 20; {refresh}; sleep 12; kill %1; wait %1"
    command = ["xvfb-run", "-a", "dbus-run-session", "--", "bash", "-c", inner]
    # Its cache may lie wherever the session's own settings say, so all of them point here.
    places = {
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": home / "run",
    }
    environment = {**os.environ, "HOME": str(home), "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1", "LANG": "C.UTF-8"}
    environment |= {name: str(path) for name, path in places.items()} | {"WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
    subprocess.run(command, env=environment, capture_output=True, check=False, timeout=180)
    with closing(sqlite3.connect(home / ".local/share/liferea/liferea.db")) as cache:
        return sorted(row[0] for row in cache.execute("SELECT title FROM items"))


def _run(command: list[str], home: Path) -> None:
    environment = {**os.environ, "HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
