"""What a simulated quarter should have come to, beside what it came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.quarter_run import World
from benchmarks.quarter_web import DAY, OFF, START, ZONE, SimPage
from benchmarks.scoreboard import Scoreboard
from crawler.hosts import LONGEST
from store import Store, jobs
from store.found import LISTED_SECONDS

WARM = 0.2
"""Part of the quarter after which memory is measured first."""


@dataclass
class Record:
    """What was noted while the days passed.

    ``checks`` holds for each URL the times it was answered and the interval it had from then on;
    ``naive`` the bytes that fetching everything in every run would have taken; ``memory`` the RSS
    and the open descriptors after each run.
    """

    days: int
    world: World
    checks: defaultdict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    naive: int = 0
    killed: int = 0
    memory: list[tuple[int, int]] = field(default_factory=list)


def measure(board: Scoreboard, quarter: Record, store: Store) -> None:
    """Compare what was done with what should have been."""
    runs_made(board, quarter, store)
    late, changes, outages = lateness(quarter)
    board.at_most("changes seen later than twice the page's interval", late, 0, outages)
    board.shown("changes that had to be seen", changes)
    lost = [key for key in expected(quarter) if store.find(key) is None]
    board.at_most("pages lost", len(lost), 0, " ".join(lost[:3]))
    stale = sum(store.find(key) is not None for key in vanished(quarter))
    board.at_most("pages that vanished and still count", stale, 0)
    board.at_least("moved pages whose history goes on", moved_share(quarter, store), 1.0)
    unbalanced = sum(not r.account.balanced for r in store.runs() if r.account)
    board.at_most("runs whose accounts do not balance", unbalanced, 0)
    broken = store.db.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
    board.at_most("damage to the store", float(broken), 0)
    world = quarter.world
    board.at_least(
        "bytes saved against refetching everything", 1 - world.sent / quarter.naive, 0.6,
        f"{world.sent / 1e6:.0f} of {quarter.naive / 1e6:.0f} MB; {world.requests['304']} × 304",
    )  # fmt: skip
    warm = int(WARM * len(quarter.memory))
    (before, first), (after, last) = quarter.memory[warm], quarter.memory[-1]
    board.at_most("growth of memory", after / before - 1, 0.05, f"{after / 1e6:.0f} MB")
    board.at_most("growth of descriptors", last - first, 0, f"{last} open")
    board.shown("requests", sum(world.requests.values()), f"{world.faults} of them failed")


def runs_made(board: Scoreboard, quarter: Record, store: Store) -> None:
    """Every slot of the local clock once, but for those the machine slept through."""
    made = [run.slot for run in jobs.runs(store.db)]
    first = datetime.fromtimestamp(START, ZoneInfo(ZONE))
    wanted = [
        (first + timedelta(days=d)).replace(hour=h, minute=15).timestamp()
        for d in range(quarter.days + 1)
        for h in (0, 6, 12, 18)
    ]
    wanted = [slot for slot in wanted if slot < START + quarter.days * DAY]
    asleep = [s for s in wanted if OFF[0] * DAY <= s - START < OFF[1] * DAY]
    due = set(wanted) - set(asleep[:-1])
    board.at_most("runs missed", len(due - set(made)), 0)
    again = len(made) - len(set(made)) + len(set(made) - due)
    board.at_most("runs doubled or out of place", again, 0)
    board.shown("runs", len(made), f"{len(asleep)} slots slept through, caught up once")
    board.at_least("runs killed", quarter.killed, 0.9 * (quarter.days - 1))


def alive(quarter: Record, at: float) -> Iterator[tuple[str, SimPage]]:
    """Every page that answers at a time."""
    for base, site in quarter.world.web.sites.items():
        for page in site.pages.values():
            if page.is_there(at) and not site.is_dead(at):
                yield f"{base}{page.path}", page


def expected(quarter: Record) -> list[str]:
    """Pages that have been there for the last five days."""
    end = quarter.days * DAY
    before = {key for key, _ in alive(quarter, end - 5 * DAY)}
    return [key for key, page in alive(quarter, end) if key in before]


def vanished(quarter: Record) -> list[str]:
    """Pages that were gone or moved for longer than any interval."""
    end, found = quarter.days * DAY, []
    for base, site in quarter.world.web.sites.items():
        for page in site.pages.values():
            key = f"{base}{page.path}"
            intervals = [interval for _, interval in quarter.checks[key]]
            patience = 2 * max(intervals, default=0.0) + LONGEST
            left = page.moved_at or (page.gone[0] if page.gone else None)
            if left is not None and not page.is_there(end) and end - left > patience:
                found.append(key)
    return found


def lateness(quarter: Record) -> tuple[int, int, str]:
    """Count changes that were seen too late, and changes; a dead host's count from its return."""
    late = changes = after_outage = 0
    worst = 0.0
    for base, site in quarter.world.web.sites.items():
        for page in site.pages.values():
            checks = quarter.checks[f"{base}{page.path}"]
            for at in page.changes:
                asked = _asked(quarter, site.dead, page, checks, at)
                if asked is None:
                    continue
                changes += 1
                seen, allowed, from_outage = asked
                after_outage += from_outage
                worst = max(worst, seen / allowed)
                late += seen > allowed
    return (
        late,
        changes,
        f"at worst {worst:.2f} of that; {after_outage} after the page or its host had been away",
    )


def _asked(
    quarter: Record,
    dead: tuple[float, float] | None,
    page: SimPage,
    checks: list[tuple[float, float]],
    at: float,
) -> tuple[float, float, bool] | None:
    """Return (seconds until a change was seen, seconds allowed, whether it had been away).

    None for changes that nobody could see: of pages not yet found, gone, moved, or changed again
    with the end of the quarter in sight.
    """
    before = [check for check in checks if check[0] - START <= at]
    after = [check[0] - START for check in checks if check[0] - START > at]
    if not before or not page.is_there(at):
        return None
    interval, visible, outage = before[-1][1], at, False
    if dead and at < dead[1] and at + 2 * interval > dead[0]:
        visible, outage = max(at, dead[1]), True
        interval = max(interval, LONGEST)  # a dead host is tried once a day
    if page.gone and before[-1][0] - START < page.gone[1] <= at:
        # It is back, and the sitemap says so: that is looked at a day later.
        visible, outage = max(visible, page.gone[1]), True
        interval = max(interval, LISTED_SECONDS)
    if OFF[0] * DAY - 2 * interval < at < OFF[1] * DAY:
        visible = max(visible, OFF[1] * DAY)
    allowed = 2 * interval
    ends = [quarter.days * DAY, page.moved_at or 9e9, page.gone[0] if page.gone else 9e9]
    if visible + allowed > min(end for end in ends if end > at):
        return None
    return (after[0] - visible if after else 9e9), allowed, outage


def moved_share(quarter: Record, store: Store) -> float:
    """Return the share of moved pages whose versions include those from the old address."""
    found = []
    for base, site in quarter.world.web.sites.items():
        for page in site.pages.values():
            if page.moved_at and f"{base}{page.path}" in quarter.checks and not site.dead:
                if page.moved_at > (quarter.days - 10) * DAY or page.moved_at <= page.born + DAY:
                    continue
                versions = store.versions(f"{base}{page.moved_to}")
                if store.find(f"{base}{page.moved_to}") is not None:
                    found.append(any(v.url == f"{base}{page.path}" for v in versions))
    return sum(found) / len(found) if found else 1.0
