"""Label files and the asker: what is saved is whole, checkable, and begins where it ended."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.labels.ask import Item, Talk, ask
from report.labels.draw import draw, shuffled
from report.labels.file import COLUMNS, Label, LabelError, append, read
from report.labels.verdict import repeated, tally, verdicts
from report.render.inert import cell, uncell

ASKED = "same work?"
ROOT = Path(__file__).resolve().parent.parent


def a_label(item: str = "a", answer: str = "y", who: str = "li", **fields: str) -> Label:
    rest = {"stratum": "near", "question": ASKED, "shown": "数字政府", "reason": "", "when": "t"}
    return Label(item=item, answer=answer, who=who, **(rest | fields))


def talk(said: str) -> tuple[Talk, list[str]]:
    lines, shown = iter(said.splitlines()), list[str]()
    return Talk(lambda: next(lines, None), shown.append, lambda: "2026-01-02T03:04:05Z"), shown


ITEMS = [Item(name, "near", (f"text of {name}",), name) for name in "abcd"]


def test_a_label_comes_back_as_it_was(tmp_path: Path) -> None:
    labels = [a_label(reason='different "city", 另一个城市'), a_label("b", "?", "王")]
    append(tmp_path / "new" / "l.csv", labels[:1])
    append(tmp_path / "new" / "l.csv", labels[1:])
    assert read(tmp_path / "new" / "l.csv") == labels
    assert read(tmp_path / "none.csv") == []


@settings(deadline=None)  # it writes to a disk
@given(st.lists(st.text(max_size=30), min_size=3, max_size=3))
def test_whatever_was_shown_the_file_stays_a_table(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    file = tmp_path_factory.mktemp("labels") / "l.csv"
    labels = [a_label(shown=text, reason=text) for text in texts]
    append(file, labels)
    assert [label.shown for label in read(file)] == [uncell(cell(text)) for text in texts]


def test_a_torn_last_line_is_no_label_and_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    append(file, [a_label("a"), a_label("b", reason='he said "no"')])
    whole = file.read_bytes()
    for cut in range(len(whole)):
        file.write_bytes(whole[:cut])
        assert read(file) == [a_label("a"), a_label("b", reason='he said "no"')][: len(read(file))]
        append(file, [a_label("c")])
        assert read(file)[-1] == a_label("c")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,near,q,s,maybe,,li,t", "line 3: answer 'maybe' is none of y, n, ?"),
        ("a,near,q,s,y,,li", "line 3: 7 columns instead of 8"),
        (",near,q,s,y,,li,t", "line 3: item and question may not be empty"),
    ],
)
def test_a_bad_line_is_named(line: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    append(file, [a_label()])
    with file.open("a", newline="") as stream:
        stream.write(line + "\r\n")
    with pytest.raises(LabelError, match=said.replace("?", r"\?")):
        read(file)


def test_what_is_no_label_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    file.write_text("url,title\nx,y\n")
    for use in (lambda: read(file), lambda: append(file, [a_label()])):
        with pytest.raises(LabelError, match="line 1: the columns are 'url,title'"):
            use()
    file.write_bytes((",".join(COLUMNS) + "\n" + "数字".encode().decode() + "\n").encode("gb18030"))
    with pytest.raises(LabelError, match="line 2: not UTF-8"):
        read(file)
    with pytest.raises(LabelError, match="cannot be read"):
        read(tmp_path)
    with pytest.raises(LabelError, match="cannot be written"):
        append(tmp_path, [a_label()])


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(append, [(file, [a_label(f"{n}")]) for n in range(40)])
    assert sorted(int(label.item) for label in read(file)) == list(range(40))


def test_an_answer_is_kept_at_once_and_a_sitting_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    first, shown = talk("y\nhm\nn another city\nq\n")
    assert ask(ITEMS, ASKED, file, "li", first).left == 2
    assert [(label.item, label.answer, label.reason) for label in read(file)] == [
        ("a", "y", ""),
        ("b", "n", "another city"),
    ]
    assert any("'hm' is no answer" in line for line in shown)
    second, shown = talk("？\n是\n")
    assert ask(ITEMS, ASKED, file, "li", second).left == 0
    assert "[3 of 4]" in "".join(shown)
    assert [label.answer for label in read(file)] == ["y", "n", "?", "y"]
    other, _ = talk("n\n")
    assert ask(ITEMS, ASKED, file, "wang", other).answered == 1


@pytest.mark.parametrize("text", ['{"a": 1}', "my notes", "item", ",".join(COLUMNS), "\xff"])
def test_a_file_of_something_else_is_not_written_over(text: str, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(text.encode("latin-1"))
    for use in (lambda: read(file), lambda: append(file, [a_label()])):
        with pytest.raises(LabelError, match="line 1"):
            use()
    assert file.read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize("who", ["@li", "-li", "=li", "'li", "li"])
def test_whoever_has_answered_is_not_asked_again(who: str, tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    assert ask(ITEMS, ASKED, file, who, talk("y\ny")[0]).answered == 2
    assert read(file)[0].who == who
    assert ask(ITEMS, ASKED, file, who, talk("n\nn")[0]).given == 2
    assert [label.item for label in read(file)] == list("abcd")


def test_back_corrects_the_answer_before(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    said, _ = talk("b\ny\nb\nn\ny\n")
    ask(ITEMS[:2], ASKED, file, "li", said)
    assert [(label.item, label.answer) for label in read(file)] == [
        ("a", "y"),
        ("a", "n"),
        ("b", "y"),
    ]
    assert {v.item: v.answer for v in verdicts(read(file), ASKED).values()} == {"a": "n", "b": "y"}


def test_who_is_asked_sees_no_control_character(tmp_path: Path) -> None:
    said, shown = talk("y\n")
    ask([Item("a", "s", ("\x1b[31mred\u202e",), "\x1b]0;x\x07")], ASKED, tmp_path / "l", "li", said)
    assert "\x1b" not in "".join(shown) + (tmp_path / "l").read_text("utf-8")


def test_people_who_differ_are_a_conflict() -> None:
    labels = [
        a_label("a", "y"),
        a_label("a", "y"),
        a_label("a", "n", "wang"),
        a_label("b", "?"),
        a_label("b", "y", "wang"),
        a_label("c", "n"),
        a_label("d", "y", question="another question"),
    ]
    found = verdicts(labels, ASKED)
    assert [(v.item, v.answer, v.conflict) for v in found.values()] == [
        ("a", "?", True),
        ("b", "y", False),
        ("c", "n", False),
    ]
    counted = tally(found.values(), "near")
    assert (counted.yes, counted.no, counted.unsure, counted.conflicts) == (1, 1, 1, 1)
    assert counted.judged == 2
    assert repeated(labels) == [labels[1]]


@given(st.sets(st.text(max_size=5)), st.integers(0, 20), st.integers())
def test_a_draw_only_grows(names: set[str], n: int, seed: int) -> None:
    drawn = draw(names, n, seed=seed, key=str)
    assert len(drawn) == min(n, len(names))
    assert draw(sorted(names), n + 3, seed=seed, key=str)[:n] == drawn
    fewer = sorted(names)[1:]
    assert set(drawn) & set(fewer) <= set(draw(fewer, n, seed=seed, key=str))
    assert sorted(shuffled([drawn], seed=seed, key=str)) == sorted(drawn)


def test_each_item_is_drawn_with_the_same_chance() -> None:
    items = [str(n) for n in range(10)]
    times = dict.fromkeys(items, 0)
    for seed in range(2_000):
        for item in draw(items, 3, seed=seed, key=str):
            times[item] += 1
    assert all(500 < count < 700 for count in times.values())  # 600 ± 5 σ of 20.5


def test_the_doctests_of_the_labels_hold() -> None:
    import doctest

    import report.labels.draw as module

    assert doctest.testmod(module).failed == 0


def test_the_command_is_there() -> None:
    command = [sys.executable, "-m", "cli", "label", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Judge by hand" in done.stdout
