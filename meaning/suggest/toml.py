"""Proposals as TOML that can be pasted into a topic file, with counts and examples as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import chain, count

from config.counted import counted
from config.model import LANGUAGES, Topic
from index.address import readable
from index.analysis.unit import normal
from index.dictionary import dictionary
from index.terms import wordings
from meaning.suggest.rank import CLOSE, Proposal
from page.model import fold

CHECK = "CHECK"
"""Stands where no meaning is known, and as ``CHECKME1`` where no translation is, or another concept
has it: the topic file loads, no page has the word, and it is easy to find."""
_GLOSS = re.compile(r"\b(?:sb|sth|somebody|something|oneself)\b")  # a gloss, as no page has it
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def as_toml(proposals: Sequence[Proposal], topic: Topic) -> str:
    """Return the proposals as ``[[concept]]`` tables, the best first.

    All of them can be pasted into the topic's file at once: no term and no id is there twice.
    """
    taken = {normal(w) for c in topic.concepts for lang in LANGUAGES for w in wordings(c, lang)}
    taken |= {normal(w.term) for one in proposals for w in one.wordings}
    ids = {concept.id for concept in topic.concepts}
    return "\n".join(_table(one, taken, ids) for one in proposals)


def _table(one: Proposal, taken: set[str], ids: set[str]) -> str:
    terms = {lang: one.terms(lang) or (_translated(one, taken),) for lang in LANGUAGES}
    en, zh = terms["en"][0], terms["zh"][0]
    lines = [
        f"# {one.lang}: {one.term}: {counted(one.on, 'page')} on topic, {one.off} off,"
        f" {counted(one.near, 'place')} near its terms; score {one.score}",
    ]
    lines += [f"#   also {w.lang}: {w.term}: {w.on} on, {w.off} off" for w in one.wordings[1:]]
    if one.concept and one.cosine >= CLOSE:
        lines.append(f"# near {one.concept} (cosine {one.cosine}): perhaps a wording of that one")
    if len({w.lang for w in one.wordings}) < len(terms):
        lines.append("# in one language only: nothing like it was found in the other")
        guess = next((t for lang, (t, *_) in terms.items() if not one.terms(lang)), "")
        if not guess.startswith(CHECK):
            lines.append(f"# {_string(guess)} is the dictionary's word for it: check it")
    lines += [f"#   {_plain(text)}  {_plain(readable(url))}" for url, text in one.examples]
    lines += [
        "[[concept]]",
        f"id = {_string(_identifier(one.term if en.startswith(CHECK) else en, ids))}",
        f"en = {_string(en)}",
        f"zh = {_string(zh)}",
        f"en_terms = {_strings(terms['en'])}",
        f"zh_terms = {_strings(terms['zh'])}",
        f"meaning = {_string(CHECK)}",
        "",
    ]
    return "\n".join(lines)


def _translated(one: Proposal, taken: set[str]) -> str:
    look = dictionary().to_chinese if one.lang == "en" else dictionary().to_english
    found = look(one.term)
    whole = [f.text for f in found if f.plausible >= 0.5 and not _GLOSS.search(f.text)]
    best = whole[:1]
    free = (
        n for n in chain(best, map(f"{CHECK}ME{{}}".format, count(1))) if normal(n) not in taken
    )
    chosen = next(free)
    taken.add(normal(chosen))
    return chosen


def _identifier(text: str, ids: set[str]) -> str:
    """A concept id that is not in ``ids``, and then is: Latin letters, digits and hyphens; of a
    Chinese term its code points."""
    plain = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
    plain = plain or "new-" + "".join(f"{ord(c):x}" for c in text)[:24]
    name = next(n for n in chain([plain], (f"{plain}-{k}" for k in count(2))) if n not in ids)
    ids.add(name)
    return name


def _string(text: str) -> str:
    return json.dumps(_plain(text), ensure_ascii=False)


def _strings(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_string, texts))}]"


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)
