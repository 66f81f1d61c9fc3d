"""Reasons that a crawl gives have words in both languages."""

from __future__ import annotations

import re

import pytest

from report.render.say import Say
from report.render.words import REASONS, said

GIVEN = (
    "address depth http_403 http_404 no_sitemap noindex not_a_listing offsite pattern redirect"
    " redirect_limit redirect_loop robots sitemap_limit trap type"
)


@pytest.mark.parametrize("reason", GIVEN.split())
def test_a_reason_is_said_in_words(reason: str) -> None:
    assert said(REASONS, reason, Say("en")) != reason
    assert re.search("[\u4e00-\u9fff]", said(REASONS, reason, Say("zh")))
