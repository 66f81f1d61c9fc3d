"""Hostile queries: written by grammar and then damaged, random, deep, long, and made to be slow."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.search_exact import Author
from index.grammar import QueryError
from index.lexicon import Lexicon
from index.library import Library
from index.query import parse
from index.question import Question

_PIECES = """AND OR NOT ( ) " ~ * : , . + - & ! ? \\ / ^ [ ] { } ' ` ~1 ~2 ~50 "~5 title: site:
    kind: region: concept: date: source: script: 2019..2022 .. 1..9 a* ** *a ?* 政* 数字 數位 大脑
    the of e- e m-e 的 “ ” （ ） ： ＡＮＤ ＊ TO [a a] a^2 +a -a a..b gov.cn kind:press date:2021"""
PIECES = tuple(_PIECES.split())
SPACES = (" ", "", "", "\t", "\u3000", "\n", "\x00", "\u200b")
COMMON = ("的", "一", "在", "the", "of", "and", "to", "a", "data", "是", "政府")


@dataclass
class Outcome:
    """What hostile queries did: errors nobody caught, badly said ones, and the slowest."""

    asked: int = 0
    refused: int = 0
    uncaught: list[tuple[str, str]] = field(default_factory=list)
    badly_said: list[tuple[str, str]] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    slowest_wall: float = 0.0

    def add(self, other: Outcome) -> None:
        """Count what other queries did, too."""
        self.asked += other.asked
        self.refused += other.refused
        self.uncaught += other.uncaught
        self.badly_said += other.badly_said
        self.slowest = max(self.slowest, other.slowest)
        self.slowest_wall = max(self.slowest_wall, other.slowest_wall)


def hostile(author: Author, seed: int) -> Iterator[str]:
    """Yield hostile queries without end, the same from the same seed."""
    chance = random.Random(seed)
    makers: list[Callable[[random.Random, Author], str]] = [
        _damaged, _damaged, _glued, _glued, _unicode, _deep, _long, _slow, _slow, _grammar
    ]  # fmt: skip
    while True:
        yield chance.choice(makers)(chance, author)


def _grammar(chance: random.Random, author: Author) -> str:
    return author.query()[1]


def _damaged(chance: random.Random, author: Author) -> str:
    text = author.query()[1][: chance.randint(5, 600)]
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(text) + 1)
        change = chance.choice(["drop", "add", "double", "swap"])
        if change == "drop":
            text = text[:place] + text[place + chance.randint(1, 3) :]
        elif change == "add":
            text = text[:place] + chance.choice(PIECES) + text[place:]
        elif change == "double":
            text = text[:place] + text[max(0, place - 5) : place + 5] + text[place:]
        else:
            text = text[place:] + text[:place]
    return text


def _glued(chance: random.Random, author: Author) -> str:
    count = chance.randint(1, 40)
    return "".join(chance.choice(PIECES) + chance.choice(SPACES) for _ in range(count))


def _unicode(chance: random.Random, author: Author) -> str:
    tops = (0x7F, 0x2FF, 0x20FF, 0x9FFF, 0xFFFF, 0x10FFFF)
    return "".join(
        chr(chance.randint(0, chance.choice(tops))) for _ in range(chance.randint(0, 120))
    )


def _deep(chance: random.Random, author: Author) -> str:
    depth = chance.choice([5, 19, 20, 21, 100, 240, 5000])
    opened = chance.choice(["(", "(a ", "(a OR ", "（", "title:(", "NOT (", "(NOT a ", '("'])
    return opened * depth + "数字 a" + ")" * chance.choice([depth, depth, depth - 1, depth + 1])


def _long(chance: random.Random, author: Author) -> str:
    piece = chance.choice(
        [*COMMON, *PIECES, "a ", "人 ", "e-", "a OR ", "数字 AND ", "\u0300", "x~1 "]
    )
    return (piece * 500_000)[: chance.choice([480, 499, 500, 501, 5_000, 1_000_000])]


def _slow(chance: random.Random, author: Author) -> str:
    """Within the limits of length and depth, and as much work as can be asked for there."""
    words = [chance.choice(COMMON) for _ in range(40)]
    letters = [chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(160)]
    several = " ".join(words[: chance.randint(2, 5)])
    prefixes = [a + b + "*" for a, b in zip(letters[::2], letters[1::2], strict=True)]
    return chance.choice(
        [
            f'"{several}"~{chance.choice([0, 1, 2, 5, 8, 50])}',
            " OR ".join(f'"{w} {v}"~50' for w, v in zip(words[:20], words[20:], strict=True)),
            " OR ".join(words),
            " ".join(words),
            " OR ".join(prefixes),
            " ".join(prefixes),
            " OR ".join(f"{one[:-1]}{chance.choice('aeiou')}{one[0]}~2" for one in prefixes[:60]),
            " OR ".join(f"{w}{v}{w}{v}~2" for w, v in zip(words[:20], words[20:], strict=True)),
            "".join(w for w in words if not w.isascii()) * 20,
            "政府 NOT (" + " OR ".join(words) + ")",
            "-".join(letters[:200]),
            f'"{several}"',
        ]
    )[:500]  # fmt: skip


def ask(library: Library, queries: list[str], lexicon: Lexicon, seed: int) -> Outcome:
    """Ask hostile queries as the command does, with one aid or another; return what happened."""
    chance, outcome = random.Random(seed), Outcome()
    for query in queries:
        outcome.asked += 1
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            _answered(library, query, lexicon, chance)
        except QueryError as error:
            outcome.refused += 1
            if not well_said(str(error)):
                outcome.badly_said.append((query, str(error)))
        except Exception as error:
            if getattr(error, "exit_code", None) is None:
                outcome.uncaught.append((query, repr(error)))
        spent = time.process_time() - cpu
        outcome.slowest = max(outcome.slowest, (spent, query))
        outcome.slowest_wall = max(outcome.slowest_wall, time.perf_counter() - wall)
    return outcome


def _answered(library: Library, query: str, lexicon: Lexicon, chance: random.Random) -> None:
    node = parse(query)
    kinds = chance.choice([(False, False), (False, True), (True, True)])
    facets, in_context, explain = (chance.random() < 0.15 for _ in range(3))
    question = Question(
        node,
        any_word=kinds[0],
        dictionary=kinds[1],
        facets=facets,
        in_context=in_context,
        explain=explain,
    )
    known = lexicon if chance.random() < 0.7 else None
    for lang in ("en", "zh"):
        library.ask(question, lang, known)


def well_said(message: str) -> bool:
    """Return whether an error is one line, or one line, the query and a caret under the place."""
    first, *rest = message.split("\n")
    if not first.startswith("query: ") or any(unicodedata.category(c) == "Cc" for c in first):
        return False
    return not rest or (len(rest) == 2 and bool(re.fullmatch(" *\\^", rest[1])))
