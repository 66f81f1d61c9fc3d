"""The reading list: the works that say most about the topic, in each language."""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup

from report.model import Measurement, Reading
from report.render.blocks import Block, Bullets, Heading, Prose, Section, Side, anchor, bdi, nothing
from report.render.inert import link
from report.render.say import Say

LANG_TAGS = {"hans": "zh-Hans", "hant": "zh-Hant"}


def section(m: Measurement, say: Say) -> Section:
    """Return the reading list."""
    title = say("Reading list", "阅读清单")
    words = say(
        "The works that mention most core concepts of the topic, then most concepts of any kind;"
        " at most fifteen a language and three a source, each by its first page. The links lead to"
        " the open web; nothing on those pages was checked.",
        "按提到的核心概念数、再按提到的全部概念数排列；每种语言至多十五件，每个来源至多三件，"
        "均列首发页面。链接指向开放网络，其内容未经核实。",
    )
    return Section(
        "reading", title, (Prose(words), Side(tuple(_side(m, x, say) for x in ("en", "zh")))), title
    )


def _side(m: Measurement, lang: str, say: Say) -> tuple[Block, ...]:
    works = [work for work in m.reading if work.lang == lang]
    if not works:
        none = say(
            "No data: no work on the topic in this language.", "没有数据：没有该语言的主题作品。"
        )
        return (Heading(say.lang(lang)), nothing(none))
    items = tuple(_entry(work, say) for work in works)
    return (Heading(say.lang(lang)), Bullets(items, numbered=True, kind="reading"))


def _entry(work: Reading, say: Say) -> Markup:
    site = host(work.url) if link(work.url) else ""
    facts = [
        bdi(work.source),
        *([site] if site and site != work.source else []),
        work.date or say("undated", "日期不详"),
        say.many(work.concepts, "{n} concept", "{n} concepts", "{n}个概念"),
        *([reprints(work.copies, say)] if work.copies else []),
    ]
    by = Markup(" · ").join(facts)
    title = anchor(work.url, work.title or work.url, language_tag(work))
    return say.rich(
        '{t} <span class="by">{by}</span>', '{t} <span class="by">{by}</span>', t=title, by=by
    )


def reprints(n: int, say: Say) -> str:
    """Return how often a work was reprinted, in words."""
    return say.many(n, "{n} reprint", "{n} reprints", "转载{n}次")


def host(url: str) -> str:
    """Return a URL's host as a reader should see it, or ""."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def language_tag(work: Reading) -> str:
    """Return the BCP 47 tag of a work's language, which decides its font."""
    return work.lang if work.lang == "en" else LANG_TAGS.get(work.script, "zh")
