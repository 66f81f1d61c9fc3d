"""Regions: what a host tells, then what the script does, and how sure that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.model import REGIONS
from page.region import region_of


@pytest.mark.parametrize(
    ("host", "lang", "script", "region", "confidence"),
    [
        ("www.gov.cn", "zh", "hans", "mainland", 0.95),
        ("english.www.gov.cn", "en", "", "mainland", 0.95),
        ("news.sina.com.cn", "zh", "hans", "mainland", 0.85),
        ("moda.gov.tw", "zh", "hant", "Taiwan", 0.95),
        ("www.digitalpolicy.gov.hk", "zh", "hant", "Hong Kong", 0.95),
        ("www.gov.mo", "zh", "hant", "Macau", 0.95),
        ("www.tech.gov.sg", "en", "", "Singapore", 0.95),
        ("zh.example.gov.sg", "zh", "hans", "Singapore", 0.95),
        ("xn--55qw42g.xn--fiqs8s", "zh", "hans", "mainland", 0.85),
        ("www.gov.uk", "en", "", "other", 0.85),
        ("example.com", "zh", "hans", "mainland", 0.6),
        ("example.com", "zh", "hant", "Taiwan", 0.5),
        ("example.com", "zh", "mixed", "other", 0.5),
        ("example.org", "en", "", "other", 0.5),
        ("127.0.0.1", "en", "", "other", 0.5),
    ],
)
def test_regions(host: str, lang: str, script: str, region: str, confidence: float) -> None:
    assert region_of(host, lang, script) == (region, confidence)


@given(st.text(), st.sampled_from(["en", "zh", "ja"]), st.sampled_from(["", "hans", "hant"]))
def test_every_host_has_a_region_of_the_configuration(host: str, lang: str, script: str) -> None:
    region, confidence = region_of(host, lang, script)
    assert region in REGIONS
    assert 0.5 <= confidence <= 1
