"""The ``duizhao`` command: finds the subcommand that is asked for, and is its one error boundary.

Exit codes: 0 done · 1 nothing matched, verify found something, or a service refused · 2 wrong
usage, configuration or query · 3 no data yet · 4 store or index cannot be used, or a file not be
written · 5 a crawl or a report ended badly, or nothing answered · 6 a scheduled run failed, stored
nothing, or another process keeps the schedule · 70 a bug · 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from contextlib import suppress
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import click

EXIT_CODES = __doc__.split("Exit codes: ")[1].strip().replace("\n", " ")
BUG = 70
INTERRUPTED = 130
_SPACES = "\n\u00a0\u3000"
COMMANDS = {  # in the order a user meets them; name → module:attribute
    "demo": "commands.demo:demo",
    "config": "commands.config:config",
    "crawl": "commands.crawl:crawl",
    "import": "commands.import_:import_",
    "index": "commands.index:index",
    "search": "search:search",
    "serve": "commands.serve:serve",
    "report": "commands.report:report",
    "counterparts": "commands.counterparts:counterparts",
    "reading-list": "commands.reading_list:reading_list",
    "explained": "commands.explained:explained",
    "meaning": "commands.meaning:meaning",
    "topic": "commands.topic:topic",
    "audit": "commands.audit:audit",
    "label": "commands.label:label",
    "status": "commands.status:status",
    "diff": "commands.diff:diff",
    "schedule": "commands.schedule:schedule",
    "verify": "commands.verify:verify",
    "sources": "commands.sources:sources",
}


def version() -> str:
    """Return the installed version; a checkout that is not installed says so."""
    try:
        return metadata.version("duizhao")
    except metadata.PackageNotFoundError:
        return "0.1.0 (a checkout, not installed)"


class LazyGroup(click.Group):
    """Imports a command's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by name."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a reader (head, less) who has seen enough is no error.

        click would end with 1, which means that nothing matched.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor at Python's exit
            return None


@click.group(cls=LazyGroup, epilog=f"Exit codes: {EXIT_CODES}")
@click.version_option(version(), prog_name="duizhao")
def cli() -> None:
    """Duizhao 对照: how much of a topic is there in English and in Chinese?"""


def guard_imports() -> None:
    """Keep our processes from importing a config.py or six.py that lies where the user stands.

    Not in the checkout itself, which need not be installed.
    """
    here = Path(__file__).resolve().parent
    with suppress(FileNotFoundError):  # the working directory is gone: nothing lies there
        if Path.cwd() != here:
            os.environ.setdefault("PYTHONSAFEPATH", "1")


def main() -> None:
    """Run the command line: errors become one line and an exit code, bugs a traceback and 70."""
    guard_imports()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese shows codes
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        _fail("interrupted", INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        _fail(" ".join(error.format_message().split()), error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted", INTERRUPTED)
    except SystemExit:
        raise
    except BaseException as error:  # a panic of tantivy's is no Exception
        from store import disk

        code = getattr(error, "exit_code", None)
        if not isinstance(code, int):
            if line := disk.trouble(error):
                _fail(line, disk.EXIT_CODE)
            traceback.print_exc()
            _fail("this is a bug in Duizhao; please report the lines above", BUG)
        else:
            _fail(str(error), code)


def _fail(message: str, code: int) -> None:
    """Print an error and exit; what acts on a terminal in a stranger's file name is spelled out."""
    inert = (c if c.isprintable() or c in _SPACES else ascii(c)[1:-1] for c in message)
    click.echo(f"duizhao: {''.join(inert)}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
