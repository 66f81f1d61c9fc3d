"""Character sets: true, absent, wrong and lying declarations; cut and hostile bytes."""

from __future__ import annotations

from encodings import aliases

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.build import build
from page.charset import clean, decode, plausibility

SIMPLIFIED = "<p>国务院办公厅关于进一步加强数字政府建设的指导意见，推进政务服务一网通办。</p>"
TRADITIONAL = "<p>行政院關於進一步推動數位政府服務的說明，我們希望大家一起參與。</p>"
FRENCH = "<p>Café déjà vu, naïve façade — les élèves sont à l’école où ça va très bien</p>"

READINGS = [
    # text, encoded as, declared as, recognised as
    (SIMPLIFIED, "utf-8", "", "utf-8"),
    (SIMPLIFIED, "utf-8", "gb2312", "utf-8"),
    (SIMPLIFIED, "gb18030", "", "gb18030"),
    (SIMPLIFIED, "gbk", "gb2312", "gb18030"),
    (SIMPLIFIED, "gbk", "utf-8", "gb18030"),
    (SIMPLIFIED, "gbk", "big5", "gb18030"),
    (SIMPLIFIED, "gbk", "iso-8859-1", "gb18030"),
    (SIMPLIFIED, "utf-16-le", "", "utf-16-le"),
    (TRADITIONAL, "big5", "", "big5"),
    (TRADITIONAL, "big5", "big5", "big5"),
    (TRADITIONAL, "big5", "gb2312", "big5"),
    (TRADITIONAL, "big5", "utf-8", "big5"),
    (TRADITIONAL, "gb18030", "big5", "gb18030"),
    (FRENCH, "cp1252", "", "windows-1252"),
    (FRENCH, "cp1252", "gb2312", "windows-1252"),
    (FRENCH, "cp1252", "utf-8", "windows-1252"),
    ("<p>日本語の文章です。電子政府について</p>", "shift_jis", "", "shift_jis"),
    ("<p>Привет как дела в Москве</p>", "koi8-r", "koi8-r", "koi8-r"),
]


@pytest.mark.parametrize(("text", "encoding", "declared", "name"), READINGS)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_reads_text_whatever_is_declared(
    text: str, encoding: str, declared: str, name: str, place: str
) -> None:
    meta = f'<meta charset="{declared}">' if declared and place == "meta" else ""
    header = f"text/html; charset={declared}" if declared and place == "header" else ""
    decoded = decode((meta + text).encode(encoding), header)
    assert (decoded.text, decoded.charset, decoded.suspect) == (meta + text, name, False)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding), "text/html; charset=big5").text == SIMPLIFIED


def test_astral_characters_of_gb18030() -> None:
    text = SIMPLIFIED + "<p>𠮷野家，䶮字与𫖯字</p>"
    assert decode(text.encode("gb18030"), "text/html; charset=gbk").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_cut_last_character_is_no_fault(encoding: str) -> None:
    text = TRADITIONAL if encoding == "big5" else SIMPLIFIED
    decoded = decode(
        text.encode(encoding) + "国".encode("gbk" if encoding != "utf-8" else encoding)[:1]
    )
    assert decoded.text.startswith(text)
    assert not decoded.suspect


def test_damaged_bytes_are_suspect() -> None:
    body = SIMPLIFIED.encode("utf-8").replace("政".encode(), b"\xe6\xff")
    decoded = decode(body, "text/html; charset=utf-8")
    assert decoded.suspect
    assert "国务院办公厅" in decoded.text


def test_replacement_characters_written_in_the_page_are_not_suspect() -> None:
    assert not decode((SIMPLIFIED + "\ufffd").encode()).suspect


@pytest.mark.parametrize("label", ["utf-7", "rot13", "base64", "no-such-charset", "unicode_escape"])
def test_dangerous_labels_are_ignored(label: str) -> None:
    assert decode(SIMPLIFIED.encode("gbk"), f"text/html; charset={label}").charset == "gb18030"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("政\x00务", "政务"),
        ("a\u202eb\u2066c", "abc"),
        ("数\u200b字\ufeff政\xad府", "数字政府"),
        ("a\x85b\u2028c", "a\nb\nc"),
        ("\ud83d lone", " lone"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_clean_removes_what_nobody_sees(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_a_wrong_chinese_reading_is_implausible() -> None:
    wrong = TRADITIONAL.encode("big5").decode("gb18030", "replace")
    assert plausibility(wrong) < 0.25 < 0.5 < plausibility(TRADITIONAL)


@settings(deadline=None)
@given(st.binary(max_size=2_000), st.text(max_size=40))
def test_never_raises(body: bytes, header: str) -> None:
    decoded = decode(body, header)
    decoded.text.encode("utf-8")
    assert "\x00" not in decoded.text


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.isprintable))
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode()).text == clean(text)


NEIGHBOURS = [
    ("정부는 오늘 디지털 정부 추진 계획을 발표하였다.", "cp949", "ko"),
    ("한국의 디지털정부 누리집", "cp949", "ko"),
    ("政府は本日、デジタル政府の推進計画を発表した。", "cp932", "ja"),
    ("政府は本日、デジタル政府の推進計画を発表した。", "euc_jp", "ja"),
    ("政府は本日、デジタル政府の推進計画を発表した。", "iso2022_jp", "ja"),
]


@pytest.mark.parametrize(("text", "encoding", "lang"), NEIGHBOURS)
@pytest.mark.parametrize("lie", ["", "utf-8", "gb2312"])
def test_korean_and_japanese_without_a_label_are_no_chinese(
    text: str, encoding: str, lang: str, lie: str
) -> None:
    meta = f"<meta charset={lie}>" if lie else ""
    body = f"{meta}<p>{text}</p>".encode(encoding)
    assert text in decode(body).text
    assert build(body, "http://example.org/").lang == lang


@pytest.mark.parametrize(
    "text", ["通知公告", "张三、李四、王五、赵六", "褒贬不一，毁誉参半，众说纷纭"]
)
def test_few_words_of_chinese_stay_chinese(text: str) -> None:
    assert decode(f"<p>{text}".encode("gb18030")).text == f"<p>{text}"


@pytest.mark.parametrize("declared", ["", "hz-gb-2312"])
def test_chinese_written_in_ascii_is_read(declared: str) -> None:
    read = decode(SIMPLIFIED.encode("hz"), f"text/html; charset={declared}")
    assert (read.text, read.charset, read.suspect) == (SIMPLIFIED, "hz-gb-2312", False)


def test_what_only_looks_like_it_stays_what_it_is() -> None:
    script = "<script>a = ~{}; b = ~{abc~}</script><p>Digital government</p>"
    assert decode(script.encode()).text == script
    assert decode(script.encode(), "text/html; charset=hz").suspect


def test_an_encoding_that_nothing_reads_is_suspect() -> None:
    shifted = bytes(byte & 0x7F for byte in "数字政府指导意见".encode("gb2312"))
    body = b"<p>\x1b$)A\x0e" + shifted + b"\x0f</p>"
    assert decode(body, "text/html; charset=iso-2022-cn").suspect


@pytest.mark.parametrize("label", sorted(set(aliases.aliases.values())))
def test_any_codec_that_python_has_may_be_declared(label: str) -> None:
    body = b"<p>caf\xe9 \\u0041+AGE- digital government \xff\xfe</p>"
    assert "digital government" in decode(body, f"text/html; charset={label}").text
