"""Archives made for tests: WARC, WET and WACZ files with what a test needs wrong in them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PARAGRAPH = "The {name} of the city says how its digital government works for people here. "
CHINESE = "市政府办公厅今天表示，数字政府建设让群众足不出户就可以在网上办理各项业务。{name}"


def page(name: str, lang: str = "en", links: Sequence[str] = (), head: str = "") -> bytes:
    text = (PARAGRAPH if lang == "en" else CHINESE).format(name=name)
    anchors = "".join(f'<a href="{link}">{link}</a>' for link in links)
    body = f"<p>{text * 3}</p>" * 4
    top = f"<html><head><title>{name}</title>{head}</head><body><h1>{name}</h1>"
    return f"{top}<article>{body}</article>{anchors}</body></html>".encode()


@dataclass(frozen=True)
class Record:
    """One record to write; ``status`` 0 makes a ``conversion`` of plain text."""

    url: str
    body: bytes = b""
    date: str = "2021-05-06T07:08:09Z"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    kind: str = "response"


def warc(records: Iterable[Record], packed: bool = True) -> tuple[bytes, list[int]]:
    """The bytes of a file, and where each record begins."""
    buffer, offsets = io.BytesIO(), []
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x", {"software": "tests"}))
    for record in records:
        offsets.append(buffer.tell())
        dated = {"WARC-Date": record.date}
        http = None
        if record.kind in ("response", "revisit"):
            line = f"{record.status} X"
            http = StatusAndHeaders(line, list(record.headers), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                record.url,
                record.kind,
                payload=io.BytesIO(record.body),
                length=len(record.body),
                http_headers=http,
                warc_headers_dict=dated,
                warc_content_type="text/plain" if record.kind == "conversion" else "",
            )
        )
    return buffer.getvalue(), offsets


def numbered(count: int, host: str = "old.example.org", lang: str = "en") -> list[Record]:
    return [Record(f"https://{host}/{n}", page(f"page {n}", lang)) for n in range(count)]


def write(path: Path, records: Iterable[Record], packed: bool = True) -> list[int]:
    body, offsets = warc(records, packed)
    path.write_bytes(body)
    return offsets


def wacz(path: Path, files: dict[str, bytes], compress: bool = False) -> None:
    """A WACZ: the WARC files under archive/, stored as they are."""
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("datapackage.json", json.dumps({"profile": "data-package"}))
        for name, body in files.items():
            how = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            packed.writestr(f"archive/{name}", body, how)


def cdxj(records: Sequence[Record], offsets: Sequence[int], size: int, filename: str) -> str:
    """The places of records, as Common Crawl's index answers."""
    ends = [*offsets[1:], size]
    lines = [
        json.dumps({"url": r.url, "filename": filename, "offset": str(at), "length": str(end - at)})
        for r, at, end in zip(records, offsets, ends, strict=True)
    ]
    return "\n".join(lines) + "\n"


def chunked(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body)
