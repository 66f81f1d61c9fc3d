"""Frames, draws and matching: who was drawn, with which chance, and whether the corpus had it."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.fingerprint import cluster, sketch
from page.url import canonical
from report.audit.draws import (
    UNKNOWN,
    Draw,
    Drawn,
    check_same,
    draw_rows,
    draws_csv,
    read_draws,
)
from report.audit.frame import FrameError, Row, read_frame
from report.audit.frame_keys import FrameKeys, keep_keys, read_keys
from report.audit.match import final_weights, match
from report.survey import Judge, Survey, survey
from store.model import StoredPage
from tests.report_store import a_page, weigh
from tests.report_store import match as concepts

CDX = 'cn,gov)/a 20240102030405 {"url": "https://a.gov.cn/1", "languages": "zho,eng"}\n'


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("https://a.cn/1\n\nhttps://a.cn/2\n", [Row("https://a.cn/1"), Row("https://a.cn/2")]),
        (
            "lang,url,weight,note\nzh,https://a.cn/1,2.5,x\n,https://a.cn/2,,\n",
            [Row("https://a.cn/1", 2.5, "zh"), Row("https://a.cn/2")],
        ),
        ('"url","weight","lang"\n"https://a.cn/1",2.5,"zh"\n', [Row("https://a.cn/1", 2.5, "zh")]),
        ("\ufeffURL\r\nhttps://a.cn/政务\r\n", [Row("https://a.cn/政务")]),
        (
            'title,url,weight\r\n"Two\r\nlines",https://a.cn/1,2\r\n"x\n\ny",https://a.cn/2,3\r\n',
            [Row("https://a.cn/1", 2.0), Row("https://a.cn/2", 3.0)],
        ),
        ('url\n"https://a.cn/art,1518"\n', [Row("https://a.cn/art,1518")]),
        ("https://a.cn/art_1,2.html\n", [Row("https://a.cn/art_1,2.html")]),
        ("https://a.cn/{1}\n", [Row("https://a.cn/{1}")]),
        (CDX, [Row("https://a.gov.cn/1", 1.0, "zh")]),
        ('cn,a)/{1} 20240102 {"url": "https://a.cn/{1}"}\n', [Row("https://a.cn/{1}")]),
        ('{"url": "https://a.cn/1", "languages": "eng"}\n', [Row("https://a.cn/1", 1.0, "en")]),
        ('{"url": "https://a.cn/1"}\n', [Row("https://a.cn/1")]),
        (
            " CDX N b a m s k r M S V g\ncn,a)/1 20240102030405 https://a.cn/1 text/html 200 X - -"
            " 9 1 f.warc.gz\n",
            [Row("https://a.cn/1")],
        ),
        ("cn,a)/1 20240102030405 https://a.cn/1 text/html 200\n", [Row("https://a.cn/1")]),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_text_frame_has_four_forms(
    text: str, rows: list[Row], packed: bool, tmp_path: Path
) -> None:
    file = tmp_path / ("frame.csv.gz" if packed else "frame.csv")
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert list(read_frame(file)) == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("hello\n", "line 1: 'hello' is neither a URL, a header"),
        ("url,weight\nhttps://a.cn/1,-2\n", "line 2: weight '-2' is not a positive number"),
        ("url,weight\nhttps://a.cn/1,nan\n", "line 2: weight 'nan'"),
        ("url,lang\nhttps://a.cn/1,fr\n", "line 2: lang 'fr' is none of en, zh"),
        ("url\njavascript:alert(1)\n", "line 2: 'javascript:alert"),
        ("https://a.cn/1\nfile:///etc/passwd\n", "line 2: 'file:///etc/passwd'"),
        ('{"url": "https://a.cn/1"}\n{"nothing": 1}\n', "line 2: no JSON object with a url"),
        ("https://a.cn/1,0.5\nhttps://a.cn/2,1\n", "name them in a first line (url,weight)"),
        ("https://a.cn/1,,zh\n", "'https://a.cn/1,,zh' ends as columns without a header would"),
        ('title,url\n"a\nb",https://a.cn/1\nc,nowhere\n', "line 4: 'nowhere' is not"),
        ('url,title\nhttps://a.cn/1,"open\nhttps://a.cn/2,x\n', "line 2: no CSV row begins here"),
        ("\n\nurl\nnowhere\n", "line 4: 'nowhere'"),
    ],
)
def test_a_bad_frame_is_refused_in_one_line(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "frame.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FrameError) as error:
        list(read_frame(file))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_frame_may_be_parquet_as_the_common_crawl_index_is(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    file = tmp_path / "part.parquet"
    urls = ["https://a.cn/1", "https://b.org/2", "https://c.org/3"]
    columns = {
        "url": urls,
        "content_languages": ["zho,eng", "eng", None],
        "fetch_status": [200] * 3,
    }
    parquet.write_table(pyarrow.table(columns), file)
    assert list(read_frame(file)) == [
        Row(urls[0], lang="zh"),
        Row(urls[1], lang="en"),
        Row(urls[2]),
    ]
    parquet.write_table(pyarrow.table({"address": urls}), file)
    with pytest.raises(FrameError, match="no column url"):
        list(read_frame(file))
    file.write_bytes(b"PAR1 not really")
    with pytest.raises(FrameError, match="cannot be read as Parquet"):
        list(read_frame(file))


def test_a_frame_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("url\nhttp://a.cn/中\n".encode("gb18030"))
    (tmp_path / "b.gz").write_bytes(b"not gzip")
    for name in ("a.csv", "b.gz", "none.csv"):
        with pytest.raises(FrameError):
            list(read_frame(tmp_path / name))


def drawn(rows: Sequence[Row], n: int, seed: int = 1) -> Drawn:
    return draw_rows(rows, n, seed=seed, frame="list.csv", key=canonical)


ROWS = [Row(f"https://a.cn/{n}", lang="zh" if n % 3 else "en") for n in range(60)]


def test_each_language_has_its_draws_and_weights() -> None:
    found = drawn(ROWS, 10).draws
    assert [sum(d.lang == lang for d in found) for lang in ("en", "zh")] == [10, 10]
    assert {(d.lang, d.rows, d.drawn, d.weight) for d in found} == {
        ("en", 20, 10, 2.0),
        ("zh", 40, 10, 4.0),
    }
    assert len(drawn(ROWS, 1000).draws) == 60


@settings(deadline=None)
@given(st.permutations(ROWS), st.integers(1, 30))
def test_the_same_seed_draws_the_same_and_more_draws_only_add(rows: list[Row], n: int) -> None:
    few = [d.url for d in drawn(rows, n).draws]
    assert few == [d.url for d in drawn(ROWS, n).draws]
    assert set(few) <= {d.url for d in drawn([*rows, *rows[:9]], n + 5).draws}
    assert few != [d.url for d in drawn(ROWS, n, seed=2).draws] or n >= 40


def test_draws_come_back_from_their_file_and_may_only_grow(tmp_path: Path) -> None:
    file = tmp_path / "draws.csv"
    few, more = drawn(ROWS, 5).draws, drawn(ROWS, 9).draws
    file.write_text("".join(draws_csv(few)), encoding="utf-8")
    assert read_draws(file) == few
    assert read_draws(tmp_path / "none.csv") == []
    check_same(few, more, file)
    with pytest.raises(FrameError, match="8 of the earlier draws"):
        check_same(more, few, file)
    with pytest.raises(FrameError, match="with seed 1 and chances known"):
        check_same(few, drawn(ROWS, 5, seed=2).draws, file)
    file.write_text("".join(draws_csv(few)).replace("known", "perhaps"), encoding="utf-8")
    with pytest.raises(FrameError, match="line 2: chances 'perhaps'"):
        read_draws(file)
    file.write_text("url\n", encoding="utf-8")
    with pytest.raises(FrameError, match="line 1"):
        read_draws(file)


def test_a_frame_named_like_a_formula_goes_on_as_itself(tmp_path: Path) -> None:
    draws = draw_rows([Row("https://a.cn/1")], 5, seed=1, frame="-list.csv", key=str).draws
    file = tmp_path / "draws.csv"
    file.write_text("".join(draws_csv(draws)), encoding="utf-8")
    assert read_draws(file) == draws
    check_same(read_draws(file), draws, file)


def test_the_urls_of_a_frame_are_remembered(tmp_path: Path) -> None:
    keep_keys(drawn([*ROWS, *ROWS], 3).keys, tmp_path)
    keys = read_keys(tmp_path)
    assert len(keys) == 60
    assert "https://a.cn/7" in keys
    assert "https://a.cn/77" not in keys
    assert "https://a.cn/7" not in read_keys(tmp_path / "none")


def test_two_ways_to_one_page_add_their_chances() -> None:
    draws = [Draw(url, 4.0, "", 4, 1, "f", 1) for url in ("a", "b", "c")]
    loop = {"c": "d", "d": "c"}
    assert final_weights(draws, {"a": "x", "x": "b"} | loop) == {"b": 2.0, "c": 4.0}


def text(n: int) -> str:
    return "数字政府" + "".join(
        f"第{n * 97 + i}号文件{n * i}部门{i * n + 7}事项。" for i in range(30)
    )


def seen(pages: dict[str, str], **fields: str) -> Survey:
    stored: list[StoredPage] = [
        a_page(n, words, url=url, sketch=sketch(words), title=f"题{n}", **fields)
        for n, (url, words) in enumerate(pages.items())
    ]
    return survey(stored, Judge(concepts, weigh), cluster, keep_sketches=True)


class Everything:
    def __contains__(self, url: object) -> bool:
        return True


NOTHING = FrameKeys(drawn([], 1).keys)


def never(url: str) -> bool:
    return False


def test_a_reprint_of_a_known_work_is_known() -> None:
    corpus = seen({"k1": text(1), "k2": text(2), "k3": text(3)})
    audit = seen({"k1": text(77), "r2": "转载：" + text(2), "n": text(9), "off": "天气预报。"})
    draws = [Draw(url, 2.0, "", 8, 4, "f", 1) for url in ("k1", "r2", "n", "off", "dead")]
    found = match(corpus, audit, draws, {}, NOTHING, cluster, "zh", never)
    assert [(a.url, a.known_as, a.weight) for a in found] == [
        ("k1", "k1", 2.0),
        ("r2", "k2", 2.0),
        ("n", "", 2.0),
    ]
    assert match(corpus, audit, draws, {}, NOTHING, cluster, "en", never) == []


def test_a_work_with_many_rows_in_the_frame_counts_once() -> None:
    corpus = seen({f"k{n}": text(1) for n in range(4)} | {"other": text(2)})
    audit = seen({"k1": text(1), "n1": text(9), "n2": "转载" + text(9), "n3": text(8)})
    draws = [Draw(url, 1.0, "", 4, 4, "f", 1) for url in ("k1", "n1", "n2", "n3")]
    for frame, weight in ((Everything(), 1 / 4), (NOTHING, 1.0)):
        found = match(corpus, audit, draws, {}, frame, cluster, "zh", never)
        assert [(a.url, a.weight) for a in found] == [("k1", weight), ("n1", 1.0), ("n3", 1.0)]


def test_what_came_out_after_the_crawl_could_not_be_found() -> None:
    corpus = seen({"k": text(1)})  # fetched on 2026-01-01
    draws = [Draw("n", 1.0, "", 1, 1, "f", 1, UNKNOWN)]
    for date, kept in (("2026-01-02", 0), ("2026", 1), ("2025-12-31", 1), ("", 1)):
        audit = seen({"n": text(2)}, date=date)
        found = match(corpus, audit, draws, {}, NOTHING, cluster, "zh", never)
        assert len(found) == kept


def test_what_the_corpus_had_and_its_site_took_down_was_not_missed() -> None:
    corpus = seen({"k": text(1)})
    audit = seen({"gone": text(2), "moved": text(1), "missed": text(3)})
    draws = [Draw(url, 1.0, "", 3, 3, "f", 1) for url in ("gone", "moved", "missed")]
    held = {"gone", "moved"}
    found = match(corpus, audit, draws, {}, NOTHING, cluster, "zh", held.__contains__)
    assert [(a.url, a.found) for a in found] == [("moved", True), ("missed", False)]


def test_an_empty_corpus_has_nothing() -> None:
    draws = [Draw("n", 1.0, "", 1, 1, "f", 1)]
    found = match(seen({}), seen({"n": text(2)}), draws, {}, NOTHING, cluster, "zh", never)
    assert [a.found for a in found] == [False]
