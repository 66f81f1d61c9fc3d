"""What links promise: learned from what was fetched, in both languages, with bounded memory."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import focus as module
from crawler.focus import ENTRY, Focus, place, words
from crawler.order import HELD_SECONDS, MOST_DELAYED, Order
from store.frontier import Found, Lease
from tests.memory_store import TOPIC

NEWS, LAWS = "http://news.cn", "http://laws.cn"


def found(key: str, anchor: str = "", **fields: object) -> Found:
    host = key.split("/")[2]
    return Found(key, host, host, "links", anchor=anchor, **fields)  # type: ignore[arg-type]


def promise(focus: Focus, key: str, anchor: str = "", on_topic: bool | None = None) -> float:
    (item,), _ = focus.weighed([found(key, anchor)], on_topic)
    return item.promise


def lease(number: int, host: str, promise: float, role: str = "page") -> Lease:
    return Lease(number, f"http://{host}/{number}", host, "s", role, 1, 0, 0, promise)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Digital Government 2024", {"digital", "government"}),
        ("數字政府", {"数字", "字政", "政府"}),  # Traditional folded, as pairs
        ("ＤＩＧＩＴＡＬ 政府", {"digital", "政府"}),
        ("网", {"网"}),
        ("a of 12 …", set()),
    ],
)
def test_words_of_both_scripts(text: str, expected: set[str]) -> None:
    assert words(text) == expected


def test_numbers_in_folders_are_alike() -> None:
    assert place(f"{NEWS}/art/2021/11/x1.html") == place(f"{NEWS}/art/2022/12/x2.html")
    assert place(f"{NEWS}/art/2021/x") != place(f"{NEWS}/sport/2021/x")


@pytest.mark.parametrize("anchor", ["Building digital government", "建设數位政府", "数字政府建设"])
def test_the_topics_words_promise_more_before_anything_is_learned(anchor: str) -> None:
    focus = Focus(TOPIC)
    assert promise(focus, f"{NEWS}/1", anchor) > promise(focus, f"{NEWS}/2", "Weather, 天气预报")


def test_a_site_and_a_folder_are_judged_by_what_they_held() -> None:
    focus = Focus(TOPIC)
    for n in range(20):
        focus.learn(f"{NEWS}/sport/{n}", "", 0)
        focus.learn(f"{NEWS}/policy/{n}", "", 2)
        focus.learn(f"{LAWS}/{n}", "", 0)
    policy = promise(focus, f"{NEWS}/policy/x")
    assert policy > promise(focus, f"{NEWS}/sport/x")
    assert policy > promise(focus, f"{NEWS}/other/x") > promise(focus, f"{LAWS}/other/x")
    assert 0 < promise(focus, f"{LAWS}/x") < policy < 1


def test_words_that_proved_themselves_promise_more_also_at_another_site() -> None:
    focus = Focus(TOPIC)
    for n in range(30):
        focus.learn(f"{NEWS}/{n}", "政务大厅" if n % 2 else "体育新闻", 2 * (n % 2))
    good = promise(focus, f"{LAWS}/1", "政务大厅搬迁")
    assert good > promise(focus, f"{LAWS}/2", "体育新闻搬迁")


def test_a_sites_own_words_tell_nothing_that_the_site_does_not() -> None:
    """All pages of a good site say 新闻; only the good ones of a mixed site say 规划."""
    focus = Focus(TOPIC)
    for n in range(60):
        focus.learn(f"{NEWS}/{n}", "新闻", 2)
        focus.learn(f"{LAWS}/{n}", "规划" if n % 2 else "通知", 3 * (n % 2))
    elsewhere = "http://other.cn"
    assert promise(focus, f"{elsewhere}/1", "规划") > promise(focus, f"{elsewhere}/2", "新闻")


def test_a_page_with_one_concept_promises_more_than_a_page_with_none() -> None:
    focus = Focus(TOPIC)
    for n in range(20):
        for folder, concepts in (("none", 0), ("one", 1), ("two", 2), ("many", 9)):
            focus.learn(f"{NEWS}/{folder}/{n}", "", concepts)
    promises = [promise(focus, f"{NEWS}/{folder}/x") for folder in ("none", "one", "two", "many")]
    assert promises == sorted(set(promises))
    assert 0 < promises[0] < promises[-1] < ENTRY


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.text("政务服务新闻 gov", max_size=12), st.integers(0, 9)
        ),
        max_size=60,
    )
)
def test_a_promise_stays_above_nothing_and_below_an_entry_point(
    judged: list[tuple[str, str, int]],
) -> None:
    focus = Focus(TOPIC)
    for n, (host, anchor, concepts) in enumerate(judged):
        assert 0 < promise(focus, f"http://{host}/{n}", anchor, n % 2 == 0) < ENTRY
        anew = focus.learn(f"http://{host}/{n}", anchor, concepts)
        assert all(0 < each < ENTRY for _, each in anew)


def test_another_page_that_links_changes_the_promise() -> None:
    focus = Focus(TOPIC)
    before = promise(focus, f"{NEWS}/1", "next")
    _, changed = focus.weighed([found(f"{NEWS}/1", "digital government")], True)
    assert [key for key, _ in changed] == [f"{NEWS}/1"]
    assert changed[0][1] > before
    assert focus.weighed([found(f"{NEWS}/1", "digital government")], None)[1] == []  # no news


def test_what_waits_is_estimated_anew_as_its_site_is_known_better() -> None:
    focus = Focus(TOPIC)
    before = promise(focus, f"{NEWS}/waits")
    anew = [dict(focus.learn(f"{NEWS}/{n}", "", 3)) for n in range(10)]
    assert max(each.get(f"{NEWS}/waits", 0.0) for each in anew) > before
    assert sum(bool(each) for each in anew) < 6, "not after every page"


def test_news_of_a_host_is_its_best_promise_until_it_is_considered() -> None:
    focus = Focus(TOPIC)
    assert focus.news("news.cn") == 0.0
    good = promise(focus, f"{NEWS}/1", "digital government", True)
    promise(focus, f"{NEWS}/2", "weather")
    assert focus.news("news.cn") == good
    assert focus.news("laws.cn") == 0.0
    focus.considered("news.cn")
    assert focus.news("news.cn") == 0.0
    for n in range(9):
        focus.learn(f"{NEWS}/other/{n}", "", 0)
    assert focus.news("news.cn") == ENTRY, "all that waits was estimated anew"


def test_listings_and_what_is_skipped_are_left_as_they_are() -> None:
    items = [found(f"{NEWS}/s", role="sitemap"), found(f"{NEWS}/x", state="skipped")]
    assert Focus(TOPIC).weighed(items, True) == (items, [])


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_NOTED", 5)
    monkeypatch.setattr(module, "MAX_WORDS", 40)
    focus = Focus(TOPIC)
    for n in range(100):
        focus.learn(f"{LAWS}/{n}", f"word{chr(97 + n % 26)} 第{chr(0x4E00 + n)}", n % 3)
    assert len(focus._weights) == 40
    items, _ = focus.weighed([found(f"{NEWS}/{n}") for n in range(20)])
    assert all(item.promise for item in items)
    assert sum(map(len, focus._noted.values())) == 5


RICH, POOR = lease(1, "rich", 0.6), lease(2, "poor", 0.2)


def hosts(
    order: Order, *leases: Lease, busy: str = "", in_delay: str = "", now: float = 1001.0
) -> list[str]:
    """Which hosts are free, a second after "poor" was asked."""
    order.sent(POOR, None, 1000.0)
    heads = {each.host: (None, each) for each in leases}
    return order.hosts(heads, [busy], lambda host: float(host == in_delay), now)


def test_a_host_that_promises_little_waits_while_a_better_one_has_work() -> None:
    order = Order(focus=True, delay=1.0)
    assert hosts(order, POOR, RICH) == ["rich"]
    order.sent(RICH, None, 1000.0)
    assert hosts(order, POOR, busy="rich") == [], "the better one is still at work"
    assert hosts(order, POOR) == ["poor"], "nothing better is left"
    assert hosts(order, replace(POOR, promise=0.5), RICH) == ["rich", "poor"], "nearly as good"


def test_nobody_waits_for_ever() -> None:
    order = Order(focus=True, delay=1.0)
    assert hosts(order, POOR, RICH, now=1001 + MOST_DELAYED) == ["rich", "poor"]
    impatient = Order(focus=True, delay=0.0)
    assert hosts(impatient, POOR, RICH, now=1001 + HELD_SECONDS) == ["rich", "poor"]


@pytest.mark.parametrize(("delay", "free"), [(1.0, ["rich"]), (0.0, ["rich", "poor"])])
def test_slow_hosts_do_not_make_the_others_slow(delay: float, free: list[str]) -> None:
    """A fast host waits some of its own delays for a better one that is in its delay, no more."""
    assert hosts(Order(focus=True, delay=delay), POOR, RICH, in_delay="rich") == free


def test_listings_and_entry_points_neither_wait_nor_keep_others_waiting() -> None:
    order, home = Order(focus=True, delay=1.0), lease(1, "new", 1.0)
    assert hosts(order, home, POOR) == ["new", "poor"]
    sitemap = lease(3, "map", 0.05, "sitemap")
    assert set(hosts(order, sitemap, POOR)) == {"map", "poor"}


def test_without_focus_hosts_take_turns() -> None:
    assert hosts(Order(focus=False, delay=1.0), POOR, RICH, busy="rich") == ["poor", "rich"]
