"""What an answer says to people, as pieces with a style each: on a terminal or in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.address import readable
from index.facets import FEW
from index.output.inquiry import NAMES, Inquiry
from index.question import Answer, Hit
from index.snippet import Snippet, clean
from index.syntax import foreign_words

if TYPE_CHECKING:
    from index.explain import Reason

# Where no style can be shown, a match is marked by these.
LEFT, RIGHT = "«", "»"

Piece = tuple[str, str]
"""A text without anything active in it, and its style; ``""`` for none."""


def asked(inquiry: Inquiry, lang: str, answer: Answer) -> list[Piece]:
    """Return the question as one language was asked it."""
    note = ""
    if inquiry.similar:
        note = "  (the words that tell what that page is about)"
    elif foreign_words(answer.asked.node):
        note = "  (by dictionary, CC-CEDICT)"
    elif not (inquiry.literal or answer.asked.concepts):
        note = "  (no term of the topic in it: asked as it stands)"
    return [(f"{lang}: ", "dim"), (clean(answer.asked.text), ""), (note, "dim")]


def notes(inquiry: Inquiry) -> list[str]:
    """Return what is to be known about the answers, a line each."""
    said = [
        f"{NAMES[lang]}: concepts are counted by this engine for {FEW} pages at most; tantivy"
        " counts them for any number"
        for lang, answer in inquiry.answers.items()
        if answer.facets
        and answer.total > FEW
        and "concept" not in answer.facets
        and not inquiry.literal
    ]
    said += [
        f"{NAMES[lang]}: asked as written, for want of a sure translation:"
        f" {', '.join(map(clean, answer.asked.as_written))}"
        for lang, answer in inquiry.answers.items()
        if answer.asked.as_written and not inquiry.similar
    ]
    said += [
        f"{NAMES[lang]}: words and meaning (sentence embeddings) ranked together;"
        " ≈ marks pages found by meaning alone, which are not counted"
        for lang, answer in inquiry.answers.items()
        if answer.meaning
    ]
    said += [
        f"{NAMES[lang]}: nothing; did you mean {clean(answer.suggestion)}?"
        for lang, answer in inquiry.answers.items()
        if answer.suggestion
    ]
    left_out = {lang: answer.undated for lang, answer in inquiry.answers.items() if answer.undated}
    if not left_out:
        return said
    counts = ", ".join(f"{count} {NAMES[lang]}" for lang, count in left_out.items())
    return [*said, f"undated pages that match are left out: {counts}"]


def heading(lang: str, answer: Answer) -> str:
    """Return the line above one language's pages."""
    besides = f" and {answer.by_meaning} by meaning" if answer.by_meaning else ""
    return f"{NAMES[lang]}: best {len(answer.hits)} of {answer.total}{besides}"


def hit(found: Hit, plain: bool) -> list[Piece]:
    """Return a page's title, place, address and snippet, and its reasons if asked for."""
    stored = found.stored
    place = f"{clean(stored.source.name)} · {found.date or 'undated'}"
    if stored.page.kind == "hub":
        place += " · hub"
    titled = bool(found.title.text.strip())
    return [
        ("≈ " if found.by_meaning else "", ""),
        *(_marked(found.title, plain) if titled else [("(no title)", "dim")]),
        (f"\n{place}\n", "dim"),
        (clean(readable(stored.url)), "blue" if not plain else ""),
        ("\n", ""),
        *_marked(found.snippet, plain),
        (f"\n{_why(found)}" if found.reasons else "", "dim"),
    ]


def _marked(snippet: Snippet, plain: bool) -> list[Piece]:
    """The text with its matches marked: by style on a terminal, else by quotation marks."""
    pieces: list[Piece] = []
    done = 0
    for start, end in snippet.marks:
        match = snippet.text[start:end]
        pieces.append((snippet.text[done:start], ""))
        pieces.append((f"{LEFT}{match}{RIGHT}", "") if plain else (match, "bold yellow"))
        done = end
    return [*pieces, (snippet.text[done:], "")]


def _why(hit: Hit) -> str:
    return f"score {hit.score:.2f}: " + "; ".join(map(_reason, hit.reasons))


def _reason(reason: Reason) -> str:
    places = [(reason.in_text, "in the text"), (reason.in_title, "in the title")]
    often = " and ".join(f"{_times(count)} {where}" for count, where in places if count)
    pages = "page has" if reason.pages == 1 else "pages have"
    return f"{clean(reason.asked)} {often} ({reason.pages} {pages} it)"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
