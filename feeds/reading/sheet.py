"""A page under judgement: its lines, and for each the kind that was found so far and the rule that found it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from feeds.reading import BlockKind
from feeds.reading.dates.dateline import is_dateline
from feeds.reading.page import Hint, Line
from feeds.reading.shape import ends_sentence, is_heading, is_paragraph, weight
from feeds.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.reading.rules import Rule, Rules

TAIL = 0.4  # a section may be cut off only beyond this share of the text
_MARKER_WEIGHT = 45  # a line that recurs and is lighter than this marks something; it says nothing
_MARKER_WORDS = 6
_EXTRA = 15


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

    def free(self, at: int) -> bool:
        """Tell whether the line is unmarked."""
        return self.marks[at] is None

    def paragraph(self, at: int) -> bool:
        """Tell whether the line is running text that nothing claims yet."""
        return self.marks[at] is None and is_paragraph(self.lines[at].text)

    def paragraphs(self) -> list[int]:
        """The positions of all unclaimed running text."""
        return [at for at in range(len(self.lines)) if self.paragraph(at)]

    def mark(self, at: int, kind: BlockKind, rule: str) -> None:
        """Claim a line."""
        self.marks[at] = Mark(kind, rule)

    def shares(self) -> list[float]:
        """For each line, the share (0..1) of the page's weight that lies before it."""
        weights = [weight(line.text) for line in self.lines]
        total, before, shares = sum(weights) or 1, 0, []
        for one in weights:
            shares.append(before / total)
            before += one
        return shares


def open_sheet(lines: Iterable[Line], rules: Rules) -> Sheet:
    """Lay out a page: cut off furniture at line ends, then mark what a line shows by itself."""
    sheet = Sheet([], [])
    for line in lines:
        for piece, mark in _trim(line, rules.trims):
            sheet.lines.append(piece)
            sheet.marks.append(mark)
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
        if cut is None:
            continue
        piece, kept = cut
        target = before if rule.form == "start" else after
        target.append((replace(rest, text=piece), Mark(rule.kind, rule.id)))
        rest = replace(rest, text=kept)
    return [*before, *([(rest, None)] if rest.text else []), *reversed(after)]


def _cut(text: str, rule: Rule) -> tuple[str, str] | None:
    """The piece that the rule cuts off, and what is left."""
    if rule.pattern is None:
        return None
    if rule.form == "start":
        match = rule.pattern.match(text)
        return (match[0].strip(), text[match.end() :].strip()) if match and match[0].strip() else None
    last = None
    for last in rule.pattern.finditer(text):
        pass
    if last is None or last.end() != len(text) or not last[0].strip():
        return None
    return last[0].strip(), text[: last.start()].strip()


def _mark_hints(sheet: Sheet) -> None:
    for at, line in enumerate(sheet.lines):
        if line.hint is Hint.CAPTION:
            sheet.mark(at, BlockKind.CAPTION, "markup-caption")
        elif line.hint is Hint.LINK:
            sheet.mark(at, BlockKind.NOTICE, "markup-link-only")


def _mark_datelines(sheet: Sheet) -> None:
    for at, line in enumerate(sheet.lines):
        if sheet.free(at) and is_dateline(line.text):
            sheet.mark(at, BlockKind.DATELINE, "date-line")


def _mark_by_rules(sheet: Sheet, rules: Sequence[Rule], where: Iterable[int]) -> None:
    for at in where:
        if not sheet.free(at):
            continue
        for rule in rules:
            if rule.matches(sheet.lines[at].text):
                sheet.marks[at] = Mark(rule.kind, rule.id, rule.after_caption)
                break


def _mark_placed(sheet: Sheet, rules: Sequence[Rule]) -> None:
    """Apply the rules that hold only before the first paragraph, or only towards the end."""
    bodies = sheet.paragraphs()
    first, last = (bodies[0], bodies[-1]) if bodies else (len(sheet.lines), -1)
    shares = sheet.shares()
    everywhere = range(len(sheet.lines))
    _mark_by_rules(sheet, [rule for rule in rules if rule.where == "head"], range(first))
    _mark_by_rules(sheet, [rule for rule in rules if rule.where == "inner"], [at for at in everywhere if at != last])
    _mark_by_rules(
        sheet,
        [rule for rule in rules if rule.where == "tail"],
        [at for at in everywhere if at > last or shares[at] >= TAIL],
    )


def _mark_recurring(sheet: Sheet) -> None:
    """A short line that recurs is a label of the page (`By our desk`, `Advertisement`), whatever it says."""
    folded = [fold(line.text) if _could_recur(line.text) else "" for line in sheet.lines]
    counts = Counter(text for text in folded if text)
    first = next((text for at, text in enumerate(folded) if sheet.free(at)), "")
    labels = {text for text, count in counts.items() if count > 1 and (text != first or count > 2)}  # noqa: PLR2004
    for at, text in enumerate(folded):
        if text and sheet.free(at) and (text in labels or _is_made_of(text, labels)):
            sheet.mark(at, BlockKind.NOTICE, "recurring-line")


def _could_recur(text: str) -> bool:
    if weight(text) > _MARKER_WEIGHT or ends_sentence(text) or not is_heading(text):
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
