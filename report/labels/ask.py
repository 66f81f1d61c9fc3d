"""Asking a person, item by item, at a terminal or through a pipe; every answer is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.labels.file import Label, append, read
from report.render.inert import plain

KEYS = {
    **dict.fromkeys(("y", "yes", "是", "1"), "y"),
    **dict.fromkeys(("n", "no", "否", "不是", "0"), "n"),
    **dict.fromkeys(("?", "？", "unsure", "不确定", "不確定"), "?"),
    **dict.fromkeys(("b", "back", "返回"), "back"),
    **dict.fromkeys(("q", "quit", "退出"), "quit"),
}
HELP = "y yes · n no · ? not sure · b back · q quit; a reason may follow: n another city"


@dataclass(frozen=True, slots=True)
class Item:
    """What a person is asked.

    ``id`` is made again by the same draw. ``lines`` are shown in full; ``short`` goes into the
    file, so that others can check an answer. Both may be text from the web.
    """

    id: str
    stratum: str
    lines: tuple[str, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a sitting ended: answers given now, items answered in all, items drawn."""

    given: int
    answered: int
    items: int

    @property
    def left(self) -> int:
        """Items without an answer of this person."""
        return self.items - self.answered


@dataclass(frozen=True, slots=True)
class Talk:
    """The two ends of a conversation and the clock: ``read`` returns None at the end of input."""

    read: Callable[[], str | None]
    write: Callable[[str], None]
    now: Callable[[], str]


def ask(items: Sequence[Item], question: str, path: Path, who: str, talk: Talk) -> Asked:
    """Ask ``question`` of every item that ``who`` has not answered, and append each answer.

    Begins where the last sitting ended. ``back`` asks the item before once more, and the new
    answer counts. Ends at ``quit``, at the end of input, or when all is answered. Raises
    LabelError.
    """
    said = {
        label.item: label.answer
        for label in read(path)
        if label.who == who and label.question == question
    }
    waiting = [item for item in items if item.id not in said]
    if waiting:
        talk.write(HELP)
    at = given = 0
    while at < len(waiting):
        item = waiting[at]
        _show(item, question, len(items) - len(waiting) + at + 1, len(items), talk)
        answer, reason = _answer(talk)
        if answer == "quit":
            break
        if answer == "back":
            at = max(0, at - 1)
            continue
        label = Label(item.id, item.stratum, question, item.short, answer, reason, who, talk.now())
        append(path, [label])
        said[item.id] = answer
        given, at = given + 1, at + 1
    return Asked(given, sum(item.id in said for item in items), len(items))


def _show(item: Item, question: str, number: int, of: int, talk: Talk) -> None:
    talk.write(f"\n[{number} of {of}]")
    for line in item.lines:
        talk.write(plain(line))
    talk.write(f"{question}  [y/n/?/b/q]")


def _answer(talk: Talk) -> tuple[str, str]:
    """Return the answer and its reason; words that are none are explained and asked again."""
    while True:
        line = talk.read()
        if line is None:
            return "quit", ""
        word, _, reason = plain(line).strip().partition(" ")
        answer = KEYS.get(word.casefold())
        if answer:
            return answer, reason.strip()
        talk.write(f"{word[:20]!r} is no answer. {HELP}" if word else HELP)
