"""Draw passages to label as explained or mentioned, and weigh those that are labelled.

    python benchmarks/explained_draw.py --each definition=170 strong=25 --lang en --out /tmp/en.txt
    python benchmarks/explained_draw.py --weigh [--data ../shared]

Strata are told by plain signs in the sentence (``STRATA``), coarser than any rule: most passages
only mention, so the strata that may explain are drawn more densely. Each stratum is drawn by
``report.labels.draw``, from the passages of realweb and the samples that have no label, one a page
and concept, or with ``--again`` one more. What is written for the annotator holds the passages in
full and no stratum.

``--weigh`` rewrites the weights: the passages of a stratum by its labelled ones, so that old and
new draws count as one sample of their stratum. What was chosen for training alone (``CHOSEN``:
wider terms with a definition's signs, passages scored near the threshold) keeps weight 1.

``labels/words.txt`` holds other words, any that texts explain: nobody had them in mind when the
cues were written. Passages of theirs have labels in ``words.csv``.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.meaning_pages import collection, samples  # noqa: E402
from config.load import load  # noqa: E402
from config.model import Concept, Topic  # noqa: E402
from index.analysis.unit import normal  # noqa: E402
from meaning.counterparts.corpus import text_in  # noqa: E402
from meaning.explained.mentions import Mentions  # noqa: E402
from meaning.explained.passage import Passage, passages  # noqa: E402
from page.model import ARTICLE  # noqa: E402
from report.labels.draw import draw, shuffled  # noqa: E402

LABELS = Path(__file__).parent / "labels"
FILE = LABELS / "explained.csv"
TAUGHT = ("concepts.toml", "concepts_more.toml")
WORDS = LABELS / "words.txt"
SEED = 20261124
_VERB = (
    "is|are|was|refers? to|means?|describes?|stands for|involves|consists? of|allows?|enables?|"
    "relates? to|lets?|helps|provides|includes?|uses|combines"
)
DEFINITION = {
    "en": (
        rf"^.{{0,50}}TERMs?[\"”’']?(?: \([^)]{{1,40}}\))? (?:{_VERB}) ",
        r"TERMs?[”\"]?(?: \([^)]{1,40}\))?,? (?:an? |the |or )\w+",
        r"TERMs? ?[—–] ?(?:an? |the )",
        r"(?:called|known as|the term|so-called|concept of|idea of|definition of|define) "
        r"[“\"]?(?:an? |the )?TERM",
    ),
    "zh": (
        r"TERM[”」』》）]{0,2}.{0,4}"
        r"(?:是指|指的?是|指：|即|就是|是一|是.{2,30}的[。，]|包括|意味|的意思|的定义)",
        r"所[称谓](?:的)?.{0,8}TERM",
        r"(?:叫做?|称为|称作|简称|即|也就是|就是).{0,3}[“「『]?TERM",
    ),
}
QUESTION = r"what(?:’s|'s| is| are)|什么|何谓"
STRONG = {
    "en": r"refers? to|(?:is|are) defined|defined as|\bmeans\b|known as|so-called|what (?:is|are)\b"
    r"|definition|stands for|consists? of|is when|describes|\bterm\b",
    "zh": "是指|所称|所谓|指的是|指.{0,6}是|称为|叫做|定义|概念是|意思|什么是|何谓|又称|简称",
}
WEAK = {
    "en": r"TERM[^.]{0,30}? (?:is|are|was) (?:an?|the|about|not|all|simply|really|one)\b"
    r"|TERM, (?:an?|the|or) |TERM \(|TERM[—:]|TERM( that| which)|allows?|enables?|, or ",
    "zh": "TERM.{0,6}(?:即|就是|是)|TERM[（(：]|TERM——|也就是|就是说|包括",
}
STRATA = ("definition", "strong", "weak", "none")
CHOSEN = ("drawn-definition", "drawn-scored", "drawn-more")
"""Drawn for training alone, by what the rule was unsure of: they stand for no stratum."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A passage of a collection's page."""

    collection: str
    page: str
    passage: Passage

    @property
    def id(self) -> str:
        """What the draw and the split go by."""
        p = self.passage
        return "|".join((self.collection, self.page, p.lang, p.concept, p.digest()))

    @property
    def kept(self) -> str:
        """``test`` where the passage is kept for testing."""
        return "train" if int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 3 else "test"

    @property
    def stratum(self) -> str:
        """The first of ``STRATA`` whose signs the passage has."""
        p = self.passage
        lang, text, term = p.lang, normal(p.sentence), re.escape(normal(p.term))
        signs = [pattern.replace("TERM", term) for pattern in DEFINITION[lang]]
        if p.is_heading:
            signs.append(QUESTION)
        if any(re.search(sign, text) for sign in signs):
            return "definition"
        if re.search(STRONG[lang], normal(f"{p.sentence} {p.after if p.is_heading else ''}")):
            return "strong"
        return "weak" if re.search(WEAK[lang].replace("TERM", term), text) else "none"


def topics() -> tuple[Topic, ...]:
    """Return what passages are drawn for: the shipped topic, and concepts that only teach."""
    taught = (load(None, topic=str(LABELS / name)).topic for name in TAUGHT)
    return (load(None).topic, *taught)


def words() -> Topic:
    """Return the other words as a topic, one a concept, each of one language."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    shipped = load(None).topic
    return shipped._replace(
        id="words", concepts=tuple(_word(shipped.concepts[0], w) for w in lines)
    )


def _word(like: Concept, word: str) -> Concept:
    if word.isascii():
        name = f"w-{re.sub('[^a-z0-9]+', '-', word).strip('-')}"
        return like._replace(id=name, en_terms=(word,), zh_terms=())
    name = f"z-{hashlib.sha256(word.encode()).hexdigest()[:8]}"
    return like._replace(id=name, en_terms=(), zh_terms=(word,))


def population(data: Path) -> Iterator[Drawn]:
    """Yield every passage of the articles, the same passage of a page and concept once."""
    finders = [{lang: Mentions(topic, lang) for lang in ("en", "zh")} for topic in topics()]
    seen: set[str] = set()
    for name, pages in (("realweb", collection(data / "realweb")), ("samples", samples())):
        for page_id, stored in pages:
            for lang in ("en", "zh") if stored.page.kind == ARTICLE else ():
                text = text_in(stored, lang)
                for finder in finders if text else ():
                    mentions = list(finder[lang].find(text.split("\n")))
                    for passage in passages(stored.page.title, text, lang, mentions):
                        one = Drawn(name, page_id, passage)
                        if one.id not in seen:
                            seen.add(one.id)
                            yield one


def labels(file: str = FILE.name) -> list[dict[str, str]]:
    """Return the rows of a label file."""
    with (LABELS / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def row_id(row: dict[str, str]) -> str:
    """Return the id of a labelled passage."""
    return "|".join(row[k] for k in ("collection", "page", "lang", "concept", "passage"))


def fresh(found: list[Drawn], lang: str, each: dict[str, int], *, again: bool) -> list[Drawn]:
    """Draw from the passages without a label, one a page and concept, the strata mixed.

    Those of pages and concepts with a label are left out, unless ``again``.
    """
    used = {(r["page"], r["lang"], r["concept"]) for r in labels() if not again}
    texts = {r["passage"] for r in labels()}
    groups = []
    for stratum in STRATA:
        mine = [one for one in found if one.passage.lang == lang and one.stratum == stratum]
        group: list[Drawn] = []
        for one in draw(mine, len(mine), seed=SEED, key=lambda one: one.id):
            key = (one.page, lang, one.passage.concept)
            digest = one.passage.digest()
            if key not in used and digest not in texts and len(group) < each.get(stratum, 0):
                used.add(key)
                texts.add(digest)
                group.append(one)
        groups.append(group)
    return shuffled(groups, seed=SEED, key=lambda one: one.id)


def shown(number: int, one: Drawn) -> str:
    """Return what an annotator reads of a passage."""
    p = one.passage
    sentence = f"{p.sentence[: p.start]}【{p.term}】{p.sentence[p.end :]}"
    lines = (f"title: {p.title}", f"heading: {p.heading}", p.before, f">> {sentence}", p.after)
    return "\n".join((f"== {number} {p.concept}", *(line for line in lines if line), ""))


def weigh(found: list[Drawn]) -> None:
    """Rewrite the weights of the label file."""
    rows = labels()
    strata = {one.id: one.stratum for one in found}
    key = "collection", "lang", "stratum"
    held = Counter((one.collection, one.passage.lang, one.stratum) for one in found)
    for row in rows:
        if row["stratum"] not in CHOSEN:
            row["stratum"] = strata.get(row_id(row), row["stratum"])
    labelled = Counter(tuple(row[k] for k in key) for row in rows)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            c, lang, stratum = (row[k] for k in key)
            if stratum not in CHOSEN:
                row["weight"] = str(round(held[c, lang, stratum] / labelled[c, lang, stratum], 2))
            writer.writerow(row)


def main() -> None:
    """Draw, or weigh."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--weigh", action="store_true")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    parser.add_argument("--each", nargs="*", default=[], metavar="STRATUM=NUMBER")
    parser.add_argument("--out", type=Path, help="passages in full; their ids beside it, in .csv")
    parser.add_argument("--again", action="store_true", help="pages and concepts that have labels")
    options = parser.parse_args()
    found = list(population(options.data))
    if options.weigh:
        weigh(found)
        return
    each = {name: int(number) for name, _, number in (e.partition("=") for e in options.each)}
    drawn = fresh(found, options.lang, each, again=options.again)
    if options.out:
        options.out.write_text("\n".join(map(shown, range(len(drawn)), drawn)), encoding="utf-8")
        with options.out.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
            for number, one in enumerate(drawn):
                p = one.passage
                place = (p.lang, p.concept, p.line, p.place, one.stratum, "", "", "", one.kept)
                csv.writer(file, lineterminator="\n").writerow(
                    (number, p.digest(), one.collection, one.page, *place)
                )
    print(f"{len(drawn)} passages drawn: {dict(Counter(one.stratum for one in drawn))}")


if __name__ == "__main__":
    main()
