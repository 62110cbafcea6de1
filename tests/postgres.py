"""A real PostgreSQL for the tests: a throw-away cluster that the fixtures start and stop."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"


def find_binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: on PATH, or where Debian keeps the newest one."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[-3]))
    return installed[-1].parent if installed else None


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """Run a cluster on a Unix socket and give the URL of its `postgres` database."""
    # A socket's path may have 107 characters at the most, so not under pytest's own folder.
    home = Path(tempfile.mkdtemp(prefix="dl-pg-"))
    data = home / "data"
    # PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes.
    user = "postgres" if os.geteuid() == 0 else None
    owner = pwd.getpwnam(user) if user else pwd.getpwuid(os.geteuid())
    os.chown(home, owner.pw_uid, owner.pw_gid)
    start = f"-k {home} {_OPTIONS}"
    _run(binaries / "initdb", "-D", data, "-A", "trust", "-U", "dateline", "-E", "UTF8", "--locale=C", user=user)
    _run(binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", start, "start", user=user)
    try:
        yield f"postgresql+psycopg://dateline@/postgres?host={home}"
    finally:
        _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop", user=user)
        shutil.rmtree(home)


def _run(*command: object, user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.returncode == 0, f"{command[0]} failed"
