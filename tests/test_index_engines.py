"""The engines' contract: what is found is what the definition says, in both alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import ANALYZERS, Token
from index.analysis.strip import texts
from index.engine import (
    EXACT,
    Alike,
    Among,
    And,
    Best,
    Dated,
    Document,
    Engine,
    Filters,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Within,
)
from index.engines import ENGINES, open_engine
from index.errors import IndexDamaged, IndexUnusable
from index.proximity import arrangements
from page.model import fold
from tests.damage import put_anew
from tests.index_corpus import TEXTS, Corpus, corpus, document, matches

EVERYTHING = Filters(hubs=True)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Corpus]]:
    folder = tmp_path_factory.mktemp("engines")
    made = {lang: corpus(folder, lang) for lang in ("zh", "en")}
    yield made
    for one in made.values():
        for engine in one.engines.values():
            engine.close()


def phrase(lang: str, text: str) -> Query | None:
    rows = ANALYZERS[lang].phrases(text)
    some = tuple(Phrase(row) if len(row) > 1 else Term(row[0].text) for row in rows)
    return Or(some) if some else None


def found(corpora: dict[str, Corpus], lang: str, query: Query) -> frozenset[int]:
    """What both engines find; they must agree."""
    sets = [engine.ids(query, EVERYTHING) for engine in corpora[lang].engines.values()]
    assert sets[0] == sets[1]
    return sets[0]


def layout(text: str) -> str:
    """A folded text without the spaces that do not count (see index.analysis.zh)."""
    parts = re.findall(r"\n+|[^\S\n]+|[a-z0-9]+|.", fold(text).strip("\n"))
    kept = []
    for before, part, after in zip(["", *parts], parts, [*parts[1:], ""], strict=False):
        han = before.isalpha() and after.isalpha() and not (before + after).isascii()
        counts = han and before[-1] > "z" and after[0] > "z"
        words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        kept.append(part if part.strip() or "\n" in part else " " * (counts or words))
    return "".join(kept)


@st.composite
def zh_pieces(draw: st.DrawFn) -> str:
    """A piece of one of the texts, of characters and marks, or a string that may be in none."""
    text = draw(st.sampled_from(sorted(TEXTS["zh"].values())))
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    taken = text[start : start + draw(st.integers(1, 8))]
    return draw(st.one_of(st.just(taken), st.text("数字政府大脑，+", min_size=1, max_size=4)))


@settings(max_examples=120, deadline=None)
@given(piece=zh_pieces())
def test_a_chinese_phrase_is_an_exact_string(corpora: dict[str, Corpus], piece: str) -> None:
    wanted = layout(piece).strip("，。“”, \n")
    query = phrase("zh", piece)
    if query is None or "\n" in wanted or not re.search(r"\w", wanted):
        return
    edges = [r"(?<![a-z0-9])" if wanted[0].isascii() and wanted[0].isalnum() else ""]
    edges.append(r"(?![a-z0-9])" if wanted[-1].isascii() and wanted[-1].isalnum() else "")
    there = re.compile(edges[0] + re.escape(wanted) + edges[1])
    expected = {i for i, text in TEXTS["zh"].items() if there.search(layout(text))}
    assert found(corpora, "zh", query) == expected


@pytest.mark.parametrize("query", ["数字", "府", "政府", "大脑", "城市", "字政"])
def test_chinese_phrases_of_characters_are_found_by_plain_search(
    corpora: dict[str, Corpus], query: str
) -> None:
    piece = phrase("zh", query)
    assert piece
    plain = {i for i, text in TEXTS["zh"].items() if query in fold(text)}
    assert plain
    assert found(corpora, "zh", piece) == plain


def sentences(text: str) -> list[list[str]]:
    """English words by sentence, read without our analysis."""
    plain = text.lower().replace("u.s.", "u s").replace("cities", "city")
    return [
        re.findall(r"[a-z]+|[\u4e00-\u9fff]", sentence)
        for sentence in re.split(r"[?\n]|\.(?=\s|$)", plain)
    ]


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["open", "data", "city", "governance", "government", "e", "u", "s"]),
        max_size=3,
    )
)
def test_an_english_phrase_is_consecutive_words_of_a_sentence(
    corpora: dict[str, Corpus], words: list[str]
) -> None:
    query = phrase("en", " ".join(words))
    # "e e open" and "e open open" find "e open" too: known, and not worth a cure.
    twice = "e" in words and len(set(words)) < len(words)
    if query is None or twice:
        return

    def has(text: str) -> bool:
        size = len(words)
        lists = sentences(text)
        return any(s[i : i + size] == words for s in lists for i in range(len(s) - size + 1))

    assert found(corpora, "en", query) == {i for i, text in TEXTS["en"].items() if has(text)}


def leaf(lang: str) -> st.SearchStrategy[Query]:
    tokens = sorted({t.text for i in range(1, 20) for t in ANALYZERS[lang].tokens(TEXTS[lang][i])})
    fields = st.sampled_from(["", "title", "body"])
    starts = st.sampled_from(tokens).map(lambda text: text[:2])
    pieces = st.sampled_from(sorted(TEXTS[lang].values())).flatmap(
        lambda text: st.integers(0, 12).map(lambda at: phrase(lang, text[at : at + 12]))
    )
    spelt = st.sampled_from(tokens).flatmap(
        lambda text: st.builds(
            Alike,
            st.tuples(st.just(text[:2]), st.text(text[2:] + "x", max_size=len(text))).map("".join),
            st.integers(1, 2),
            fields,
        )
    )
    near = st.builds(
        lambda rows, distance, field: Near(arrangements(rows, distance), field),
        st.lists(
            st.sampled_from(tokens).map(lambda text: (Token(0, text),)), min_size=2, max_size=3
        ),
        st.integers(0, 6),
        fields,
    )
    days = st.sampled_from([0, 20240201, 20240615, 20241130])
    return st.one_of(
        st.builds(Term, st.sampled_from(tokens), fields),
        st.builds(Prefix, starts, fields),
        pieces.filter(bool),
        spelt,
        near,
        st.builds(Dated, days, days),
        st.builds(Among, st.lists(st.integers(1, 130), max_size=40).map(tuple)),
        st.builds(Within, st.just("sites"), st.sampled_from([("gov.cn",), ("org", "cn"), ("x",)])),
        st.builds(Within, st.just("kind"), st.sampled_from([("government",), ("state media",)])),
    )


def queries(lang: str) -> st.SearchStrategy[Query]:
    return st.recursive(
        leaf(lang),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
            st.lists(st.tuples(inner, st.sampled_from([0.25, 1.0])), min_size=1, max_size=3).map(
                lambda parts: Best(tuple(parts))
            ),
            st.builds(
                And,
                st.lists(inner, min_size=1, max_size=3).map(tuple),
                st.lists(inner, max_size=2).map(tuple),
                st.lists(inner, max_size=1).map(tuple),
            ),
        ),
        max_leaves=6,
    )


def test_a_document_named_twice_is_found_once(corpora: dict[str, Corpus]) -> None:
    for engine in corpora["zh"].engines.values():
        assert [url_id for url_id, _ in engine.search(Among((1, 1)), EVERYTHING, 5).best] == [1]


@pytest.mark.parametrize("lang", ["zh", "en"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_both_engines_find_what_the_definition_says(
    corpora: dict[str, Corpus], lang: str, data: st.DataObject
) -> None:
    query = data.draw(queries(lang))
    expected = {i for i, one in corpora[lang].documents.items() if matches(query, one)}
    assert found(corpora, lang, query) == expected
    for engine in corpora[lang].engines.values():
        hits = engine.search(query, EVERYTHING, 5)
        assert hits.total == len(expected)
        assert {url_id for url_id, _ in hits.best} <= expected
        assert len(hits.best) == min(5, len(expected))
        assert [score for _, score in hits.best] == sorted((s for _, s in hits.best), reverse=True)


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Engine]]:
    """Many documents of a few texts, a part of them written anew in later commits."""
    folder = tmp_path_factory.mktemp("tied")
    made = {n: document(n, "zh", TEXTS["zh"][n % 3 + 1]) for n in range(1, 241)}
    engines = [open_engine(name, folder / name) for name in ENGINES]
    for engine in engines:
        for step in (1, 2, 7):
            engine.write([made[n] for n in sorted(made, reverse=True) if not n % step])
    with pytest.MonkeyPatch.context() as patched:  # a tie is asked for in several steps
        patched.setattr("index.engines.tantivy.SPARE", 1)
        patched.setattr("index.engines.tantivy.MORE_TIES", 2)
        yield engines
    for engine in engines:
        engine.close()


@settings(max_examples=100, deadline=None)
@given(query=queries("zh"), filters=st.sampled_from([Filters(), EVERYTHING]), data=st.data())
def test_a_smaller_limit_is_the_beginning_of_a_larger_one(
    tied: list[Engine], query: Query, filters: Filters, data: st.DataObject
) -> None:
    for engine in tied:
        total, every = engine.search(query, filters, 240)
        assert list(every) == sorted(every, key=lambda hit: (-hit[1], hit[0]))
        assert {url_id for url_id, _ in every} == engine.ids(query, filters)
        limit = data.draw(st.integers(0, 240))
        assert engine.search(query, filters, limit) == (total, every[:limit])


FILTERS = [
    Filters(),
    Filters(sites=("gov.cn",)),
    Filters(sites=("WWW.gov.cn", "org")),
    Filters(sites=("v.cn",)),
    Filters(kinds=("state media",), regions=("mainland", "Hong Kong")),
    Filters(sources=("source-1",), scripts=("hant",)),
    Filters(since=20240601),
    Filters(until=20240601, hubs=True),
    Filters(since=20240315, until=20240316, regions=("mainland",)),
]


def passes(filters: Filters, one: Document) -> bool:
    dated = bool(one.first_day)
    return (
        (filters.hubs or one.page_kind != "hub")
        and (not filters.sites or bool({s.lower() for s in filters.sites} & set(one.sites)))
        and (not filters.kinds or one.kind in filters.kinds)
        and (not filters.regions or one.region in filters.regions)
        and (not filters.sources or one.source in filters.sources)
        and (not filters.scripts or one.script in filters.scripts)
        and (not filters.since or (dated and one.last_day >= filters.since))
        and (not filters.until or (dated and one.first_day <= filters.until))
    )


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters(corpora: dict[str, Corpus], filters: Filters) -> None:
    query = Term("字")
    documents = corpora["zh"].documents
    expected = {i for i, one in documents.items() if matches(query, one) and passes(filters, one)}
    for engine in corpora["zh"].engines.values():
        assert engine.ids(query, filters) == expected
        assert engine.search(query, filters, 1).total == len(expected)


def test_a_filter_adds_nothing_to_a_score(corpora: dict[str, Corpus]) -> None:
    narrow = Filters(sites=("gov.cn",), since=20240101, hubs=True)
    for engine in corpora["zh"].engines.values():
        scores = dict(engine.search(Term("字"), EVERYTHING, 200).best)
        for url_id, score in engine.search(Term("字"), narrow, 200).best:
            assert score == pytest.approx(scores[url_id])


@pytest.mark.parametrize("field", EXACT)
def test_a_facet_counts_every_match_by_value(corpora: dict[str, Corpus], field: str) -> None:
    documents, asked = corpora["zh"].documents, Or((Term("字"), Term("5g")))
    matching = [one for one in documents.values() if matches(asked, one) and passes(Filters(), one)]
    values = [getattr(one, field) for one in matching]
    expected = Counter(v for value in values for v in (value if field == "sites" else (value,)))
    assert len(expected) > 1 or field == "page_kind"
    for engine in corpora["zh"].engines.values():
        assert engine.facet(asked, Filters(), field) == expected


def test_words_and_their_frequency(corpora: dict[str, Corpus]) -> None:
    documents = corpora["en"].documents.values()
    bodies = [texts(one.body) for one in documents]
    words = {word for body in bodies for word in body if word.startswith("=gov")}
    expected = {word: sum(word in body for body in bodies) for word in words}
    assert len(expected) > 1
    for engine in corpora["en"].engines.values():
        assert dict(engine.words("body", "=gov")) == expected
        assert {word: engine.frequency(word) for word in expected} == expected
        assert engine.frequency("=nowhere") == 0


def test_digests_come_back(corpora: dict[str, Corpus]) -> None:
    for engine in corpora["zh"].engines.values():
        assert engine.digests() == {i: i**3 for i in corpora["zh"].documents}


def wanted(text: str) -> Query:
    return Phrase(ANALYZERS["zh"].phrases(text)[0])


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_document_is_replaced_and_removed(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.write([document(i, "zh", "数字政府") for i in (1, 2, 3)])
    engine.write([document(2, "zh", "城市大脑")], gone=[3, 77])
    assert engine.count() == 2
    assert engine.ids(Term("数字"), EVERYTHING) == {1}
    assert engine.ids(Term("城市"), EVERYTHING) == {2}
    engine.close()
    again = open_engine(name, tmp_path)
    assert again.ids(Or((Term("数"), Term("城"))), EVERYTHING) == {1, 2}
    again.close()


PREFIXED = [
    ("national e-government services", True),
    ("National E government service", True),
    ("national egovernment services", True),
    ("national e-government", False),
    ("national e-government of services", False),
    ("national government services", False),
    ("e-government, national services", False),
]


@pytest.mark.parametrize(
    "asked", ["national egovernment services", "national e-government service"]
)
def test_a_word_that_may_be_two_is_found_inside_a_phrase(
    name: str, tmp_path: Path, asked: str
) -> None:
    engine = open_engine(name, tmp_path)
    engine.write([document(n, "en", text) for n, (text, _) in enumerate(PREFIXED)])
    query = phrase("en", asked)
    assert query
    assert engine.ids(query, EVERYTHING) == {n for n, (_, held) in enumerate(PREFIXED) if held}
    engine.close()


def test_an_empty_index_finds_nothing(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    assert engine.count() == 0
    assert engine.search(Prefix("数"), Filters(), 10).total == 0
    assert engine.ids(wanted("数字政府"), Filters()) == set()
    engine.close()


def test_the_title_weighs_more_than_the_text(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    said, filler = ANALYZERS["zh"].stored("数字政府"), document(3, "zh", "城市")
    other = ANALYZERS["zh"].stored("城市大脑")
    in_title = document(1, "zh", "")._replace(title=said, body=other)
    engine.write([in_title._replace(url_id=2, title=other, body=said), in_title, filler])
    best = engine.search(wanted("数字政府"), EVERYTHING, 2).best
    assert [url_id for url_id, _ in best] == [1, 2]
    engine.close()


def test_the_best_part_is_the_score(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.write(
        [document(i, "zh", text) for i, text in enumerate(["数字", "政府", "数字政府"], 1)]
    )
    asked = Best(((Term("数字", "body"), 1.0), (Term("政府", "body"), 0.25)))
    scores = dict(engine.search(asked, EVERYTHING, 9).best)
    alone = dict(engine.search(Term("数字", "body"), EVERYTHING, 9).best)
    other = dict(engine.search(Term("政府", "body"), EVERYTHING, 9).best)
    assert scores[1] == pytest.approx(alone[1])
    assert 0.2 * other[2] < scores[2] < 0.8 * other[2]  # Whoosh weighs a word's frequency instead
    assert scores[3] == pytest.approx(alone[3])
    engine.close()


def test_a_huge_document_with_one_word_is_quick(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.write([document(1, "zh", "人" * 20_000), document(2, "zh", "人民")])
    assert engine.ids(wanted("人" * 100), EVERYTHING) == {1}
    engine.close()


def test_foreign_files_are_damage(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path)
    engine.write([document(1, "zh", "数字政府")])
    engine.close()
    for path in tmp_path.iterdir():
        if path.name == "meta.json" or path.suffix == ".toc":
            put_anew(path, b"{}garbage")
    with pytest.raises(IndexDamaged, match="not a readable"):
        open_engine(name, tmp_path)


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match=r"'lucene' is not known; there are tantivy and whoosh"):
        open_engine("lucene", tmp_path)
