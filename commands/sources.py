"""``duizhao sources``: the routes beside the sites' own, and whether a search service answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import config_option, topic_option
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config, Search
    from crawler.search.trial import Trial

REFUSED = 1
SHOWN = 5


@click.group()
def sources() -> None:
    """List search services, archives and lists; try a search service out."""


@sources.command(name="list")
@config_option
@topic_option
def list_routes(config_file: Path | None, topic: str | None) -> None:
    """List the configured routes and the services there are; nothing is contacted."""
    from config.load import load
    from config.services import SERVICES

    config = load(config_file, topic=topic)
    click.echo(f"sites: {counted(len(config.sources), 'source')} (duizhao config check lists them)")
    for search in config.searches:
        click.echo(f"search:{search.id}  {search.service}  {_key(search.service)}")
    for search in config.aside:
        click.echo(f"audit only: {search.id}  {search.service}  {_key(search.service)}")
    for archive in config.archives:
        click.echo(f"archive:{archive.id}  {' '.join(archive.files)}")
    for listed in config.lists:
        click.echo(f"list:{listed.id}  {listed.file}")
    click.echo("\nservices that a [[search]] table can name:")
    for service in SERVICES.values():
        asks = "topic terms" if service.asks == "terms" else "hosts of the sources"
        address = service.en_url or "your own (url = …)"
        click.echo(f"  {service.name:12} asks {asks:21} {_key(service.name):30} {address}")


def _key(service: str) -> str:
    from config.services import SERVICES

    name = SERVICES[service].key
    if not name:
        return "no key"
    return f"{name} is {'set' if os.environ.get(name, '').strip() else 'not set'}"


@sources.command()
@click.argument("name")
@config_option
@topic_option
@click.option("--contact", help="Your e-mail or web address: services see who is asking.")
def test(name: str, config_file: Path | None, topic: str | None, contact: str | None) -> None:
    """Ask the service NAME one small query a language, and print what comes back.

    NAME is the id of a [[search]] table, or a service's own name (mediawiki, brave, …). Nothing is
    stored. Ends with 1 when the service refused.
    """
    from config.load import load
    from crawler.search.plan import plan
    from crawler.search.trial import try_out

    config = load(config_file, topic=topic, overrides={"contact": contact} if contact else None)
    if not config.crawl.contact:
        raise click.UsageError(
            "a service sees who is asking: give --contact you@example.org, or contact under [crawl]"
        )
    search = _named(config, name)
    if not plan(search, config.topic, config.sources):
        raise click.UsageError(
            f"{name} has nothing to ask: it is asked about as many hosts of English sources as of"
            " Chinese ones; name sources of both"
        )
    if not try_out(search, config, _printer(click.echo)):
        sys.exit(REFUSED)


def _named(config: Config, name: str) -> Search:
    from config.checks import hint
    from config.routes import search_of
    from config.services import SERVICES

    configured = {search.id: search for search in (*config.searches, *config.aside)}
    if name in configured:
        return configured[name]
    if name in SERVICES and SERVICES[name].en_url:
        return search_of({"id": name, "service": name})
    if name in SERVICES:
        raise click.UsageError(
            f"{name} has no address of its own: write a [[search]] table with its url, and give"
            " the file with --config"
        )
    known = hint(name, list(dict.fromkeys((*configured, *SERVICES))))
    raise click.UsageError(f"no search service is called {name!r}; {known}")


def _printer(echo: Callable[[str], Any]) -> Callable[[Trial], None]:
    """Return what prints one request's outcome; nothing a service said is active in a terminal."""
    from config.errors import one_line

    def tell(trial: Trial) -> None:
        """Print one request, and what came of it."""
        wanted = trial.wanted
        echo(one_line(f"{wanted.lang or 'any'}  {wanted.words}"))
        asked = "asked    " if _was_asked(trial) else "would ask"
        echo(one_line(f"    {asked} {trial.url}{_with_key(trial)}"))
        if trial.refusal is not None:
            echo(one_line(f"    refused   {trial.refusal.reason}: {trial.refusal}"))
            return
        reply = trial.reply
        assert reply is not None
        came = counted(len(reply.urls), "address", "addresses")
        echo(f"    came      {came} in {trial.seconds:.2f} s")
        for url in reply.urls[:SHOWN]:
            echo(one_line(f"              {url[:200]}"))
        if reply.points:
            echo(f"    timeline  {counted(len(reply.points), 'point')}")
        echo(f"    claims    {_claim(reply.total, reply.bound)}")

    return tell


def _was_asked(trial: Trial) -> bool:
    return trial.refusal is None or trial.refusal.reason not in ("no_key", "bad_key")


def _with_key(trial: Trial) -> str:
    from config.services import SERVICES

    name = SERVICES[trial.wanted.kind].key
    return f"  (key: {name}, ***)" if name else ""


def _claim(total: int | None, bound: str) -> str:
    if total is None:
        return "no total"
    words = {"exact": "", "estimate": "about ", "at_least": "at least "}
    return f"{words.get(bound, '')}{total:,}"
