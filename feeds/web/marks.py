"""Where in a text the words stand that gave its date and tags: the text cut at their edges, to be marked; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storage.types import Evidence, Report

LIGHTS = 60  # how many lines style.css can tell apart, besides the date
ZONES = ("title", "summary", "body")


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that was read from words of the report: its date, a tag or an event, by its place on the page.

    `number` ties the words to the line that names them; `kind` gives the colour.
    """

    number: int
    kind: str
    evidence: tuple[Evidence, ...]

    @property
    def light(self) -> int:
        """The number by which the stylesheet lights words and line; where there are very many, two share one."""
        return self.number and 1 + (self.number - 1) % LIGHTS


@dataclass(frozen=True, slots=True)
class Span:
    """Some characters of one text, and the reason they stand for."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same reasons; `anchor` is set where one of them begins."""

    text: str
    reasons: tuple[Reason, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A report's texts in pieces; the body by paragraphs. `reasons`: the date, then the tags, then the events.

    `summary` is empty where the body says the same; what was read from it is then evidence from the body.
    """

    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    body: tuple[tuple[Piece, ...], ...]
    reasons: tuple[Reason, ...]


def mark(report: Report) -> Marked:
    """Cut the texts of a report where its evidence begins and ends.

    Evidence whose words are not at its offset marks nothing: better no mark than a wrong one.
    """
    repeated = report.summary in report.body
    reasons = tuple(_in_body(report, reason) for reason in _reasons(report)) if repeated else tuple(_reasons(report))
    texts = {"title": report.title, "summary": "" if repeated else report.summary, "body": report.body}
    spans = {zone: list(_spans(texts[zone], zone, reasons)) for zone in ZONES}
    return Marked(
        title=tuple(_cut(report.title, 0, spans["title"], "title")),
        summary=tuple(_cut(texts["summary"], 0, spans["summary"], "summary")),
        body=tuple(
            tuple(_cut(paragraph, start, spans["body"], "body")) for start, paragraph in _paragraphs(report.body)
        ),
        reasons=reasons,
    )


def anchor(piece: Evidence) -> str | None:
    """The name of the place on the page where the words stand, if they stand in a text of the report."""
    return f"{piece.zone}-{piece.offset}" if piece.zone in ZONES and piece.offset is not None else None


def anchors(marked: Marked) -> frozenset[str]:
    """The places that are on the page."""
    pieces = (*marked.title, *marked.summary, *(piece for paragraph in marked.body for piece in paragraph))
    return frozenset(piece.anchor for piece in pieces if piece.anchor)


def _reasons(report: Report) -> Iterator[Reason]:
    yield Reason(0, "date", report.published.evidence)
    told = [*((tag.kind, tag.evidence) for tag in report.tags), *(("event", one.evidence) for one in report.events)]
    for number, (kind, evidence) in enumerate(told, start=1):
        yield Reason(number, kind, evidence)


def _in_body(report: Report, reason: Reason) -> Reason:
    start = report.body.index(report.summary)
    return replace(reason, evidence=tuple(_moved(piece, report.summary, start) for piece in reason.evidence))


def _moved(piece: Evidence, summary: str, start: int) -> Evidence:
    if piece.zone != "summary" or piece.offset is None or not _stands(summary, piece):
        return piece
    return piece._replace(zone="body", offset=start + piece.offset)


def _spans(text: str, zone: str, reasons: Iterable[Reason]) -> Iterator[Span]:
    for reason in reasons:
        for piece in reason.evidence:
            if piece.zone == zone and piece.offset is not None and _stands(text, piece):
                yield Span(piece.offset, piece.offset + len(piece.text), reason)


def _stands(text: str, piece: Evidence) -> bool:
    start = piece.offset
    return start is not None and piece.text != "" and text[start : start + len(piece.text)] == piece.text


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in body.split("\n\n"):
        if paragraph.strip():
            yield start, paragraph
        start += len(paragraph) + 2


def _cut(text: str, start: int, spans: Sequence[Span], zone: str) -> Iterator[Piece]:
    """Cut a text that begins at `start` of its zone; a span that reaches beyond it is marked as far as it goes."""
    end = start + len(text)
    here = [span for span in spans if span.start < end and span.end > start]
    edges = sorted({start, end, *(max(span.start, start) for span in here), *(min(span.end, end) for span in here)})
    begins = {max(span.start, start): span.start for span in here}
    for first, last in pairwise(edges):
        over = {span.reason.number: span.reason for span in here if span.start <= first and span.end >= last}
        named = f"{zone}-{begins[first]}" if first in begins and begins[first] == first else None
        yield Piece(text[first - start : last - start], tuple(over[number] for number in sorted(over)), named)
