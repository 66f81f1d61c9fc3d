"""``duizhao verify``: the store against its evidence, the indexes against the store."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import config_option, data_option
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config

DIFFERENT = 1


@click.command()
@config_option
@data_option
def verify(config_file: Path | None, data: Path) -> None:
    """Compare the store with its evidence and the indexes with the store; 1 when they differ."""
    from config.load import load
    from index.output.terminal import Terminal

    if _verified(load(config_file), data, Terminal(stderr=True)):
        sys.exit(DIFFERENT)


def _verified(config: Config, data: Path, console: Any) -> int:
    """Print what is not as it should be, and return how many lines that are."""
    from index.verify import problems
    from store import open_store

    read, found = [0], 0
    with open_store(data) as store, console.status("reading every page and its evidence"):
        lines = chain(store.problems(read.append), problems(store, data / "index", config.engine))
        # Printed as they are found: what is damaged worst may end the reading.
        for found, line in enumerate(lines, 1):  # noqa: B007 - the last count is the number
            click.echo(line)
    wrong = counted(found, "thing is not as it", "things are not as they")
    verdict = f"{wrong} should be" if found else "all is as written"
    console.print(f"verify: {counted(read[-1], 'page')}, {verdict}", highlight=False)
    return found
