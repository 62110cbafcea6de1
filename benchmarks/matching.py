"""How fast the authority starts and matches: `.venv/bin/python benchmarks/matching.py [ACTORS]` (100,000 if not given).

Made-up actors are laid over the shipped ones, in a folder as an operator would have it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.authority import load_authority
from feeds.authority.folding import fold
from feeds.tagging import Story
from feeds.tagging.tag import Tagger

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 5.0
FAMILIES = 2_000


def actors(number: int) -> str:
    """Persons of two names that no text has, every tenth with an office."""
    entries = []
    for count in range(number):
        family = f"Bel{_letters(count % FAMILIES)}"
        name = f"Zad{_letters(count)} {family}"
        entries.append(
            f'[[actor]]\nslug = "made-up-{count}"\ntype = "person"\nlabel = "{name}"\n'
            f'names = {{ en = ["{name}"], ko = ["{_hangul(count)}"] }}\nfamily = {{ en = "{family}" }}\n'
            + ('roles = [{ title = "Minister", of = "france", from = 2020-01-01 }]\n' if count % 10 == 0 else "")
        )
    return "\n".join(entries)


def _letters(number: int) -> str:
    text = ""
    while True:
        number, digit = divmod(number, 26)
        text += chr(97 + digit)
        if not number:
            return text


def _hangul(number: int) -> str:
    return "".join(chr(0xAC00 + (number * step) % 11_000) for step in (1, 7, 131)) + chr(0xAC00 + number // 11_000)


def rate(act: Callable[[], object], number: int) -> float:
    act()
    began, done = time.process_time(), 0
    while time.process_time() - began < SECONDS:
        act()
        done += number
    return done / (time.process_time() - began)


def main(number: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
    size = sum(len(text.encode()) for text in texts) / len(texts) / 1000
    with tempfile.TemporaryDirectory() as folder:
        if number:
            Path(folder, "actors.toml").write_text(actors(number), encoding="utf-8")
        began = time.perf_counter()
        cpu = time.process_time()
        authority = load_authority(Path(folder))
        loaded = time.perf_counter()
        matcher = authority.matcher
        compiled = time.perf_counter()
        print(
            f"{len(authority.actors):,} actors: read in {loaded - began:.2f} s, compiled in {compiled - loaded:.2f} s, "
            f"together {compiled - began:.2f} s, {time.process_time() - cpu:.2f} s of CPU"
        )
        automaton = matcher._automaton  # noqa: SLF001 - the raw match is what is measured
        folded = [fold(text).lower for text in texts]
        raw = rate(lambda: [automaton.find_matches_as_indexes(text, overlapping=True) for text in folded], len(texts))
        scan = rate(lambda: [matcher.scan(text) for text in texts], len(texts))
        tagger = Tagger(authority)
        stories = [Story("", "", text, "en") for text in texts]
        tag = rate(lambda: [tagger.tag(story) for story in stories], len(texts))
        print(
            f"{len(texts)} articles of {size:.1f} KB, a second: raw match {raw:,.0f}, scan {scan:,.0f}, tag {tag:,.0f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
