"""How the methods differ: each one's answer to the same question, in a figure."""

from __future__ import annotations

from report.charts.spans import Axis, SpanRow, spans
from report.gap.model import Headline
from report.render.blocks import Column, Figure, Table
from report.render.say import Say, signed

NAMES = {
    "audit": ("audit and split correction", "核查样本＋误拆校正"),
    "naive_works": ("works found, uncorrected", "已找到的作品（未校正）"),
    "naive_pages": ("pages found, uncorrected", "已找到的页面（未校正）"),
    "chao2": ("Chao 2, no audit", "Chao2（无核查）"),
    "chao_mth": ("Chao Mth, no audit", "Chao Mth（无核查）"),
    "loglinear": ("log-linear, BIC, no audit", "对数线性模型，BIC（无核查）"),
    "loglinear_gamma": ("log-linear with Gamma term, no audit", "对数线性＋Gamma项（无核查）"),
    "latent": ("two latent classes, no audit", "二类潜在类别模型（无核查）"),
    "envelope": ("all of these together", "以上各法合并"),
}


def spread(h: Headline, say: Say) -> Figure | None:
    """Return the figure of the methods; None where there is nothing to compare."""
    if not h.spread:
        return None
    rows = [
        SpanRow(say(*NAMES.get(s.name, (s.name, s.name))), s.low, s.high, s.log2, s.name == "audit")
        for s in h.spread
    ]
    name = say("How the methods differ", "各种方法的差异")
    alt = say(
        "One row a method: its estimate of how many times as many Chinese works there are as"
        " English ones. Numbers to the right of = mean more Chinese works.",
        "每行一种方法：估计中文作品是英文作品的多少倍。等号右侧表示中文更多。",
    )
    axis = Axis(say("← more English works | more Chinese works →", "← 英文更多 | 中文更多 →"))
    columns = (
        Column(say("Method", "方法")),
        Column("log₂ zh/en", "count"),
        Column(say("95 % from", "95%下限"), "count"),
        Column(say("to", "上限"), "count"),
    )
    table = Table(
        columns,
        tuple(
            (row.label, signed(row.value, 2), signed(s.low, 2), signed(s.high, 2))
            for row, s in zip(rows, h.spread, strict=True)
        ),
        fold=say("Table of the methods", "各方法数据表"),
    )
    return Figure(name, alt, spans(rows, axis, name, alt), table)
