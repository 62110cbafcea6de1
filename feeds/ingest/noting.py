"""Note what an item says that the authority does not know, inside the transaction that stored it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.tagging import Story
from feeds.tagging.candidates import propose
from feeds.tagging.keyphrases import keyphrases
from storage.candidates import DECLARED, Candidate, note_candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.authority import Matcher
    from storage.engine import Connection
    from storage.types import Report

_LONGEST = 120  # characters of a name that the store keeps


def note_names(conn: Connection, item_id: int, report: Report, matcher: Matcher) -> None:
    """Keep as candidates what a stored report proposes; safe to call again for the same item."""
    for one in (*_people(report, matcher), *_declared(report), *_recurring(report)):
        note_candidate(conn, item_id, one)


def _people(report: Report, matcher: Matcher) -> Iterator[Candidate]:
    story = Story(report.title, report.summary, report.body, report.language, report.published)
    for one in propose(story, matcher):
        yield Candidate(one.name, one.language, "person", (one.title,), 1, (one.sentence,), "waiting")


def _declared(report: Report) -> Iterator[Candidate]:
    """The topics and actors that the seed declares itself and nobody knows."""
    for kind, name in report.unknown:
        if len(name) <= _LONGEST:
            what = "topic" if kind == "topic" else "person"
            yield Candidate(name, _language(report), what, (DECLARED,), 1, (report.title,), "waiting")


def _recurring(report: Report) -> Iterator[Candidate]:
    """Of a story without a topic, what its title and its text say again and again."""
    if not any(tag.kind == "topic" for tag in report.tags):
        for phrase in keyphrases(report.title, report.body):
            yield Candidate(phrase, _language(report), "topic", ("recurs",), 1, (report.title,), "waiting")


def _language(report: Report) -> str:
    return report.language.partition("-")[0].lower()
