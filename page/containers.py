"""Containers that content systems give their article text: when one holds the bulk, it is the text.

Names of the systems most Chinese government and news sites run on (TRS, UCAP, Founder, Sina,
NetEase, WeChat, …). A name alone proves nothing: sites keep empty or second editors on a page.
"""

from __future__ import annotations

from page.outline import Outline

_NAMES_TEXT = """
trs_editor trs_ueditor trs_web view ucap-content zoom zoomcon articlecontent article-content
article_content article_con articlebody artibody pages_content page-content content_main
main_content main-content-text bt_content text_area xxgk_content zwcontent zw_content
detail-content detail_content js_content rich_media_content news_content newscontent newstext
con_text contenttext cont_text endtext post_body vsb_content v_news_content wp_articlecontent
arti_content wzy1 gpt_content ue_table tys-main-zt-show entry-content article-body
post-content
"""
_NAMES = frozenset(_NAMES_TEXT.split())
_BULK = 0.8
"""Least share of the best region's value. Lower lets a lead paragraph's box pass for the article;
measured on the Chinese development pages, .5 to .9 choose alike."""


def known_container(outline: Outline, worth: list[float], best: int) -> int | None:
    """Return the innermost known container that holds the bulk of the region ``best``, or None."""
    floor = _BULK * worth[best]
    found = [
        index
        for index, region in enumerate(outline.regions)
        if region.name and worth[index] >= floor > 0 and not _NAMES.isdisjoint(region.name.split())
    ]
    return found[-1] if found else None
