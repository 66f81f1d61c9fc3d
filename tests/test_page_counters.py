"""Counters and clocks change by themselves; every other number is news."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.counters import only_counted

DAYS = ("2026-11-23", "2026-11-24")
PROSE = "各地区各部门要加快推进数字政府建设，提升政务服务水平。\nThe council met in May."
TICKING = [  # two visits of one page, on DAYS
    ("阅读：1234", "阅读：1235"),
    ("閱讀數：９９９", "閱讀數：１０００"),
    ("浏览次数 : 1234次", "浏览次数 : 98765次"),
    (
        "来源：新华网 作者：李明 点击数：9 字体：大 中 小",
        "来源：新华网 作者：李明 点击数：10 字体：大 中 小",
    ),
    ("时间：2019年10月31日 23:00 浏览： 33", "时间：2019年10月31日 23:00 浏览： 1.2万"),
    ("2024-01-05 | 1234次浏览 | 评论(3)", "2024-01-05 | 1240次浏览 | 评论(4)"),
    ("您是第 12345 位访客", "您是第 12399 位访客"),
    ("本文已被阅读 12 次", "本文已被阅读 15 次"),
    ("已有1234人参与", "已有1300人参与"),
    ("当前在线人数：35", "当前在线人数：7"),
    ("Views: 1,234", "Views: 1,302"),
    ("1,234 views · 12 comments", "1,399 views · 13 comments"),
    ("By Ann Lee | 12k reads", "By Ann Lee | 13k reads"),
    ("This page has been viewed 1,234 times.", "This page has been viewed 1,299 times."),
    ("You are visitor number 1,234", "You are visitor number 2,001"),
    ("Page last loaded at 12:31:05", "Page last loaded at 09:02:44"),
    ("Page generated in 0.123 seconds", "Page generated in 0.4 seconds"),
    ("今天是2026年11月23日 星期一", "今天是2026年11月24日 星期二"),
    (
        "今天是2026年11月23日 星期一 欢迎您访问本站！",
        "今天是2026年11月24日 星期二 欢迎您访问本站！",
    ),
    ("Today is Monday, November 23, 2026", "Today is Tuesday, November 24, 2026"),
    ("Monday, November 23, 2026", "Tuesday, November 24, 2026"),
    ("2026年11月23日 星期一 08:00", "2026年11月25日 星期三 00:10"),  # a time zone ahead
    ("Last updated: 23 November 2026", "Last updated: 24 November 2026"),
    ("更新时间：2026-11-23 12:00:01", "更新时间：2026-11-24 13:10:59"),
    ("3小时前", "2天前"),
    ("Updated 5 minutes ago", "Updated 1 hour ago"),
]
EDITS = [  # the same, and somebody has edited
    ("今天是2026年11月23日 欢迎您访问本站", "今天是2026年11月24日 欢迎您访问市政府网站"),
    ("第三条 罚款五百元以上1000元以下。", "第三条 罚款五百元以上2000元以下。"),
    ("截至2026年11月23日，累计确诊1234例。", "截至2026年11月24日，累计确诊1234例。"),
    (
        "2023年政务网站访问量达到1234万次，同比增长5%",
        "2023年政务网站访问量达到1334万次，同比增长5%",
    ),
    ("访问量1234万次，同比增长5%", "访问量1334万次，同比增长5%"),
    ("网站总访问量（单位：次）", "网站独立访问量（单位：次）"),
    ("人口：1234万", "人口：1235万"),
    ("Population: 1,234", "Population: 1,235"),
    ("The site had 1,234 views in May", "The site had 1,299 views in May"),
    ("Views: 3 of the four judges agreed", "Views: 2 of the four judges agreed"),
    ("It generated more than 3,000 page views.", "It generated more than 4,000 page views."),
    ("点击率：12%", "点击率：13%"),
    ("Shares: 1,234,000", "Shares: 1,235,000"),
    ("1234", "1235"),  # the cell of a table
    ("12:30", "13:30"),  # a programme
    ("09:00 Opening", "10:00 Opening"),
    ("2026年5月1日", "2026年5月2日"),  # the date of a document
    ("Last updated: 1 May 2026", "Last updated: 2 May 2026"),
    ("发布日期：2026-05-01", "发布日期：2026-11-24"),
    ("阅读：1234", "浏览：1234"),
    ("阅读：1234", "阅读：1234\n新的一段"),
    ("The council met 3 days ago", "The council met 4 days ago"),
    ("电话：010-12345678", "电话：010-12345679"),
    ("第12条", "第13条"),
    ("共有35人参加评论", "共有36人参加培训"),
]


@pytest.mark.parametrize(("old", "new"), TICKING)
def test_a_counter_is_no_change(old: str, new: str) -> None:
    assert only_counted(f"{PROSE}\n{old}", DAYS[0], f"{PROSE}\n{new}", DAYS[1])
    assert only_counted(f"{old}\n{PROSE}", DAYS[0], f"{new}\n{PROSE}", DAYS[1])


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_an_edit_is_one(old: str, new: str) -> None:
    assert not only_counted(f"{PROSE}\n{old}", DAYS[0], f"{PROSE}\n{new}", DAYS[1])


@pytest.mark.parametrize(("old", "new"), TICKING)
def test_an_edit_beside_a_counter_is_seen(old: str, new: str) -> None:
    edited = PROSE.replace("May", "June")
    assert not only_counted(f"{PROSE}\n{old}", DAYS[0], f"{edited}\n{new}", DAYS[1])


CHINESE = ["全市", "共", "办理", "访问量", "阅读", "浏览", "今天", "达到", "处以", "罚款"]
ENGLISH = ["views", "the", "city", "of", "visits", "page", "read", "updated", "today"]
WORDS = st.sampled_from(CHINESE) | st.sampled_from(ENGLISH)


@given(
    st.lists(WORDS, min_size=3, max_size=12),
    st.lists(WORDS, min_size=3, max_size=12),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["", " "]),
    st.sampled_from(["。", "，比上年增长百分之三。", ", as the ministry said.", " 元。"]),
)
def test_a_figure_inside_a_sentence_is_always_seen(
    before: list[str], after: list[str], one: int, other: int, space: str, end: str
) -> None:
    old, new = (
        f"{space.join(before)}{space}{number}{space}{space.join(after)}{end}"
        for number in (one, other)
    )
    assert only_counted(old, DAYS[0], new, DAYS[1]) == (one == other)


@given(
    st.lists(st.sampled_from([old for old, _ in TICKING + EDITS]), min_size=1, max_size=3),
    st.sampled_from([*CHINESE, "views", "city", "visits", "page", "read"]),  # no word of a time
    st.data(),
)
def test_a_word_more_is_seen_whatever_the_numbers_do(
    lines: list[str], word: str, data: st.DataObject
) -> None:
    old = "\n".join(lines)
    new = re.sub(r"\d+", lambda _: str(data.draw(st.integers(0, 9999))), old)
    place = data.draw(st.integers(0, len(new)))
    assert not only_counted(old, "", f"{new[:place]}{word}{new[place:]}", "")


@given(st.text(max_size=200))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert only_counted(text, "2026-01-01", text, "2026-01-02")


@pytest.mark.parametrize(
    "text", ["1" * 299, "今天是" + "1,. " * 70, "views: " + "1 234" * 50, "总被" * 99]
)
def test_hostile_lines_take_no_time(text: str) -> None:
    assert not only_counted(text, "2026-01-01", f"{text[:-2]}x", "2026-01-02")
