"""Coverage-guided fuzzing of the reader: `python -m tests.slow.atheris_reader CORPUS... -max_total_time=SECONDS`.

The first byte of an input picks the suffix, the rest is the file. Whatever is raised but the documented errors ends it.
"""

from __future__ import annotations

import sys

import atheris

# Only what is imported in here is watched; the readers of marked-up formats are loaded late by the reader itself.
with atheris.instrument_imports(include=["feeds.reading", "feeds.text"]):
    import feeds.reading.html
    import feeds.reading.json
    import feeds.reading.markdown  # noqa: F401 - to have it watched
    from feeds.reading.read import read_article
    from feeds.reading.tools import load_tools

from feeds.authority import load_authority
from feeds.errors import SeedError

SUFFIXES = (".txt", ".md", ".html", ".json", "")
TOOLS = load_tools(None, load_authority(None).matcher)


def read(data: bytes) -> None:
    """One input."""
    if not data:
        return
    try:
        article = read_article(data[1:], "seed" + SUFFIXES[data[0] % len(SUFFIXES)], TOOLS)
    except SeedError:
        return
    for text in (article.title, article.summary, article.body):
        text.encode("utf-8")


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
