"""Files made to be slow: none may cost a quarter of a second, or 100 MB, more than honest text of its size."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.slow.bombs import BOMBS

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 0.25, 100


@pytest.mark.slow
def test_hostile_files_cost_little_more_than_honest_ones() -> None:
    """One process for all, so that its own start costs nothing; the memory is what its peak rose by."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.slow.bombs"], cwd=ROOT, capture_output=True, text=True, timeout=1_200, check=True
    )
    costs = [json.loads(line) for line in run.stdout.splitlines()]

    assert len(costs) == len(BOMBS)
    assert [one for one in costs if one["over"] > SECONDS or one["megabytes"] > MEGABYTES or one["undocumented"]] == []
