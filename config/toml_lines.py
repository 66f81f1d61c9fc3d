"""On which line each key of a TOML text stands, which ``tomllib`` does not tell.

The scanner trusts that ``tomllib`` has accepted the text: it only follows the structure, and leaves
every question of validity to the parser.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

Keys = tuple[str | int, ...]
"""The way to a value: names of keys, and positions in arrays."""

_TOKEN = re.compile(
    r'''
      (?P<text> """(?:[^\\]|\\.)*?"""(?:"{0,2}) | \'\'\'.*?\'\'\'(?:'{0,2})
              | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' )
    | (?P<skip> \#[^\n]* | [ \t\r]+ )
    | (?P<mark> [\[\]{}=,.\n] )
    | (?P<bare> [^\s"'#\[\]{}=,.]+ )
    ''',
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def lines_of(text: str) -> dict[Keys, int]:
    """Return the line (from 1) of every table, key and array item of a valid TOML text.

    A table's line is that of its first header or first mention; an item's, where it begins.
    """
    scanner = _Scanner(_tokens(text))
    scanner.document()
    return scanner.lines


def _tokens(text: str) -> list[_Token]:
    tokens, line = [], 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "skip":
            tokens.append(_Token(kind, match.group(), line))
        line += match.group().count("\n")
    tokens.append(_Token("mark", "\n", line))
    return tokens


class _Scanner:
    def __init__(self, tokens: list[_Token]) -> None:
        self.lines: dict[Keys, int] = {(): 1}
        self._tokens = tokens
        self._at = 0
        self._lengths: dict[Keys, int] = {}  # of the arrays of tables

    def document(self) -> None:
        """Note the line of every key of the document."""
        table: Keys = ()
        while self._at < len(self._tokens):
            if self._take("\n"):
                continue
            if self._take("["):
                table = self._header()
            else:
                self._pair(table)

    def _is(self, mark: str) -> bool:
        return self._tokens[self._at][:2] == ("mark", mark)

    def _take(self, mark: str) -> bool:
        found = self._is(mark)
        self._at += found
        return found

    def _header(self) -> Keys:
        is_array = self._take("[")
        line = self._tokens[self._at].line
        keys: Keys = ()
        names = self._names()
        while self._take("]"):
            pass
        for position, name in enumerate(names, 1):
            keys = (*keys, name)
            self.lines.setdefault(keys, line)
            if is_array and position == len(names):
                self._lengths[keys] = self._lengths.get(keys, 0) + 1
            if keys in self._lengths:
                keys = (*keys, self._lengths[keys] - 1)
                self.lines.setdefault(keys, line)
        return keys

    def _names(self) -> list[str]:
        names = []
        while True:
            token = self._tokens[self._at]
            self._at += 1
            names.append(_name(token))
            if not self._take("."):
                return names

    def _pair(self, table: Keys) -> None:
        keys, line = table, self._tokens[self._at].line
        for name in self._names():
            keys = (*keys, name)
            self.lines.setdefault(keys, line)
        self._take("=")
        self._value(keys)

    def _value(self, keys: Keys) -> None:
        if self._take("["):
            self._array(keys)
        elif self._take("{"):
            while not self._take("}"):
                if not self._take(",") and not self._take("\n"):
                    self._pair(keys)
        else:
            while not any(self._is(mark) for mark in "\n,]}"):
                self._at += 1

    def _array(self, keys: Keys) -> None:
        position = 0
        while not self._take("]"):
            if self._take(",") or self._take("\n"):
                continue
            item = (*keys, position)
            self.lines[item] = self._tokens[self._at].line
            self._value(item)
            position += 1


def _name(token: _Token) -> str:
    if token.kind != "text":
        return token.text
    name: str = tomllib.loads(f"name = {token.text}")["name"]
    return name
