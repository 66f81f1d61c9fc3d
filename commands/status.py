"""``duizhao status``: the runs, and where every discovered URL went."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from commands.options import data_option, json_option
from commands.steps.ended import account_line, limits_line


@click.command()
@data_option
@json_option
def status(data: Path, as_json: bool) -> None:
    """Show the runs, where every discovered URL went, and hosts in trouble."""
    import dataclasses

    from index.output.terminal import Terminal
    from store import hosts, open_store
    from store.schema import utc

    now = time.time()
    with open_store(data) as store:
        runs, books = store.runs(), store.account()
        troubles = hosts.troubles(store.db)
    if as_json:
        state = {
            "runs": [dataclasses.asdict(r) for r in runs],
            "account": dataclasses.asdict(books),
            "hosts": [dataclasses.asdict(trouble) for trouble in troubles],
        }
        click.echo(json.dumps(state, ensure_ascii=False, indent=2))
        return
    console = Terminal()
    for run in runs:
        console.print(f"run {run.id}  {run.started_at} – {run.ended_at or '…'}  {run.outcome}")
    if runs and (held := limits_line(runs[-1])):
        console.print(f"  {held}", markup=False, highlight=False, soft_wrap=True)
    console.print(account_line(books), soft_wrap=True)
    for state_name, reason, count in books.reasons:
        console.print(f"  {state_name:8} {reason:24} {count:>8}", markup=False)
    for trouble in troubles:
        line = f"{trouble.reason}, {trouble.failures} in a row since {utc(trouble.since)}"
        until = f", left alone until {utc(trouble.next_at)}" if trouble.next_at > now else ""
        console.print(f"host {trouble.host}: {line}{until}", markup=False, soft_wrap=True)
