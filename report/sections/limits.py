"""What the report leaves out, said before anybody has to ask."""

from __future__ import annotations

from markupsafe import Markup

from report.model import Measurement
from report.render.blocks import Bullets, Section
from report.render.say import Say


def section(m: Measurement, say: Say) -> Section:
    """Return the list of what is not in any figure."""
    items = (*_frame(say), _hubs(m, say), *_comparison(say))
    title = say("What this report leaves out", "本报告未包括的内容")
    return Section("out", title, (Bullets(items),), say("Left out", "未包括"))


def _frame(say: Say) -> tuple[Markup, ...]:
    """Return what no route reaches, and what that does to the figures."""
    rich = say.rich
    return (
        rich(
            "<b>Everything outside the frame.</b> WeChat, apps, pages behind a login or a paywall,"
            " pages that forbid crawling, and sites that no route reaches. Much of what is written"
            " in Chinese lives there; no figure here can see how much.",
            "<b>可及范围之外的一切。</b>微信、应用程序、需登录或付费的页面、禁止抓取的页面，"
            "以及任何途径都到不了的网站。许多中文内容就在其中，本报告无从得知有多少。",
        ),
        rich(
            "<b>A minimum can be wrong, too.</b> “At least so many times” holds for the open web."
            " If one language keeps far more of its works behind logins or paywalls than the other,"
            " that language may have more than it seems, and the minimum may be too high: with 30 %"
            " of English works walled off and 5 % of Chinese ones, it was false in about one"
            " simulated web in three. Nothing in the figures gives a warning of that.",
            "<b>下限也可能不成立。</b>“至少多少倍”只就开放网络而言。如果一种语言有多得多的作品"
            "在登录或付费墙之后，该语言的实际数量可能多于所见，下限就可能偏高：模拟中当30%的英文作品"
            "和5%的中文作品被屏蔽时，大约每三个模拟网络中就有一个下限不成立，而任何数字都不会发出警告。",
        ),
        rich(
            "<b>What the limits cut.</b> Sources are cut at a number of pages and at a depth.",
            "<b>被限额截断的部分。</b>每个来源有页面数和深度的限额。",
        ),
    )


def _hubs(m: Measurement, say: Say) -> Markup:
    hubs = (
        say(
            "Home pages and lists of links were counted as pages in this report.",
            "本报告把首页和链接列表也计为页面。",
        )
        if m.hubs_included
        else say(
            "Home pages and lists of links are counted once, under uncertain pages, and are left"
            " out of everything else.",
            "首页和链接列表只在“存疑页面”一节计数，不在其他统计之内。",
        )
    )
    return say.rich("<b>Hubs.</b> {hubs}", "<b>列表页。</b>{hubs}", hubs=hubs)


def _comparison(say: Say) -> tuple[Markup, ...]:
    """Return what is not compared, or not as well as one might think."""
    rich = say.rich
    return (
        rich(
            "<b>Works across languages.</b> A translation and its original are two works, one in"
            " each language.",
            "<b>跨语言的作品。</b>译文与原文算两件作品，各属一种语言。",
        ),
        rich(
            "<b>Works that were joined wrongly.</b> Two texts taken for one work count as one. How"
            " many judged pairs of one work were two stands on the first page, and no figure is"
            " corrected for it: there may be more works than said.",
            "<b>误并的作品。</b>两篇文本若被误认为同一作品，只计为一件。人工判读的同一作品的配对中有多少"
            "其实是两篇，见首页；任何数字都未据此校正，因此实际作品可能更多。",
        ),
        rich(
            "<b>Words that the topic file does not list</b> are missed, and may be missed more in"
            " one language than in the other.",
            "<b>主题文件未列的词语</b>会被漏掉，且两种语言漏掉的程度可能不同。",
        ),
        rich(
            "<b>Works of bilingual pages.</b> Near-duplicates are found by comparing whole pages,"
            " so the two languages of one page are not compared apart.",
            "<b>双语页面的作品。</b>近似文本按整页比较，同一页的两种语言不分开比较。",
        ),
        rich(
            "<b>Lengths are not compared.</b> A Chinese character and an English word are different"
            " amounts of text, and no fixed factor turns one into the other.",
            "<b>不比较篇幅。</b>一个汉字与一个英文词所含的文字量不同，没有固定的换算系数。",
        ),
    )
