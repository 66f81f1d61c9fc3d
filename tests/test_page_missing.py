"""Pages that say they are not there: what counts, and what must not."""

from __future__ import annotations

import pytest

from page.build import build

URL = "http://example.org/a"
SAYS = """
404 Not Found
404
404错误
404 - Page not found
Page not found
页面不存在
您访问的页面不存在
对不起，您访问的页面不存在！
抱歉，您要查看的页面不存在或已被删除
很抱歉，您要访问的页面找不到了
提示信息：文章不存在
找不到页面
没有找到您要访问的页面
無法找到該網頁
您所访问的页面已失效
该内容已被删除
Oops! That page can’t be found.
Sorry, the page you are looking for could not be found.
We couldn't find the page you were looking for.
The requested URL was not found on this server.
This page does not exist
"""
SAYS_NOT = """
HTTP 404
数字政府
关于页面不存在的说明
删除个人信息的办法
文件已失效
信息公开
系统提示
How to fix 404 not found errors
页面
Not finding the page
"""
NAV = "<div><a href=/>首页</a> <a href=/n>新闻</a></div>"
TEXT = "<p>为了加快推进数字政府建设，提升政务服务水平，根据有关法律，结合本市实际，制定本办法。</p>"


@pytest.mark.parametrize("line", SAYS.strip().splitlines())
def test_a_page_that_says_so_is_missing(line: str) -> None:
    advice = "<p>5秒后自动跳转<p>请检查您输入的网址是否正确<p>返回首页"
    for body in (
        f"<title>{line}_某市政府网</title>{NAV}<p>出错了<p>主办单位：某市政府",
        f"<title>某市政府网</title>{NAV}<p>{line}</p>{advice}",
        f"<title></title><p>{line}",
    ):
        assert build(body.encode(), URL).missing, body


@pytest.mark.parametrize("line", SAYS_NOT.strip().splitlines())
def test_a_page_that_speaks_of_something_else_is_there(line: str) -> None:
    assert not build(f"<title>{line}</title><p>{line}</p>".encode(), URL).missing


@pytest.mark.parametrize(
    "body",
    [
        f"<title>404 Not Found</title>{TEXT * 4}",  # an article of that name
        f"<title>页面不存在</title>{TEXT * 4}",
        f"<title>某办法</title><p>您访问的页面不存在</p>{TEXT}",  # a text beside it
        "<title>通知</title><p>页面不存在</p><p>停水至下午三点。</p>",
        "<title>通知</title><p>停水至下午三点。</p>",
        "<title></title>",
    ],
)
def test_a_page_with_a_text_is_there(body: str) -> None:
    assert not build(body.encode(), URL).missing
