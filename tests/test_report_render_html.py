"""The page: what it says where, its policy, its tongues, its links, its charts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from report.gap.evidence import Evidence
from report.render.blocks import Section
from report.render.html import coded
from report.sections import ORDER, sections
from report.sections.reading import host
from store.records import Account, Run
from tests.gap_webs import corpus, judged, sample
from tests.report_html import parsed
from tests.report_meanings import meaning
from tests.report_store import PRESS, MemoryStore, a_page, measurement_of, written

LIMITS = (("max_pages_per_source", "gov", 123),)
RUN = Run(7, "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", "limit", "{}", 9, None, LIMITS)


def a_store() -> MemoryStore:
    pages = [
        *(a_page(i, "Digital government", "en", title=f"English {i}") for i in range(1, 7)),
        *(a_page(10 + i, title=f"中文 {i}", date=f"{2010 + i}-03") for i in range(15)),
        a_page(50, title="繁體", script="hant", url="javascript:alert(1)", source=PRESS, date=""),
    ]
    account = Account(40, 27, 0, 3, 0, 10, (("skipped", "robots", 3),))
    return MemoryStore(pages, {1: ("sitemap",)}, (RUN,), account)


@pytest.fixture(scope="module", params=["en", "zh"])
def page(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> lxml.html.HtmlElement:
    files = written(a_store(), tmp_path_factory.mktemp("report"), tongue=request.param)
    return parsed(files.html.read_text("utf-8"))


def test_the_policy_allows_nothing_but_inline_style(page: lxml.html.HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = [rule.strip() for rule in policy.split(";")]
    assert rules[:3] == ["default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"]


def test_the_first_page_says_what_cannot_be_said_before_any_chart(
    page: lxml.html.HtmlElement,
) -> None:
    first = page.xpath("//main/section")[0]
    order = [e.get("class", e.tag) for e in first.iter("p", "svg")]
    assert order[0] == "answer"
    text = first.text_content()
    for words in (("cannot be said yet", "目前还不能说"), ("WeChat", "微信"), ("audit", "核查")):
        assert any(word in text for word in words)
    assert len(first.xpath("./p[@class='basis']")) == 3


def test_chinese_is_marked_as_chinese(page: lxml.html.HtmlElement) -> None:
    marked = {bdi.text: bdi.get("lang") for bdi in page.xpath("//ol//bdi[@lang]")}
    assert marked["English 1"] == "en"
    assert marked["中文 14"] == "zh-Hans"
    assert marked["繁體"] == "zh-Hant"
    assert page.get("lang") in ("en", "zh-Hans")


def test_only_web_links_are_live(page: lxml.html.HtmlElement) -> None:
    assert page.xpath("//a[.//bdi[text()='English 1']]/@href") == ["https://example.org/1"]
    assert page.xpath("//bdi[text()='繁體']")
    assert not page.xpath("//a[.//bdi[text()='繁體']]")


def test_every_chart_has_a_name_a_text_and_a_table(page: lxml.html.HtmlElement) -> None:
    charts = page.xpath("//svg")
    assert len(charts) >= 6
    for chart in charts:
        assert chart.get("role") == "img"
        assert chart[0].tag == "title"
        assert chart[0].text
        assert chart[1].tag == "desc"
        assert chart[1].text
        figure = next(chart.iterancestors("figure"))
        assert figure.xpath(".//table//tbody/tr")
        assert figure.xpath("./p[contains(@class, 'alt')]")


def test_every_table_has_heads_that_name_their_cells(page: lxml.html.HtmlElement) -> None:
    for table in page.xpath("//table"):
        heads = table.xpath(".//thead//th[@scope='col']")
        for row in table.xpath(".//tbody/tr"):
            assert len(row) == len(heads)
            assert row[0].get("scope") == "row"


def test_the_contents_lead_to_sections(page: lxml.html.HtmlElement) -> None:
    targets = page.xpath("//nav/a/@href")
    assert len(targets) >= 9
    for target in targets:
        (section,) = page.xpath(f"//section[@id='{target[1:]}']")
        assert section.xpath("./h2")


def test_a_chinese_report_has_no_english_sentence(tmp_path: Path) -> None:
    files = written(a_store(), tmp_path, tongue="zh")
    root = parsed(files.html.read_text("utf-8"))
    for element in root.xpath("//*[@lang='en'] | //bdi | //code | //style | //title | //desc"):
        element.text = ""
    references = root.xpath("//section[@id='method']/ul")
    for element in references:
        element.getparent().remove(element)
    text = root.text_content()
    assert not re.findall(r"(?:\b[a-z]{3,}\b[ ,;]+){4,}", text)


def said_in_english(root: lxml.html.HtmlElement) -> set[str]:
    """Return runs of English words outside of English parts and of strangers' words."""
    found: set[str] = set()
    skipped = {"style", "code", "bdi"}
    for text in root.xpath("//body//text()"):
        around = [text.getparent(), *text.getparent().iterancestors()]
        if text.is_tail:
            around = around[1:]
        if any(e.tag in skipped for e in around):
            continue
        if next(e.get("lang") for e in around if e.get("lang")) != "en":
            found |= set(re.findall(r"[A-Za-z]{3,}(?:[ ,]+[A-Za-z]{2,})+", text))
    return found


@pytest.mark.parametrize("claimed", [True, False])
def test_a_chinese_report_of_all_there_is_has_no_english_words_left(
    claimed: bool, tmp_path: Path
) -> None:
    """With an audit, judged works, and the sections on meaning filled or refused."""
    said = meaning("词语", claimed=claimed)
    evidence = Evidence(sample((200, 150), (200, 120)), judged(), meaning=said)
    root = parsed(written(corpus(60, 120), tmp_path, evidence, "zh").html.read_text("utf-8"))
    assert said_in_english(root) <= {"Chao Mth"}
    assert root.xpath("//section[@id='method']//li/*[@lang='en'][contains(., 'Biometrics')]")
    assert "搜索服务：a" in root.text_content()


def test_a_chinese_report_names_kinds_and_unknown_languages_in_chinese(tmp_path: Path) -> None:
    said = meaning("think tank")
    store = MemoryStore([a_page(1), a_page(2, lang="unknown")])
    root = parsed(written(store, tmp_path, Evidence(meaning=said), "zh").html.read_text("utf-8"))
    heads = root.xpath("//section[@id='counterparts']//tbody/tr/th")
    assert {head.text_content() for head in heads} == {"全部", "智库", "2023"}
    heads = root.xpath("//section[@id='doubts']//tbody/tr/th")
    assert "无法判断" in {head.text_content() for head in heads}


def test_a_service_that_was_audited_by_is_named_in_the_readers_tongue(tmp_path: Path) -> None:
    one = sample((200, 150), (200, 120))
    aside = replace(one, draws=tuple(replace(d, frame="service aside") for d in one.draws))
    for tongue, words in (("en", "“the search service aside”"), ("zh", "“搜索服务aside”")):
        files = written(corpus(60, 120), tmp_path, Evidence(aside, judged()), tongue)
        assert words in parsed(files.html.read_text("utf-8")).text_content()


def test_chinese_text_has_full_width_punctuation(tmp_path: Path) -> None:
    text = "".join(str(block) for section in sections_of("zh") for block in section.blocks)
    assert not re.findall(r"[\u4e00-\u9fff][,;:?!]", text)
    assert not re.findall(r"[\u4e00-\u9fff]\.(?!\w)", text)


def sections_of(tongue: str) -> list[Section]:
    from report.render.say import Say

    return list(sections(measurement_of(a_store()), Say(tongue)))


def test_a_section_is_a_module_in_the_order() -> None:
    from report import sections as package

    folder = Path(str(package.__file__)).parent
    shared = {"__init__", "differences", "ratios", "answer", "basis", "spread"}
    modules = {path.stem for path in folder.glob("*.py")} - shared
    assert modules == {build.__module__.rpartition(".")[2] for build in ORDER}


def test_a_host_that_is_none_is_nothing() -> None:
    assert host("https://www.gov.cn/a") == "www.gov.cn"
    assert host("https://[::1") == ""


def test_the_method_has_a_part_for_every_figure_that_the_report_can_show(
    page: lxml.html.HtmlElement,
) -> None:
    (method,) = page.xpath("//section[@id='method']")
    terms = " ".join(dt.text_content() for dt in method.iter("dt"))
    for part in ("B1", "B2", "B3", "B5", "B6", "B7", "B8"):
        assert part in terms
    references = [li.text_content().strip() for li in method.iter("li")]
    assert references == sorted(references)
    text = method.text_content()
    cited = {"Broder", "Bar-Yossef", "Roberts", "Cameron", "DerSimonian", "Agresti"}
    for name in cited:
        assert text.count(name) >= 2, name


def test_commands_are_code_and_nothing_else_becomes_markup() -> None:
    said = coded("run `duizhao audit` <script>`\u202e&`</script>")
    assert said == (
        "run <code>duizhao audit</code> &lt;script&gt;<code>\ufffd&amp;</code>&lt;/script&gt;"
    )


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("en", ("This minimum, too, can be wrong", "A minimum can be wrong, too")),
        ("zh", ("这一下限也可能不成立", "下限也可能不成立。</b>")),
    ],
)
def test_readers_are_told_that_a_minimum_can_be_wrong(
    tongue: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    evidence = Evidence(sample((120, 70), (150, 60)), judged())
    files = written(corpus(300, 1200), tmp_path, evidence, tongue=tongue)
    page = files.html.read_text("utf-8")
    assert all(word in page for word in words)
