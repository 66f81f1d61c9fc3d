"""The answer in plain words, as the terminal shows it: what the first page says, or why not."""

from __future__ import annotations

import re

import pytest

from report.gap.evidence import NONE, Evidence
from report.sections.answer import in_words
from tests.gap_webs import corpus, judged, sample
from tests.report_store import measurement_of

AUDITED = Evidence(sample((200, 150), (200, 120)), judged())


@pytest.mark.parametrize(
    ("evidence", "en", "zh"),
    [
        (AUDITED, "times as many Chinese as English works", "中文作品约为英文的"),
        (Evidence(None, judged()), "for want of an independent audit", "未做独立核查"),
        (NONE, "`duizhao label works` asks", "可用 `duizhao label works` 判读"),
    ],
)
def test_every_kind_of_answer_is_plain(evidence: Evidence, en: str, zh: str) -> None:
    measured = measurement_of(corpus(100, 400), evidence=evidence)
    for tongue, words in (("en", en), ("zh", zh)):
        said = in_words(measured, tongue)
        assert words in said
        assert not re.search(r"[<>]|&\w+;|  |below|下文", said)
        assert said.endswith("." if tongue == "en" else "。")
