"""``duizhao label works``: which pairs are shown, what the answers say, and the whole command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import cli
from page.fingerprint import sketch
from report.estimate.split import split
from report.labels.ask import Talk, ask
from report.labels.file import LabelError, read
from report.labels.pairs import QUESTION, DrawnWork, Pair, drawn_works
from report.labels.splits import current, draw_csv, needed, read_draw, splits
from report.labels.verdict import Verdict, verdicts
from report.labels.works import rounds
from report.survey import Document
from tests.report_store import a_page
from tests.stored_pages import keep

CITIES = "杭州上海深圳成都贵阳武汉南京合肥长沙青岛"


def text(n: int, changed: int = 0) -> str:
    """A text of its own for every number; ``changed`` of its 30 sentences are another text's."""
    own = [
        f"第{n * 97 + i}号文件{CITIES[(n + i) % 10]}{n * i}部门{i * n + 7}事项。" for i in range(30)
    ]
    return "".join([*own[changed:], *(f"另{n}文{i}段落{i * 31}补。" for i in range(changed))])


def corpus() -> tuple[list[Document], dict[int, bytes]]:
    """Twelve Chinese works; 3 and 4 are one text that was split, 5 has two pages."""
    from report.survey import Judge, survey
    from tests.report_store import match, weigh

    texts = {n: text(n) for n in range(12)} | {4: text(3, changed=12), 12: text(5)}
    pages = [
        a_page(n, f"数字政府{words}", sketch=sketch(words), date=f"2024-01-{n + 1:02}")
        for n, words in texts.items()
    ]
    from page.fingerprint import cluster

    seen = survey(pages, Judge(match, weigh), cluster, keep_sketches=True)
    return seen.documents, seen.sketches


def the_works() -> list[DrawnWork]:
    return drawn_works(*corpus(), seed=1)


def test_what_looks_alike_is_shown_and_what_does_not_needs_no_question() -> None:
    works = {work.first.rpartition("/")[2]: work for work in the_works() if work.stratum == "near"}
    assert len(works) == 12
    assert all(work.works == work.drawn == 12 for work in works.values())
    nearest = works["3"].pairs[0]
    assert nearest.other.endswith("/4")
    assert nearest.item == works["4"].pairs[0].item  # the same question is asked once
    inside = [work for work in the_works() if work.stratum == "inside"]
    assert [(work.first[-2:], work.pairs[0].other[-3:]) for work in inside] == [("/5", "/12")]


def test_the_draw_is_the_same_for_the_same_seed_and_grows() -> None:
    documents, sketches = corpus()
    some = drawn_works(documents, sketches, seed=7, works=4)
    more = drawn_works(list(reversed(documents)), sketches, seed=7, works=6)
    assert {w.first for w in some} <= {w.first for w in more}
    assert the_works() == the_works()


def test_the_draw_comes_back_from_its_file(tmp_path: Path) -> None:
    drawn = the_works()
    file = tmp_path / "draw.csv"
    file.write_text("".join(draw_csv(drawn)), encoding="utf-8")
    assert read_draw(file) == drawn
    assert read_draw(tmp_path / "none.csv") == []
    file.write_text("".join(draw_csv(drawn)) + "x,zh,near,many,1,,,\r\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"line \d+: .*many"):
        read_draw(file)
    file.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(LabelError, match="line 1"):
        read_draw(file)


def test_a_work_in_many_clusters_is_asked_about_until_three_in_a_row_are_others() -> None:
    """Fifty works, and five that lie in ten clusters each: the truth is 55 works in 100."""
    drawn = []
    for n in range(100):
        pairs = [Pair(f"{n}-{m}", "near", f"{n}", f"{m}", 0.9 - m / 100) for m in range(14)]
        drawn.append(DrawnWork(f"{n}", "zh", "near", 100, 100, tuple(pairs)))
    said: dict[str, Verdict] = {}
    for _ in range(5):
        assert splits(drawn, said, "zh").waiting > 0
        said |= {
            pair.item: Verdict(pair.item, "near", "y" if n < 50 and m < 9 else "n", 1, False)
            for n, work in enumerate(drawn)
            for m, pair in enumerate(needed(work, said))
        }
        if not splits(drawn, said, "zh").waiting:
            break
    judged = splits(drawn, said, "zh").judged
    assert judged is not None
    assert split(judged).works_per_cluster == pytest.approx(0.55)
    assert len(said) == 50 * 12 + 50 * 3


def test_what_answers_make_needed_is_asked_in_another_round(tmp_path: Path) -> None:
    pairs = tuple(Pair(f"{m}", "near", "u", f"v{m}", 0.5) for m in range(5))
    drawn, file = [DrawnWork("u", "zh", "near", 9, 9, pairs)], tmp_path / "works.csv"
    sizes = []
    for found in rounds(drawn, lambda _: None, file):
        sizes.append(len(found))
        ask(found, QUESTION, file, "li", Talk(lambda: "y", lambda _: None, lambda: "now"))
    assert sizes == [3, 5]
    assert len(read(file)) == 5


def test_a_draw_counts_for_the_works_that_it_was_drawn_from() -> None:
    documents, _ = corpus()
    drawn = the_works()
    assert current(drawn, documents) == drawn
    elsewhere = [d._replace(url=f"{d.url}?other") for d in documents]
    assert current(drawn, elsewhere) == []
    grown = [d._replace(url=f"{d.url}?{n}") for n in (1, 2) for d in documents if not d.reprint]
    assert current(drawn, documents + grown) == []
    assert current(drawn, documents + grown[:1])
    third = next(d.work for d in documents if d.url.endswith("/3"))
    merged = [
        d._replace(reprint=True, work=third) if d.url.endswith("/4") else d for d in documents
    ]
    works = {work.first[-2:]: work for work in current(drawn, merged) if work.stratum == "near"}
    assert "/4" not in works
    assert not [pair for pair in works["/3"].pairs if ends(pair) == {"/3", "/4"}]


def test_the_split_rate_counts_works_with_a_clear_answer() -> None:
    drawn = the_works()
    pairs = {pair.item: pair for work in drawn for pair in work.pairs}
    said = {
        item: Verdict(item, pair.stratum, "y" if {"/3", "/4"} == ends(pair) else "n", 1, False)
        for item, pair in pairs.items()
    }
    found = splits(drawn, said, "zh")
    assert sorted(found.same) == [1] * 10 + [2, 2]
    assert (found.split, found.unjudged, found.works) == (2, 0, 12)
    assert (found.inside_judged, found.joined_wrongly) == (1, 1)
    unsure = next(item for item, pair in pairs.items() if ends(pair) == {"/3", "/4"})
    found = splits(drawn, said | {unsure: replace(said[unsure], answer="?")}, "zh")
    assert (found.same, found.unjudged) == ((1,) * 10, 2)
    assert splits(drawn, {}, "en").same == ()


def test_nothing_is_measured_before_every_pair_has_an_answer() -> None:
    """Works that nothing is like need no look, and would else pass for all there are."""
    drawn = [*the_works(), DrawnWork("https://alone.example", "zh", "near", 13, 13, ())]
    found = splits(drawn, {}, "zh")
    assert found.alone == len(found.same) == 1
    assert found.waiting > 0
    assert found.judged is None
    near = {pair.item for work in drawn if work.stratum == "near" for pair in work.pairs}
    said = {item: Verdict(item, "near", "n", 1, False) for item in near}
    assert splits(drawn, said, "zh").judged is not None
    del said[next(work for work in drawn if work.pairs).pairs[0].item]
    assert splits(drawn, said, "zh").judged is None


def test_works_that_nobody_was_sure_of_are_spoken_for_by_those_with_pairs() -> None:
    pair = Pair("a", "near", "u", "v", 0.5)
    drawn = [DrawnWork(f"alone{n}", "zh", "near", 9, 9, ()) for n in range(6)]
    drawn += [
        DrawnWork(f"pair{n}", "zh", "near", 9, 9, (replace(pair, item=f"i{n}"),)) for n in range(4)
    ]
    said = {f"i{n}": Verdict(f"i{n}", "near", a, 1, False) for n, a in enumerate("yn??")}
    judged = splits(drawn, said, "zh").judged
    assert judged is not None
    # Six alone; of four with a pair, half of those that are clear are one half of a work.
    assert split(judged).works_per_cluster == pytest.approx((6 + 4 * 0.75) / 10)
    unsure = {item: replace(verdict, answer="?") for item, verdict in said.items()}
    assert splits(drawn, unsure, "zh").judged is None


def ends(pair: object) -> set[str]:
    return {pair.first[-2:], pair.other[-2:]}  # type: ignore[attr-defined]


def run(data: Path, said: str, *options: str) -> Result:
    command = ["label", "works", "--data", str(data), "--who", "li", *options]
    return CliRunner().invoke(cli, command, input=said)


def test_the_command_asks_saves_and_goes_on(tmp_path: Path) -> None:
    texts = [text(n) for n in range(3)] + [text(2, changed=12)]
    words = ["数字政府：" + one for one in texts]
    keep(
        tmp_path,
        [
            a_page(n, w, url=f"https://example.org/{n}", sketch=sketch(w), title=f"=题{n}\x1b[31m")
            for n, w in enumerate(words)
        ],
    )
    assert "would be asked about; nothing is kept" in run(tmp_path, "", "--dry-run").output
    assert not (tmp_path / "labels").exists()
    first = run(tmp_path, "q\n")
    assert first.exit_code == 0, first.output
    assert "items answered by li, " in first.output
    assert "\x1b" not in first.output
    assert "0 answers saved" in first.output
    second = run(tmp_path, "y same speech\n" * 30)
    file = tmp_path / "labels" / "works.csv"
    labels = read(file)
    assert labels
    assert {label.reason for label in labels} == {"same speech"}
    assert "0 left" in second.output
    assert "0 answers saved" in run(tmp_path, "y\n" * 30).output
    drawn = read_draw(tmp_path / "labels" / "works-draw.csv")
    found = splits(drawn, verdicts(labels, QUESTION), "zh")
    assert found.split >= 2
    assert found.unjudged == 0


def test_a_data_folder_without_a_store_is_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "")
    assert "no pages here yet" in str(result.exception)
