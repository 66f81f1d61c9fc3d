"""Records of archives: every form they come in, and every way in which they are damaged."""

from __future__ import annotations

import gzip
import re
import tracemalloc
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive.parts import NotAnArchive, Part, expand, parts, places
from crawler.archive.records import At, Capture, Passed, captures
from tests.coded import CODED
from tests.warc_files import Record, chunked, gzipped, numbered, page, wacz, warc, write

LIMIT = 1_000_000
BEGINNING = At()
HTML = ("Content-Type", "text/html")
CHUNKED = ("Transfer-Encoding", "chunked")


def the(path: Path) -> Part:
    (part,) = parts(path, path.name)
    return part


def read(
    path: Path, start: At = BEGINNING, limit: int = LIMIT
) -> list[tuple[At, Capture | Passed]]:
    return list(captures(the(path), start, limit))


def keys(items: list[tuple[At, Capture | Passed]]) -> list[str]:
    return [item.key for _, item in items if isinstance(item, Capture)]


def reasons(items: list[tuple[At, Capture | Passed]]) -> Counter[str]:
    return Counter(item.reason for _, item in items if isinstance(item, Passed))


@pytest.mark.parametrize("packed", [True, False])
def test_a_capture_has_its_own_address_and_date(packed: bool, tmp_path: Path) -> None:
    write(tmp_path / "a", [Record("http://A.org:80/x?utm_source=y#z", page("one"))], packed)
    ((_, found),) = read(tmp_path / "a")
    assert isinstance(found, Capture)
    assert (found.key, found.at, found.status) == ("http://a.org/x", "2021-05-06T07:08:09Z", 200)
    assert b"digital government" in found.body


BODY = page("one")
# How a body was sent, and what becomes of the record.
SENT = [
    (BODY, (HTML,), ""),
    (chunked(BODY), (HTML, CHUNKED), ""),
    *(
        sent
        for said, code in CODED
        if said != "snappy"
        for sent in (
            (code(BODY), (HTML, ("Content-Encoding", said)), ""),
            (chunked(code(BODY)), (HTML, ("Content-Encoding", said), CHUNKED), ""),
        )
    ),
    (BODY, (HTML, CHUNKED), ""),  # Common Crawl keeps the header alone
    (BODY, (HTML, ("Content-Encoding", "gzip")), ""),
    (BODY, (HTML, ("Content-Encoding", "br")), ""),
    (BODY, (HTML, ("Content-Encoding", "snappy")), "encoding"),
    (b"\x1f\x8b\x08\x00spoilt", (HTML, ("Content-Encoding", "gzip")), "encoding"),
    (gzipped(bytes(50_000_000)), (HTML, ("Content-Encoding", "gzip")), "too_large"),
    (b"x" * 1_200_000, (HTML,), "too_large"),
    (b" \n", (HTML,), "empty"),
    (b"\x89PNG", (("Content-Type", "image/png"),), "type"),
    (BODY, (), ""),
    (BODY, (("Content-Type", "text/html charset=gb2312"),), ""),
    (b"[]", (("Content-Type", "json"),), "type"),
    (BODY, (("Content-Type", "text/plain"),), ""),
    (b"MZ\x90\x00", (("Content-Type", "text/plain"),), "type"),
]


@pytest.mark.parametrize(("body", "headers", "reason"), SENT)
def test_what_was_sent_is_undone(
    body: bytes, headers: tuple[tuple[str, str], ...], reason: str, tmp_path: Path
) -> None:
    write(tmp_path / "a", [Record("http://a.org/", body, headers=headers)])
    ((_, found),) = read(tmp_path / "a")
    if reason:
        assert found == Passed(reason, "http://a.org/")
    else:
        assert isinstance(found, Capture)
        assert found.body == BODY


def test_a_bomb_in_one_chunk_takes_no_more_memory_than_a_page_may(tmp_path: Path) -> None:
    bomb = chunked(gzipped(bytes(100 * LIMIT)))
    sent = (HTML, ("Content-Encoding", "gzip"), CHUNKED)
    write(tmp_path / "a", [Record("http://a.org/", bomb, headers=sent)])
    tracemalloc.start()
    found = read(tmp_path / "a")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reasons(found) == {"too_large": 1}
    assert peak < 10 * LIMIT


def test_what_is_no_page_is_counted_by_its_reason(tmp_path: Path) -> None:
    records = [
        Record("http://a.org/r", b"", status=301),
        Record("http://a.org/n", page("no"), status=404),
        Record("http://a.org/v", b"", kind="revisit"),
        Record("mailto:x@a.org", page("mail")),
        Record("http://a.org/d", page("date"), date="yesterday"),
        Record("http://a.org/9", page("date"), date="2021-99-99T99:99:99Z"),
        Record("dns:a.org", b"20210506 a.org 1.2.3.4", kind="resource"),
        Record("http://a.org/t", b"<html>", headers=(("Content-Type", "application/json"),)),
    ]
    write(tmp_path / "a", records)
    found = reasons(read(tmp_path / "a"))
    assert found == {
        "redirect": 1,
        "status": 1,
        "revisit": 1,
        "no_address": 2,
        "no_date": 2,
        "type": 1,
    }


def test_a_folder_without_archives_says_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").touch()
    with pytest.raises(NotAnArchive, match=r"holds none of \*\.warc, "):
        expand(str(tmp_path))


def test_wet_is_text(tmp_path: Path) -> None:
    text = "题目\n数字政府建设\n".encode()
    write(tmp_path / "a.wet.gz", [Record("http://a.cn/", text, kind="conversion")])
    ((_, found),) = read(tmp_path / "a.wet.gz")
    assert isinstance(found, Capture)
    assert (found.status, found.content_type, found.body) == (0, "text/plain", text)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("skip", [0, 3, 7])
def test_reading_goes_on_from_any_place(packed: bool, skip: int, tmp_path: Path) -> None:
    write(tmp_path / "a", numbered(8), packed)
    everything = read(tmp_path / "a")
    assert keys(read(tmp_path / "a", everything[skip][0])) == keys(everything)[skip:]


def test_a_file_compressed_as_a_whole_is_read_and_goes_on(tmp_path: Path) -> None:
    body, _ = warc(numbered(8), packed=False)
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(body))
    everything = read(tmp_path / "a.warc.gz")
    assert len(keys(everything)) == 8
    assert keys(read(tmp_path / "a.warc.gz", everything[5][0])) == keys(everything)[5:]


def test_a_record_that_ends_within_its_own_head_is_damaged(tmp_path: Path) -> None:
    body, offsets = warc(numbered(3))
    for left in (60, 100, 150, 200, 250):
        (tmp_path / "a").write_bytes(body[: offsets[2] + left])
        found = read(tmp_path / "a")
        assert len(keys(found)) == 2
        assert set(reasons(found)) <= {"damaged"}


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_costs_itself(packed: bool, tmp_path: Path) -> None:
    body, offsets = warc(numbered(8), packed)
    for at in (offsets[3] + 5, offsets[3] + 60, offsets[4] - 30):
        spoiled = bytearray(body)
        spoiled[at : at + 8] = b"\xff\x00spoilt"[:8]
        (tmp_path / "a").write_bytes(spoiled)
        found = read(tmp_path / "a")
        assert len(keys(found)) == 7, at
        assert f"https://old.example.org/{3}" not in keys(found)
        assert reasons(found) == {"damaged": 1}, at


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("kind", ["response", "metadata", "revisit"])
@pytest.mark.parametrize("length", [900_000, 20 * LIMIT, 2**62])
def test_a_record_that_says_it_is_longer_than_the_file_costs_itself(
    packed: bool, kind: str, length: int, tmp_path: Path
) -> None:
    records = numbered(8)
    records[3] = replace(records[3], kind=kind)
    body, offsets = warc(records, packed=False)
    pieces = [body[at:end] for at, end in pairwise([0, *offsets, len(body)])]
    liar = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % length, pieces[4], count=1)
    pieces[4] = re.sub(rb"WARC-Block-Digest: .*\r\n", b"", liar)
    spoiled = b"".join(gzipped(piece) if packed else piece for piece in pieces)
    (tmp_path / "a").write_bytes(spoiled)
    found = read(tmp_path / "a")
    assert keys(found) == [record.url for record in records if record is not records[3]]
    assert reasons(found) == {"damaged": 1}


@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_file_keeps_what_came_before(packed: bool, tmp_path: Path) -> None:
    body, offsets = warc(numbered(4), packed)
    for cut in (offsets[3] + 1, offsets[3] + 40, len(body) - 20):
        (tmp_path / "a").write_bytes(body[:cut])
        found = read(tmp_path / "a")
        assert keys(found) == [f"https://old.example.org/{n}" for n in range(3)], cut


FILES = {packed: warc(numbered(5), packed)[0] for packed in (True, False)}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), packed=st.booleans())
def test_any_damage_ends_and_loses_little(
    data: st.DataObject, packed: bool, tmp_path: Path
) -> None:
    body = FILES[packed]
    spoiled = bytearray(body)
    damages = data.draw(st.integers(1, 3))
    for _ in range(damages):
        spoiled[data.draw(st.integers(300, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    (tmp_path / "a").write_bytes(spoiled)
    found = read(tmp_path / "a")
    assert len(keys(found)) >= 5 - 3 - 1
    good = {f"https://old.example.org/{n}": page(f"page {n}") for n in range(5)}
    for _, item in found:
        if isinstance(item, Capture) and item.key in good and damages == 1:
            # Outside gzip nothing seals a record's head: one byte makes one address another.
            written = [good[item.key]] if packed else list(good.values())
            assert item.body in written, "what is kept is what was written"


def test_a_wacz_holds_archives(tmp_path: Path) -> None:
    first, _ = warc(numbered(2, "a.org"))
    second, _ = warc(numbered(2, "b.org"), packed=False)
    wacz(tmp_path / "a.wacz", {"1.warc.gz": first, "2.warc": second})
    found = parts(tmp_path / "a.wacz", "a.wacz")
    assert [part.label for part in found] == ["a.wacz!archive/1.warc.gz", "a.wacz!archive/2.warc"]
    read_keys = [key for part in found for key in keys(list(captures(part, At(), LIMIT)))]
    assert read_keys == ["https://a.org/0", "https://a.org/1", "https://b.org/0", "https://b.org/1"]


def test_what_is_no_archive_says_what_it_is(tmp_path: Path) -> None:
    wacz(tmp_path / "deflated", {"1.warc.gz": warc(numbered(1))[0]}, compress=True)
    wacz(tmp_path / "empty", {})
    (tmp_path / "cut").write_bytes((tmp_path / "empty").read_bytes()[:-30])
    wacz(tmp_path / "moved", {"1.warc.gz": warc(numbered(1))[0]})
    moved = bytearray((tmp_path / "moved").read_bytes())
    moved[-6:-2] = (int.from_bytes(moved[-6:-2], "little") + 500).to_bytes(4, "little")
    (tmp_path / "moved").write_bytes(moved)
    (tmp_path / "page").write_bytes(page("x"))
    (tmp_path / "gz").write_bytes(gzipped(b"nothing"))
    (tmp_path / "words").write_text("# Duizhao 对照\n\n**what it is**", "utf-8")
    (tmp_path / "hanzi").write_bytes("对照".encode("gb18030"))
    for name, message in {
        "deflated": "compressed once more",
        "empty": "without WARC files",
        "cut": "damaged WACZ",
        "moved": "damaged WACZ",
        "page": "is no WARC, WET, WACZ or CDXJ file",
        "gz": "it begins with the bytes 1f 8b",
        "words": "it begins with '# Duizhao 对照'$",
        "hanzi": "it begins with the bytes b6 d4 d5 d5$",
    }.items():
        with pytest.raises(NotAnArchive, match=message) as caught:
            parts(tmp_path / name, name)
        assert caught.value.exit_code == 2


def test_lists_name_places_line_by_line(tmp_path: Path) -> None:
    lines = [
        '!meta {"format": "cdxj"}',
        'org,a)/ 20210506 {"filename": "a.warc.gz", "offset": "5", "length": "10"}',
        '{"filename": "b.warc.gz", "offset": 0, "length": 7, "url": "x"}',
        '{"filename": "b.warc.gz", "offset": -1, "length": 7}',
        "oops {",
        'org,a)/{b} 20210506 {"filename": "a.warc.gz", "offset": "5", "length": "10"}',
    ]
    (tmp_path / "a.cdxj").write_text("\n".join(lines))
    found = [
        p if isinstance(p, int) else (p.line, p.filename, p.offset, p.length)
        for p in places(the(tmp_path / "a.cdxj"))
    ]
    assert found == [(2, "a.warc.gz", 5, 10), (3, "b.warc.gz", 0, 7), 4, 5, (6, "a.warc.gz", 5, 10)]
