"""What the worker loads before the first article comes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SEED = Path(__file__).parent.parent / "seeds" / "2024-06-29-freedom-edge-en.txt"
# In a process of its own: in this one other tests have loaded everything already.
LOADED = """
import sys
from pathlib import Path
from feeds.authority import load_authority
from feeds.ingest.setup import open_preparer
from feeds.settings import Settings

preparer = open_preparer(Settings(), load_authority(None))
preparer.warm_up()
before = set(sys.modules)
preparer.reports_of(b"a.txt", Path(sys.argv[1]).read_bytes())
print("py3langid" in before, sorted(set(sys.modules) - before))
"""


def test_the_first_article_after_warming_up_waits_for_no_module() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, SEED], capture_output=True, text=True, check=True)
    assert done.stdout == "True []\n"
