"""Analysis: a text becomes units, and units become the tokens that an engine stores.

A unit is one Chinese character, one word or (in Chinese) one punctuation mark, with its place.
Engines never see text, so two engines that agree on tokens agree on what they find. To add a
language, write a module with a `units` function and name it in `ANALYZERS`.
"""

from __future__ import annotations

from index.analysis.analyzer import Analyzer
from index.analysis.en import ENGLISH
from index.analysis.unit import Token, Tokens, Unit
from index.analysis.zh import CHINESE

__all__ = ["ANALYZERS", "Analyzer", "Token", "Tokens", "Unit"]

ANALYZERS: dict[str, Analyzer] = {"en": ENGLISH, "zh": CHINESE}
