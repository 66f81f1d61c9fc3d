"""What a store says of hosts in trouble."""

from __future__ import annotations

from pathlib import Path

from store import hosts, open_store, runs
from store.frontier import Found, Frontier


def test_the_sources_of_hosts_are_read_at_once(tmp_path: Path) -> None:
    found = [
        ("http://a.cn/1", "a.cn", "two"),
        ("http://a.cn/2", "a.cn", "one"),
        ("http://a.cn/3", "a.cn", "one"),
        ("http://b.cn/1", "b.cn", "one"),
        ("http://c.cn/1", "c.cn", ""),
        ("http://d.cn/1", "d.cn", "three"),
    ]
    asked: list[str] = []
    with open_store(tmp_path, create=True) as store:
        run = runs.start(store.db, "me:1:1", "{}")
        with store.transaction():
            Frontier(store.db, run, "me:1:1").add([Found(*one, "links") for one in found])
        store.db.set_trace_callback(asked.append)
        said = hosts.sources_of(store.db, ["a.cn", "b.cn", "c.cn", "none.cn"])
        store.db.set_trace_callback(None)
    assert said == {"a.cn": ("one", "two"), "b.cn": ("one",), "c.cn": (), "none.cn": ()}
    assert len(asked) == 1
