"""``duizhao config``: what the configuration says, or what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from commands.options import config_option, json_option, topic_option


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command()
@config_option
@topic_option
@click.option("--sources", type=click.Path(path_type=Path), help="A file of sources.")
@json_option
def check(config_file: Path | None, topic: str | None, sources: Path | None, as_json: bool) -> None:
    """Print what was understood, or what is wrong; nothing is contacted."""
    from config.describe import as_dict, describe
    from config.load import load
    from index.output.terminal import Terminal

    config = load(config_file, topic=topic, sources=sources)
    if as_json:
        click.echo(json.dumps(as_dict(config), ensure_ascii=False, indent=2))
    else:
        Terminal().print(describe(config))
