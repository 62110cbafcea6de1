"""`dateline furniture learn`: rules for the lines that a source repeats, for its operator to judge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.authority import load_authority
from feeds.commands.check import check_file
from feeds.commands.common import ERR, Failure, Refusal, plain_errors, progress_bar, settings_from_environment
from feeds.evaluation.recurring import MIN_SEEDS, MIN_SHARE, propose, sample, to_toml
from feeds.ingest.setup import open_preparer
from feeds.logs import set_up_logs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.evaluation.recurring import Sample
    from feeds.ingest.prepare import Preparer


@click.group()
def furniture() -> None:
    """Work on the rules that tell an article from the page around it."""


@furniture.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--source", help="Only this source: its id in sources.toml, or the host of its URLs.")
@click.option(
    "--min-seeds", default=MIN_SEEDS, show_default=True, type=click.IntRange(min=2), help="Seeds that must hold a line."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this new file instead.")
def learn(paths: tuple[Path, ...], source: str | None, min_seeds: int, out: Path | None) -> None:
    """Propose furniture rules from lines that recur in the articles of one source, in the form of furniture.toml.

    Read the proposals, keep what is right, and put it into furniture.toml in DATELINE_AUTHORITY_DIR. Nothing is
    stored; a file is written only with --out, and none is overwritten.
    """
    settings = settings_from_environment()
    if ERR.is_terminal:
        set_up_logs(settings.log_format, quiet=True)  # the progress bar says how it goes
    if out is not None and out.exists():
        raise Refusal(f"{out} exists already: name a new file")
    with plain_errors():
        preparer = open_preparer(settings, load_authority(settings.authority_dir))
    samples = _samples(_files(paths), preparer)
    if source is not None:
        samples = [one for one in samples if one.source == source]
    proposals = propose(samples, min_seeds)
    ERR.print(
        f"{len(samples):,} articles read, {len({one.source for one in samples}):,} sources: {len(proposals):,} lines"
        f" recur in at least {min_seeds} articles and {MIN_SHARE:.0%} of those of their source",
        soft_wrap=True,
    )
    if proposals and out is not None:
        _write(out, to_toml(proposals))
    elif proposals:
        click.echo(to_toml(proposals), nl=False)


def _files(paths: Iterable[Path]) -> list[Path]:
    found = (sorted(path.rglob("*")) if path.is_dir() else [path] for path in paths)
    return [file for files in found for file in files if file.is_file()]


def _samples(files: list[Path], preparer: Preparer) -> list[Sample]:
    samples: list[Sample] = []
    with progress_bar() as bar:
        for file in bar.track(files, description="reading seeds"):
            article = check_file(file, preparer).article
            if article is not None:
                samples.append(sample(article))
    return samples


def _write(out: Path, text: str) -> None:
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Failure(f"{out}: {error.strerror}") from error
