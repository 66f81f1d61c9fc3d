"""What a segment finds, beside Whoosh's own search of the same index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import whoosh.query
from whoosh import scoring

from index.engine import And, Filters, Or, Query, Term
from index.engines.whoosh import Whoosh
from tests.index_corpus import TEXTS, document

query: Any = whoosh.query
EVERYTHING = Filters(hubs=True)
CITY, DATA = Term("citi", "body"), Term("data", "body")
THEIRS_CITY, THEIRS_DATA = query.Term("body", "citi"), query.Term("body", "data")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = Whoosh(tmp_path_factory.mktemp("whoosh"))
    documents = [document(url_id, "en", text) for url_id, text in TEXTS["en"].items()]
    made.write(documents[:60])
    made.write(documents[60:], gone=[3])
    yield made
    made.close()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (CITY, THEIRS_CITY),
        (Or((CITY, DATA)), query.Or([THEIRS_CITY, THEIRS_DATA])),
        (And((CITY, DATA)), query.And([THEIRS_CITY, THEIRS_DATA])),
        (And((CITY,), bonus=(DATA,)), query.AndMaybe(THEIRS_CITY, THEIRS_DATA)),
    ],
)
def test_scores_are_whoosh_s_own(engine: Whoosh, ours: Query, theirs: Any) -> None:
    found = dict(engine.search(ours, EVERYTHING, 200).best)
    with engine.index.searcher(weighting=scoring.BM25F(B=0.75, K1=1.2)) as searcher:
        hits = searcher.search(theirs, limit=None, optimize=False)
        expected = {int(hit["url_id"]): hit.score for hit in hits}
    assert len(expected) > 5
    assert found == pytest.approx(expected)


def test_the_same_question_is_answered_from_what_was_found(engine: Whoosh) -> None:
    first = engine._found(CITY, EVERYTHING)
    engine.facet(CITY, EVERYTHING, "year")
    assert engine._found(CITY, EVERYTHING) is first


def test_a_new_commit_is_read(tmp_path: Path) -> None:
    made = Whoosh(tmp_path)
    made.write([document(1, "en", "open data")])
    assert made.ids(DATA, EVERYTHING) == {1}
    made.write([document(2, "en", "city data")], gone=[1])
    assert made.ids(DATA, EVERYTHING) == {2}
    made.close()
