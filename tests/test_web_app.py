"""Pages as a browser is given them: what they show, which status they have, in which language."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from config.load import load
from config.names import ALL_KINDS, IN_CHINESE, REGIONS
from index.lexicon import Asked
from index.lock import writing
from index.question import Answer
from index.syntax import Words
from report.render.say import Say
from report.sections.differences import named
from store import open_store
from store.warc import Evidence
from tests.damage import put_anew
from tests.memory_store import stored
from tests.stored_pages import keep as keep_more
from tests.web_serving import keep, some_pages
from web.app import Application
from web.asking import PER_PAGE, Asking
from web.desk import Desk
from web.evidence import answer as evidence_answer
from web.results import pager
from web.words import WORDS, value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("web")
    keep(made, some_pages())
    return made


def client(folder: Path, patience: float = 30.0) -> Client:
    config = load(topic=str(folder / "small.toml"))
    return Client(Application(Desk(folder / "data", config, patience)))


@pytest.fixture(scope="module")
def web(folder: Path) -> Client:
    return client(folder)


def text_of(answer: TestResponse) -> str:
    body = re.sub(r"<style.*?</style>", "", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def number_of(web: Client, query: str) -> str:
    found = re.search(r"/page/(\d+)", web.get("/", query_string={"q": query}).text)
    assert found
    return found[1]


def test_both_languages_side_by_side(web: Client) -> None:
    answer = web.get("/?q=digital+government&ui=en")
    shown = text_of(answer)
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert "English 6 pages" in shown
    assert "中文 15 pages" in shown
    assert "Asked as 数字政府 OR 數位政府 (by the topic’s terms)" in shown
    assert "推进<mark>数字政府</mark>建设" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in answer.headers


def test_how_words_were_translated_is_shown(web: Client) -> None:
    shown = text_of(web.get("/?q=wisdom+city&ui=en"))
    assert "by dictionary, CC-CEDICT" in shown
    assert re.search(r"wisdom → .*智慧", shown)
    shown = text_of(web.get("/?q=wisdom+city&ui=en&mode=literal"))
    assert "CC-CEDICT" not in shown
    assert "No page matches." in shown


def test_pages_of_results(web: Client) -> None:
    first = web.get("/?q=数字政府&ui=en").text
    second = web.get("/?q=数字政府&ui=en&page=2").text
    places = [re.findall(r'<h3[^>]*><a href="/page/(\d+)', page) for page in (first, second)]
    assert len(set(places[0]) & set(places[1])) == 0
    assert '<ol start="11">' in second
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second
    assert "No more pages in this language." in second


def test_pages_found_by_meaning_alone_have_their_place_in_the_pages_of_results() -> None:
    asked = Asked(Words("x"))
    for by_meaning, following in ((0, ""), (1, "/?q=x&page=2")):
        found = {"zh": Answer(asked, PER_PAGE, (), meaning=True, by_meaning=by_meaning)}
        assert pager(found, Asking("x"))["next"] == following


FILTERED = [
    ("kind=press", 6, 0),
    ("region=mainland&script=hant", 0, 1),
    ("since=2012&until=2013", 0, 2),
    ("site=gov.tw", 0, 1),
    ("source=hostile-30", 1, 0),
]


@pytest.mark.parametrize(("filters", "en", "zh"), FILTERED)
def test_filters(web: Client, filters: str, en: int, zh: int) -> None:
    answer = web.get(f"/?q=digital+government&ui=en&{filters}")
    found = re.findall(r'class="count"><b>([\d,]+)</b>', answer.text)
    assert [int(one) for one in found] == [en, zh]
    assert "Clear filters" in text_of(answer)


def test_did_you_mean_is_a_link(web: Client) -> None:
    answer = web.get("/?q=goverment&ui=en&mode=literal")
    found = re.search(r'Did you mean <a lang="en" href="([^"]+)"', answer.text)
    assert found
    assert "English 6 pages" in text_of(web.get(html.unescape(found[1])))


def test_a_pages_own_page(web: Client) -> None:
    number = number_of(web, "数字政府建设方案9")
    answer = web.get(f"/page/{number}?q=数字政府&ui=en")
    shown = text_of(answer)
    assert "数字政府建设方案9" in re.sub(r"\s", "", shown)
    assert "<mark>数字政府</mark>" in answer.text
    assert "Concepts in it digital government" in shown
    assert "← Back to the results" in shown
    assert f'href="/raw/{number}"' in answer.text
    assert "warc/duizhao-" in shown


def test_versions(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    (old,) = [page for page in some_pages() if page.url_id == 3]
    new = stored(3, 99, "全新的数字政府文本", title="新版", date="2024-01-01")
    assert new.url == old.url
    keep_more(tmp_path / "data", [new])
    web = client(tmp_path)
    number = number_of(web, "title:新版")
    shown = text_of(web.get(f"/page/{number}?ui=en"))
    assert "全新的数字政府文本" in shown
    assert "current" in shown
    older = web.get(f"/page/{number}?ui=en&v=1")
    assert "This is an older version" in text_of(older)
    assert "推进数字政府建设，第3号" in text_of(older)
    assert web.get(f"/page/{number}?v=3").status_code == 404
    assert web.get(f"/page/{number}?v=<b>").status_code == 404


def test_pages_like_a_page(web: Client) -> None:
    answer = web.get("/", query_string={"like": "https://www.gov.cn/1", "ui": "en"})
    assert answer.status_code == 200
    assert "the words that tell what that page is about" in text_of(answer)
    missing = web.get("/?like=https://nowhere.example/&ui=en")
    assert (missing.status_code, "no page is stored at" in text_of(missing)) == (400, True)


def test_the_archived_copy_is_plain_text(web: Client) -> None:
    answer = web.get(f"/raw/{number_of(web, '数字政府建设方案9')}")
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text.startswith("HTTP/1.1 200 OK\nContent-Type: text/html")
    assert "\x1b" not in answer.text
    assert "<script>window.pwned = 1" in answer.text


def test_text_that_an_archive_kept_without_its_response_is_shown_alone() -> None:
    text = "数字政府\n一网通办"
    kept = Evidence("https://a.cn/", "2024-06-01T00:00:00Z", "", "text/plain", text.encode(), False)
    assert evidence_answer(some_pages()[0], kept).get_data(as_text=True) == text


def test_an_archived_copy_that_is_damaged_or_gone(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    web = client(tmp_path)
    number = number_of(web, "title:方案9")
    (file,) = (tmp_path / "data" / "warc").iterdir()
    content = file.read_bytes()
    file.write_bytes(b"\0" * len(content))
    answer = web.get(f"/raw/{number}?ui=en")
    assert (answer.status_code, "cannot be read" in text_of(answer)) == (500, True)
    file.unlink()
    answer = web.get(f"/raw/{number}?ui=en")
    assert (answer.status_code, "not there any more" in text_of(answer)) == (404, True)


ERRORS = [
    # (path, status, what is said)
    ("/?q=AND", 400, "AND needs something before it"),
    ('/?q="x', 400, "this quotation mark is not closed"),
    ("/?q=" + "x" * 501, 400, "501 characters are too many"),
    ("/?q=x&kind=newspaper", 400, "no kind is called 'newspaper'"),
    ("/?q=concept:nothing", 400, "no concept is called"),
    ("/page/99999", 404, "no page has the number 99999"),
    ("/page/99999999999999999999999", 404, "no page has the number"),
    ("/page/x", 404, ""),
    ("/raw/99999", 404, "no page has the number 99999"),
    ("/static/..%2fapp.py", 404, ""),
    ("/static/app.py", 404, "no such file"),
    ("/nothing", 404, ""),
]


@pytest.mark.parametrize(("path", "status", "said"), ERRORS, ids=[e[0][:25] for e in ERRORS])
@pytest.mark.parametrize("ui", ["en", "zh"])
def test_errors(web: Client, path: str, status: int, said: str, ui: str) -> None:
    answer = web.get(path, headers={"Accept-Language": ui})
    assert answer.status_code == status
    assert (said in text_of(answer)) == (ui == "en" or not said)
    assert f'<html lang="{"zh-Hans" if ui == "zh" else "en"}">' in answer.text


def test_the_place_in_a_wrong_query_is_marked(web: Client) -> None:
    answer = web.get("/", query_string={"q": "<城市> AND", "ui": "zh"})
    assert '&lt;城市&gt; <span class="here">A</span>ND' in answer.text
    assert "查询语句有误" in answer.text


def test_no_store_and_an_empty_one(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    (tmp_path / "data").rename(tmp_path / "away")
    web = client(tmp_path)
    answer = web.get("/?q=x&ui=zh")
    assert answer.status_code == 503
    assert "还没有可搜索的内容" in text_of(answer)
    assert "duizhao crawl" in text_of(answer)
    assert not (tmp_path / "data").exists()
    keep_more(tmp_path / "data", [])
    assert web.get("/?q=x").status_code == 503
    (tmp_path / "data" / "store.sqlite").write_bytes(b"not a database, certainly not" * 99)
    for leftover in (tmp_path / "data").glob("store.sqlite-*"):
        leftover.unlink()
    answer = web.get("/?q=x&ui=en")
    assert answer.status_code == 500
    assert "cannot be used as a store" in text_of(answer)


def test_pages_that_come_while_it_is_served_are_found(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    web = client(tmp_path)
    assert "No page matches." in text_of(web.get("/?q=量子计算&ui=en"))
    keep_more(tmp_path / "data", [stored(77, 77, "量子计算与数字政府", title="量子")])
    assert "中文 1 page" in text_of(web.get("/?q=量子计算&ui=en"))


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    web = client(tmp_path)
    before = text_of(web.get("/?q=digital+government&ui=en"))
    for victim in (tmp_path / "data" / "index").rglob("*.term"):
        content = bytearray(victim.read_bytes())
        content[len(content) // 2] ^= 1
        put_anew(victim, content)
    assert text_of(web.get("/?q=digital+government&ui=en")) == before


def test_while_another_process_writes_the_index(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    web = client(tmp_path)
    (tmp_path / "data" / "index").mkdir()
    with writing(tmp_path / "data" / "index"):
        answer = web.get("/?q=数字政府&ui=en")
        assert answer.status_code == 503
        assert answer.headers["Refresh"] == answer.headers["Retry-After"] == "3"
        assert "is writing the index" in text_of(answer)
    assert "中文 14 pages" in text_of(web.get("/?q=数字政府&ui=en"))
    keep_more(tmp_path / "data", [stored(77, 77, "数字政府新闻", title="新")])
    with writing(tmp_path / "data" / "index"):
        answer = web.get("/?q=数字政府&ui=en")
        assert answer.status_code == 200
        assert "what came later is not in these results" in text_of(answer)
        assert "中文 14 pages" in text_of(answer)
    assert "中文 15 pages" in text_of(web.get("/?q=数字政府&ui=en"))


def test_an_index_that_takes_long_is_waited_for_by_the_browser(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    config = load(topic=str(tmp_path / "small.toml"))
    desk = Desk(tmp_path / "data", config, patience=0)
    web = Client(Application(desk))
    answer = web.get("/?q=数字政府&ui=en")
    assert answer.status_code == 503
    assert "the index is being made" in text_of(answer)
    assert desk.keeper.bring_up_to_date(60)
    assert web.get("/?q=数字政府").status_code == 200


def test_a_bug_is_a_page_and_a_traceback_in_the_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    web = client(folder)
    monkeypatch.setattr("web.results.answers", lambda *_: 1 / 0)
    answer = web.get("/?q=x&ui=en")
    assert answer.status_code == 500
    assert "This is a bug in Duizhao" in text_of(answer)
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in capsys.readouterr().err


SYNTAX = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(['"', "(", ")", "AND ", " OR ", "NOT ", "*", "~1", "title:", "政府", "x "]),
    ),
    max_size=8,
).map("".join)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(q=SYNTAX, like=SYNTAX, site=SYNTAX, source=SYNTAX, since=SYNTAX, v=SYNTAX, ui=SYNTAX)
def test_no_address_is_a_bug(web: Client, **given: str) -> None:
    given = {name: text.encode("utf-8", "replace").decode() for name, text in given.items()}
    for path in ("/", "/page/1"):
        for left_out in (set(), {"like", "ui", "since"}):
            asked = {name: text for name, text in given.items() if name not in left_out}
            answer = web.get(path, query_string=asked)
            assert answer.status_code in (200, 400, 404), answer.text


LANGUAGES = [
    ({}, "en"),
    ({"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}, "zh-Hans"),
    ({"Accept-Language": "zh-TW"}, "zh-Hans"),
    ({"Accept-Language": "fr, en;q=0.5"}, "en"),
    ({"Accept-Language": "*;;q=,"}, "en"),
]


@pytest.mark.parametrize(("headers", "lang"), LANGUAGES)
def test_the_pages_own_language(web: Client, headers: dict[str, str], lang: str) -> None:
    assert f'<html lang="{lang}">' in web.get("/", headers=headers).text
    assert '<html lang="en">' in web.get("/?ui=en", headers=headers).text
    assert 'href="/?q=x&amp;ui=zh"' in web.get("/?q=x&ui=en").text


def test_every_word_is_in_both_languages() -> None:
    assert all(en.strip() and zh.strip() for en, zh in WORDS.values())


def test_kinds_and_regions_are_called_the_same_in_chinese_everywhere() -> None:
    assert set(IN_CHINESE) == {*ALL_KINDS, *REGIONS}
    assert value("state media", "zh") == named("state media", "state media", "", Say("zh"))


def test_it_writes_nothing_but_the_index(tmp_path: Path) -> None:
    keep(tmp_path, some_pages())
    with open_store(tmp_path / "data") as store:
        before = (store.revision, store.account())
    web = client(tmp_path)
    for path in ("/", "/?q=数字政府", "/page/1", "/raw/1"):
        web.get(path)
    with open_store(tmp_path / "data") as store:
        assert (store.revision, store.account()) == before
    assert {p.name for p in (tmp_path / "data").iterdir()} <= {
        *("store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "warc", "index")
    }


def test_any_word_of_the_other_language_is_found_by_meaning_too(folder: Path) -> None:
    from index.semantic.build import catch_up
    from index.semantic.encoder import encoder

    data = folder / "data"
    with open_store(data) as store:
        catch_up(store, data / "index", encoder())
    page = client(folder).get("/", query_string={"q": "authorities computers", "any": "1"})
    assert "≈ was found by meaning alone and is not counted" in text_of(page)
    assert ">≈</span>" in page.text
    (rows,) = (data / "index" / "vectors" / "zh").glob("at-*/whole.rows.npy")
    rows.write_bytes(rows.read_bytes()[:-1] + b"!")
    page = client(folder).get("/", query_string={"q": "authorities computers", "any": "1"})
    assert "`duizhao index` makes the vectors anew" in text_of(page)
    assert page.status_code == 200
