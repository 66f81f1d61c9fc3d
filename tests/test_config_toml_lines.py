"""Lines of TOML keys: exact on written cases, and against unique markers in generated texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from config.toml_lines import Keys, lines_of

CASES: dict[str, tuple[str, Mapping[Any, int]]] = {
    "nested tables": (
        "# a\n\n[a]\nx = 1\n[a.b.c]\ny = 2\n[a.b]\nz = 3\n",
        {("a",): 3, ("a", "x"): 4, ("a", "b"): 5, ("a", "b", "c"): 5, ("a", "b", "c", "y"): 6}
        | {("a", "b", "z"): 8},
    ),
    "arrays of tables": (
        "[[s]]\nid = 1\n[s.t]\nu = 1\n\n[[s]]\nid = 2\n[[s.v]]\nw = 3\n[[s.v]]\nw = 4\n",
        {("s",): 1, ("s", 0): 1, ("s", 0, "id"): 2, ("s", 0, "t"): 3, ("s", 0, "t", "u"): 4}
        | {("s", 1): 6, ("s", 1, "id"): 7, ("s", 1, "v"): 8, ("s", 1, "v", 0): 8}
        | {("s", 1, "v", 0, "w"): 9, ("s", 1, "v", 1): 10, ("s", 1, "v", 1, "w"): 11},
    ),
    "inline tables and arrays over lines": (
        'p = { x = 1, y.z = "a", l = [\n 1,\n # c ]\n 2 ] }\nq = [\n { r = 1 },\n\n { r = 2 }\n]\n',
        {("p",): 1, ("p", "x"): 1, ("p", "y"): 1, ("p", "y", "z"): 1, ("p", "l"): 1}
        | {("p", "l", 0): 2, ("p", "l", 1): 4, ("q",): 5, ("q", 0): 6, ("q", 0, "r"): 6}
        | {("q", 1): 8, ("q", 1, "r"): 8},
    ),
    "one key in two tables": ("[a]\nk = 1\n[b]\nk = 2\n", {("a", "k"): 2, ("b", "k"): 4}),
    "texts that look like TOML": (
        'a = """\n[x]\nb = 1 # """"\nc = \'\'\'"""\n]\n\'\'\'\'\nd = "\\"#"\ne = \'\\\'\nf = 1\n',
        {("a",): 1, ("c",): 4, ("d",): 7, ("e",): 8, ("f",): 9},
    ),
    "quotation marks at the end of a text": (
        "a = [\"\"\"x\"\"\"\", \"]\",\n 3]\nb = ['''x'''', ']',\n 4]\n",
        {("a",): 1, ("a", 1): 1, ("a", 2): 2, ("b",): 3, ("b", 1): 3, ("b", 2): 4},
    ),
    "quoted and dotted keys": (
        '"a.b" = 1\n\'键\'."\\u0078" = 2\n1.5 = 3\n["t]"]\ny = 1.5e3\nz = 1979-05-27 07:32:00\n',
        {("a.b",): 1, ("键",): 2, ("键", "x"): 2, ("1",): 3, ("1", "5"): 3, ("t]",): 4}
        | {("t]", "y"): 5, ("t]", "z"): 6},
    ),
    "Windows line ends are two characters of one line": (
        "a = 1\r\n[b]\r\nc = [\r\n2]\r\n",
        {("a",): 1, ("b",): 2, ("b", "c"): 3, ("b", "c", 0): 4},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_lines(name: str) -> None:
    text, expected = CASES[name]
    lines = lines_of(text)
    assert set(ways(tomllib.loads(text))) == set(lines) - {()}
    assert {keys: lines[keys] for keys in expected} == expected


def ways(value: Any, way: Keys = ()) -> Iterator[Keys]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*way, key)
        if isinstance(inner, dict | list):
            yield from ways(inner, (*way, key))


class Writer:
    """Writes values with a new name for every key and scalar, so that each can be found again."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.names = count()

    def pick(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def key(self) -> str:
        name = f"k{next(self.names)}k"
        return self.pick(name, f'"{name}"', f"'{name}'", f"{name}.k{next(self.names)}k")

    def value(self, depth: int) -> str:
        kind = self.draw(st.integers(0, 5 if depth else 3))
        word = f"v{next(self.names)}v"
        if kind == 0:
            return f'"{word}\\"#[]"'
        if kind == 1:
            return f'"""{word}\n[[fake]]\nfake = "x" # \\"""\n"""""'
        if kind == 2:
            return f"'''{word}\n]}}\\\n''''"
        if kind == 3:
            return f"'{word}\\'"
        inside = range(self.draw(st.integers(0, 3)))
        if kind == 4:
            gap = self.pick("", " ", "\n", " # comment ]\n")
            return "[" + ",".join(f"{gap}{self.value(depth - 1)}{gap}" for _ in inside) + gap + "]"
        return "{ " + ", ".join(f"{self.key()} = {self.value(depth - 1)}" for _ in inside) + " }"

    def statement(self, arrays: list[str]) -> str:
        kind = self.pick("pair", "pair", "table", "array", "again", "under", "blank")
        if kind == "pair":
            return f"{self.key()} = {self.value(2)} # comment"
        if kind == "table":
            return f"[ {self.key()} ]"
        if kind == "array" or (kind == "again" and not arrays):
            arrays.append(f"a{next(self.names)}a")
            return f"[[{arrays[-1]}]]"
        if kind == "again":
            return f"[[{self.pick(*arrays)}]]"
        return f"[{self.pick(*arrays)}.{self.key()}]" if kind == "under" and arrays else "  # [x]"


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    writer, arrays = Writer(draw), list[str]()
    return "\n".join(writer.statement(arrays) for _ in range(draw(st.integers(0, 12))))


def line_of(text: str, word: str, nth: int = 0) -> int:
    places = [match.start() for match in re.finditer(re.escape(word), text)]
    return text.count("\n", 0, places[nth]) + 1


@given(toml_texts())
@settings(deadline=None)
def test_every_key_and_item_is_found_where_it_was_written(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    lines = lines_of(text)
    assert set(ways(data)) == set(lines) - {()}
    for keys, line in lines.items():
        match keys:
            case (str(array), int(nth)) if array.startswith("a"):
                assert line == line_of(text, f"[[{array}]]", nth)
            case (*_, str(name)):
                assert line == line_of(text, name)
            case (*_, int()):
                item: Any = data
                for key in keys:
                    item = item[key]
                if isinstance(item, str):
                    word = re.match(r"v\d+v", item)
                    assert word
                    assert line == line_of(text, word[0])
