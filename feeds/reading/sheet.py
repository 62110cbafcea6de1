"""A page under judgement: its lines, and for each the kind that was found so far and the rule that found it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from feeds.reading import BlockKind
from feeds.reading.dates.dateline import find_filed, is_credited_date, is_dateline, label_of, stamps_of
from feeds.reading.page import Hint, Line
from feeds.reading.shape import Shape, shape
from feeds.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from feeds.reading.rules import Rule, Rules

TAIL = 0.4  # a section may be cut off only beyond this share of the text
_MARKER_WEIGHT = 45  # a line that recurs and is lighter than this marks something; it says nothing
_MARKER_WORDS = 6
_EXTRA = 15
_MAX_LABELS = 8
_MAX_LABELLED = 0.2
_HEADLINE = 14  # a lighter link is a name
_ADDRESS = re.compile(r"://|@|^www\.|^[\[(]|\b10\.\d{4}/")
_FEW = 2  # a caption and a lead may stand above the line that dates the report
_CHRONOLOGY = 2  # more days than this on lines of their own are what the report is about


class Mark(NamedTuple):
    """The kind of a line and the rule that gave it."""

    kind: BlockKind
    rule: str
    after_caption: bool = False


@dataclass(slots=True)
class Sheet:
    """Lines and their marks; a line without a mark is still thought to be body."""

    lines: list[Line]
    marks: list[Mark | None]
    shapes: list[Shape]

    @property
    def marked_up(self) -> bool:
        """Tell whether the lines are those of a page in which paragraphs and links are known."""
        return any(line.hint is Hint.PARAGRAPH for line in self.lines)

    def free(self, at: int) -> bool:
        """Tell whether the line is unmarked."""
        return self.marks[at] is None

    def paragraph(self, at: int) -> bool:
        """Tell whether the line is running text that nothing claims yet."""
        return self.marks[at] is None and self.shapes[at].paragraph

    def paragraphs(self) -> list[int]:
        """The positions of all unclaimed running text."""
        return [at for at in range(len(self.lines)) if self.paragraph(at)]

    def mark(self, at: int, kind: BlockKind, rule: str) -> None:
        """Claim a line."""
        self.marks[at] = Mark(kind, rule)

    def shares(self) -> list[float]:
        """For each line, the share (0..1) of the page's weight that lies before it."""
        total = sum(look.weight for look in self.shapes) or 1
        before = accumulate((look.weight for look in self.shapes), initial=0)
        return [one / total for one in before][:-1]


def open_sheet(lines: Iterable[Line], rules: Rules) -> Sheet:
    """Lay out a page: cut off furniture at line ends, then mark what a line shows by itself."""
    pieces = [piece for line in lines for piece in _trim(line, rules.trims)]
    sheet = Sheet([line for line, _ in pieces], [mark for _, mark in pieces], [shape(line.text) for line, _ in pieces])
    _split_dateline(sheet)
    _mark_hints(sheet)
    _mark_datelines(sheet)
    _mark_by_rules(sheet, [rule for rule in rules.lines if rule.where == "any"], range(len(sheet.lines)))
    _mark_recurring(sheet)
    _mark_placed(sheet, rules.lines)
    return sheet


def _trim(line: Line, trims: Sequence[Rule]) -> list[tuple[Line, Mark | None]]:
    before: list[tuple[Line, Mark | None]] = []
    after: list[tuple[Line, Mark | None]] = []
    rest = line
    for rule in trims:
        cut = _cut(rest.text, rule)
        if cut is None or not cut[1]:
            continue
        if rule.form == "start":
            piece, rest = _split(rest, *cut)
            before.append((piece, Mark(rule.kind, rule.id)))
        else:
            rest, piece = _split(rest, cut[1], cut[0])
            after.append((piece, Mark(rule.kind, rule.id)))
    return [*before, (rest, None), *reversed(after)]


def _split(line: Line, first: str, second: str) -> tuple[Line, Line]:
    """Two lines out of one; where repair changed the text, the border lies as far in as the first part is long."""
    border = min(max(line.start + len(first), line.start + 1), max(line.end - 1, line.start + 1))
    return replace(line, text=first, end=border), replace(
        line, text=second, start=border, end=max(line.end, border + 1)
    )


def _split_dateline(sheet: Sheet) -> None:
    """Part an agency's dateline from the first paragraph that begins with one."""
    for at, line in enumerate(sheet.lines):
        if sheet.paragraph(at) and (filed := find_filed(line.text)):
            parts = _split(line, line.text[: filed.end].strip(), line.text[filed.end :].strip())
            sheet.lines[at : at + 1] = parts
            sheet.marks[at : at + 1] = [Mark(BlockKind.DATELINE, "agency-dateline"), None]
            sheet.shapes[at : at + 1] = [shape(part.text) for part in parts]
            return


def _cut(text: str, rule: Rule) -> tuple[str, str] | None:
    """The piece that the rule cuts off, and what is left."""
    if rule.pattern is None:
        return None
    if rule.form == "start":
        match = rule.pattern.match(text)
        return (match[0].strip(), text[match.end() :].strip()) if match and match[0].strip() else None
    last = next(reversed(list(rule.pattern.finditer(text))), None)
    if last is None or last.end() != len(text) or not last[0].strip():
        return None
    return last[0].strip(), text[: last.start()].strip()


def _mark_hints(sheet: Sheet) -> None:
    for at, line in enumerate(sheet.lines):
        if line.hint is Hint.CAPTION:
            sheet.mark(at, BlockKind.CAPTION, "markup-caption")
        elif line.hint is Hint.LINK and _is_promotion(line.text, sheet.shapes[at]):
            sheet.mark(at, BlockKind.NOTICE, "markup-link-only")


def _is_promotion(text: str, look: Shape) -> bool:
    """A link of its own line that reads like a headline; a source, an address or a whole statement is the author's."""
    return look.heading and look.weight >= _HEADLINE and not text[:1].islower() and not _ADDRESS.search(text)


def _mark_datelines(sheet: Sheet) -> None:
    """Lines that are mostly a date, near the top or the end, or labelled; a chronology has others in between.

    A line of month, day and weekday alone is as often a timetable's: it stands above the text, or has a label.
    """
    found = [at for at, line in enumerate(sheet.lines) if sheet.free(at) and is_dateline(line.text)]
    stamps = {at: stamps_of(sheet.lines[at].text) for at in found}
    bare = {read.day for at in found for read, label in stamps[at] if label == "unlabelled"}
    bodies = sheet.paragraphs()
    above = _FEW if len(bare) <= _CHRONOLOGY else 0
    top = bodies[above] if len(bodies) > above else len(sheet.lines)
    first, last = (bodies[0], bodies[-1]) if bodies else (0, -1)
    for at in _credited(sheet, first):
        sheet.mark(at, BlockKind.DATELINE, "date-and-byline")
    without_year = {sheet.lines[at].text for at in found if at < first and not stamps[at]}
    for at in found:
        if stamps[at]:
            counts = at < top or at > last or any(label != "unlabelled" for _, label in stamps[at])
        else:
            alone = at < first and len(without_year) == 1
            counts = alone or label_of(sheet.lines[at].text) != "unlabelled"
        if counts:
            sheet.mark(at, BlockKind.DATELINE, "date-line")


def _credited(sheet: Sheet, end: int) -> list[int]:
    """Lines above the text that name a date and whose report it is; the first of a plain text is its title."""
    begin = 0 if sheet.marked_up else 1
    return [at for at in range(begin, end) if sheet.free(at) and is_credited_date(sheet.lines[at].text)]


def _mark_by_rules(sheet: Sheet, rules: Sequence[Rule], where: Iterable[int]) -> None:
    for at in where:
        if not sheet.free(at):
            continue
        text, look = sheet.lines[at].text, sheet.shapes[at]
        for rule in rules:
            if look.weight <= rule.max and rule.matches(text, look):  # most lines are too heavy: spare the call
                sheet.marks[at] = Mark(rule.kind, rule.id, rule.after_caption)
                break


def _mark_placed(sheet: Sheet, rules: Sequence[Rule]) -> None:
    """Apply the rules that hold only before the first paragraph, or only towards the end."""
    bodies = sheet.paragraphs()
    first, last = (bodies[0], bodies[-1]) if bodies else (len(sheet.lines), -1)
    top = next((at for at in range(len(sheet.lines)) if sheet.free(at)), 0)
    shares = sheet.shares()
    everywhere = range(len(sheet.lines))
    _mark_by_rules(sheet, [rule for rule in rules if rule.where == "head"], range(first))
    _mark_by_rules(sheet, [rule for rule in rules if rule.where == "inner"], [at for at in everywhere if at != last])
    _mark_by_rules(sheet, [rule for rule in rules if rule.where == "below"], [at for at in everywhere if at > top])
    tail = [at for at in everywhere if at > last or shares[at] >= TAIL]
    _mark_by_rules(sheet, [rule for rule in rules if rule.where == "tail"], tail)
    edges = [at for at in everywhere if at <= first or at >= last]
    _mark_by_rules(sheet, [rule for rule in rules if rule.where == "edge"], edges)


def _mark_recurring(sheet: Sheet) -> None:
    """A short line that recurs is a label of the page (`By our desk`, `Advertisement`), whatever it says."""
    folded = [
        fold(line.text) if _could_recur(line.text, look) else ""
        for line, look in zip(sheet.lines, sheet.shapes, strict=True)
    ]
    counts = Counter(text for text in folded if text)
    first = next((text for at, text in enumerate(folded) if sheet.free(at)), "")
    labels = {text for text, count in counts.items() if count > 1 and (text != first or count > 2)}  # noqa: PLR2004
    if _is_list(sheet, [at for at, text in enumerate(folded) if text in labels], labels):
        return
    for at, text in enumerate(folded):
        if text and sheet.free(at) and (text in labels or _is_made_of(text, labels)):
            sheet.mark(at, BlockKind.NOTICE, "recurring-line")


def _is_list(sheet: Sheet, recurring: Sequence[int], labels: Collection[str]) -> bool:
    """Where many different lines recur, or they are much of the page, it is a list: of products, players, verses."""
    total = sum(look.weight for look in sheet.shapes)
    return len(labels) > _MAX_LABELS or sum(sheet.shapes[at].weight for at in recurring) > _MAX_LABELLED * total


def _could_recur(text: str, look: Shape) -> bool:
    if look.weight > _MARKER_WEIGHT or look.sentence or not look.heading:
        return False
    return len(text.split()) <= _MARKER_WORDS and not text.rstrip().endswith((":", "："))


def _is_made_of(text: str, labels: set[str]) -> bool:
    """Two labels on one line, or a label with a little more, are a label too."""
    for label in labels:
        if len(label) > 3 and label in text:  # noqa: PLR2004 - a shorter one occurs in anything
            rest = text.replace(label, "").strip()
            if not rest or rest in labels or (len(rest) <= _EXTRA and len(rest) <= len(label)):
                return True
    return False


def same_words(one: str, other: str) -> bool:
    """Tell whether two lines say the same, punctuation and case aside."""
    return bool(one and other) and fold(one) == fold(other)


def strip_label(text: str) -> str:
    """Drop list bullets and Markdown marks from the start of a line."""
    return re.sub(r"^(?:[-*•·‣▪]\s+|#{1,6}\s+|\d{1,2}[.)]\s+)", "", text).strip()
