"""Several crawls on one store: one of them asks a host at a time, and they share the hosts.

A crawl takes the turn of every free host that it finds work for. One that has nothing to do, or
less than half of what another has, asks for the turns of others: who began a moment earlier may
have taken all. Who has more hosts at work than one gives up to half of them away, and every host it
has no use for. The host's delay goes with the turn. A crawl that has nothing to do also stays while
others are at work, since their pages may bring links.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Collection, Iterable

from crawler.budgets import Budgets
from crawler.hand import Hand
from crawler.neighbours import SILENT_SECONDS, Neighbours
from crawler.pace import Pace
from crawler.session import Session
from store import turns
from store.turns import Turn

TICK_SECONDS = 1.0
SEEN_SECONDS = 5.0
ASK_SECONDS = 10.0
"""Between two wishes of a crawl: a host rests some seconds each time it changes hands."""
NOTICEABLE = 1.1  # a delay that has grown by less is not written down


class Turns:
    """The turns of one crawl. ``tick`` once a second; ``take`` before a new host is asked."""

    def __init__(self, session: Session, budgets: Budgets, pace: Pace, hand: Hand) -> None:
        self._session = session
        self._budgets = budgets
        self._pace = pace
        self._hand = hand
        self._db = session.store.db
        self._run = session.run_id
        self._longest = max(session.config.crawl.max_delay, session.config.crawl.delay)
        self._mine: dict[str, float] = {}
        """Hosts whose turn is ours, with the delay that was written down."""
        self._leaving: dict[str, int] = {}
        """Hosts to be handed on, and to which run, when their last request is over."""
        self._others: frozenset[str] = frozenset()
        self._neighbours = Neighbours(session.store, self._run, session.clock)
        self._beside: list[int] = []
        self._seen = self._ticked = self._asked = -math.inf

    def is_free(self, host: str) -> bool:
        """True unless another crawl asks this host, as far as is known."""
        return host not in self._others and host not in self._leaving

    def take(self, host: str) -> bool:
        """Make sure that a host's turn is ours, inside the caller's transaction."""
        if host in self._mine:
            return True
        delay = self._pace.delay(host)
        until = turns.take(self._db, host, self._run, delay)
        if until is None:
            self._others |= {host}
            return False
        self._gain(host, until)
        self._mine[host] = delay
        return True

    def tick(self) -> bool:
        """Give a sign of life, and see what others want; True when there may be new work."""
        now = time.monotonic()
        stalled = now - self._ticked > SILENT_SECONDS / 2  # others may have taken us for dead
        self._ticked = now
        beside = self._neighbours.living()
        ended, self._beside = set(self._beside) - set(beside), beside
        shows_life, slower = now - self._seen > SEEN_SECONDS, self._slower()
        in_company = bool(beside or ended or stalled or self._others)
        if not (in_company or shows_life or slower):
            return False
        with self._session.store.transaction():
            if shows_life:
                turns.seen(self._db, self._run, self._session.clock())
                self._seen = now
            self._note(slower)
            freed = turns.free(self._db, [self._run, *beside], self._session.clock())
            if freed or ended:
                self._session.frontier.reclaim()
            return (in_company or bool(freed)) and (self._share() or bool(freed or ended))

    def others_work(self) -> bool:
        """True while another crawl has leases: its pages may bring links.

        Only to be asked when nothing is under way here. All leases and turns are given back, for
        two crawls that hold what they do not use would wait for each other for ever.
        """
        if not self._neighbours.living():
            return False
        with self._session.store.transaction():
            taken_back = self._session.frontier.reclaim()
            self._hand.drop()
            self.release()
            return bool(taken_back) or self._session.frontier.is_leased()

    def release(self) -> None:
        """Free all turns, inside the caller's transaction."""
        for host in [*self._mine]:
            self._hand_on(host, 0)

    def _slower(self) -> dict[str, float]:
        """Return the hosts that want more between requests than was written down."""
        delays = self._pace.delays()
        return {h: d for h, d in delays.items() if d > self._mine.get(h, math.inf) * NOTICEABLE}

    def _note(self, delays: dict[str, float]) -> None:
        for host, delay in delays.items():
            turns.keep_delay(self._db, host, self._run, delay)
            self._mine[host] = delay

    def _share(self) -> bool:
        """Look at who has which turn, hand on what others want, ask for something to do."""
        known = turns.turns(self._db)
        self._others = frozenset(t.host for t in known if t.run_id not in (0, self._run))
        self._answer({t.host: t.wanted for t in known if t.wanted and t.host in self._mine})
        gained = self._compare({t.host: t for t in known if t.run_id == self._run})
        busy = set(self._pace.busy())
        for host, to in [*self._leaving.items()]:
            if host not in busy:
                self._hand_on(host, to)
        at_work = {*busy, *self._hand.hosts()}
        if not at_work or self._most(known, self._others) >= self._many(at_work):
            at_work |= self._due(self._mine)
            self._ask(known, at_work)
        return gained or not at_work

    def _ask(self, known: list[Turn], at_work: set[str]) -> None:
        """Ask for what others have, where one of them has much more that can be fetched now."""
        if time.monotonic() - self._asked < ASK_SECONDS:
            return
        exhausted, frontier = self._budgets.exhausted(), self._session.frontier
        due = frontier.hosts_due(self._others, exhausted)
        useful = {*due, *frontier.hosts_on_loan(exhausted)}
        if self._most(known, useful) >= self._many(at_work):
            turns.want(self._db, useful, self._run)
            self._asked = time.monotonic()

    @staticmethod
    def _many(at_work: set[str]) -> int:
        """How many hosts another crawl must have for us to ask: more than twice as many as we."""
        return 2 * len(at_work) + 1

    def _most(self, known: Iterable[Turn], hosts: Collection[str]) -> int:
        """Return of how many of these hosts the crawl that has most of them has the turn."""
        others = [t.run_id for t in known if t.host in hosts and t.run_id not in (0, self._run)]
        return max(Counter(others).values(), default=0)

    def _due(self, hosts: Iterable[str]) -> set[str]:
        """Return those of our hosts that have something we could fetch now."""
        awake = [host for host in hosts if not self._session.hosts.wait(host)]
        return {*self._session.frontier.hosts_due(awake, self._budgets.exhausted())}

    def _compare(self, mine: dict[str, Turn]) -> bool:
        """Take notice of turns that were given to us, and of those lost while we were silent."""
        for host in [host for host in self._mine if host not in mine]:
            del self._mine[host]
            self._leaving.pop(host, None)
            self._hand.give_up(host)
        gained = [turn for host, turn in mine.items() if host not in self._mine]
        for turn in gained:
            self._gain(turn.host, turn.until)
            self._mine[turn.host] = self._pace.delay(turn.host)
        return bool(gained)

    def _gain(self, host: str, until: float) -> None:
        wait = min(until - self._session.clock(), self._longest)  # whatever the clock was set to
        self._pace.leave_alone(host, wait)
        if until:
            self._session.hosts.load()  # whoever had it may have been told to go away

    def _answer(self, wanted: dict[str, int]) -> None:
        """Decide which turns to hand on; when there are some, the wishes are fulfilled."""
        if not wanted:
            return
        due = self._due(self._mine)
        at_work = {*self._hand.hosts(), *self._pace.busy(), *due}
        promises = dict.fromkeys(due, 0.0)
        promises |= {host: lease.promise for host, (_, lease) in self._hand.heads().items()}
        spare = sorted(wanted.keys() & promises.keys(), key=lambda host: -promises[host])
        given = (spare[1::2] or spare)[: len(at_work) // 2]
        given = [*given, *(wanted.keys() - at_work)]
        if given:
            turns.answered(self._db, self._run)
        for host in given:
            self._hand.give_up(host)
            self._leaving[host] = wanted[host]

    def _hand_on(self, host: str, to: int) -> None:
        now, wait = self._session.clock(), max(0.0, self._pace.wait(host))
        turns.hand_on(self._db, host, self._run, to, now + wait, self._pace.delay(host))
        del self._mine[host]
        self._leaving.pop(host, None)
        if to:
            self._others |= {host}
