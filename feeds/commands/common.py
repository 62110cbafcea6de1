"""What every command shares: settings and store opened with plain errors, and one console for people."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from feeds.errors import DatelineError, SettingsError
from feeds.logs import set_up_logs
from feeds.settings import Settings, load_settings
from storage.errors import StorageError
from storage.migrate import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.engine import Store

OUT = Console(highlight=False, soft_wrap=False)
ERR = Console(stderr=True, highlight=False)


class Failure(click.ClickException):
    """It did not work: a plain sentence on standard error and exit code 1."""

    exit_code = 1


class Refusal(Failure):
    """It must not be done, or cannot be as it was asked for: exit code 2, and nothing was touched."""

    exit_code = 2


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn the errors that we raise on purpose into one sentence; defects keep their traceback."""
    try:
        yield
    except (StorageError, SettingsError) as error:
        raise Refusal(str(error)) from error
    except DatelineError as error:
        raise Failure(str(error)) from error


def settings_from_environment() -> Settings:
    """Read the settings and set up the log lines by them."""
    with plain_errors():
        settings = load_settings()
    set_up_logs(settings.log_format)
    return settings


def need_folder(settings: Settings) -> None:
    """Refuse to start on a folder that is not there: a running worker waits for one that comes back."""
    if not settings.seeds_dir.is_dir():
        raise Refusal(
            f"DATELINE_SEEDS_DIR names {settings.seeds_dir}, which is no folder: create it, or name the one to watch"
        )


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """Open the store for the length of a command."""
    with plain_errors():
        store = open_store(settings.database_url)
        try:
            yield store
        finally:
            store.dispose()


def progress_bar() -> Progress:
    """A progress bar on standard error; where that is no terminal, nothing is drawn."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=ERR,
        transient=False,
        disable=not ERR.is_terminal,
    )
