"""The frontier: one state a URL, leases that come back, captures that are all kept."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)

from store import Store, open_store, runs
from store.frontier import Found, Frontier, Lease
from store.owner import is_dead, owner_name


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as opened:
        yield opened


def frontier_of(store: Store, owner: str = "", clock: Callable[[], float] = time.time) -> Frontier:
    owner = owner or owner_name()
    return Frontier(store.db, runs.start(store.db, owner, "{}"), owner, clock)


def found(path: str, route: str = "links", **fields: object) -> Found:
    return Found(f"http://a.cn/{path}", "a.cn", "a", route, **fields)  # type: ignore[arg-type]


def one(store: Store, query: str, *values: object) -> object:
    return store.db.execute(query, values).fetchone()[0]


def test_every_route_that_finds_a_url_is_kept_also_for_known_ones(store: Store) -> None:
    frontier = frontier_of(store)
    assert frontier.add([found("1", "home")]) == 1
    assert frontier.add([found("1", "links"), found("1", "sitemap"), found("1", "links")]) == 0
    rows = store.db.execute("SELECT route FROM capture ORDER BY route").fetchall()
    assert [route for (route,) in rows] == ["home", "links", "sitemap"]
    again = frontier_of(store)
    again.add([found("1", "links")])
    assert one(store, "SELECT count(*) FROM capture WHERE route = 'links'") == 2


def test_a_url_leased_once_is_not_leased_again(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found(str(n)) for n in range(5)])
    first, second = frontier.lease("a.cn", 3), frontier.lease("a.cn", 10)
    assert len(first) == 3
    assert len(second) == 2
    assert not {x.key for x in first} & {x.key for x in second}
    assert frontier.lease("a.cn", 10) == []


def test_the_nearest_to_an_entry_point_comes_first(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found("deep", depth=5), found("near", depth=1), found("middle", depth=3)])
    frontier.add([found("deep", depth=0)])
    assert [x.key[-4:] for x in frontier.lease("a.cn", 3)] == ["deep", "near", "ddle"]


def test_a_lease_that_ran_out_is_taken_again(store: Store) -> None:
    now = [time.time()]
    frontier = frontier_of(store, "elsewhere:1:1", lambda: now[0])
    frontier.add([found("1")])
    assert frontier.lease("a.cn", 1)
    assert frontier.reclaim() == 0
    now[0] += 301
    assert frontier.reclaim() == 1
    assert len(frontier.lease("a.cn", 1)) == 1


def test_a_renewed_lease_does_not_run_out(store: Store) -> None:
    now = [time.time()]
    frontier = frontier_of(store, clock=lambda: now[0])
    frontier.add([found("1")])
    frontier.lease("a.cn", 1)
    for _ in range(1, 20):
        now[0] += 60
        frontier.renew()
        assert frontier.reclaim() == 0


def test_the_leases_of_a_dead_process_come_back_at_once(store: Store) -> None:
    host = owner_name().split(":")[0]
    dead = frontier_of(store, f"{host}:4194305:1")  # beyond the largest pid Linux gives out
    dead.add([found("1"), found("2")])
    dead.lease("a.cn", 2)
    assert frontier_of(store).reclaim() == 2
    assert not is_dead(owner_name())
    assert not is_dead("another-machine:1:1")
    assert not is_dead("nonsense")
    name = owner_name().rpartition(":")[0]
    started = int(psutil.Process().create_time())
    assert not is_dead(f"{name}:{started + 2}"), "setting the clock moves the boot time"
    assert is_dead(f"{name}:{started + 60}"), "a number used again is another process"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Linux tells ticks since booting")
def test_a_clock_that_is_set_kills_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = owner_name()
    assert is_dead(f"{mine}0"), "a number used again is another process"
    booted = psutil.boot_time()
    monkeypatch.setattr("psutil._pslinux.boot_time", lambda: booted - 3600.0)
    assert not is_dead(mine)
    assert owner_name() == mine


def test_a_process_never_takes_its_own_leases_for_a_dead_ones(store: Store) -> None:
    name, _, started = owner_name().rpartition(":")
    mine = frontier_of(store, f"{name}:{int(started) + 60}")
    mine.add([found("1")])
    mine.lease("a.cn", 1)
    assert mine.reclaim() == 0


def test_retries_wait_and_end(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found("1")])
    (lease,) = frontier.lease("a.cn", 1)
    assert frontier.retry(lease, "timeout", 1000, 3)
    assert frontier.lease("a.cn", 1) == []
    assert (frontier.next_due() or 0) > time.time() + 900
    store.db.execute("UPDATE url SET due_at = 0")
    (lease,) = frontier.lease("a.cn", 1)
    assert lease.attempts == 1
    assert frontier.retry(lease, "timeout", 0, 3)
    (lease,) = frontier.lease("a.cn", 1)
    assert not frontier.retry(lease, "timeout", 0, 3)
    assert store.account().reasons == (("failed", "timeout", 1),)


def test_what_waits_for_robots_uses_up_no_attempt(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found("1")])
    for _ in range(5):
        (lease,) = frontier.lease("a.cn", 1)
        assert lease.attempts == 0
        frontier.postpone(lease.url_id, "robots_unreachable", 0)
    assert store.account().pending == 1


def test_what_was_too_deep_is_taken_up_when_found_nearer(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found("1", depth=9, state="skipped", reason="depth")])
    assert frontier.lease("a.cn", 1) == []
    frontier.add([found("1", depth=2)])
    assert [x.depth for x in frontier.lease("a.cn", 1)] == [2]


def test_a_known_url_found_nearer_gets_the_smaller_depth(store: Store) -> None:
    frontier = frontier_of(store)
    for depth in (3, 4, 2, 5):
        frontier.add([found("x", depth=depth)])
    assert one(store, "SELECT depth FROM url") == 2


def test_what_was_rolled_back_can_be_found_again(store: Store) -> None:
    frontier = frontier_of(store)
    store.db.execute("BEGIN")
    frontier.add([found("x")])
    store.db.execute("ROLLBACK")
    frontier.forget()
    assert frontier.add([found("x")]) == 1


def test_robots_decisions_are_not_undone_by_another_link(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found("1")])
    (lease,) = frontier.lease("a.cn", 1)
    frontier.settle(lease.url_id, "skipped", "robots")
    frontier.add([found("1")])
    assert frontier.lease("a.cn", 1) == []


def test_entry_points_are_due_again_in_every_run(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.reopen([found("", "home")])
    (lease,) = frontier.lease("a.cn", 1)
    frontier.reopen([found("", "home")])  # leased: in good hands
    assert frontier.lease("a.cn", 1) == []
    frontier.settle(lease.url_id, "stored")
    frontier.reopen([found("", "home")])  # named twice
    assert frontier.lease("a.cn", 1) == []
    following = frontier_of(store)
    following.reopen([found("", "home")])
    assert len(following.lease("a.cn", 1)) == 1


def test_spent_sources_get_no_lease(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found("1"), Found("http://a.cn/b", "a.cn", "b", "links")])
    assert [x.source for x in frontier.lease("a.cn", 9, ["a"])] == ["b"]
    assert frontier.next_due(["a"]) is None


def test_hosts_are_found_however_many_urls_wait(store: Store) -> None:
    frontier = frontier_of(store)
    hosts = [f"h{n}.cn" for n in range(20)]
    frontier.add(Found(f"http://{h}/{n}", h, "a", "links") for h in hosts for n in range(50))
    assert sorted(frontier.hosts()) == sorted(hosts)


class FrontierMachine(RuleBasedStateMachine):
    """Any order of finding, leasing, settling, retrying, dying: the books always balance."""

    leases = Bundle("leases")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name), create=True)
        self.frontier = frontier_of(self.store, "machine:1:1")
        self.known: set[str] = set()
        self.held: set[int] = set()

    @rule(paths=st.lists(st.sampled_from("abcdefgh"), max_size=6), depth=st.integers(0, 4))
    def find(self, paths: list[str], depth: int) -> None:
        new = self.frontier.add([found(path, depth=depth) for path in paths])
        assert new == len({*paths} - self.known)
        self.known |= {*paths}

    @rule(target=leases, limit=st.integers(1, 3))
    def take(self, limit: int) -> object:
        taken = self.frontier.lease("a.cn", limit)
        assert not self.held & {lease.url_id for lease in taken}
        self.held |= {lease.url_id for lease in taken}
        return multiple(*taken)

    @rule(lease=consumes(leases), state=st.sampled_from(["stored", "failed", "skipped", "gone"]))
    def settle(self, lease: Lease, state: str) -> None:
        self.frontier.settle(lease.url_id, state, "x")
        self.held.discard(lease.url_id)

    @rule(lease=consumes(leases))
    def retry(self, lease: Lease) -> None:
        self.frontier.retry(lease, "timeout", 0, 3)
        self.held.discard(lease.url_id)

    @rule()
    def reopen(self) -> None:
        self.frontier.reopen([found("a", "home")])
        self.known.add("a")

    @invariant()
    def books_balance(self) -> None:
        books = self.store.account()
        assert books.balanced
        assert books.discovered == len(self.known)
        assert books.pending >= len(self.held)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


FrontierMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestFrontierMachine = FrontierMachine.TestCase


def test_the_most_promising_comes_first_and_what_waits_may_be_judged_anew(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found(str(n), promise=float(n % 3)) for n in range(6)])
    assert [lease.key[-1] for lease in frontier.lease("a.cn", 3)] == ["2", "5", "1"]
    frontier.promising([("http://a.cn/3", 9.0), ("http://a.cn/2", 9.0)])
    assert [lease.key[-1] for lease in frontier.lease("a.cn", 6)] == ["3", "4", "0"]


def test_what_is_given_back_promises_what_was_learned_meanwhile(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found(str(n), promise=0.5 - n / 10) for n in range(3)])
    leases = frontier.lease("a.cn", 2)
    frontier.promising([("http://a.cn/0", 0.1)])
    frontier.give_back(leases)
    assert [lease.key[-1] for lease in frontier.lease("a.cn", 3)] == ["1", "2", "0"]


def test_one_expected_language_may_be_leased_alone(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found(str(n), lang=("en", "zh", "")[n % 3]) for n in range(6)])
    assert {lease.lang for lease in frontier.lease("a.cn", 6, lang="zh")} == {"zh"}
    assert {lease.key[-1] for lease in frontier.lease("a.cn", 6, lang="")} == {"2", "5"}
    assert len(frontier.lease("a.cn", 6)) == 2


def test_judgements_outlive_a_run(store: Store) -> None:
    frontier = frontier_of(store)
    frontier.add([found("1", anchor="数字政府"), found("2")])
    for lease, langs in zip(frontier.lease("a.cn", 2), (["zh"], []), strict=True):
        frontier.judged(lease.url_id, langs)
    assert set(frontier.judgements(9)) == {
        ("http://a.cn/1", "数字政府", True),
        ("http://a.cn/2", "", False),
    }
