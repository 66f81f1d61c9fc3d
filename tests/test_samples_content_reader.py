"""The texts of the sample web: how many there are, and that they are worth crawling."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from opencc import OpenCC

from samples.content_reader import sites
from samples.markup import plain
from samples.model import FEEDS, SITEMAPS, Article, split_reference

ARTICLES = [(site.id, article) for site in sites() for article in site.articles]
CORE = (
    *("数字政府", "一网通办", "最多跑一次", "城市大脑", "放管服", "电子政务"),
    *("數位政府", "數碼政府", "數字政府", "電子化政府", "一網通辦"),
    *("digital government", "e-government", "city brain"),
)
CONVERTER = {name: OpenCC(name).convert for name in ("s2t", "t2s")}
OWN = [(site, article) for site, article in ARTICLES if not article.reprint]
SHARED_AT_MOST = 0.20
"""Share of the smaller text's five-character shingles that another article may have, too."""


def _name(case: tuple[str, Article]) -> str:
    return f"{case[0]}:{case[1].path}"


def _han(text: str) -> int:
    return len(re.findall(r"[\u3400-\u9fff]", text))


def _words(text: str) -> int:
    return len(re.findall(r"[A-Za-z’'-]+", text))


def _shingles(article: Article) -> set[str]:
    text = re.sub(r"\s+", " ", plain(article.text)).lower()
    return {text[start : start + 5] for start in range(len(text) - 4)}


def test_there_are_enough_sites_and_articles() -> None:
    by_script = Counter(f"{article.lang}-{article.script}" for _, article in ARTICLES)

    assert len(sites()) >= 9
    assert len(ARTICLES) >= 130
    assert by_script["zh-hans"] >= 50
    assert by_script["zh-hant"] >= 24
    assert by_script["en-"] >= 48


def test_two_thirds_are_on_the_topic_in_both_languages() -> None:
    for lang in ("en", "zh"):
        judged = [article.topic for _, article in ARTICLES if article.lang == lang]
        assert 0.55 < sum(judged) / len(judged) < 0.75, lang


@pytest.mark.parametrize("case", OWN, ids=_name)
def test_articles_are_as_long_as_real_ones(case: tuple[str, Article]) -> None:
    text = plain(case[1].text)
    length = _words(text) / 150 + len(re.findall(r"[\u3000-\uffef]", text)) / 250

    assert case[1].short != (length >= 1)


def test_no_two_articles_share_their_text() -> None:
    shingles = {_name(case): _shingles(case[1]) for case in OWN}
    worst = max(
        (len(one & other) / min(len(one), len(other)), names)
        for names in combinations(shingles, 2)
        if (one := shingles[names[0]]) and (other := shingles[names[1]])
    )

    assert worst[0] <= SHARED_AT_MOST, worst


def test_the_shingle_measure_sees_a_copied_half() -> None:
    article = OWN[0][1]
    half = Article(path="/half", text=article.text[: len(article.text) // 2])

    assert len(_shingles(article) & _shingles(half)) / len(_shingles(half)) > 0.9


@pytest.mark.parametrize(
    "terms",
    [
        (
            "数字政府",
            "一网通办",
            "城市大脑",
            "最多跑一次",
            "健康码",
            "政务云",
            "放管服",
            "跨省通办",
        ),
        ("數位政府", "數位治理", "開放政府", "數位韌性", "電子化政府", "數碼政府"),
        ("digital government", "e-government", "city brain", "at most one visit", "health code"),
    ],
)
def test_the_vocabulary_of_the_topic_is_there(terms: tuple[str, ...]) -> None:
    texts = [plain(article.text).lower() for _, article in OWN]

    missing = [term for term in terms if not any(term in text for text in texts)]

    assert missing == []


@pytest.mark.parametrize("case", ARTICLES, ids=_name)
def test_topic_is_judged_by_the_core_of_the_topic(case: tuple[str, Article]) -> None:
    text = f"{case[1].title}\n{plain(case[1].text)}".lower()

    assert case[1].topic == any(term in text for term in CORE)


@pytest.mark.parametrize("case", [c for c in ARTICLES if c[1].script], ids=_name)
def test_scripts_are_pure(case: tuple[str, Article]) -> None:
    """Hardly a character changes when a text is converted to the script it claims to be in."""
    article = case[1]
    text = article.text
    own, other = ("t2s", "s2t") if article.script == "hans" else ("s2t", "t2s")

    def changed(conversion: str) -> int:
        return sum(a != b for a, b in zip(text, CONVERTER[conversion](text), strict=True))

    # OpenCC's own Traditional differs from everyday Traditional in a few characters (吃, 里, 布).
    assert changed(own) <= 0.03 * _han(text)
    assert changed(other) >= 0.15 * _han(text)


def test_reprints_are_later_and_name_their_source() -> None:
    by_name = {(site, article.path): article for site, article in ARTICLES}
    reprints = [article for _, article in ARTICLES if article.reprint]

    assert len(reprints) >= 8
    for reprint in reprints:
        original = by_name[split_reference(reprint.reprint)]
        assert reprint.date > original.date
        assert reprint.source
        assert reprint.topic == original.topic
        assert len(reprint.text) == pytest.approx(len(original.text), rel=0.1)


def test_one_reprint_is_in_the_other_script() -> None:
    by_name = {(site, article.path): article for site, article in ARTICLES}
    (reprint,) = (a for _, a in ARTICLES if a.reprint and a.script == "hant")
    original = by_name[split_reference(reprint.reprint)]

    assert original.script == "hans"
    assert OpenCC("t2s").convert(reprint.title) == original.title


def test_the_special_pages_are_there() -> None:
    own = [article for _, article in OWN]

    assert sum(article.bilingual for article in own) == 2
    assert sum(not article.date for article in own) >= 2
    assert sum(bool(article.translation) for article in own) == 1
    assert sum(article.noindex for article in own) == 1
    assert sum(article.forbidden for article in own) >= 2
    assert any("<script>alert(1)</script>" in article.title for article in own)
    for article in own:
        if article.bilingual:
            assert _han(article.text) > 100
            assert _words(article.text) > 100


def test_sites_differ() -> None:
    assert len({site.kind for site in sites()}) >= 7
    assert {site.region for site in sites()} == {"mainland", "Taiwan", "Hong Kong", "other"}
    assert len({site.theme for site in sites()}) == len(sites())
    assert {site.sitemap for site in sites()} == set(SITEMAPS)
    assert {site.feed for site in sites()} == set(FEEDS)
    charsets = {(site.charset, site.header_charset, site.meta_charset) for site in sites()}
    assert {
        ("gb18030", "gb2312", "gb2312"),
        ("gb18030", "", "gb2312"),
        ("big5", "", "big5"),
        ("utf-8", "", "gb2312"),
        ("utf-8", "utf-8", ""),
    } <= charsets


def test_paths_are_unique_within_a_site() -> None:
    counts = Counter((site, article.path) for site, article in ARTICLES)

    assert max(counts.values()) == 1
