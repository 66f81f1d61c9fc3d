"""``duizhao diff``: what changed between two versions of a page."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import data_option, json_option
from config.counted import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from page.difference import Change
    from store.records import Version

NOTHING = 1
_CONTEXT = 60
_MARKS = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
_STYLES = {"equal": "", "removed": "red strike", "added": "green"}


@click.command()
@click.argument("url")
@click.option(
    "--versions",
    "wanted",
    type=(click.IntRange(1), click.IntRange(1)),
    metavar="A B",
    help="Compare these two, numbered as --list shows them.",
)
@click.option("--list", "listed", is_flag=True, help="List the versions.")
@click.option("--full", is_flag=True, help="Show the unchanged parts whole.")
@data_option
@json_option
def diff(
    url: str,
    wanted: tuple[int, int] | None,
    listed: bool,
    full: bool,
    data: Path,
    as_json: bool,
) -> None:
    """Show what changed at URL between the last two versions whose text differs.

    English is compared by word, Chinese by character. A page that moved takes its versions along.
    """
    from index.output.terminal import Terminal
    from page.difference import difference
    from store import open_store

    with open_store(data) as store:
        versions, move = store.versions(url), store.moved_to(url)
    if move is not None:
        new = _plain(move.new)
        click.echo(f"moved to {new} ({move.status}, {move.at}): ask for that address", err=True)
    if not versions:
        click.echo(f"duizhao: no version of {_plain(url)} is stored", err=True)
        sys.exit(NOTHING)
    console = Terminal(highlight=False, soft_wrap=True)
    if listed:
        _list(versions, console, as_json)
        return
    one, other = _chosen(versions, wanted)
    changes = difference(versions[one].text, versions[other].text)
    if as_json:
        pair: dict[str, Any] = {"from": _head(versions, one), "to": _head(versions, other)}
        pair |= {"changes": [{"kind": c.kind, "text": c.text} for c in changes]}
        click.echo(json.dumps(pair, ensure_ascii=False, indent=2))
        return
    _print(versions, (one, other), changes, console, full)


def _chosen(versions: Sequence[Version], wanted: tuple[int, int] | None) -> tuple[int, int]:
    """Return the positions of two versions to compare."""
    if wanted is not None:
        if max(wanted) > len(versions):
            kept = counted(len(versions), "version is", "versions are")
            raise click.BadParameter(f"{kept} kept; --list shows them", param_hint="--versions")
        return wanted[0] - 1, wanted[1] - 1
    last = len(versions) - 1
    for n in range(last, 0, -1):
        if versions[n].text != versions[n - 1].text:
            return n - 1, n
    return max(last - 1, 0), last


def _head(versions: Sequence[Version], n: int) -> dict[str, Any]:
    version = versions[n]
    return {
        "version": n + 1,
        "url": version.url,
        "fetched_at": version.fetched_at,
        "checked_at": version.checked_at,
        "title": version.title,
        "current": version.is_current,
    }


def _list(versions: Sequence[Version], console: Any, as_json: bool) -> None:
    heads = [_head(versions, n) for n in range(len(versions))]
    if as_json:
        click.echo(json.dumps(heads, ensure_ascii=False, indent=2))
        return
    for head in heads:
        console.print(_line(head), markup=False)


def _line(head: dict[str, Any]) -> str:
    seen = f", seen until {head['checked_at']}" if head["checked_at"] > head["fetched_at"] else ""
    now = ", current" if head["current"] else ""
    return f"{head['version']}  {head['fetched_at']}{seen}{now}  {_plain(head['url'])}"


def _print(
    versions: Sequence[Version],
    pair: tuple[int, int],
    changes: Sequence[Change],
    console: Any,
    full: bool,
) -> None:
    from rich.text import Text

    for n in dict.fromkeys(pair):
        console.print(_line(_head(versions, n)), markup=False, style="bold")
    titles = [_plain(versions[n].title) for n in pair]
    if titles[0] != titles[1]:
        console.print(f"title: {titles[0]} → {titles[1]}", markup=False)
    if all(change.kind == "equal" for change in changes):
        same = "there is one version" if len(versions) == 1 else "their texts do not differ"
        console.print(same, markup=False)
        return
    shown = Text()
    for n, change in enumerate(changes):
        ends = (n > 0, n < len(changes) - 1)
        text = change.text if full or change.kind != "equal" else _brief(change.text, *ends)
        text = "\n".join(map(_plain, text.split("\n")))
        if console.is_terminal and not console.no_color:
            shown.append(text, style=_STYLES[change.kind])
        else:
            shown.append(_MARKS[change.kind].format(text))
    console.print(shown)


def _brief(text: str, after: bool, before: bool) -> str:
    """Shorten an unchanged stretch to its ends next to changes."""
    if len(text) <= 3 * _CONTEXT:
        return text
    head = text[:_CONTEXT] if after else ""
    tail = text[-_CONTEXT:] if before else ""
    return f"{head} … {tail}"


def _plain(text: str) -> str:
    from report.render.inert import plain

    return plain(text)
