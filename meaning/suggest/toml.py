"""Proposals as TOML that can be pasted into a topic file, with counts and examples as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from index.dictionary import dictionary
from meaning.suggest.rank import CLOSE, Proposal
from page.model import fold

CHECK = "CHECK"
"""Stands where no translation is known: the topic file loads, and the word is easy to find."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def as_toml(proposals: Sequence[Proposal]) -> str:
    """Return the proposals as ``[[concept]]`` tables, the best first."""
    return "\n".join(map(_table, proposals))


def _table(one: Proposal) -> str:
    terms = {lang: one.terms(lang) or (_translated(one),) for lang in ("en", "zh")}
    en, zh = terms["en"][0], terms["zh"][0]
    lines = [
        f"# {one.lang}: {one.term}: {one.on} pages on topic, {one.off} off, {one.near} places near"
        f" its terms; score {one.score}",
    ]
    lines += [f"#   also {w.lang}: {w.term}: {w.on} on, {w.off} off" for w in one.wordings[1:]]
    if one.concept and one.cosine >= CLOSE:
        lines.append(f"# near {one.concept} (cosine {one.cosine}): perhaps a wording of that one")
    if len({w.lang for w in one.wordings}) < len(terms):
        lines.append("# in one language only: nothing like it was found in the other")
    lines += [f"#   {_plain(text)}  {_plain(url)}" for url, text in one.examples]
    lines += [
        "[[concept]]",
        f"id = {_string(_identifier(en if en != CHECK else one.term))}",
        f"en = {_string(en)}",
        f"zh = {_string(zh)}",
        f"en_terms = {_strings(terms['en'])}",
        f"zh_terms = {_strings(terms['zh'])}",
        f"meaning = {_string(CHECK)}",
        "",
    ]
    return "\n".join(lines)


def _translated(one: Proposal) -> str:
    look = dictionary().to_chinese if one.lang == "en" else dictionary().to_english
    found = look(one.term)
    return found[0].text if found and found[0].plausible >= 0.5 else CHECK


def _identifier(text: str) -> str:
    """A concept id: Latin letters, digits and hyphens; of a Chinese term a hash in letters."""
    plain = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
    return plain or "new-" + "".join(f"{ord(c):x}" for c in text)[:24]


def _string(text: str) -> str:
    return json.dumps(_plain(text), ensure_ascii=False)


def _strings(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_string, texts))}]"


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)
