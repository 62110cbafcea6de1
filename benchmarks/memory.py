"""How much memory the worker holds once it has stored a folder: a real `dateline watch`, looked at from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

DATELINE = [sys.executable, "-m", "feeds"]


class Memory(NamedTuple):
    """In MB: all pages that are resident, those of no other process, and the most that ever were resident."""

    resident: float
    private: float
    most: float


def of_worker(folder: Path) -> Memory:
    with tempfile.TemporaryDirectory() as made:
        names = {"DATELINE_DATABASE_URL": f"sqlite:///{made}/store.db", "DATELINE_SEEDS_DIR": str(folder.resolve())}
        env = {**os.environ, **names, "DATELINE_LOG_FORMAT": "json"}
        subprocess.run([*DATELINE, "db", "upgrade"], env=env, check=True, stdout=subprocess.DEVNULL)
        with subprocess.Popen([*DATELINE, "watch"], env=env, stderr=subprocess.PIPE, text=True) as worker:
            try:
                assert worker.stderr is not None
                next(line for line in worker.stderr if json.loads(line)["event"] == "pass")
                return _of(worker.pid)
            finally:
                worker.terminate()


def _of(process: int) -> Memory:
    rows = [*_rows(process, "smaps_rollup"), *_rows(process, "status")]
    kilobytes = {row[0]: int(row[1]) for row in rows if row[-1] == "kB"}
    private = kilobytes["Private_Clean:"] + kilobytes["Private_Dirty:"]
    return Memory(kilobytes["Rss:"] / 1024, private / 1024, kilobytes["VmHWM:"] / 1024)


def _rows(process: int, name: str) -> list[list[str]]:
    return [line.split() for line in Path(f"/proc/{process}/{name}").read_text(encoding="ascii").splitlines()]
