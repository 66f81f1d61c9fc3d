"""``duizhao index``: the indexes follow the store."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import config_option, data_option
from commands.steps.index import run_index


@click.command()
@config_option
@data_option
@click.option("--rebuild", is_flag=True, help="Make both indexes anew from the store.")
@click.option("--no-vectors", is_flag=True, help="Make no vectors, even with the extra semantic.")
def index(config_file: Path | None, data: Path, rebuild: bool, no_vectors: bool) -> None:
    """Bring the two indexes up to date with the store."""
    from config.load import load
    from index.output.terminal import Terminal

    console = Terminal(stderr=True)
    run_index(load(config_file), data, console, rebuild=rebuild, vectors=not no_vectors)
