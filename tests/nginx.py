"""A real nginx for tests, run with a configuration of docs/ whose addresses and paths are a test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.server import free_port, get

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOCS = Path(__file__).parent.parent / "docs"
_AROUND = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  include {folder}/site.conf;
}}
"""


@contextmanager
def nginx(name: str, folder: Path, changes: Mapping[str, str]) -> Iterator[str]:
    """Run nginx with docs/`name` after `changes` of its text; give its address. Each change must find its words."""
    binary = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if binary is None:
        reason = "no nginx is installed (Debian: apt install nginx)"
        if os.environ.get("DATELINE_TEST_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    port = free_port()
    own = {"listen 80;": f"listen 127.0.0.1:{port};", "    listen [::]:80;\n": ""}
    text = (DOCS / name).read_text()
    for old, new in {**own, **changes}.items():
        assert old in text, old
        text = text.replace(old, new)
    folder.mkdir()
    (folder / "site.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user))
    process = subprocess.Popen([binary, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"])
    try:
        _wait(f"http://127.0.0.1:{port}/nothing-here", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            get(url)
        except OSError:
            assert process.poll() is None, "nginx ended at once"
            assert time.monotonic() < until, "nginx does not answer"
            time.sleep(0.05)
        else:
            return
