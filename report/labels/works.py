"""The sitting of ``duizhao label works``: which items are shown, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from config.counted import counted
from index.address import readable
from report.atomic import replace_all
from report.labels.ask import Item
from report.labels.draw import draw
from report.labels.file import read
from report.labels.pairs import QUESTION, DrawnWork, Pair
from report.labels.splits import draw_csv, needed
from report.labels.strata import SEED
from report.labels.verdict import Verdict, verdicts
from store.model import StoredPage

FILE, DRAW = "works.csv", "works-draw.csv"
EXCERPT = 400
"""Characters of each text that are shown: enough to see a reprint, too few to tire."""

Find = Callable[[str], StoredPage | None]


def keep_draw(drawn: Sequence[DrawnWork], folder: Path) -> None:
    """Write the draw beside the labels. Raises CannotWrite."""
    replace_all(folder, {DRAW: draw_csv(drawn)})


def rounds(drawn: Sequence[DrawnWork], find: Find, answers: Path) -> Iterator[list[Item]]:
    """Yield what is to be asked; then all of it again with what the answers make needed, if any."""
    last = -1
    while len(found := items(drawn, find, verdicts(read(answers), QUESTION))) > last:
        yield found
        last = len(found)


def items(drawn: Sequence[DrawnWork], find: Find, said: Mapping[str, Verdict]) -> list[Item]:
    """Return the pairs to be asked, each once, mixed so that the stratum cannot be told."""
    pairs = {pair.item: pair for work in drawn for pair in needed(work, said)}
    mixed = draw(pairs.values(), len(pairs), seed=SEED + 1, key=lambda pair: pair.item)
    return [_item(pair, find) for pair in mixed]


def _item(pair: Pair, find: Find) -> Item:
    pages = [find(url) for url in (pair.first, pair.other)]
    lines: list[str] = []
    for name, url, page in zip("AB", (pair.first, pair.other), pages, strict=True):
        lines += _shown(name, url, page)
    titles = " ⇄ ".join((page.page.title if page else "")[:80] for page in pages)
    return Item(pair.item, pair.stratum, tuple(lines), f"{titles} | {pair.first} | {pair.other}")


def _shown(name: str, url: str, page: StoredPage | None) -> list[str]:
    if page is None:
        return [f"{name}  {readable(url)}", "   (no longer in the corpus)"]
    published = page.page.published.date if page.page.published else "undated"
    text = " ".join(page.page.text.split())
    return [
        f"{name}  {page.page.title}",
        f"   {readable(url)} · {published} · {counted(len(text), 'character')}",
        f"   {text[:EXCERPT]}",
        *([f"   … {text[-EXCERPT // 2 :]}"] if len(text) > 2 * EXCERPT else []),
    ]
