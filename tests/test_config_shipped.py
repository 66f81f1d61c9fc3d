"""The shipped files: enough of everything, nothing twice, nothing that counts a mention double."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import fields
from itertools import product
from urllib.parse import urlsplit

import pytest

from config.crawl import FIELDS
from config.load import load
from config.model import KINDS, REGIONS, Concept, Crawl
from index.analysis.en import exact_form
from page.model import fold

CONFIG = load()
CONCEPTS = CONFIG.topic.concepts

# Terms that the topic cannot do without, by concept, with the words of Taiwan and Hong Kong.
REQUIRED = {
    "digital-government": ["digital government", "数字政府", "數位政府", "數碼政府"],
    "e-government": [
        "e-government",
        "egovernment",
        "electronic government",
        "电子政务",
        "電子化政府",
    ],
    "digital-china": ["digital china", "数字中国"],
    "digital-fujian": ["digital fujian", "数字福建"],
    "city-brain": ["city brain", "urban brain", "城市大脑"],
    "one-stop-online": ["one-stop online government services", "一网通办"],
    "unified-management": ["single-network unified management", "一网统管"],
    "one-network-coordination": ["single-network coordination", "一网协同"],
    "grid-management": ["grid management", "网格化管理"],
    "health-code": ["health code", "健康码"],
    "fewer-errands": ["数据多跑路", "群众少跑腿"],
    "at-most-one-visit": ["at most one visit", "最多跑一次"],
    "cross-province-handling": ["cross-province handling", "跨省通办"],
    "internet-plus-government": ["互联网+政务服务", "互联网＋政务服务"],
    "national-service-platform": [
        "national integrated government service platform",
        "一体化政务服务平台",
    ],
    "government-data-sharing": ["government data sharing", "政务数据共享"],
    "open-government-data": [
        "open government data",
        "政府数据开放",
        "公共数据开放",
        "政府資料開放",
    ],
    "government-cloud": ["government cloud", "政务云"],
    "government-apps": ["政务APP", "政务应用"],
    "government-informatization": ["government informatization", "政府信息化", "政务信息化"],
    "function-transformation": ["transformation of government functions", "转变政府职能"],
    "streamline-administration": ["streamline administration", "放管服"],
    "law-based-government": ["law-based government", "法治政府"],
    "clean-government": ["clean government", "廉洁政府"],
    "service-oriented-government": ["service-oriented government", "服务型政府"],
    "sharp-eyes": ["sharp eyes project", "雪亮工程"],
    "social-credit": ["social credit", "社会信用体系"],
    "smart-city": ["smart city", "智慧城市", "智能城市"],
    "deepening-reform-commission": [
        "commission for comprehensively deepening reform",
        "中央全面深化改革委员会",
        "中央深改委",
    ],
}
CORE = ["digital-government", "e-government", "one-stop-online", "open-government-data"]
NOT_CORE = ["smart-city", "social-credit", "law-based-government", "digital-transformation"]


@functools.cache
def form(lang: str, term: str) -> str:
    """The form in which terms are matched: folded Chinese, English words without number."""
    if lang == "zh":
        return fold(term)
    words = re.findall(r"[^\W_]+", fold(term))
    return f" {' '.join(map(exact_form, words))} "


def test_there_is_enough_of_it() -> None:
    assert len(CONCEPTS) >= 40
    assert len(CONFIG.sources) >= 70
    langs = Counter(lang for source in CONFIG.sources for lang in source.langs)
    assert min(langs["en"], langs["zh"]) >= 60


@pytest.mark.parametrize("concept", REQUIRED)
def test_required_concepts_and_terms(concept: str) -> None:
    [found] = [each for each in CONCEPTS if each.id == concept]
    terms = {fold(term) for lang in ("en", "zh") for term in found.terms(lang)}
    assert {fold(term) for term in REQUIRED[concept]} <= terms


def test_core_concepts_are_those_that_put_a_page_on_topic() -> None:
    core = {concept.id: concept.core for concept in CONCEPTS}
    assert all(core[name] for name in CORE)
    assert not any(core[name] for name in NOT_CORE)


def test_every_concept_is_explained() -> None:
    short = [concept.id for concept in CONCEPTS if len(concept.meaning) < 50]
    assert not short


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_term_is_listed_twice_in_the_form_in_which_it_is_matched(lang: str) -> None:
    forms = Counter(form(lang, term) for concept in CONCEPTS for term in concept.terms(lang))
    assert [term for term, times in forms.items() if times > 1] == []


def inside(lang: str, part: Concept, whole: Concept) -> list[tuple[str, str]]:
    pairs = product(part.terms(lang), whole.terms(lang))
    return [(small, large) for small, large in pairs if form(lang, small) in form(lang, large)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_mention_never_counts_as_two_concepts_that_are_not_core(lang: str) -> None:
    """Two concepts that are not core put a page on topic; one phrase must not be both."""
    broad = [concept for concept in CONCEPTS if not concept.core]
    doubled = [
        pair
        for part, whole in product(broad, broad)
        if part is not whole
        for pair in inside(lang, part, whole)
    ]
    assert doubled == []


def test_terms_in_traditional_characters_are_there_for_their_words() -> None:
    """Matching folds Traditional to Simplified: the same words need not be listed twice."""
    taiwan = {"數位政府", "政府資料開放", "電子化政府", "開放政府", "數位轉型"}
    assert taiwan <= {term for concept in CONCEPTS for term in concept.zh_terms}


def test_ids_are_unique() -> None:
    for ids in ([c.id for c in CONCEPTS], [s.id for s in CONFIG.sources]):
        assert len(ids) == len(set(ids))


def test_every_kind_and_region_has_sources_in_both_languages_where_there_are_any() -> None:
    assert {source.kind for source in CONFIG.sources} == set(KINDS)
    for region in REGIONS:
        langs = {lang for s in CONFIG.sources if s.region == region for lang in s.langs}
        assert langs == {"en", "zh"}, region


def test_no_entry_point_is_given_twice() -> None:
    entries = Counter(u for s in CONFIG.sources for u in (*s.home, *s.sitemap, *s.feed))
    assert [url for url, times in entries.items() if times > 1] == []


def test_sources_that_share_a_host_part_it_by_patterns() -> None:
    """The first source whose patterns fit takes a URL: without patterns the second gets none."""
    taken: dict[str, str] = {}
    for source in CONFIG.sources:
        for entry in (*source.home, *source.sitemap, *source.feed):
            host = urlsplit(entry).netloc
            other = taken.setdefault(host, source.id)
            assert other == source.id or (source.allow and host == "www.worldbank.org")


def test_the_two_world_bank_sources_part_their_host() -> None:
    english, chinese = (
        next(s for s in CONFIG.sources if s.id == name) for name in ("world-bank", "world-bank-zh")
    )
    [home] = chinese.home
    assert any(re.search(pattern, home) for pattern in english.deny)


def test_deny_patterns_spare_ordinary_pages() -> None:
    ordinary = ("/research/2024/digital-government", "/a/202406/01/c_1.htm", "/zwgk/content.html")
    for source, path in product(CONFIG.sources, ordinary):
        assert not [p for p in source.deny if re.search(p, source.home[0].rstrip("/") + path)]


def test_the_settings_are_those_of_the_model() -> None:
    assert set(FIELDS) == {field.name for field in fields(Crawl)}
    assert CONFIG.crawl.contact == ""
    assert CONFIG.crawl.allow_addresses == ()
    assert CONFIG.crawl.max_bytes == 10 * 2**20
