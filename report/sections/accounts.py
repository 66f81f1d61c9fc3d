"""Accounts and limits: where every discovered URL went, what cut the crawl, how the runs ended."""

from __future__ import annotations

from report.charts.palette import STATES as TINTS
from report.charts.stack import Part, stack
from report.model import CrawlRun, Measurement
from report.render import words
from report.render.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Prose,
    Section,
    Table,
    Value,
    bdi,
    nothing,
)
from report.render.say import Say

MOST_REASONS, MOST_RUNS = 20, 10


def section(m: Measurement, say: Say) -> Section:
    """Return the section on the crawl's books."""
    title = say("How the crawl went", "抓取过程")
    blocks = [*_states(m, say), *_reasons(m, say), *_limits(m, say), *_runs(m, say)]
    return Section("crawl", title, tuple(blocks), say("The crawl", "抓取"))


def _states(m: Measurement, say: Say) -> list[Block]:
    account = m.account
    if not account.discovered:
        none = say("No data: no URL has been discovered yet.", "没有数据：尚未发现任何网址。")
        return [nothing(none)]
    states = [(state, getattr(account, state)) for state in words.STATES]
    rows: list[tuple[Value, ...]] = [
        (
            state if say.tongue == "en" else words.STATES_ZH[state],
            count,
            say.percent(count / account.discovered),
            words.said(words.STATES, state, say),
        )
        for state, count in states
    ]
    verdict = (
        say("every URL is in exactly one row above", "每个网址恰好属于以上一行")
        if account.balanced
        else say(
            "the rows above do not add up: the books of this store are wrong",
            "以上各行之和与总数不符：存储的账目有误",
        )
    )
    rows.append((say("discovered", "已发现"), account.discovered, "", verdict))
    columns = (
        Column(say("URLs", "网址")),
        Column(say("number", "数目"), "count"),
        Column(say("share", "占比"), "count"),
        Column(say("meaning", "含义")),
    )
    name = say("Where every discovered URL went", "已发现网址的去向")
    alt = say(
        "One bar of {n} URLs, in parts: {parts}.",
        "一条表示{n}个网址的横条，分为：{parts}。",
        n=account.discovered,
        parts=say(", ", "、").join(f"{row[0]} {row[1]}" for row in rows[:-1]),
    )
    parts = [Part(str(rows[i][0]), count, TINTS[state]) for i, (state, count) in enumerate(states)]
    kinds = (*(f"state {state}" for state, _ in states), "sum")
    return [Figure(name, alt, stack(parts, name, alt), Table(columns, tuple(rows), kinds=kinds))]


def _reasons(m: Measurement, say: Say) -> list[Block]:
    reasons = sorted(m.account.reasons, key=lambda reason: -reason[2])
    if not reasons:
        return []
    rows: list[tuple[Value, ...]] = [
        (
            state if say.tongue == "en" else words.STATES_ZH.get(state, state),
            words.said(words.REASONS, reason, say),
            count,
        )
        for state, reason, count in reasons[:MOST_REASONS]
    ]
    left = sum(count for _, _, count in reasons[MOST_REASONS:])
    if left:
        rows.append(("", say("all other reasons", "其他原因"), left))
    columns = (
        Column(say("State", "状态")),
        Column(say("Reason", "原因")),
        Column(say("URLs", "网址"), "count"),
    )
    return [Table(columns, tuple(rows), fold=say("Reasons, by number of URLs", "原因（按网址数）"))]


def _limits(m: Measurement, say: Say) -> list[Block]:
    ended = [run for run in m.runs if run.outcome != "running"]
    heading = Heading(say("Limits", "限额"))
    if not ended:
        return [heading, Prose(say("No run has ended yet.", "尚未有抓取完成。"))]
    # Only the newest run's limits still hold: a later run may have fetched what was left.
    last = ended[-1]
    if not last.limits:
        return [heading, Prose(say("No limit cut the last run.", "上次抓取未触及限额。"))]
    words_ = say(
        "These limits cut run {id}, the last one that ended. What lies behind them is missing from"
        " every count.",
        "以下限额截断了最近结束的第{id}次抓取。截断之后的内容不在任何统计之中。",
        id=last.id,
    )
    rows: list[tuple[Value, ...]] = [
        (
            words.said(words.LIMITS, limit.name, say),
            bdi(limit.subject) if limit.subject else say("the whole crawl", "整个抓取"),
            limit.left,
        )
        for limit in last.limits
    ]
    columns = (
        Column(say("Limit", "限额")),
        Column(say("Cut", "截断处")),
        Column(say("URLs left", "剩余网址"), "count"),
    )
    return [heading, Prose(words_), Table(columns, tuple(rows))]


def _runs(m: Measurement, say: Say) -> list[Block]:
    if not m.runs:
        return []
    shown: tuple[CrawlRun, ...] = m.runs[: -MOST_RUNS - 1 : -1]
    rows: list[tuple[Value, ...]] = [
        (
            str(run.id),
            run.started_at[:16].replace("T", " "),
            run.ended_at[:16].replace("T", " ") or "–",
            run.fetched,
            len(run.limits),
            words.said(words.OUTCOMES, run.outcome, say),
        )
        for run in shown
    ]
    columns = (
        Column(say("Run", "次")),
        Column(say("started (UTC)", "开始（UTC）"), "when"),
        Column(say("ended (UTC)", "结束（UTC）"), "when"),
        Column(say("fetched", "读取"), "count"),
        Column(say("limits hit", "触及限额"), "count"),
        Column(say("outcome", "结果")),
    )
    fold = say("Runs ({n})", "历次抓取（{n}）", n=len(m.runs))
    return [Table(columns, tuple(rows), fold=fold)]
