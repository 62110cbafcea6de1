"""The list of commands: each is there, and telling them loads none."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from feeds.cli import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_list_is_there_under_its_name(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert (command.name, bool(command.help)) == (name, True)


def test_help_names_every_command_and_loads_none() -> None:
    script = (
        "import sys; from feeds.cli import main; main(['--help'], standalone_mode=False);"
        "print([name for name in ('sqlalchemy', 'flask', 'lxml', 'rich', 'feeds.commands') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    listed = done.stdout.partition("Commands:")[2]
    assert all(f"\n  {name} " in listed for name in COMMANDS)
    assert "..." not in listed
