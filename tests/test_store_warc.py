"""WARC: what was sent is what is kept, and standard tools can read it."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from store import warc
from store.warc import WarcFiles, evidence, read

AT = "2024-06-01T00:00:00Z"


def test_a_response_comes_back_from_its_offset(tmp_path: Path) -> None:
    body = gzip.compress("数字政府".encode("gb18030"))
    headers = [
        ("Content-Type", "text/html"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
    ]
    with WarcFiles(tmp_path, "test") as files:
        places = [
            files.write(
                f"http://a.cn/{n}", 200, headers, body, address="1.2.3.4", at="2024-06-01T00:00:00Z"
            )
            for n in range(3)
        ]
    for n, (name, offset) in enumerate(places):
        assert read(tmp_path, name, offset) == (f"http://a.cn/{n}", "数字政府".encode("gb18030"))
    with (tmp_path / warc.FOLDER / places[0][0]).open("rb") as stream:
        records = list(ArchiveIterator(stream))
    assert [r.rec_type for r in records] == ["warcinfo", "response", "response", "response"]
    assert records[1].rec_headers.get_header("WARC-IP-Address") == "1.2.3.4"
    assert records[1].rec_headers.get_header("WARC-Date") == "2024-06-01T00:00:00Z"
    assert records[1].rec_headers.protocol == "WARC/1.1"


def test_text_of_an_archive_comes_back_without_a_head(tmp_path: Path) -> None:
    with WarcFiles(tmp_path, "test") as files:
        place = files.write_text("http://a.cn/", "数字政府".encode(), at=AT)
    assert read(tmp_path, *place) == ("http://a.cn/", "数字政府".encode())
    kept = evidence(tmp_path, *place, most=6)
    assert (kept.url, kept.at, kept.head, kept.media_type) == ("http://a.cn/", AT, "", "text/plain")
    assert (kept.body.decode(), kept.is_cut) == ("数字", True)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(body=st.binary(max_size=3000), status=st.integers(100, 599))
def test_any_body_comes_back(tmp_path: Path, body: bytes, status: int) -> None:
    with WarcFiles(tmp_path, "test") as files:
        name, offset = files.write("http://a.cn/", status, [], body)
    assert read(tmp_path, name, offset) == ("http://a.cn/", body)


def test_files_are_cut_at_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_BYTES", 1000)
    with WarcFiles(tmp_path, "test") as files:
        names = {files.write("http://a.cn/", 200, [], bytes(range(256)) * 4)[0] for _ in range(5)}
    assert len(names) == 3  # two records of some 600 bytes, and the file is full


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    WarcFiles(tmp_path, "test").close()
    assert not list(tmp_path.iterdir())


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    with pytest.raises(FileNotFoundError):
        read(tmp_path, "../secret", 0)


def test_a_pointer_to_no_response_is_an_error(tmp_path: Path) -> None:
    with WarcFiles(tmp_path, "test") as files:
        name, _ = files.write("http://a.cn/", 200, [], b"x")
    with pytest.raises(ValueError, match="no response at offset 0"):
        read(tmp_path, name, 0)


@pytest.mark.parametrize("size", [0, 999, 1_000, 65_535, 65_536, 3_000_000])
def test_what_is_compressed_already_is_stored_as_it_is(size: int, tmp_path: Path) -> None:
    page = random.Random(size).randbytes(size)
    body = gzip.compress(page, 1)
    with WarcFiles(tmp_path, "test") as files:
        places = [
            files.write(f"http://a.cn/{n}", 200, [("Content-Encoding", "gzip")], body, at=AT)
            for n in range(2)
        ]
    for n, (name, offset) in enumerate(places):
        assert read(tmp_path, name, offset) == (f"http://a.cn/{n}", page)
    file = tmp_path / warc.FOLDER / places[0][0]
    whole = gzip.decompress(file.read_bytes())  # checks every member's length and checksum
    assert whole.count(body) >= 2
    assert file.stat().st_size < 2.002 * len(body) + 2_000
