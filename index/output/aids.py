"""Reading aids for people: matches in context, counts by facet, reasons."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from config.counted import counted
from index.address import readable
from index.concordance import Line
from index.output.inquiry import NAMES, Inquiry
from index.question import Answer, Hit
from index.snippet import clean

FEW = 12  # values of a facet that are shown; --json has all
MARGIN = 12  # columns for the number of the page and the spaces


def concordance(lang: str, answer: Answer, console: Console, order: str, plain: bool) -> None:
    """Print every match on a line, the keyword in the same column, the page's number before it."""
    found = [(rank, line) for rank, hit in enumerate(answer.hits, 1) for line in hit.lines]
    found.sort(key=lambda one: one[1].key(order))
    word = min(max((cell_len(line.keyword) for _, line in found), default=0), 24)
    side = max(10, (console.width - MARGIN - word) // 2)
    for rank, line in found:
        console.print(_aligned(rank, line, side, word, plain), soft_wrap=True)
    pages = len(answer.hits)
    for rank, hit in enumerate(answer.hits, 1):
        console.print(_page(rank, hit, console.width), soft_wrap=True)
    matches = counted(len(found), "match", "matches")
    note = f"{NAMES[lang]}: {matches} on the best {pages} of {counted(answer.total, 'page')}"
    console.print(Text(note, style="italic"))


def _aligned(rank: int, line: Line, side: int, word: int, plain: bool) -> Text:
    left = _last(clean(line.left), side)
    keyword = set_cell_size(clean(line.keyword), max(word, cell_len(clean(line.keyword))))
    right = set_cell_size(clean(line.right), side).rstrip()
    return Text.assemble(
        (f"{rank:>4}  ", "dim"),
        " " * (side - cell_len(left)) + left,
        " ",
        (keyword, "" if plain else "bold yellow"),
        " ",
        right,
    )


def _page(rank: int, hit: Hit, width: int) -> Text:
    """The page that a number in the margin stands for, on one line."""
    stored = hit.stored
    place = f"{clean(stored.source.name)} · {hit.date or 'undated'}"
    title = hit.title.text.strip() or clean(readable(stored.url))
    room = max(width - MARGIN // 2 - cell_len(place) - 3, 10)
    short = title if cell_len(title) <= room else set_cell_size(title, room - 1).rstrip() + "…"
    return Text(f"{rank:>4}  {short} · {place}", style="dim")


def _last(text: str, width: int) -> str:
    """As much of a text's end as fits into so many columns."""
    while cell_len(text) > width:
        text = text[max(1, (cell_len(text) - width) // 2) :]
    return text


def facets(inquiry: Inquiry) -> Iterator[Table]:
    """Yield a table a field: its values, and the matches in each language beside each other."""
    fields = dict.fromkeys(field for a in inquiry.answers.values() for field in a.facets)
    for field in fields:
        counts = {lang: a.facets.get(field, {}) for lang, a in inquiry.answers.items()}
        total: dict[str, int] = {}
        for of_lang in counts.values():
            for value, count in of_lang.items():
                total[value] = total.get(value, 0) + count
        by_count = sorted(total, key=lambda value: -total[value])
        values = sorted(total) if field == "year" else by_count[:FEW]
        table = Table(box=None, padding=(0, 2, 0, 0), title_justify="left")
        table.add_column(field, style="bold")
        for lang in counts:
            table.add_column(NAMES[lang], justify="right")
        for value in values:
            name = Text(clean(value) or ("undated" if field == "year" else "–"))
            table.add_row(name, *(str(of_lang.get(value, 0)) for of_lang in counts.values()))
        if len(total) > len(values):
            table.add_row(Text(f"… {len(total) - len(values)} more", style="dim"))
        yield table
