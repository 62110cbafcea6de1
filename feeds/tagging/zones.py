"""The zones of a story and what a mention in each weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from storage.types import Evidence

if TYPE_CHECKING:
    from feeds.tagging import Story

TITLE, LEAD, BODY = 3.0, 2.0, 1.0
_EVIDENCE_TEXT = 120  # code points of a matched text that are kept


class Zone(NamedTuple):
    """One text of a story. `weight_at(offset)` is what a mention there weighs."""

    name: str
    text: str
    weight: float
    lead: int = 0  # before this offset it is the story's lead

    def weight_at(self, offset: int) -> float:
        """Title 3, summary 2, body 1; the first paragraph of a body counts as the lead where there is no summary."""
        return LEAD if offset < self.lead else self.weight

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """The words from `start` to `end`."""
        return Evidence(self.text[start:end][:_EVIDENCE_TEXT], self.name, start, rule)


def zones(story: Story) -> tuple[Zone, ...]:
    """Title, summary and body of a story, those that are not empty, in reading order."""
    first = len(story.body.partition("\n\n")[0]) if not story.summary else 0
    texts = (
        Zone("title", story.title, TITLE),
        Zone("summary", story.summary, LEAD),
        Zone("body", story.body, BODY, first),
    )
    return tuple(zone for zone in texts if zone.text)
