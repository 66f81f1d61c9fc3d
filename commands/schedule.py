"""``duizhao schedule``: run the configured jobs by the clock."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import config_option, data_option, json_option
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config
    from crawler.schedule.outcome import Summary


@click.group()
def schedule() -> None:
    """Crawl, index and report by the clock, for months."""


@schedule.command()
@config_option
@data_option
@click.option("--once", is_flag=True, help="Run what is due now, and end.")
def run(config_file: Path | None, data: Path, once: bool) -> None:
    """Stay in the foreground and run each job when it is due.

    A slot that was missed (the machine was off, another job was running) is run once. With --once
    the exit code tells how it went: 0 well or nothing due, 6 a run failed or stored nothing, 130
    stopped.
    """
    from config.load import load
    from crawler.schedule.hold import holding
    from crawler.schedule.keeper import Keeper, keep
    from crawler.schedule.launch import Launcher
    from index.output.terminal import Terminal

    jobs, console = _jobs(load(config_file)), Terminal(stderr=True)
    with holding(data, time.time()) as lock:
        launcher = Launcher(config_file, data, lock)
        keeper = Keeper(jobs, data, launcher.run, time.time)
        if not once:
            console.print(f"schedule: {counted(len(jobs), 'job')}; Ctrl-C ends it", highlight=False)
        with launcher.until_stopped():
            code = keep(
                keeper,
                launcher.stopping,
                lambda done: _tell(done, console),
                lambda line: console.print(f"schedule: {line}", markup=False, soft_wrap=True),
                once=once,
            )
    sys.exit(code)


@schedule.command()
@config_option
@data_option
@json_option
def status(config_file: Path | None, data: Path, as_json: bool) -> None:
    """Show when each job ran last, how that went, and when it runs next."""
    from config.load import load
    from crawler.schedule.status import as_dicts, table
    from index.output.terminal import Terminal

    found = as_dicts(_jobs(load(config_file)), data, time.time())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        Terminal().print(table(found))


@schedule.command()
@config_option
@data_option
@click.option("--systemd/--cron", default=True, help="A user timer, or a line in the crontab.")
@click.option("--write", is_flag=True, help="Do it; without this it is only shown.")
def install(config_file: Path | None, data: Path, systemd: bool, write: bool) -> None:
    """Have the system run the schedule; show what that takes, or do it with --write."""
    from config.load import load
    from crawler.schedule import install as system

    _jobs(load(config_file))
    if not systemd:
        line = system.cron_line(config_file, data)
        if write:
            system.set_crontab(system.with_line(system.get_crontab(), data, line))
        click.echo(line)
        _hint(write, "this line is now in your crontab", "add it to your crontab")
        return
    files = system.units(config_file, data)
    if write:
        system.write_units(files)
    for path, text in files.items():
        click.echo(f"# {path}\n{text}")
    timer = f"duizhao-{system.unit_name(data)}.timer"
    start = f"systemctl --user daemon-reload && systemctl --user enable --now {timer}"
    _hint(write, f"written; now start it: {start}", "write these files")


@schedule.command()
@data_option
@click.option("--systemd/--cron", default=True, help="A user timer, or a line in the crontab.")
@click.option("--write", is_flag=True, help="Do it; without this it is only shown.")
def uninstall(data: Path, systemd: bool, write: bool) -> None:
    """Take away what `duizhao schedule install` put in place; nothing else is touched."""
    from crawler.schedule import install as system

    if not systemd:
        before = system.get_crontab()
        after = system.with_line(before, data, None)
        there = [line for line in before.splitlines() if line not in after.splitlines()]
        if write and there:
            system.set_crontab(after)
        click.echo("\n".join(there) or "there is no line of this data folder in your crontab")
        _hint(write or not there, "", "take it out")
        return
    files = system.units(None, data)
    if write:
        timer = f"duizhao-{system.unit_name(data)}.timer"
        click.echo(f"first stop it: systemctl --user disable --now {timer}", err=True)
        click.echo("\n".join(map(str, system.remove_units(files))) or "there was nothing")
    else:
        click.echo("\n".join(str(path) for path in files if path.exists()) or "there is nothing")
        _hint(False, "", "remove these files")


def _hint(done: bool, after: str, what: str) -> None:
    said = after if done else f"nothing was changed; --write to {what}"
    if said:
        click.echo(said, err=True)


def _jobs(config: Config) -> Any:
    if not config.schedule.jobs:
        raise click.UsageError(
            "nothing is scheduled; write a [[schedule.job]] into your --config file"
        )
    if any("crawl" in job.run for job in config.schedule.jobs) and not config.crawl.contact:
        raise click.UsageError(
            "a crawl says who is asking: write contact under [crawl] in your --config file"
        )
    return config.schedule.jobs


def _tell(summary: Summary, console: Any) -> None:
    """Print how a run went, and tell the webhook if there is one."""
    from crawler.schedule.webhook import VARIABLE, post

    console.print(f"{summary.started_at} {summary.line()}", markup=False, soft_wrap=True)
    if url := os.environ.get(VARIABLE):
        wrong = post(url, summary.as_json())
        if wrong:
            console.print(f"{summary.started_at} {wrong}", markup=False, soft_wrap=True)
