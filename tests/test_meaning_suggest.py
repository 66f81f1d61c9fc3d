"""New words and phrases, on lines of our own."""

from __future__ import annotations

import tomllib

from index.analysis.unit import normal
from meaning.suggest.near import texts
from meaning.suggest.phrases_en import phrases
from meaning.suggest.rank import association, proposals
from meaning.suggest.toml import as_toml
from meaning.suggest.words_zh import words
from tests.memory_store import TOPIC, stored

AROUND = "推进到从把对请看听用让向与又再"


def _lines() -> list[tuple[int, str]]:
    return [
        (n, f"{AROUND[n % 14]}一网统管{AROUND[-1 - n % 13]}其他事情{n}，数据。") for n in range(12)
    ]


def test_a_word_keeps_together_in_varied_company() -> None:
    found = words((n, normal(line)) for n, line in _lines())
    assert "一网统管" in found
    assert "网统" not in found


def test_a_phrase_has_no_grammar_at_its_edges() -> None:
    lines = [(n, f"the cloud platform of town {n} and a cloud platform") for n in range(6)]
    found = phrases(lines)
    assert "cloud platform" in found
    assert not any(term.startswith(("the ", "a ")) for term in found)


def test_association_has_a_sign() -> None:
    assert association(9, 10, 1, 100) > 0 > association(1, 10, 90, 100)


def test_proposals_are_toml_that_loads() -> None:
    pages = [
        stored(n, n, f"数字政府要做好{line}\n末行{n}") for n, (_, line) in enumerate(_lines(), 1)
    ]
    pages += [stored(100 + n, 100 + n, f"今天天气很好{n}。") for n in range(12)]
    found = proposals(texts(pages, TOPIC), TOPIC, 5, None)
    assert "一网统管" in [p.term for p in found]
    assert all("数字政府" not in p.term for p in found)
    tables = tomllib.loads(as_toml(found))["concept"]
    assert [t["zh"] for t in tables] == [p.term for p in found]
