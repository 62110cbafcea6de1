"""The command line: `dateline`, also `python -m feeds`."""

from __future__ import annotations

from importlib.metadata import version

import click

from feeds.commands.actors import actors
from feeds.commands.check import check
from feeds.commands.db import db
from feeds.commands.evaluate import evaluate
from feeds.commands.export import export
from feeds.commands.furniture import furniture
from feeds.commands.ingest import ingest, reread
from feeds.commands.retag import retag
from feeds.commands.retract import restore, retract
from feeds.commands.run import serve, watch, web
from feeds.commands.status import status
from feeds.commands.topics import topics


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("dateline"), prog_name="dateline")
def main() -> None:
    """Dateline: a folder of news articles in, a feed for every topic and every actor of the story out.

    Start with `dateline serve` and open http://127.0.0.1:8000. Drop articles (.txt, .md, .html, .json) into the seeds
    folder; they are in their feeds within seconds. Settings are environment variables that begin with DATELINE_; the
    README lists them.
    """


for command in (
    *(serve, web, watch),
    *(ingest, reread, retag, check, status),
    *(actors, topics, furniture, evaluate),
    *(retract, restore, export, db),
):
    main.add_command(command)
