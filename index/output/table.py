"""Answers for people: the two languages side by side where the terminal is wide enough."""

from __future__ import annotations

from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from index.facets import FEW
from index.output.aids import concordance, facets, why
from index.output.inquiry import NAMES, Inquiry
from index.question import Answer, Hit
from index.snippet import Snippet, clean
from index.syntax import foreign_words

WIDE = 110  # columns; below it a snippet in half of them is too narrow to read
# Where no style can be shown, a match is marked by these.
LEFT, RIGHT = "«", "»"


def show(inquiry: Inquiry, console: Console, order: str = "page") -> None:
    """Print the question as each language was asked it, the counts, and the best hits.

    ``order`` is that of matches in context: ``page``, ``left`` or ``right``.
    """
    console.print(Text(clean(inquiry.query), style="bold"))
    for lang, answer in inquiry.answers.items():
        console.print(_asked(inquiry, lang, answer), soft_wrap=True)
    console.print(Text(inquiry.counts(), style="bold"))
    for note in _notes(inquiry):
        console.print(Text(note, style="italic"))
    plain = not console.is_terminal
    sides = {lang: answer for lang, answer in inquiry.answers.items() if answer.hits}
    for table in facets(inquiry):
        console.print()
        console.print(table)
    if inquiry.question.in_context:
        for lang, answer in sides.items():
            console.print(Rule(NAMES[lang], align="left", style="dim"))
            concordance(lang, answer, console, order, plain)
        return
    if console.width >= WIDE and len(sides) > 1:
        console.print()
        console.print(_side_by_side(sides, plain))
        return
    for lang, answer in sides.items():
        console.print(Rule(_heading(lang, answer), align="left", style="dim"))
        console.print(_hits(answer, plain), soft_wrap=plain)


def _asked(inquiry: Inquiry, lang: str, answer: Answer) -> Text:
    note = ""
    if inquiry.similar:
        note = "  (the words that tell what that page is about)"
    elif foreign_words(answer.asked.node):
        note = "  (by dictionary, CC-CEDICT)"
    elif not (inquiry.literal or answer.asked.concepts):
        note = "  (no term of the topic in it: asked as it stands)"
    return Text.assemble((f"{lang}: ", "dim"), clean(answer.asked.text), (note, "dim"))


def _notes(inquiry: Inquiry) -> list[str]:
    notes = [
        f"{NAMES[lang]}: concepts are counted by this engine for {FEW} pages at most; tantivy"
        " counts them for any number"
        for lang, answer in inquiry.answers.items()
        if answer.facets
        and answer.total > FEW
        and "concept" not in answer.facets
        and not inquiry.literal
    ]
    notes += [
        f"{NAMES[lang]}: words and meaning (sentence embeddings) ranked together;"
        " ≈ marks pages found by meaning alone, which are not counted"
        for lang, answer in inquiry.answers.items()
        if answer.meaning
    ]
    notes += [
        f"{NAMES[lang]}: nothing; did you mean {clean(answer.suggestion)}?"
        for lang, answer in inquiry.answers.items()
        if answer.suggestion
    ]
    left_out = {lang: answer.undated for lang, answer in inquiry.answers.items() if answer.undated}
    if not left_out:
        return notes
    counts = ", ".join(f"{count} {NAMES[lang]}" for lang, count in left_out.items())
    return [*notes, f"undated pages that match are left out: {counts}"]


def _heading(lang: str, answer: Answer) -> Text:
    return Text(f"{NAMES[lang]}: best {len(answer.hits)} of {answer.total}")


def _side_by_side(sides: dict[str, Answer], plain: bool) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), expand=True)
    for lang, answer in sides.items():
        table.add_column(_heading(lang, answer), ratio=1, overflow="fold")
    table.add_row(*(_hits(answer, plain) for answer in sides.values()))
    return table


def _hits(answer: Answer, plain: bool) -> Group:
    return Group(*(_numbered(rank, hit, plain) for rank, hit in enumerate(answer.hits, 1)))


def _numbered(rank: int, hit: Hit, plain: bool) -> Text | Table:
    """A hit beside its number; on a terminal its lines are broken there, not under the number."""
    number, text = Text(f"{rank:>3}. ", style="dim"), _hit(hit, plain)
    if plain:
        return number + Text("\n     ").join(text.split("\n", allow_blank=True)) + Text("\n")
    grid = Table.grid()
    grid.add_column(width=5, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(number, text + Text("\n"))
    return grid


def _hit(hit: Hit, plain: bool) -> Text:
    stored = hit.stored
    place = f"{clean(stored.source.name)} · {hit.date or 'undated'}"
    if stored.page.kind == "hub":
        place += " · hub"
    return Text.assemble(
        "≈ " if hit.by_meaning else "",
        _styled(hit.title, plain) if hit.title.text.strip() else Text("(no title)", style="dim"),
        (f"\n{place}\n", "dim"),
        (clean(stored.url), "blue" if not plain else ""),
        "\n",
        _styled(hit.snippet, plain),
        (f"\n{why(hit)}" if hit.reasons else "", "dim"),
    )


def _styled(snippet: Snippet, plain: bool) -> Text:
    """The text with its matches marked: by style on a terminal, else by quotation marks."""
    text = Text()
    done = 0
    for start, end in snippet.marks:
        match = snippet.text[start:end]
        text.append(snippet.text[done:start])
        text.append(f"{LEFT}{match}{RIGHT}" if plain else match, "" if plain else "bold yellow")
        done = end
    return text.append(snippet.text[done:])
