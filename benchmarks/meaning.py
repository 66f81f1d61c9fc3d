"""Meaning: explained works, counterparts, divergence and suggested terms, each beside its bar.

    python benchmarks/meaning.py [--data DIR] [--pages FILE] [--only NAME] [--out FILE]

``--data`` is the folder that holds ``realweb/`` and ``eval/``; ``--pages`` takes another collection
in realweb's format. The labels of explained passages are of realweb and the samples: a collection
without them is judged by what is left. Ends with ``reached N of M``; exits 1 when a figure falls
short of its bar (``benchmarks/floors.toml``).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, which has modules of the rooms' names

import numpy as np  # noqa: E402

from benchmarks.explained import labelled, quality  # noqa: E402
from benchmarks.meaning_pages import collection, samples  # noqa: E402
from benchmarks.meaning_webs import site_words  # noqa: E402
from benchmarks.scoreboard import Scoreboard  # noqa: E402
from benchmarks.search_quality import read  # noqa: E402
from config.load import load  # noqa: E402
from config.model import Concept, Topic  # noqa: E402
from index.analysis.unit import normal  # noqa: E402
from index.lexicon import match_concepts  # noqa: E402
from index.semantic.encoder import encoder  # noqa: E402
from index.terms import wordings  # noqa: E402
from meaning.counterparts.align import align  # noqa: E402
from meaning.counterparts.corpus import KEPT, text_in  # noqa: E402
from meaning.counterparts.model import Work  # noqa: E402
from meaning.suggest.near import texts  # noqa: E402
from meaning.suggest.rank import proposals  # noqa: E402
from report.estimate.divergence import Divergence, divergence  # noqa: E402
from report.framing.collocates import Around  # noqa: E402
from report.framing.compare import compare  # noqa: E402
from report.framing.inventory import entries  # noqa: E402
from store.model import StoredPage  # noqa: E402

FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))[
    "meaning"
]
REMOVED, FIRST = 10, 30
WORKS_TO_REMOVE = 10  # a concept that fewer works name cannot be told from chance
REPLICATES = 200
SPLITS, SITES = 40, 24
Pages = list[tuple[str, StoredPage]]


def explained(board: Scoreboard, pages: Pages) -> None:
    """Measure the rule on the third of the labels that was kept."""
    found = labelled(pages, "realweb") + labelled(samples(), "samples")
    others = labelled(pages, "realweb", other=True)
    for lang in ("en", "zh"):
        q = quality(found, lang, kept=True)
        note = f"{q.explained} of {q.judged} kept passages explain"
        board.at_least(f"explained, {lang}: precision", q.precision, FLOORS["explained"], note)
        board.at_least(f"explained, {lang}: recall", q.recall, FLOORS["explained"], note)
        q = quality(others, lang, kept=True)
        note = f"words not ours; {q.explained} of {q.judged} kept passages explain"
        board.shown(f"explained, {lang}, other words: precision", q.precision, note)
        board.shown(f"explained, {lang}, other words: recall", q.recall, note)


def counterparts(board: Scoreboard, pages: Pages, data: Path) -> None:
    """Hide XQuAD's aligned paragraphs among the works, then take the alignment away."""
    start, cpu = time.monotonic(), time.process_time()
    works = {lang: _works(pages, lang) for lang in ("en", "zh")}
    hidden = {lang: paragraphs(data, lang) for lang in ("en", "zh")}
    both = sorted(hidden["en"].keys() & hidden["zh"].keys())
    sides = {lang: [hidden[lang][i] for i in both] + works[lang] for lang in ("en", "zh")}
    vectors = {lang: encoder().encode([w.lead for w in side]) for lang, side in sides.items()}
    n = len(both)
    pairs = align(sides["en"], sides["zh"], (vectors["en"], vectors["zh"]))
    right = sum(p.en == p.zh and p.en < n for p in pairs)
    seconds = time.monotonic() - start
    note = f"{n} aligned paragraphs among {len(works['en']) + len(works['zh'])} works"
    board.at_least("counterparts: precision", right / max(1, len(pairs)), FLOORS["precision"], note)
    board.at_least("counterparts: recall", right / n, FLOORS["recall"], note)
    board.at_most("counterparts: minutes", seconds / 60, FLOORS["minutes"])
    board.shown("counterparts: CPU minutes", (time.process_time() - cpu) / 60)
    for name, (en, zh) in {
        "different articles": (range(n // 2), range(n // 2, n)),
        "neighbours in an article": (range(0, n, 2), range(1, n, 2)),
    }.items():
        places = {
            "en": [*en, *range(n, len(sides["en"]))],
            "zh": [*zh, *range(n, len(sides["zh"]))],
        }
        apart = {lang: [sides[lang][i] for i in places[lang]] for lang in sides}
        given = (vectors["en"][places["en"]], vectors["zh"][places["zh"]])
        false = len(align(apart["en"], apart["zh"], given))
        share = false / min(len(apart["en"]), len(apart["zh"]))
        note = f"{false} pairs among {len(apart['en'])} and {len(apart['zh'])} works"
        board.at_most(f"counterparts: false pairs, {name}", share, FLOORS["false"], note)


def _works(pages: Pages, lang: str) -> list[Work]:
    found = [stored for _, stored in pages if stored.page.lang == lang]
    return [Work(lang, s.page.title, text_in(s, lang)[:KEPT], (s.url_id,), (s.url,)) for s in found]


def paragraphs(data: Path, lang: str) -> dict[str, Work]:
    """Return XQuAD's paragraphs of a language as works, by the id that both languages share."""
    corpus = read(data / "eval" / "retrieval" / f"xquad-{lang}", lang).texts
    return {
        name: Work(lang, "", text, (-1 - n,), (f"xquad:{lang}:{name}",))
        for n, (name, text) in enumerate(corpus.items())
    }


def framing(board: Scoreboard, replicates: int) -> None:
    """Measure the divergence test on simulated sites with a vocabulary of their own."""
    wrong = right = 0
    for seed in range(replicates):
        generator = np.random.default_rng(20_261_124 + seed)
        for differ in (False, True):
            said = divergence(*site_words(generator, differ), generator, recall_measured=True)
            assert isinstance(said, Divergence)
            wrong += not differ and said.p <= 0.05
            right += differ and said.p <= 0.05
    note = f"{replicates} replicates, clustered sites"
    board.at_most("divergence: type I error", wrong / replicates, FLOORS["type_one"], note)
    board.at_least("divergence: power", right / replicates, FLOORS["power"], note)


def translations(board: Scoreboard, data: Path) -> None:
    """Compare paragraphs of XQuAD with the translations of others: no meaning differs."""
    sides = {
        lang: {name: entries(work.text, lang) for name, work in paragraphs(data, lang).items()}
        for lang in ("en", "zh")
    }
    both = sorted(sides["en"].keys() & sides["zh"].keys())
    wrong, most = 0, 0.0
    for seed in range(SPLITS):
        generator = np.random.default_rng(seed)
        order = [both[n] for n in generator.permutation(len(both))]
        found = Around("any")
        for n, name in enumerate(order):
            lang = "en" if n < len(order) // 2 else "zh"
            found.sites[lang][f"site {n % SITES}"].update(sides[lang][name])
        framing = compare(found, refused=None, seed=seed)
        assert framing.divergence
        wrong += framing.differs and framing.divergence.p <= 0.05
        most = max(most, framing.divergence.bits)
    note = f"{SPLITS} splits of {len(both)} paragraphs into halves of {SITES} sites"
    board.shown("divergence: most bits between translations", most, note)
    board.at_most(
        "divergence: type I error on translations", wrong / SPLITS, FLOORS["type_one"], note
    )


def suggest(board: Scoreboard, pages: Pages, draws: int) -> None:
    """Remove ten concepts from the topic and count those that come back among the proposals.

    Beside the ten that are spread evenly, ``draws`` others are drawn at random, core ones too.
    """
    topic = load(None).topic
    stored = [page for _, page in pages]
    named = naming(topic, stored)
    gone = removed(named)
    back, first = returned(topic, stored, gone)
    left = sorted({c.id for c in gone} - set(back))
    note = f"of {len(gone)}: {', '.join(back)}; not {', '.join(left)}"
    board.at_least("topic suggest: concepts back", len(back), FLOORS["back"], note)
    board.shown("topic suggest: by the first term of a proposal alone", first)
    others = []
    for seed in range(draws):
        drawn = random.Random(seed).sample(named, min(REMOVED, len(named)))
        others.append(len(returned(topic, stored, drawn)[0]))
    if others:
        note = f"concepts back in {draws} other draws of {REMOVED}: {others}"
        board.shown("topic suggest: mean of other draws", sum(others) / len(others), note)
        enough = sum(n >= FLOORS["back"] for n in others) / len(others)
        board.shown(f"topic suggest: share of them with {FLOORS['back']} back", enough)


def returned(topic: Topic, stored: list[StoredPage], gone: list[Concept]) -> tuple[list[str], int]:
    """Return the removed concepts that come back, and how many do by a proposal's first term."""
    names = {concept.id for concept in gone}
    less = topic._replace(concepts=tuple(c for c in topic.concepts if c.id not in names))
    found = proposals(texts(stored, less), less, FIRST, encoder().encode)
    back = [c.id for c in gone if any(is_of(c, w.lang, w.term) for p in found for w in p.wordings)]
    first = [c.id for c in gone if any(is_of(c, p.lang, p.term) for p in found)]
    return back, len(first)


def naming(
    topic: Topic, stored: Sequence[StoredPage], least: int = WORKS_TO_REMOVE
) -> list[Concept]:
    """Return the concepts that enough works name to be told from chance, the commonest first."""
    match = match_concepts(topic)
    counts: dict[str, int] = {}
    for page in stored:
        for concept in {c for lang in ("en", "zh") for c in match(text_in(page, lang), lang)}:
            counts[concept] = counts.get(concept, 0) + 1
    named = [c for c in topic.concepts if counts.get(c.id, 0) >= least]
    return sorted(named, key=lambda c: (-counts[c.id], c.id))


def removed(named: Sequence[Concept]) -> list[Concept]:
    """Return ten concepts that are not core, spread evenly over those that enough works name."""
    plain = [c for c in named if not c.core]
    step = max(1.0, len(plain) / REMOVED)
    return [plain[int(n * step)] for n in range(min(REMOVED, len(plain)))]


def is_of(concept: Concept, lang: str, term: str) -> bool:
    """True where a term is a wording of a concept, holds one, or is two thirds of one."""
    for text in map(normal, wordings(concept, lang)):
        if text in term or (term in text and 3 * len(term) >= 2 * len(text)):
            return True
    return False


def main() -> None:
    """Measure everything, or one part, and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--only", choices=("explained", "counterparts", "framing", "suggest"))
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    parser.add_argument("--draws", type=int, default=10, help="of other concepts to remove")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    board = Scoreboard("Meaning: explained, counterparts, divergence, suggested terms")
    wanted = {options.only} if options.only else {"explained", "counterparts", "framing", "suggest"}
    pages = []
    if wanted - {"framing"}:
        pages = list(collection(options.data / "realweb", options.pages))
    if "explained" in wanted:
        explained(board, pages)
    if "counterparts" in wanted:
        counterparts(board, pages, options.data)
    if "framing" in wanted:
        framing(board, options.replicates)
        translations(board, options.data)
    if "suggest" in wanted:
        suggest(board, pages, options.draws)
    text = board.markdown()
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    board.exit()


if __name__ == "__main__":
    main()
