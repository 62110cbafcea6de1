"""`dateline evaluate`: how well files are read, dated and tagged, by the word of a labelled set."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from feeds.authority import load_authority
from feeds.commands.check import check_file
from feeds.commands.common import ERR, OUT, Failure, plain_errors, progress_bar, settings_from_environment
from feeds.errors import LabelsError
from feeds.evaluation.figures import MEANINGS, Group, below, figures, load_floors
from feeds.evaluation.labels import load_labels
from feeds.evaluation.score import Answer, Score, TaggedActor, refused, score
from feeds.ingest.setup import open_preparer
from feeds.logs import set_up_logs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeds.authority import Authority
    from feeds.commands.check import Checked
    from feeds.evaluation.labels import Label
    from feeds.ingest.prepare import Preparer

_ALL = Group("all", ("*",), {})
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Speed:
    """Files of one suffix, and the seconds of CPU that reading and tagging them took."""

    files: int
    seconds: float

    @property
    def rate(self) -> float:
        """Files a second."""
        return self.files / max(self.seconds, 1e-9)


@click.command()
@click.argument("labels", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--files", type=click.Path(path_type=Path, file_okay=False), help="Where the files are [files/ beside LABELS]."
)
@click.option("--floors", type=click.Path(path_type=Path, dir_okay=False), help="TOML file of groups and least shares.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def evaluate(labels: Path, files: Path | None, floors: Path | None, *, as_json: bool) -> None:
    """Score reading, dating and tagging against LABELS, a labelled set (docs/accuracy.md), and list every miss.

    Exit code 1 if a figure is below its floor in --floors.
    """
    settings = settings_from_environment()
    if ERR.is_terminal:
        set_up_logs(settings.log_format, quiet=True)  # the progress bar says how it goes
    folder = files if files is not None else labels.parent / "files"
    with plain_errors():
        expected = load_labels(str(labels), _bytes(labels), lambda name: (folder / name).is_file())
        groups = load_floors(str(floors), _bytes(floors)) if floors is not None else ()
        authority = load_authority(settings.authority_dir)
        preparer = open_preparer(settings, authority)
    scores, speed = _score_all(expected, folder, preparer, authority)
    faults = [fault for group in groups for fault in _faults(group, scores)]
    if as_json:
        click.echo(json.dumps(_to_json(scores, (_ALL, *groups), speed, faults), ensure_ascii=False, indent=1))
    else:
        _print(scores, (_ALL, *groups), speed)
    if faults:
        raise Failure("\n       ".join(faults))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LabelsError(f"{path}: {error.strerror}") from error


def _score_all(
    labels: Sequence[Label], folder: Path, preparer: Preparer, authority: Authority
) -> tuple[list[Score], dict[str, Speed]]:
    """Judge every file. The first of each suffix is read twice: loading libraries is not what is timed."""
    scores: list[Score] = []
    speed: dict[str, Speed] = {}
    with progress_bar() as bar:
        for label in bar.track(labels, description="reading files"):
            path = folder / label.file
            if path.suffix not in speed:
                check_file(path, preparer)
            began = time.process_time()
            checked = check_file(path, preparer)
            spent = time.process_time() - began
            before = speed.get(path.suffix, Speed(0, 0.0))
            speed[path.suffix] = Speed(before.files + 1, before.seconds + spent)
            scores.append(_score(label, checked, authority))
    return scores, speed


def _score(label: Label, checked: Checked, authority: Authority) -> Score:
    report, article = checked.report, checked.article
    if report is None or article is None:
        return refused(label, checked.error)
    answer = Answer(
        title=report.title,
        summary=report.summary,
        text=report.body,
        language=report.language,
        published=report.published,
        actors=tuple(_tagged(tag.slug, authority) for tag in report.tags if tag.kind == "actor"),
        topics=tuple(tag.slug for tag in report.tags if tag.kind == "topic"),
        briefs=article.briefs,
    )
    return score(label, answer)


def _tagged(slug: str, authority: Authority) -> TaggedActor:
    actor = authority.actors[slug]
    return TaggedActor(actor.label, frozenset(name for names in actor.names.values() for name in names))


def _faults(group: Group, scores: Sequence[Score]) -> list[str]:
    mine = group.of(scores)
    return below(group, figures(mine)) if mine else [f"{group.name}: none of the labelled files is in this group"]


def _to_json(
    scores: Sequence[Score], groups: Sequence[Group], speed: Mapping[str, Speed], faults: Sequence[str]
) -> dict[str, Any]:
    return {
        "groups": {group.name: _group_json(group.of(scores)) for group in groups},
        "speed": {
            suffix: {
                "files": one.files,
                "cpu_seconds": round(one.seconds, 4),
                "files_per_cpu_second": round(one.rate, 2),
            }
            for suffix, one in _speeds(speed).items()
        },
        "misses": [
            {"file": one.file, "kind": mark.miss, "figure": mark.figure, "wanted": mark.wanted, "found": mark.found}
            for one in scores
            for mark in one.marks
            if mark.miss and not mark.good
        ],
        "below_floor": list(faults),
    }


def _group_json(scores: Sequence[Score]) -> dict[str, Any]:
    return {
        "files": len(scores),
        "dates": _datings(scores),
        "figures": {
            name: {
                "hits": figure.hits,
                "of": figure.of,
                "share": None if figure.share is None else round(figure.share, 4),
            }
            for name, figure in figures(scores).items()
        },
    }


def _datings(scores: Iterable[Score]) -> dict[str, int]:
    counts = Counter(one.dating for one in scores)
    return {word: counts[word] for word in ("right day", "honest range", "range too wide", "wrong day", "not dated")}


def _speeds(speed: Mapping[str, Speed]) -> dict[str, Speed]:
    whole = Speed(sum(one.files for one in speed.values()), sum(one.seconds for one in speed.values()))
    return {"all": whole, **dict(sorted(speed.items()))}


def _print(scores: Sequence[Score], groups: Sequence[Group], speed: Mapping[str, Speed]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for group in groups:
        table.add_column(Text(group.name), justify="right")
    members = [group.of(scores) for group in groups]
    table.add_row("files", *(f"{len(mine):,}" for mine in members), end_section=True)
    columns = [figures(mine) for mine in members]
    for name, meaning in MEANINGS.items():
        table.add_row(meaning, *(str(column[name]) for column in columns))
    for word in _datings(()):
        table.add_row(f"dates: {word}", *(f"{_datings(mine)[word]:,}" for mine in members))
    OUT.print(table)
    OUT.print(
        "files per second of CPU: " + ", ".join(f"{name} {one.rate:,.1f}" for name, one in _speeds(speed).items())
    )
    _print_misses(scores)


def _print_misses(scores: Sequence[Score]) -> None:
    for one in scores:
        missed = [mark for mark in one.marks if mark.miss and not mark.good]
        if missed:
            OUT.print(Text(f"\n{one.file}", style="bold"), soft_wrap=True)
        for mark in missed:
            said = [
                f"{word} {text[:_SHOWN]!r}" for word, text in (("wanted", mark.wanted), ("found", mark.found)) if text
            ]
            OUT.print(Text(f"  {mark.miss}: {', '.join(said)}"), soft_wrap=True)
