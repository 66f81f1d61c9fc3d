"""PDFs become pages like any other, whatever is in them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.build import build
from page.model import ARTICLE, Page
from page.pdf import joined, without_edges
from page.signature import is_pdf
from tests import pdf_files as files

NOTICE = [
    "发布时间：2022年6月23日    来源：国务院办公厅",
    "加强数字政府建设是适应新一轮科技革命和产业变革趋势、引领驱动数",
    "字经济发展和数字社会建设、营造良好数字生态、加快数字化发展的必",
    "然要求，是建设网络强国的基础性和先导性工程。",
    "一、发展现状和总体要求",
    "党的十八大以来，围绕实施网络强国战略作出了一系列重大部署，为数",
    "字政府建设指明了方向。",
]
URL = "https://www.gov.cn/zhengce/14.pdf"


def built(body: bytes, url: str = URL) -> Page:
    return build(body, url, content_type="application/pdf", now="2026-01-01")


def test_a_chinese_notice() -> None:
    body = files.pdf(
        [NOTICE, *[NOTICE[1:]] * 3],
        files.SIMPLIFIED,
        heading="关于加强数字政府建设的指导意见",
        head="国务院公报  2022年第19号",
        numbered=True,
    )
    page = built(body)
    assert page.title == "关于加强数字政府建设的指导意见"
    assert (page.lang, page.script, page.kind) == ("zh", "hans", ARTICLE)
    assert (
        "引领驱动数字经济发展和数字社会建设、营造良好数字生态、加快数字化发展的必然要求"
        in page.text
    )
    assert "\n一、发展现状和总体要求\n" in page.text
    assert "公报" not in page.text
    assert "—" not in page.text
    assert page.published
    assert (page.published.date, page.published.source) == ("2022-06-23", "label")
    assert page.origin == "国务院办公厅"
    assert (page.region, page.region_confidence) == ("mainland", 0.95)
    assert page.flags == ()


def test_traditional_characters() -> None:
    lines = ["數位發展部推動政府服務數位轉型，提供民眾更便利的線上申辦服務，", "並強化資通安全。"]
    page = built(files.pdf([lines], files.TRADITIONAL), "https://moda.gov.tw/a.pdf")
    assert page.text == "".join(lines)
    assert (page.lang, page.script, page.region) == ("zh", "hant", "Taiwan")


def test_an_english_report() -> None:
    lines = [
        "The review sets out how public bodies can share data and build ser-",
        "vices that people trust, and what it would cost the departments in",
        "the first year.",
    ]
    body = files.pdf(
        [lines] * 2,
        declared="Review of Digital Services",
        heading="Review of Digital Services",
        link="https://example.org/a",
    )
    page = built(files.dated(body, "D:20240301"), "https://example.org/review.pdf")
    assert page.title == "Review of Digital Services"
    assert (
        "build services that people trust, and what it would cost the departments in the first"
        in page.text
    )
    assert page.lang == "en"
    assert [link.url for link in page.links] == ["https://example.org/a"]
    assert page.published
    assert (page.published.date, page.published.source) == ("2024-03-01", "pdf:CreationDate")
    assert page.published.confidence < 0.5


@pytest.mark.parametrize("created", ["D:20991231", "D:20260103", "D:19700101", "D:19891231"])
def test_a_file_is_believed_no_date_that_a_page_is_not(created: str) -> None:
    body = files.pdf([["Plain text of some length."]])
    assert built(files.dated(body, created)).published is None


def test_a_title_that_names_the_file_is_no_title() -> None:
    page = built(files.pdf([["Plain text of some length."]], declared="Microsoft Word - draft.doc"))
    assert page.title == "Plain text of some length."


def test_a_pdf_is_known_by_its_signature_not_by_its_label() -> None:
    body = files.pdf([["The text of the report."]])
    assert build(body, URL, content_type="text/html; charset=gbk").text == "The text of the report."
    assert is_pdf(b"\r\n" + body)
    assert not is_pdf(b"<p>A file begins with %PDF-1.4</p>")
    assert not is_pdf(b"")


def test_what_cannot_be_read_says_why() -> None:
    plain = files.pdf([["The text of the report."]])
    assert built(files.scanned()).flags == ("no_text",)
    assert built(files.locked(plain, "")).text == "The text of the report."
    assert built(files.locked(plain, "secret")).flags == ("pdf_encrypted",)
    assert built(b"%PDF-1.7 and nothing else").flags == ("pdf_damaged",)
    assert built(files.circular()).text == ""
    assert built(files.nested()).text == ""


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_short_is_flagged_or_read(share: float) -> None:
    body = files.pdf([NOTICE] * 3, files.SIMPLIFIED)
    page = built(body[: int(share * len(body))])
    assert page.text or page.flags


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_bytes_break_the_reader(data: st.DataObject) -> None:
    body = bytearray(files.pdf([NOTICE], files.SIMPLIFIED))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(8, len(body) - 1))
        body[place] = data.draw(st.integers(0, 255))
    page = built(bytes(body))
    page.text.encode()
    assert "\x00" not in page.text


def test_running_heads_go_and_text_that_repeats_stays() -> None:
    sheets = [
        [f"公报 {n}", f"第{n}条", "正文", "同样的一行", "又一行", f"- {n} -"] for n in range(1, 5)
    ]
    kept = without_edges(sheets)
    assert kept.count("正文") == 4
    assert kept.count("同样的一行") == 4
    assert not any("公报" in line or "-" in line for line in kept)


@settings(deadline=None)
@given(st.lists(st.text("数字a-b 。", min_size=1).map(str.strip).filter(bool)))
def test_joining_loses_no_letter(lines: list[str]) -> None:
    def letters(parts: Iterable[str]) -> str:
        return "".join(c for c in "".join(parts) if c.isalnum())

    assert letters(joined(lines)) == letters(lines)
