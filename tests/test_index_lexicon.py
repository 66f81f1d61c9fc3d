"""The topic's words: what the other language is asked, and which concepts a text has."""

from __future__ import annotations

import time
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.model import Concept, Topic
from config.part import topic_and_engine
from index.analysis import ANALYZERS
from index.analysis.unit import normal
from index.compiler import compiled
from index.engine import Filters
from index.lexicon import Lexicon, expand, match_concepts, on_topic
from index.query import parse
from index.syntax import Quoted
from index.terms import ChineseTerms, Found, TermFinder, Terms, pattern, terms_of, wordings
from tests.index_corpus import TEXTS, Corpus, corpus
from tests.memory_store import TOPIC, concept

LEXICON = Lexicon(TOPIC)

ASKED = [
    # (query, what English is asked, what Chinese is asked, concepts)
    ("digital government", '"digital government"', "数字政府 OR 數位政府", "dg"),
    ("Digital Governments", '"digital governments"', "数字政府 OR 數位政府", "dg"),
    ("數字政府", '"digital government"', "數字政府", "dg"),
    ("“数字政府”", '"digital government"', "数字政府", "dg"),
    ("egovernment", '"egovernment"', "电子政务", "eg"),
    (
        "digital government platform",
        '"digital government" AND platform',
        "(数字政府 OR 數位政府) AND platform",
        "dg",
    ),
    ("数字政府建设", '"digital government" AND 建设', "数字政府建设", "dg"),
    ("城市大脑 杭州", '"city brain" AND 杭州', "城市大脑 杭州", "brain"),
    ("互联网＋", '"Internet Plus"', "互联网＋", "plus"),
    ("移动APP", '"mobile app"', "移动APP", "app"),
    ("城市大脑 NOT 电子政务", '"city brain" AND NOT "e-government"', None, "brain eg"),
    ("title:城市大脑", 'title:"city brain"', "title:城市大脑", "brain"),
    (
        "city brain OR 电子政务",
        '"city brain" OR "e-government"',
        "城市大脑 OR 电子政务",
        "brain eg",
    ),
    ("digital governance", "digital governance", "digital governance", ""),
    ("大脑", "大脑", "大脑", ""),
    ("digit*", "digit*", "digit*", ""),
]


@pytest.mark.parametrize(("query", "en", "zh", "concepts"), ASKED, ids=[case[0] for case in ASKED])
def test_what_each_language_is_asked(query: str, en: str, zh: str | None, concepts: str) -> None:
    node = parse(query)
    english, chinese = expand(node, LEXICON, "en"), expand(node, LEXICON, "zh")
    assert english.text.casefold() == en.casefold()
    if zh:
        assert chinese.text.casefold() == zh.casefold()
    assert " ".join(english.concepts) == concepts == " ".join(chinese.concepts)
    assert (english.translated or chinese.translated) == bool(concepts)


def test_the_longest_term_is_recognised() -> None:
    found = LEXICON.recognised("互联网+政务服务")
    assert [(hit.term.text, hit.term.concept) for hit in found] == [("互联网+政务服务", "plus")]


FOUND = [
    # (why, text, language, concepts)
    ("plural and capitals", "Digital Governments", "en", "dg"),
    ("another word", "Digital governance", "en", ""),
    ("over a sentence's end", "It is digital. Government is not.", "en", ""),
    ("a hyphen or a space", "E government and e‑government", "en", "eg"),
    ("Traditional", "數位政府與電子政務", "zh", "dg eg"),
    ("full-width", "互联网＋", "zh", "plus"),
    ("spaces at a sign do not count", "互联网 +政务服务", "zh", "plus"),
    ("a Latin word is whole", "移动Apple", "zh", ""),
    ("with or without a space", "移动 app 和", "zh", "app"),
    ("over a line's end", "城市\n大脑", "zh", ""),
    ("the other language's words", "digital government", "zh", ""),
    ("a language we do not count", "数字政府", "ja", ""),
    ("nothing", "", "zh", ""),
]


@pytest.mark.parametrize(("why", "text", "lang", "expected"), FOUND, ids=[c[0] for c in FOUND])
def test_the_concepts_of_a_text(why: str, text: str, lang: str, expected: str) -> None:
    assert match_concepts(TOPIC)(text, lang) == frozenset(expected.split())


SMALL = Topic(
    "t",
    "t",
    "t",
    (
        concept("a", ["open data", "e-government"], ["数字政府", "大脑+"]),
        concept("b", ["city governance"], ["政府app", "5G数字"]),
        concept("c", ["data"], ["府，数"]),
    ),
)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Corpus]:
    folder = tmp_path_factory.mktemp("lexicon")
    return {lang: corpus(folder, lang) for lang in ("zh", "en")}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("known", SMALL.concepts, ids=lambda known: known.id)
def test_a_concept_is_counted_where_a_search_finds_it(
    corpora: dict[str, Corpus], lang: str, known: object
) -> None:
    concept_id = known.id  # type: ignore[attr-defined]
    matcher = match_concepts(SMALL)
    counted = {i for i, text in TEXTS[lang].items() if concept_id in matcher(text, lang)}
    query = compiled(Lexicon(SMALL).in_words_of(concept_id, lang), lang)
    assert query
    for engine in corpora[lang].engines.values():
        assert engine.ids(query, Filters(hubs=True)) == counted


def test_on_topic_takes_a_core_concept_or_two_others() -> None:
    assert on_topic(TOPIC, {"dg"})
    assert on_topic(TOPIC, ["brain", "app"])
    assert not on_topic(TOPIC, ["app", "app"])
    assert not on_topic(TOPIC, ())


def test_matching_is_linear_and_quick() -> None:
    concepts = tuple(
        concept(f"c{i}", [f"smart thing{i}"], [f"智慧{c}"])._replace(core=False)
        for i, c in enumerate("甲乙丙丁戊己庚辛壬癸" * 5)
    )
    matcher = match_concepts(Topic("t", "t", "t", concepts))
    english, chinese = "Smart services for all people. " * 3000, "推进智慧城市建设，" * 10_000
    begun = time.process_time()
    matcher(english, "en")
    matcher(chinese, "zh")
    # 93 kB and 270 kB; a quadratic search took minutes.
    assert time.process_time() - begun < 2


SHIPPED = topic_and_engine()[0]
FINDERS = {lang: TermFinder(terms_of(SHIPPED, lang)) for lang in ANALYZERS}
TERMS = {lang: Terms(SHIPPED, lang) for lang in ANALYZERS}
WORDINGS = sorted({text for lang in ANALYZERS for c in SHIPPED.concepts for text in c.terms(lang)})
WRITTEN = st.sampled_from(
    [
        *WORDINGS,
        "e-government",
        "e government",
        "egovernments",
        "o’reilly",
        "cities",
        "5G 网络",
        "a's",
    ]
)
BETWEEN = st.sampled_from([" ", "", "-", "'", "\n", "。", " e-", "s ", "’s ", "\u00ad"])


@given(st.lists(st.tuples(WRITTEN, BETWEEN), max_size=4))
def test_terms_are_found_as_by_analysing_all(parts: list[tuple[str, str]]) -> None:
    text = normal("".join(chain.from_iterable(parts)))
    for lang, analyzer in ANALYZERS.items():
        every: list[Found] = list(FINDERS[lang].find(analyzer.split(text)))
        assert list(TERMS[lang].find(text)) == every


CHINESE = terms_of(
    Topic(
        "t",
        "t",
        "t",
        (
            concept("a", ["a"], ["数字政府", "数字", "字政"]),
            concept("b", ["b"], ["互联网+政府", "政府app", "5g数字", "app"]),
            concept("c", ["c"], ["府，数", "数字 政府", "字(政)", "政府app"]),
        ),
    ),
    "zh",
)
PIECES = [
    "数字",
    "政府",
    "字",
    "政",
    "互联网",
    "+",
    "＋",
    "app",
    "5G",
    " ",
    "，",
    "(",
    "）",
    "\n",
    "x",
]


@settings(max_examples=300, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join).map(normal))
def test_the_quick_way_finds_what_every_term_alone_finds(text: str) -> None:
    alone = {term.concept for term in CHINESE if pattern(term.units).search(text)}
    assert ChineseTerms(CHINESE).concepts(text) == alone


def test_a_name_and_a_term_that_are_matched_as_one_are_asked_once() -> None:
    smart = Concept("s", "Smart city", "智慧城市", ("smart city", "SMART CITY"), ("智慧城市",), "m")
    assert wordings(smart, "en") == ("Smart city",)
    assert Lexicon(Topic("t", "t", "t", (smart,))).in_words_of("s", "en") == Quoted("Smart city")
