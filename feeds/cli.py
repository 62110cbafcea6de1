"""The command line: `dateline`, also `python -m feeds`."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import NamedTuple

import click


class Named(NamedTuple):
    """The module of `feeds.commands` that a command is in, and what the list of all commands says of it."""

    module: str
    help: str


COMMANDS = {
    "serve": Named("run", "Run everything on one machine: web server and worker."),
    "web": Named("run", "Serve feeds and pages; any number on one database."),
    "watch": Named("run", "Watch the seeds folder and store what arrives."),
    "ingest": Named("ingest", "Read the seeds folder once, completely, and end."),
    "reread": Named("ingest", "Read again what is stored, by the present rules."),
    "retag": Named("retag", "Tag every stored item anew, by the present authority."),
    "check": Named("check", "Say what would become of these files, and why."),
    "status": Named("status", "Show the last pass, the ledger, the busiest feeds."),
    "actors": Named("actors", "See names that the authority lacks; judge them."),
    "topics": Named("topics", "See topics that the authority lacks; judge and explain them."),
    "compare": Named("compare", "Say why two items are reports of one event, or not."),
    "furniture": Named("furniture", "Propose rules that tell an article from its page."),
    "evaluate": Named("evaluate", "Score reading, dating and tagging against labels."),
    "retract": Named("retract", "Withdraw an item from every feed."),
    "restore": Named("retract", "Put a retracted item back."),
    "export": Named("export", "Write every feed, page and item as static files."),
    "db": Named("db", "Create, upgrade, save and restore the database."),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are run: most of a small one's time would go into the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Tell their names, in the order of the README."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"feeds.commands.{COMMANDS[cmd_name].module}"), cmd_name)
        assert isinstance(found, click.Command)  # noqa: S101 - and no module of the same name
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say what each does without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.help) for name, one in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("dateline"), prog_name="dateline")
def main() -> None:
    """Dateline: a folder of news articles in, a feed for every topic and every actor of the story out.

    Start with `dateline serve` and open http://127.0.0.1:8000. Drop articles (.txt, .md, .html, .json) into the seeds
    folder; they are in their feeds within seconds. Settings are environment variables that begin with DATELINE_; the
    README lists them.
    """
