"""One seed taken, read, dated and tagged, outside of any transaction; whatever is wrong with it becomes a reason."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import structlog

from feeds.errors import SeedError, SeedInvalid, SeedUnreadable
from feeds.ingest.compose import compose, compose_brief, story_of, story_of_brief
from feeds.ingest.take import take
from feeds.logs import shown
from feeds.reading.read import read_article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeds.ingest.scan import Sighting
    from feeds.reading.tools import Tools
    from feeds.tagging.tag import Tagger
    from storage.types import LedgerState, Report

    Gate = Callable[[Report], str | None]

log = structlog.get_logger()

_SAMPLE = b"""A first article

Busan, 3 February 2026 - Nobody wrote it and nobody will read it; the language of its words is found all the same.
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A seed ready for the store. `reports` are its article and then its briefs.

    There are none where the seed is refused, or its bytes are known already.
    """

    sighting: Sighting
    digest: str
    state: LedgerState
    reason: str = ""
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Preparer:
    """What reading a seed needs: the folder, the limit in bytes, the rules of reading, the tagger, the gate.

    The gate says why a report would make a feed invalid, or None: the read side's `feeds.syndication.gate.refusal`,
    which the write side does not know of itself.
    """

    folder: Path
    max_bytes: int
    tools: Tools
    tagger: Tagger
    gate: Gate

    def warm_up(self) -> None:
        """Load what is loaded with the first article (language model, date patterns), so that none waits for it."""
        self.reports_of(b"first.txt", _SAMPLE)

    def prepare(self, sighting: Sighting, known: Callable[[bytes, str], bool]) -> Prepared:
        """Read one seed, unless `known(name, digest)` says that its bytes need no reading."""
        try:
            data = take(self.folder, sighting.name, self.max_bytes, sighting.stat_key)
        except SeedUnreadable as error:
            return Prepared(sighting, "", "unreadable", str(error))
        except SeedError as error:
            return Prepared(sighting, "", "rejected", str(error))
        digest = sha256(data).hexdigest()
        if known(sighting.name, digest):
            return Prepared(sighting, digest, "stored")
        return self._read(sighting, digest, data)

    def _read(self, sighting: Sighting, digest: str, data: bytes) -> Prepared:
        try:
            return Prepared(sighting, digest, "stored", reports=self.reports_of(sighting.name, data))
        except SeedError as error:
            return Prepared(sighting, digest, "rejected", str(error))
        except Exception as error:
            # A defect of ours, and still no reason to lose the neighbours: one seed, one row, one traceback.
            log.exception("seed failed", seed=shown(sighting.name))
            return Prepared(sighting, digest, "rejected", f"Dateline failed on it: {type(error).__name__}: {error}")

    def reports_of(self, name: bytes, data: bytes) -> tuple[Report, ...]:
        """Turn bytes into the report of their article and those of the briefs that it carries along.

        Raises:
            SeedError: they are no article.

        """
        article = read_article(data, shown(name), self.tools)
        briefs = (compose_brief(each, article, self.tagger.tag(story_of_brief(each))) for each in article.briefs)
        story = story_of(article)
        reports = (compose(article, self.tagger.tag(story), self.tagger.unknown(story)), *briefs)
        for reason in filter(None, map(self.gate, reports)):
            raise SeedInvalid(f"its entry would break a feed: {reason}")
        return reports
