"""How fast one process reads and tags, and how much memory it takes: `make bench-reading [FOLDER=...]`.

Texts come from the sample articles and, where it is given, from another folder. Ratios are what counts: the same
articles are also decoded and searched for nothing but their words, as the yardstick of this machine in this minute.
"""

from __future__ import annotations

import re
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.memory import of_worker
from feeds.authority import load_authority
from feeds.errors import SeedError
from feeds.ingest.compose import story_of
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools
from feeds.tagging.tag import Tagger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.reading.tools import Tools
    from feeds.tagging import Story

SECONDS = 5.0
WORD = re.compile(r"\w+")


def rate(act: Callable[[], object], number: int) -> float:
    """Articles a second: `act` handles `number` of them, again and again for some seconds of CPU."""
    act()  # warm: regular expressions, language model, opencc
    began, done = time.process_time(), 0
    while time.process_time() - began < SECONDS:
        act()
        done += number
    return done / (time.process_time() - began)


def _words(seeds: Sequence[tuple[str, bytes]]) -> None:
    for _, data in seeds:
        WORD.findall(data.decode("utf-8", "replace"))


def _read(seeds: Sequence[tuple[str, bytes]], tools: Tools) -> None:
    for name, data in seeds:
        read_article(data, name, tools)


def _tag(stories: Sequence[Story], tagger: Tagger) -> None:
    for story in stories:
        tagger.tag(story)


def main(folders: Sequence[str]) -> None:
    paths = [path for folder in folders for path in sorted(Path(folder).iterdir()) if path.is_file()]
    began = time.process_time()
    authority = load_authority(None)
    tools, tagger = load_tools(None, authority.matcher), Tagger(authority)
    print(f"start-up              {time.process_time() - began:8.2f} s of CPU")
    for name, suffixes in (("text", {".txt", ".md", ".json"}), ("HTML", {".html", ".htm"})):
        seeds = [(path.name, path.read_bytes()) for path in paths if path.suffix in suffixes]
        if not seeds:
            continue
        articles = []
        for seed, data in seeds:
            try:
                articles.append(read_article(data, seed, tools))
            except SeedError as error:
                print(f"{seed}: {error}")
        stories = [story_of(article) for article in articles]
        words = rate(partial(_words, seeds), len(seeds))
        read = rate(partial(_read, seeds, tools), len(seeds))
        tag = rate(partial(_tag, stories, tagger), len(stories))
        size = sum(len(data) for _, data in seeds) / len(seeds) / 1000
        print(
            f"{len(seeds):4} {name} of {size:6.1f} KB  read {read:8.1f}/s  tag {tag:8.1f}/s  yardstick {words:9.1f}/s"
        )
    for folder in folders:
        resident, private, most = of_worker(Path(folder))
        print(f"worker on {folder}: {resident:.1f} MB resident, {private:.1f} MB its own, {most:.1f} MB at the most")


if __name__ == "__main__":
    main(sys.argv[1:] or ["seeds"])
