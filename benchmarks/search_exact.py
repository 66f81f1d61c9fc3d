"""Random queries about real texts, asked of an index and of a plain scan: the same set, or not.

A query is made as a tree from pieces of the texts (words, phrases, prefixes, misspelt words, words
near each other, properties; with AND, OR, NOT and parentheses), written as a user would write it
(Simplified or Traditional, full-width, capitals), parsed, and asked. ``benchmarks/search_scan.py``
reads the tree itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from opencc import OpenCC

from benchmarks.search_asked import All, Asked, Leaf, Limit, Some
from benchmarks.search_lines import CHINESE, LATIN, Text, plain
from benchmarks.search_scan import is_shown, matches
from index.compiler import compiled
from index.engine import Filters
from index.indexes import Indexes
from index.query import parse

WORDS = re.compile("[A-Za-z][A-Za-z'’]*[A-Za-z]|[A-Za-z0-9]{2,}")
RUN = re.compile(f"{CHINESE.pattern}{{2,}}")
SYNTAX = re.compile('["“”„‟〝〞＂「」『』（）()：:*~＊\\s]')
OPERATOR = re.compile("(?:AND|OR|NOT)")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(128) if chr(code).isalnum()}
ELSEWHERE = 0.3  # of a query's pieces are another page's: what is asked together is mostly together
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOME_CHARACTERS = "的一是数字政府城市大脑服务开放海上人民"


class Author:
    """Writes random queries about some texts of both languages, the same from the same seed."""

    def __init__(self, texts: dict[str, list[Text]], seed: int) -> None:
        self.chance = random.Random(seed)
        self.texts = texts
        self.page = next(held[0] for held in texts.values() if held)
        self.turned = {name: OpenCC(name).convert for name in ("s2t", "t2s")}

    def query(self) -> tuple[Asked, str]:
        """Return a query as a tree and as it is written."""
        self.page = self.chance.choice(self.texts[self.chance.choice(sorted(self.texts))])
        tree = self._tree(self.chance.choice([0, 0, 1, 1, 2, 3]))
        return tree, self._written(tree, inner=False)

    def _tree(self, depth: int) -> Asked:
        if depth == 0:
            return self._leaf()
        kind = self.chance.choice(["all", "all", "some", "without"])
        size = self.chance.randint(2, 3)
        inner = tuple(self._tree(self.chance.randint(0, depth - 1)) for _ in range(size))
        if kind == "some":
            return Some(inner)
        if kind == "all":
            return All((*inner, self._limit()) if self.chance.random() < 0.3 else inner)
        return All(inner[:-1], inner[-1:])

    def _limit(self) -> Limit:
        stored = self.page.stored
        published = stored.page.published
        date = published.date if published else "2020"
        until = str(int(date[:4]) + self.chance.randint(0, 3))
        spans = [date, date[:4], f"{date[:4]}..{until}", f"..{date}", f"{date[:7]}.."]
        some = [("site", stored.host.split(":")[0]), ("date", self.chance.choice(spans))]
        some += [("kind", stored.source.kind), ("source", stored.source.id)]
        some += [(n, v) for n in ("region", "script") if (v := getattr(stored, n, ""))]
        return Limit(*self.chance.choice(some))

    def _leaf(self) -> Leaf:
        text = self.page
        if self.chance.random() < ELSEWHERE:
            text = self.chance.choice(self.texts[self.chance.choice(sorted(self.texts))])
        only = "title" if text.title and self.chance.random() < 0.15 else ""
        body = text.title if only or not text.body else text.body
        lines = [line for line in body.splitlines() if WORDS.search(line) or RUN.search(line)]
        line = self.chance.choice(lines) if lines else "数字政府"
        make = self._of_characters if RUN.search(line) else self._of_words
        return replace(make(line), field=only)

    def _of_words(self, line: str) -> Leaf:
        found = list(WORDS.finditer(line))
        first = self.chance.randrange(len(found)) if found else 0
        word = found[first][0] if found else "government"
        kind = self.chance.choice(["word", "word", "phrase", "phrase", "prefix", "fuzzy", "near"])
        if kind == "phrase" and found:
            last = found[min(first + self.chance.randint(0, 3), len(found) - 1)]
            return Leaf("phrase", line[found[first].start() : last.end()])
        if kind == "prefix" and len(word) > 4 and word.isascii():
            return Leaf("prefix", word[: self.chance.randint(4, len(word))])
        if kind == "fuzzy" and len(word) > 4 and word.isalpha():
            distance = self.chance.randint(1, 2)
            return Leaf("fuzzy", self._misspelt(word, distance), distance=distance)
        if kind == "near" and len(found) > 3:
            near = found[first : first + 6]
            some = [m[0] for m in self.chance.sample(near, min(2, len(near)))]
            if len(some) == 2:
                return Leaf("near", " ".join(some), distance=self.chance.randint(0, 6))
        return Leaf("word", word)

    def _of_characters(self, line: str) -> Leaf:
        run = self.chance.choice(RUN.findall(line))
        size = self.chance.randint(2, 8)
        start = self.chance.randrange(max(1, len(run) - size + 1))
        piece = run[start : start + size]
        kind = self.chance.choice(["word", "word", "phrase", "fuzzy", "near"])
        if kind == "phrase":
            at = self.chance.randrange(len(line))
            return Leaf("phrase", line[at : at + self.chance.randint(2, 14)])
        if kind == "fuzzy" and len(piece) > 3:
            place = self.chance.randrange(len(piece))
            other = self.chance.choice(SOME_CHARACTERS)
            return Leaf("fuzzy", piece[:place] + other + piece[place + 1 :], distance=1)
        if kind == "near" and len(run) > 5:
            some = [run[:2], run[3:5]] if self.chance.random() < 0.5 else [run[3:6], run[:3]]
            return Leaf("near", " ".join(some), distance=self.chance.randint(0, 9))
        return Leaf("word", piece if self.chance.random() < 0.9 else piece[::-1])

    def _misspelt(self, word: str, times: int) -> str:
        for _ in range(self.chance.randint(0, times)):
            place = self.chance.randrange(1, len(word) - 1)
            letter = self.chance.choice(LETTERS)
            word = self.chance.choice(
                [
                    word[:place] + letter + word[place:],
                    word[:place] + word[place + 1 :],
                    word[:place] + letter + word[place + 1 :],
                    word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                ]
            )
        return word

    def _written(self, asked: Asked, *, inner: bool) -> str:
        match asked:
            case Some(parts):
                text = " OR ".join(self._written(part, inner=True) for part in parts)
                return f"({text})" if inner else text
            case All(parts, without):
                word = self.chance.choice([" AND ", " "])
                text = word.join(self._written(part, inner=True) for part in parts)
                for part in without:
                    said = self.chance.choice([" NOT ", " AND NOT "])
                    text += f"{said}{self._written(part, inner=True)}"
                return f"({text})" if inner else text
            case Limit(name, value):
                return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
            case Leaf(kind, text, only, distance):
                said = self._varied(text)
                shape = {
                    "word": said,
                    "phrase": f'"{said}"',
                    "prefix": f"{said}*",
                    "fuzzy": f"{said}~{distance}",
                    "near": f'"{said}"~{distance}',
                }[kind]
                return f"{only}:{shape}" if only else shape

    def _varied(self, text: str) -> str:
        """The text in another script, width or case: to be found as it stands."""
        way = self.chance.choice(["", "", "case", "width", "s2t", "t2s"])
        if way == "case":
            other = text.swapcase() if text.islower() else text.lower()
        elif way == "width":
            other = text.translate(FULL_WIDTH)
        else:
            other = self.turned[way](text) if way else text
        return other if plain(other) == plain(text) and not OPERATOR.fullmatch(other) else text


def can_be_written(asked: Asked) -> bool:
    """Return whether a tree's leaves hold nothing that the language itself uses."""
    match asked:
        case All(parts, without):
            return all(can_be_written(part) for part in (*parts, *without))
        case Some(parts):
            return all(can_be_written(part) for part in parts)
        case Limit():
            return True
        case Leaf(kind, text, _, _):
            allowed = text.replace(" ", "x") if kind in {"phrase", "near"} else text
            said = CHINESE.search(plain(text)) or LATIN.search(plain(text))
            return bool(said) and text.isprintable() and not _uses_syntax(kind, allowed)


def _uses_syntax(kind: str, text: str) -> bool:
    if kind in {"phrase", "near"}:
        return bool(re.search('["“”„‟〝〞＂「」『』]', text))
    return bool(SYNTAX.search(text) or OPERATOR.fullmatch(text)) or text.lower() == "e"


@dataclass(frozen=True, slots=True)
class Difference:
    """A query whose answer differs from the scan: what only one of the two found."""

    lang: str
    query: str
    index_only: frozenset[int]
    scan_only: frozenset[int]


def scanned(texts: dict[str, list[Text]], tree: Asked) -> dict[str, frozenset[int]]:
    """Return the pages of each language that a plain scan finds, lists of links left out."""
    return {
        lang: frozenset(
            text.stored.url_id for text in held if is_shown(text.stored) and matches(tree, text)
        )
        for lang, held in texts.items()
    }


def differences(
    indexes: Indexes, expected: Sequence[tuple[str, dict[str, frozenset[int]]]]
) -> list[Difference]:
    """Return where an index does not find what a scan did, or counts something else."""
    filters, found = Filters(), []
    for query, sets in expected:
        node = parse(query)
        for lang, wanted in sets.items():
            asked = compiled(node, lang)
            ids = indexes[lang].ids(asked, filters) if asked else frozenset()
            total = indexes[lang].search(asked, filters, 0).total if asked else 0
            if ids != wanted or total != len(ids):
                found.append(Difference(lang, query, ids - wanted, wanted - ids))
    return found


def written(author: Author, count: int) -> list[tuple[Asked, str]]:
    """Return so many queries that can be written."""
    made: list[tuple[Asked, str]] = []
    while len(made) < count:
        tree, text = author.query()
        if can_be_written(tree) and len(text) < 400:
            made.append((tree, text))
    return made
