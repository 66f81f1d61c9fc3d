"""Options that several commands share, so that they are spelt and explained once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """Add ``--config FILE``."""
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        help="Your TOML configuration; what it leaves out is Duizhao's own.",
    )(command)


def data_option(command: F) -> F:
    """Add ``--data DIR``."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("duizhao-data"),
        envvar="DUIZHAO_DATA",
        show_default=True,
        help="The folder that holds the store, the indexes and the report.",
    )(command)


def topic_option(command: F) -> F:
    """Add ``--topic NAME_OR_FILE``."""
    return click.option("--topic", help="A shipped topic's name, or a topic file.")(command)


def format_options(command: F) -> F:
    """Add ``--json`` and ``--csv``; the command gets ``form``: ``table``, ``json`` or ``csv``."""
    for name, help in (("csv", "Print it for spreadsheets."), ("json", "Print it for machines.")):
        command = click.option(f"--{name}", "form", flag_value=name, help=help)(command)
    return command


def json_option(command: F) -> F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print it for machines.")(command)
