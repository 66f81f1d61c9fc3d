"""Answers for people: the two languages side by side where the terminal is wide enough."""

from __future__ import annotations

from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from index.output.aids import concordance, facets
from index.output.inquiry import NAMES, Inquiry
from index.output.pieces import asked, heading, hit, notes
from index.question import Answer, Hit
from index.snippet import clean

WIDE = 110  # columns; below it a snippet in half of them is too narrow to read


def show(inquiry: Inquiry, console: Console, order: str = "page") -> None:
    """Print the question as each language was asked it, the counts, and the best hits.

    ``order`` is that of matches in context: ``page``, ``left`` or ``right``.
    """
    plain = not console.is_terminal
    console.print(Text(clean(inquiry.query), style="bold"), soft_wrap=plain)
    for lang, answer in inquiry.answers.items():
        console.print(Text.assemble(*asked(inquiry, lang, answer)), soft_wrap=True)
    console.print(Text(inquiry.counts(), style="bold"), soft_wrap=plain)
    for note in notes(inquiry):
        console.print(Text(note, style="italic"), soft_wrap=plain)
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
        console.print(Rule(heading(lang, answer), align="left", style="dim"))
        console.print(_hits(answer, plain), soft_wrap=plain)


def _side_by_side(sides: dict[str, Answer], plain: bool) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), expand=True)
    for lang, answer in sides.items():
        table.add_column(Text(heading(lang, answer)), ratio=1, overflow="fold")
    table.add_row(*(_hits(answer, plain) for answer in sides.values()))
    return table


def _hits(answer: Answer, plain: bool) -> Group:
    return Group(*(_numbered(rank, found, plain) for rank, found in enumerate(answer.hits, 1)))


def _numbered(rank: int, found: Hit, plain: bool) -> Text | Table:
    """A hit beside its number; on a terminal its lines are broken there, not under the number."""
    number, text = Text(f"{rank:>3}. ", style="dim"), Text.assemble(*hit(found, plain))
    if plain:
        return number + Text("\n     ").join(text.split("\n", allow_blank=True)) + Text("\n")
    grid = Table.grid()
    grid.add_column(width=5, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(number, text + Text("\n"))
    return grid
