"""What the subcommands of ``duizhao label`` share: options, and the sitting at the terminal."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from commands.options import config_option, data_option, topic_option
from config.counted import counted

if TYPE_CHECKING:
    from report.labels.ask import Asked, Item

F = TypeVar("F", bound=Callable[..., Any])


def label_options(command: F) -> F:
    """Add what every judging command takes: data, topic, ``--who``, ``--labels``."""
    options = (
        config_option,
        data_option,
        topic_option,
        click.option("--who", help="Who judges; your user name when not given."),
        click.option(
            "--labels",
            "file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="The file of answers; one in the data folder's labels/ when not given.",
        ),
        click.option("--dry-run", is_flag=True, help="Draw, say how many, and ask nothing."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def each_option(default: int, of: str) -> Callable[[F], F]:
    """Return the option ``--each`` of a draw that takes as many of two kinds in each language."""
    return click.option(
        "--each",
        type=click.IntRange(1),
        default=default,
        show_default=True,
        help=f"To draw a language, of {of} and of the others.",
    )


def sitting(items: list[Item], question: str, file: Path, who: str | None) -> Asked:
    """Ask on this terminal, or through a pipe, and say how far it went."""
    from report.labels.ask import Talk, ask
    from store.schema import utc

    def line() -> str | None:
        return sys.stdin.readline() or None

    talk = Talk(line, click.echo, utc)
    who = who or getpass.getuser()
    done = ask(items, question, file, who, talk)
    click.echo(
        f"{counted(done.given, 'answer')} saved in {file};"
        f" {done.answered} of {counted(done.items, 'item')} answered by {who}, {done.left} left"
    )
    return done
