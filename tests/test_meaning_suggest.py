"""New words and phrases, on lines of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np

from config.load import load
from index.analysis.unit import normal
from meaning.suggest.candidates import Candidate, association
from meaning.suggest.group import Scored, groups
from meaning.suggest.likeness import kindred
from meaning.suggest.near import texts
from meaning.suggest.phrases_en import phrases
from meaning.suggest.rank import Proposal, Wording, proposals
from meaning.suggest.toml import as_toml
from meaning.suggest.words_zh import words
from tests.memory_store import TOPIC, concept, stored

AROUND = "推进到从把对请看听用让向与又再"


def _lines() -> list[tuple[int, str]]:
    return [
        (n, f"{AROUND[n % 14]}一网统管{AROUND[-1 - n % 13]}其他事情{n}，数据。") for n in range(12)
    ]


def test_a_word_keeps_together_in_varied_company() -> None:
    found = words((n, normal(line)) for n, line in _lines())
    assert "一网统管" in found
    assert "网统" not in found


def test_a_word_has_places_texts_and_company() -> None:
    """Each list of lines but the first two lacks one of what a word needs."""
    other = (9, "天地玄黄宇宙洪荒寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结霜")
    sides = enumerate(zip("甲乙丙丁戊", "己庚辛壬癸", strict=True))
    varied = [(n, f"{before}电子证照{after}") for n, (before, after) in sides]
    edges = [(n, "，电子证照。") for n in range(5)]  # an edge of a run is company of its own
    assert words([*varied, other]) == words([*edges, other]) == {"电子证照": 5}
    assert not words([*varied[:4], other])
    assert not words([*((n % 2, line) for n, line in varied), other])
    assert "电子证照" not in words([*((n, "甲" + line[1:]) for n, line in varied), other])
    assert "电子证照" not in words([*((n, line[:-1] + "甲") for n, line in varied), other])
    assert words([]) == words([(0, "no Chinese")]) == {}


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
    tables = tomllib.loads(as_toml(found, TOPIC))["concept"]
    assert [t["zh"] for t in tables] == [p.term for p in found]


def _scored(lang: str, term: str, score: float, *vector: float) -> Scored:
    return Scored(Candidate(lang, term, 9, 5, 1, 2.0), score, np.array(vector, np.float32))


def test_wordings_of_one_thing_are_one_proposal() -> None:
    pool = [
        _scored("zh", "电子证照", 9, 1, 0),
        _scored("en", "electronic licence", 8, 0.8, 0.6),  # the same, in the other language
        _scored("zh", "证照", 7.5, 0, 1),  # a part of it says too much
        _scored("zh", "电子证照库", 7.2, 0, 1),  # is found with it anyway
        _scored("zh", "电子证明", 7, 0.9, 0.43),  # means nearly the same
        _scored("zh", "数字执照", 6, 0.9, 0.43),
        _scored("zh", "电子凭证", 5, 1, 0),  # one too many of them
        _scored("zh", "城市大脑", 4, 0, 1),
        _scored("zh", "公共服务", 3, -1, 0),  # beyond the limit
    ]
    found = groups(pool, 2)
    assert [[one.candidate.term for one in group.members] for group in found] == [
        ["电子证照", "electronic licence", "电子证明", "数字执照"],
        ["城市大脑"],
    ]


def test_a_translation_by_the_dictionary_joins_without_embeddings() -> None:
    found = groups([_scored("zh", "人工智能", 9), _scored("en", "artificial intelligence", 8)], 9)
    assert len(found) == 1


def test_what_lies_towards_the_terms_is_kindred() -> None:
    generator = np.random.default_rng(1)
    given = generator.normal(size=(200, 8)).astype(np.float32)
    given += 5  # what all candidates share says nothing
    terms = np.full((20, 8), 5, np.float32)
    terms[:, 1] += 3
    given[7, 1] += 6
    assert kindred(given, terms).argmax() == 7
    assert not kindred(given, terms[:0]).any()


def test_a_proposal_of_both_languages_is_one_table() -> None:
    wordings = (Wording("zh", "电子证照", 5, 1), Wording("en", "electronic licence", 2, 0))
    one = Proposal("zh", "电子证照", 2.0, 5, 1, 9, "", 0.0, (*wordings, *wordings[:1]), ())
    (table,) = tomllib.loads(as_toml([one], TOPIC))["concept"]
    assert table["en_terms"] == ["electronic licence"]
    assert table["zh_terms"] == ["电子证照", "电子证照"]
    assert table["id"] == "electronic-licence"


def test_a_word_that_only_the_dictionary_has_is_said_to_be_its_word() -> None:
    def proposed(term: str) -> tuple[str, list[str]]:
        one = Proposal("zh", term, 1.0, 3, 1, 5, "", 0.0, (Wording("zh", term, 3, 1),), ())
        text = as_toml([one], TOPIC)
        (table,) = tomllib.loads(text)["concept"]
        return text, table["en_terms"]

    text, terms = proposed("开放")
    assert terms == ["bloom"]
    assert '# "bloom" is the dictionary\'s word for it: check it' in text
    text, terms = proposed("申请")  # whose gloss is "apply for sth": no page says that
    assert terms == ["CHECKME1"]
    assert "dictionary" not in text


def test_all_proposals_can_be_pasted_at_once(tmp_path: Path) -> None:
    """Two without a translation, two with one translation, one that the topic has already."""
    terms = [
        ("zh", "数位政委"),
        ("zh", "行政院长会"),
        ("zh", "网站"),
        ("zh", "站点"),
        ("zh", "网点"),
    ]
    terms += [("en", "electronic licence"), ("en", "website manager")]
    made = [
        Proposal(lang, t, 1.0, 3, 1, 5, "", 0.0, (Wording(lang, t, 3, 1),), ()) for lang, t in terms
    ]
    topic = TOPIC._replace(concepts=(concept("website", ["a site"], ["网站群"], core=True),))
    own = (
        'id = "t"\nen = "T"\nzh = "题"\n[[concept]]\nid = "website"\nen = "a site"\nzh = "网站群"\n'
        'en_terms = ["a site"]\nzh_terms = ["网站群"]\nmeaning = "m"\ncore = true\n'
    )
    file = tmp_path / "t.toml"
    file.write_text(own + as_toml(made, topic), "utf-8")
    assert len(load(None, topic=str(file)).topic.concepts) == 1 + len(made)
