"""Bytes → text: the character set is decided by what the bytes say when read, not by a label.

Labels lie (measured: Scrapy's own path is wrong for every page whose meta charset lies), and a
wrong Chinese decoding raises no error: Big5 read as GB 18030 is a text of rare characters. So each
plausible reading is scored by how common its characters are, and labels only break ties.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from resiliparse.parse.encoding import detect_encoding

from page.hanzi import simplified_table

# The most frequent Chinese characters, about half of any running text; Simplified, because
# Traditional ones are folded before the look-up. Standard frequency lists agree on all of these.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后"
    "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只"
    "从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向"
    "头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声"
    "提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务"
    "做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像"
    "难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导"
    "争运府省县首页网站版务章章委党会议标准服办理责项目图请登录搜索返回联系单位号码信息公告通知新闻中心"
)
# The most frequent Korean syllables, as in any running text, and all hiragana.
_COMMON_BESIDE = frozenset(
    "이다는을의에가고하지한사로은기정대자리시어인도를해나서부과수있일그스들라전아주보제관여구공안게국만장"
) | frozenset(map(chr, range(0x3041, 0x3097)))
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "xgbk": "gb18030",
    "cp936": "gb18030",
    "gb231280": "gb18030",
    "big5": "big5hkscs",
    "xxbig5": "big5hkscs",
    "cnbig5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "usascii": "cp1252",
    "windows1252": "cp1252",
    "shiftjis": "cp932",
    "xsjis": "cp932",
    "euckr": "cp949",
    "ksc56011987": "cp949",
    "iso88599": "cp1254",
    "iso885911": "cp874",
    "tis620": "cp874",
}
_NAMES = {"big5hkscs": "big5", "cp1252": "windows-1252", "cp932": "shift_jis", "cp949": "euc-kr"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_HAN = re.compile("[\u4e00-\u9fff]")
_OTHER = re.compile("[^\x00-\x7f\u4e00-\u9fff]")
_SAMPLE = 2_000  # characters: more does not change a score
_CHINESE = ("gb18030", "big5hkscs")
_CERTAIN = 0.5
_GOOD = 0.25
"""Least score that is believed. Right readings of Chinese pages score .5 and more, wrong ones
below .1; single words of other languages lie between."""
_LABEL_BONUS = 0.05
_NEIGHBOURS = ("cp949", "euc_jp", "cp932")
"""Of Korean and Japanese; tried where no reading is certain and nothing says which it is."""
_FEW = 8  # characters: fewer may mean something in all of these
_USUAL = 0.2
"""Share of the most frequent syllables or kana from which a text may be Korean or Japanese: such
text has .4 and more, Chinese bytes read as theirs a tenth of that."""
_SHIFTS = (b"\x1b$)A", b"\x1b$)G")  # what is shifted to, in ISO-2022-CN
_NO_CHARSETS = frozenset(
    ["utf-7", "utf-16", "utf-32", "idna", "punycode", "unicode-escape", "raw-unicode-escape"]
)
"""Codecs of Python's that are none of a page's (UTF-7 is an attack), or that say no byte order."""
_ESCAPES = (b"\x1b$B", b"\x1b$@")  # to the characters of Japan, in ISO-2022-JP

# Removed from every text: they show nothing and split words apart, or (bidi) reverse what is shown.
_INVISIBLE = "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_REMOVED = re.compile(
    f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_INVISIBLE}\ufff9-\ufffb]"
)
_BREAKS = re.compile("[\x0c\x85\u2028\u2029]")
_ODD = re.compile(f"{_REMOVED.pattern[:-1]}{_BREAKS.pattern[1:]}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the character set it was read in, and whether that reading is in doubt."""

    text: str
    charset: str
    suspect: bool = False


def clean(text: str) -> str:
    """Remove what no reader sees: NUL and other controls, lone surrogates, bidi controls.

    Zero-width spaces, soft hyphens and byte order marks go too; line separators become ``\\n``.
    Zero-width joiners stay: Persian and emoji need them.
    """
    if text.isprintable() or not _ODD.search(text):  # both are much faster than removing
        return text
    return _BREAKS.sub("\n", _REMOVED.sub("", text))


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Return the text of an HTML document; never fails, whatever the bytes.

    ``content_type`` is the HTTP header's value. Order: byte order mark, strict UTF-8 (the last
    character may be cut off), UTF-16 by its zero bytes, then the best-scoring reading among the
    declared, the detected and the two Chinese encodings.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _named(_read(body[len(mark) :], name), name)
    if b"\x1b" not in body and body.isascii():
        return _hz(body, content_type) or Decoded(clean(body.decode("ascii")), "utf-8")
    if (codec := wide(body)) is not None:
        return _named(_read(body, codec), codec)
    if b"\x1b" in body and any(escape in body for escape in _ESCAPES):
        japanese = _without_cut(body, "iso2022_jp_ext")
        if japanese is not None:
            return Decoded(clean(japanese), "iso-2022-jp")
    text = _without_cut(body, "utf-8")
    if text is not None and b"\x1b" not in body:
        return Decoded(clean(text), "utf-8")
    best = _best(body, _labels(body, content_type))
    # There is no codec of ISO-2022-CN; bytes that shift to it were read wrong.
    return replace(best, suspect=True) if any(shift in body for shift in _SHIFTS) else best


def _hz(body: bytes, content_type: str) -> Decoded | None:
    """The reading of GB2312 written in ASCII, where it is declared or makes good Chinese."""
    if b"~{" not in body:
        return None
    declared = "hz" in _labels(body, content_type)
    text = _without_cut(body, "hz")
    if text is not None and (declared or plausibility(text) >= _CERTAIN):
        return Decoded(clean(text), "hz-gb-2312")
    return Decoded(clean(_read(body, "hz")), "hz-gb-2312", True) if declared else None


def _without_cut(body: bytes, name: str) -> str | None:
    """Decode strictly, allowing for a last character that was cut off."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(body, final=False)
    except (UnicodeError, LookupError):
        return None


def _read(body: bytes, name: str) -> str:
    text = _without_cut(body, name)
    return body.decode(name, "replace") if text is None else text


def _named(text: str, name: str) -> Decoded:
    suspect = "\ufffd" in text
    return Decoded(clean(text), _NAMES.get(name, name), suspect)


def _labels(body: bytes, content_type: str) -> list[str]:
    """Python codec names of what the header and the markup declare, in that order."""
    found = [match.group(1) for match in [_HEADER.search(content_type)] if match]
    found += [match.group(1).decode("ascii") for match in [_META.search(body[:4096])] if match]
    names = (_codec(label) for label in found)
    return [name for name in names if name is not None]


def _codec(label: str) -> str | None:
    """The codec of a label as browsers read it, or None."""
    key = re.sub(r"[^a-z0-9]", "", label.lower())
    try:
        name = codecs.lookup(_ALIASES.get(key, label)).name
        if name in _NO_CHARSETS or not codecs.lookup(name)._is_text_encoding:
            return None
        b"<p>\xe9".decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    return name


def _best(body: bytes, labels: list[str]) -> Decoded:
    detected = _codec(detect_encoding(body[:200_000], from_html_meta=False) or "")
    named = [*labels, detected] if detected else labels
    if (sure := _declared_chinese(body, named)) is not None:
        return sure
    names = dict.fromkeys(["utf-8", *named, "gb18030", "big5hkscs"])
    readings = {name: _read(body, name) for name in names}
    scores = {name: plausibility(text) for name, text in readings.items()}
    for name in set(named):
        scores[name] += _LABEL_BONUS
    if max(scores.values()) < _CERTAIN:
        for name, text in _neighbours(body, set(readings)):
            readings[name], scores[name] = text, plausibility(text)
    best = max(scores, key=lambda name: scores[name])
    text = readings[best]
    doubtful = scores[best] < _GOOD or "\ufffd" in text
    return Decoded(clean(text), _NAMES.get(best, best), doubtful)


def _neighbours(body: bytes, asked: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the Korean and Japanese readings that are whole and have their usual characters."""
    for name in _NEIGHBOURS:
        text = None if name in asked else _without_cut(body, name)
        letters = [char for char in _sample(text or "") if char > "\x7f" and char.isalpha()]
        usual = sum(char in _COMMON_BESIDE for char in letters)
        if text is not None and len(letters) >= _FEW and usual >= _USUAL * len(letters):
            yield name, text


def _declared_chinese(body: bytes, named: list[str]) -> Decoded | None:
    """The first named Chinese reading, if it is whole and its characters are common: most pages."""
    for name in named:
        text = _without_cut(body, name) if name in _CHINESE else None
        if text is not None and plausibility(text) >= _CERTAIN:
            return Decoded(clean(text), _NAMES.get(name, name))
    return None


def wide(body: bytes) -> str | None:
    """Return the codec of UTF-16 without its mark, None for anything else.

    Its ASCII characters have a zero byte, all on the same side.
    """
    head = body[:2_000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < max(4, len(head) // 20) or min(even, odd) * 4 > even + odd:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def plausibility(text: str) -> float:
    """Return how much a decoded text looks like one, from -3 (debris) to 1 (common characters).

    Only characters outside ASCII count; a text without any scores 1.
    """
    sample = f" {_sample(text)}"
    table, score, letters = simplified_table(), 0.0, 0
    for char, times in Counter(_HAN.findall(sample)).items():  # they are many, and few kinds
        letters += times
        score += times * (table.get(ord(char), char) in _COMMON)
    for other in _OTHER.finditer(sample):
        letters += 1
        score += _score(sample[other.start() - 1], other[0])
    return score / letters if letters else 1.0


def _sample(text: str) -> str:
    """Where the text is not ASCII: from its first such character, and from the middle."""
    start = next((m.start() for m in re.finditer(r"[^\x00-\x7f]", text)), 0)
    middle = max(start, len(text) // 2)
    dense = re.sub(
        r"[\x00-\x7f]{3,}", " ", text[start : start + 30_000] + text[middle : middle + 30_000]
    )
    return dense[:_SAMPLE]


def _score(before: str, char: str) -> float:
    """Score a character that is not Han by what it is and, for letters, by its left neighbour."""
    code = ord(char)
    if code == 0xFFFD or 0xE000 <= code <= 0xF8FF or code < 0xA0:
        return -3.0
    if 0x3000 <= code <= 0x30FF or 0xAC00 <= code <= 0xD7A3 or 0xFF01 <= code <= 0xFF5E:
        return 0.7
    if 0xFF61 <= code <= 0xFF9F or 0x3400 <= code <= 0x4DBF or code > 0x20000:
        return -0.5  # half-width kana and rare Han: the marks of a wrong reading
    if code < 0x250:
        return _score_latin(before, char)
    if not char.isalpha():
        return 0.7 if 0x2010 <= code <= 0x2026 else 0.0
    return -1.0 if char.isupper() and before.islower() else 0.6


def _score_latin(before: str, char: str) -> float:
    """Accented letters stand alone between plain ones; two in a row are Chinese bytes misread."""
    if before > "\x7f":
        return -1.0
    return 0.8 if char.isalpha() or char in "\xa0«»°©®§·" else 0.2
