"""How long `dateline retag` takes: `.venv/bin/python benchmarks/retag.py [ITEMS]` (5,000 if not given).

The store is filled with variants of the sample articles, tagged by an authority that lacks one actor of many; then the
whole authority retags it once with that much to change, and once with nothing to change.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from feeds.authority import Authority, load_authority, subjects
from feeds.errors import SeedError
from feeds.ingest.compose import compose, story_of
from feeds.ingest.put import feeds_for
from feeds.ingest.retag import retag
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools
from feeds.tagging.tag import Tagger
from storage.items import Fingerprint, insert_item
from storage.log import place_item
from storage.migrate import upgrade
from storage.names import sync_subjects
from storage.state import tick

LEFT_OUT = "donald-trump"  # nobody else in the authority hangs on him


def main(number: int) -> None:
    authority = load_authority(None)
    tools = load_tools(None)
    parents = {topic.slug: topic.parent for topic in authority.topics.values() if topic.parent}
    old = Tagger(_without(authority, LEFT_OUT))
    reports = []
    for path in sorted(Path("seeds").iterdir()):
        try:
            article = read_article(path.read_bytes(), path.name, tools)
        except (SeedError, IsADirectoryError):
            continue
        reports.append(compose(article, old.tag(story_of(article))))
    size = sum(len(report.body.encode()) for report in reports) / len(reports) / 1000
    with tempfile.TemporaryDirectory() as folder:
        store, _ = upgrade(f"sqlite:///{folder}/store.db")
        now = datetime.now(UTC)
        with store.write() as conn:
            sync_subjects(conn, subjects(authority), (), tick(conn, now))
            for count in range(number):
                report = replace(reports[count % len(reports)], title=f"{reports[count % len(reports)].title} {count}")
                at = tick(conn, now)
                prints = Fingerprint(str(count), str(count))
                item_id = insert_item(conn, f"urn:uuid:{count}", report, prints, at=at, published_at=at)
                place_item(conn, item_id, feeds_for(report.tags, parents), revised=False, at=at)
        tagger = Tagger(authority)
        for what in ("much to change", "nothing to change"):
            began, cpu = time.perf_counter(), time.process_time()
            result = retag(store, tagger, parents, lambda _: None)
            took, cpu = time.perf_counter() - began, time.process_time() - cpu
            print(
                f"{result.seen:,} items of {size:.1f} KB, {what}: {result.changed:,} changed in {took:.1f} s, "
                f"{1000 * took / result.seen:.2f} ms each ({1000 * cpu / result.seen:.2f} ms of CPU); "
                f"100,000 in {100_000 * took / result.seen / 60:.1f} min ({1e5 * cpu / result.seen / 60:.1f} of CPU)"
            )
        store.dispose()


def _without(authority: Authority, slug: str) -> Authority:
    actors = {key: actor for key, actor in authority.actors.items() if key != slug}
    shared = tuple(one for one in authority.shared if slug not in one.actors)
    return replace(authority, actors=actors, shared=shared)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5_000)
