"""The pass over the pages: what is on topic, in which language, and what is kept of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from page.build import build
from page.model import Page, Published, Segment
from report.survey import MAX_TITLE, PROGRESS_EVERY, Survey, doubts, iso_date, part, survey, volume
from store.model import Removed, StoredPage
from tests.report_store import JUDGE, MemoryStore, a_hub, a_page, cluster, survey_of

EN = ("en", "On digital government.")
ZH = ("zh", "论数字政府。")

# Pages, and the languages in which each is on topic.
ON_TOPIC = [
    ("Chinese alone", a_page(1, parts=(ZH,)), ["zh"]),
    ("English alone", a_page(1, lang="en", parts=(EN,)), ["en"]),
    ("both parts on topic", a_page(1, parts=(ZH, EN)), ["en", "zh"]),
    ("Chinese with English about something else", a_page(1, parts=(ZH, ("en", "Hello"))), ["zh"]),
    ("the Chinese term in an English part", a_page(1, parts=(("en", "数字政府"),)), []),
    ("the title alone", a_page(1, "短", title="数字政府"), ["zh"]),
    ("a title counts for the main language only", a_page(1, parts=(ZH,), title=EN[1]), ["zh"]),
    ("two lesser concepts", a_page(1, "一网通办与城市大脑"), ["zh"]),
    ("one lesser concept", a_page(1, "一网通办"), []),
    ("Japanese", a_page(1, "数字政府", "ja"), []),
    ("a hub", a_hub(1), []),
]


@pytest.mark.parametrize(("page", "langs"), [c[1:] for c in ON_TOPIC], ids=[c[0] for c in ON_TOPIC])
def test_where_a_page_is_on_topic(page: StoredPage, langs: list[str]) -> None:
    found = survey_of(MemoryStore([page])).documents
    assert [document.lang for document in found] == langs


def test_a_bilingual_page_is_two_documents_in_two_works() -> None:
    english, chinese = survey_of(MemoryStore([a_page(1, parts=(ZH, EN))])).documents
    assert (english.bilingual, chinese.bilingual) == (True, True)
    assert (english.script, chinese.script) == ("", "hans")
    assert english.work != chinese.work
    assert english.concepts == chinese.concepts == {"dg"}


def test_hubs_are_counted_apart_unless_wanted() -> None:
    store = MemoryStore([a_hub(1), a_page(2)])
    without, included = survey_of(store), survey_of(store, include_hubs=True)
    assert [d.url_id for d in without.documents] == [2]
    assert [d.url_id for d in included.documents] == [1, 2]
    assert without.stored == included.stored == {("zh", "hub"): 1, ("zh", "article"): 1}
    assert without.articles == included.articles == {"zh": 1}


def test_removed_pages_and_second_sightings_do_not_count() -> None:
    pages: list[StoredPage | Removed] = [a_page(1), Removed(2, 2), a_page(1, date="2001")]
    found = survey(pages, JUDGE, cluster)
    assert [d.date for d in found.documents] == ["2024-05-06"]
    assert found.stored.total() == 1


def test_a_page_without_text_is_still_an_article_of_its_language() -> None:
    page = a_page(1, parts=(), flags=("extraction_empty",))
    found = survey_of(MemoryStore([page]))
    assert found.articles == {"zh": 1}
    assert found.doubts["extraction_empty", "zh"] == 1


def test_what_is_kept_of_a_page() -> None:
    store = MemoryStore([a_page(1, title="题" * 999, sketch=b"")], {1: ("links", "feed")})
    (document,) = survey_of(store).documents
    assert len(document.title) == MAX_TITLE
    assert document.routes == ("links", "feed")
    assert document.volume == 999 + len("数字政府")
    assert survey_of(store).fetched_from == survey_of(store).fetched_to == "2026-01-01T00:00:00Z"


def test_progress_is_told() -> None:
    told: list[int] = []
    pages = (a_page(i) for i in range(2 * PROGRESS_EVERY + 1))
    survey(pages, JUDGE, cluster, progress=told.append)
    assert told == [PROGRESS_EVERY, 2 * PROGRESS_EVERY]


def test_no_pages() -> None:
    assert survey([], JUDGE, cluster) == Survey()


DATES = [
    ("2024", "2024"),
    ("2024-05", "2024-05"),
    ("2024-05-06", "2024-05-06"),
    ("", ""),
    ("06.05.2024", ""),
    ("24-05-06", ""),
    ("二〇二四", ""),
    ("２０２４", ""),
    ("2024-05-06T00:00:00", ""),
]


@pytest.mark.parametrize(("said", "read"), DATES)
def test_only_iso_dates_are_dates(said: str, read: str) -> None:
    page = a_page(1, published=Published(said, "meta", 1.0))
    assert iso_date(page) == read
    assert ("undated" in doubts(page)) == (not read)


DOUBTS = [
    ({}, set()),
    ({"date": ""}, {"undated"}),
    ({"published": Published("2024", "url", 0.3)}, {"date_uncertain"}),
    ({"lang_confidence": 0.2}, {"language_uncertain"}),
    ({"charset_suspect": True}, {"charset_suspect"}),
    ({"flags": ("charset_suspect", "odd")}, {"charset_suspect", "odd"}),
]


@pytest.mark.parametrize(("fields", "expected"), DOUBTS)
def test_what_makes_a_page_uncertain(fields: dict[str, object], expected: set[str]) -> None:
    assert doubts(a_page(1, **fields)) == expected  # type: ignore[arg-type]


VOLUMES = [
    ("数字政府", "zh", 4),
    ("數位 政府\u3000ＡＢ\n", "zh", 6),
    ("e-government isn’t new", "en", 3),
    ("  ", "en", 0),
    ("", "zh", 0),
]


@pytest.mark.parametrize(("text", "lang", "length"), VOLUMES)
def test_lengths(text: str, lang: str, length: int) -> None:
    assert volume(text, lang) == length


def test_a_page_without_segments_is_all_in_its_language() -> None:
    page = a_page(1, parts=()).page
    whole = Page(page.url, "utf-8", "T", "text", "en", "article")
    row = a_page(1)
    assert part(_with(row, whole), "en") == "T\ntext"
    assert part(_with(row, whole), "zh") == ""
    split = Page(page.url, "utf-8", "T", "a\nb", "en", "article", segments=(Segment("zh", "b"),))
    assert part(_with(row, split), "en") == "T"


def _with(row: StoredPage, page: Page) -> StoredPage:
    return StoredPage(row.url_id, 1, 1, row.url, row.host, row.source, row.fetched_at, page)


def test_many_processes_read_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from config.load import load
    from page.fingerprint import sketch
    from report import read
    from store import open_store
    from tests.stored_pages import keep

    texts = [f"数字政府第{n}号{'通知公告' * (n % 7)}" for n in range(40)]
    pages = [
        a_page(n, text, url=f"https://example.org/{n}", sketch=sketch(text))
        for n, text in enumerate(texts)
    ]
    keep(tmp_path, pages)
    topic = load().topic
    with open_store(tmp_path) as store:
        one = read.survey_store(store, topic, keep_sketches=True)
        monkeypatch.setattr(read, "MANY", 1)
        many = read.survey_store(store, topic, keep_sketches=True)
    assert one == many
    assert len(one.documents) == 40


QUOTE = "The Digital Government Association met in the city, and said that it would meet again."


@pytest.mark.parametrize(("times", "langs"), [(1, {"zh"}), (4, {"en", "zh"})])
def test_one_sentence_in_another_language_makes_no_page_in_it(times: int, langs: set[str]) -> None:
    """As a transcript quotes one, or a site's every page has one; a paragraph does make a page."""
    chinese = "市政府今天公布了数字政府建设的新进展，居民可以在网上办理各项政务服务。"
    body = "".join(f"<p>{chinese}第{n}段。</p>" for n in range(120)) + f"<p>{QUOTE}</p>" * times
    page = build(f"<title>数字政府</title><article>{body}</article>".encode(), "http://a.cn/")
    assert {lang for lang, _ in page.shares} == {"en", "zh"}
    assert {lang for lang in ("en", "zh") if page.said_in(lang)} == langs


def test_of_a_short_page_either_language_counts() -> None:
    page = build(f"<p>数字政府联合会今天在本市开会。</p><p>{QUOTE}</p>".encode(), "http://a.cn/")
    assert page.said_in("en")
    assert page.said_in("zh")
