"""``duizhao serve``: a page to search in, on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from commands.options import config_option, data_option, topic_option

PORT = 8765
GRACE = 10.0  # seconds for the batch that is being indexed when the page is closed


@click.command()
@config_option
@data_option
@topic_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Where to listen; 0 takes any that is free.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="127.0.0.1, ::1 or localhost; no other."
)
@click.option(
    "--open/--no-open",
    "opened",
    default=None,
    help="Open a browser. Without either: when run from a terminal on a desktop.",
)
def serve(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    port: int,
    host: str,
    opened: bool | None,
) -> None:
    """Serve a page to search both languages in, to this machine alone, until Ctrl-C."""
    from config.load import load
    from web.app import Application
    from web.desk import Desk
    from web.server import listen, url
    from web.server import serve as serve_page

    config = load(config_file, topic=topic)
    place = listen(host, port)
    address = url(place)
    desk = Desk(data, config)
    click.echo(f"{address}  (Ctrl-C ends it)")
    if _on_a_desktop() if opened is None else opened:
        click.launch(address)
    try:
        serve_page(Application(desk, host), place)
    finally:
        desk.keeper.stop(GRACE)
    click.echo("closed", err=True)


def _on_a_desktop() -> bool:
    """Whether a window can be opened: elsewhere a browser of letters would take the terminal."""
    windows = sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return sys.stdout.isatty() and windows
