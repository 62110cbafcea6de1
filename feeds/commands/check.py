"""`dateline check`: what would become of these files, and why; nothing is stored."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import structlog
from rich.table import Table
from rich.text import Text

from feeds.authority import load_authority
from feeds.commands.common import OUT, plain_errors, settings_from_environment
from feeds.errors import SeedError
from feeds.ingest.compose import compose, story_of
from feeds.ingest.scan import is_visible
from feeds.ingest.setup import open_preparer
from feeds.ingest.take import take
from feeds.logs import shown
from feeds.reading import BlockKind
from feeds.reading.read import read_article
from feeds.syndication.gate import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feeds.authority import Authority
    from feeds.ingest.prepare import Preparer
    from feeds.reading import Article, Brief
    from storage.types import EventDate, Evidence, Published, Report, Tag

log = structlog.get_logger()

_TEXT_SHOWN = 300
# The keys of an answer beside `path` and `error`: what is null, and what is empty, where a file is no article.
_VALUES = (
    *("title", "summary", "text", "language", "url", "source"),
    *("published", "interval", "precision", "basis", "confidence"),
)
_LISTS = ("evidence", "conflicts", "actors", "topics", "briefs", "events", "left_out", "notes")


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its article and the report that would be stored, or the reason why there is none."""

    path: str
    article: Article | None = None
    report: Report | None = None
    error: str = ""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Say what would become of these files or folders: title, date, topics and actors, each with its reason.

    Nothing is stored. Exit code 1 if any of the files is no article.
    """
    settings = settings_from_environment()
    with plain_errors():
        authority = load_authority(settings.authority_dir)
        preparer = open_preparer(settings, authority, refusal)
    failed = False
    for checked in _check_all(paths, preparer):
        failed |= bool(checked.error)
        if as_json:
            click.echo(json.dumps(to_json(checked, authority), ensure_ascii=False))
        else:
            _print(checked, authority)
    raise SystemExit(1 if failed else 0)


def _check_all(paths: Iterable[Path], preparer: Preparer) -> Iterator[Checked]:
    for path in paths:
        for file in _seeds(path) if path.is_dir() else [path]:
            yield _check_one(file, preparer)


def _seeds(folder: Path) -> list[Path]:
    """The files below a folder that the worker would look at: none with a hidden or half-delivered name on its path."""
    found = (file for file in folder.rglob("*") if all(map(is_visible, _names_below(folder, file))))
    return sorted(file for file in found if file.is_file())


def _names_below(folder: Path, file: Path) -> list[bytes]:
    return [os.fsencode(name) for name in file.relative_to(folder).parts]


def _check_one(file: Path, preparer: Preparer) -> Checked:
    """Check one of many: whatever goes wrong with it, the others are checked."""
    try:
        return check_file(file, preparer)
    except Exception as error:
        # A defect of ours; the worker would say the same and go on.
        label = shown(os.fsencode(file))
        log.exception("seed failed", seed=label)
        return Checked(label, error=f"Dateline failed on it: {type(error).__name__}: {error}")


def check_file(path: Path, preparer: Preparer) -> Checked:
    """Read, date and tag one file as the worker would."""
    name = os.fsencode(path.name)
    label = shown(os.fsencode(path))
    if not os.path.lexists(path):
        return Checked(label, error="there is no such file")
    try:
        article = read_article(take(path.parent, name, preparer.max_bytes), shown(name), preparer.tools)
    except SeedError as error:
        return Checked(label, error=str(error))
    return Checked(label, article, compose(article, preparer.tagger.tag(story_of(article))))


def to_json(checked: Checked, authority: Authority) -> dict[str, Any]:
    """The JSON object of one file; keys are always the same, values null or empty where there is nothing to say."""
    report, article = checked.report, checked.article
    if report is None or article is None:
        nothing = dict.fromkeys(_VALUES) | {key: [] for key in _LISTS}
        return {"path": checked.path, **nothing, "error": checked.error}
    names = _names(authority)
    return {
        "path": checked.path,
        "title": report.title,
        "summary": report.summary,
        "text": report.body,
        "language": report.language,
        "published": _value(report.published),
        "interval": _interval(report.published),
        "precision": report.published.precision,
        "basis": report.published.basis,
        "confidence": report.published.confidence,
        "evidence": [_evidence(each) for each in report.published.evidence],
        "conflicts": list(report.published.conflicts),
        "url": report.url,
        "source": report.source,
        "actors": [_tag(each, names) for each in report.tags if each.kind == "actor"],
        "topics": [_tag(each, names) for each in report.tags if each.kind == "topic"],
        "briefs": [_brief(each) for each in article.briefs],
        "events": [_event(each) for each in article.events],
        "left_out": [
            {"kind": str(block.kind), "rule": block.rule, "text": block.text, "start": block.start, "end": block.end}
            for block in article.blocks
            if block.kind is not BlockKind.BODY
        ],
        "notes": list(report.notes),
        "error": None,
    }


def _value(published: Published) -> str | None:
    if published.instant:
        return published.instant.isoformat()
    return published.first.isoformat() if published.first and published.first == published.last else None


def _interval(published: Published) -> list[str] | None:
    if published.first is None or published.last is None or published.first == published.last:
        return None
    return [published.first.isoformat(), published.last.isoformat()]


def _evidence(each: Evidence) -> dict[str, Any]:
    return {"text": each.text, "zone": each.zone, "offset": each.offset, "rule": each.rule}


def _event(event: EventDate) -> dict[str, Any]:
    return {
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "instant": event.instant.isoformat() if event.instant else None,
        "sentence": event.sentence,
        "evidence": [_evidence(each) for each in event.evidence],
    }


def _brief(brief: Brief) -> dict[str, Any]:
    events = [_event(each) for each in brief.events]
    return {"title": brief.title, "text": brief.text, "language": brief.language, "events": events}


def _tag(tag: Tag, names: Mapping[tuple[str, str], tuple[str, str]]) -> dict[str, Any]:
    label, kind = names[tag.kind, tag.slug]
    return {
        "slug": tag.slug,
        "name": label,
        "type": kind,
        "role": tag.role,
        "salience": round(tag.salience, 3),
        "evidence": [_evidence(each) for each in tag.evidence],
    }


def _names(authority: Authority) -> dict[tuple[str, str], tuple[str, str]]:
    actors = {("actor", each.slug): (each.label, each.type) for each in authority.actors.values()}
    return actors | {("topic", each.slug): (each.label, "topic") for each in authority.topics.values()}


def _print(checked: Checked, authority: Authority) -> None:
    OUT.rule(Text(checked.path), align="left")
    if checked.report is None or checked.article is None:
        OUT.print(Text(f"no article: {checked.error}"))
        return
    report, names = checked.report, _names(authority)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for word, value in (
        ("title", report.title),
        ("date", f"{report.published.edtf or 'unknown'} ({report.published.basis}, {report.published.confidence})"),
        ("why", _why(report.published.evidence)),
        ("language", report.language),
        ("summary", report.summary),
        ("text", _opening(report.body)),
        *(("note", note) for note in (*report.notes, *report.published.conflicts)),
    ):
        table.add_row(word, Text(value))
    for tag in report.tags:
        label = names[tag.kind, tag.slug][0]
        table.add_row(tag.kind, Text(f"{label} ({tag.role}, {tag.salience:.2f}): {_why(tag.evidence)}"))
    for brief in checked.article.briefs:
        table.add_row("brief", Text(brief.title))
    for block in checked.article.blocks:
        if block.kind is not BlockKind.BODY:
            table.add_row("left out", Text(f"{block.kind} by {block.rule or 'place'}: {block.text[:100]!r}"))
    OUT.print(table)


def _opening(text: str) -> str:
    shown = text if len(text) <= _TEXT_SHOWN else f"{text[:_TEXT_SHOWN]}…"
    return f"{shown} ({len(text):,} characters)".strip()


def _why(evidence: Iterable[Evidence]) -> str:
    return ", ".join(f"“{each.text}” in the {each.zone} ({each.rule})" for each in evidence) or "nothing in it says"
