"""Note the names of an item that the authority does not know, inside the transaction that stored it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.tagging import Story
from feeds.tagging.candidates import propose
from storage.candidates import Candidate, note_candidate

if TYPE_CHECKING:
    from feeds.authority import Matcher
    from storage.engine import Connection
    from storage.types import Report


def note_names(conn: Connection, item_id: int, report: Report, matcher: Matcher) -> None:
    """Keep the proposals of a stored report as candidates; safe to call again for the same item."""
    story = Story(report.title, report.summary, report.body, report.language, report.published)
    for one in propose(story, matcher):
        seen = Candidate(one.name, one.language, "person", (one.title,), 1, (one.sentence,), "waiting")
        note_candidate(conn, item_id, seen)
