"""Which Chinese-speaking region a page comes from, told by its host and its script.

A source's own entry knows better and wins (see ``store.model.StoredPage``); this is for sources
that do not say. Hosts say where somebody registered a name, scripts only how somebody writes.
"""

from __future__ import annotations

import re

MAINLAND, TAIWAN, HONG_KONG, MACAU, SINGAPORE, OTHER = (
    "mainland",
    "Taiwan",
    "Hong Kong",
    "Macau",
    "Singapore",
    "other",
)
_OFFICIAL = re.compile(r"(?:^|\.)(?:gov|edu|ac|mil|org|idv)\.[a-z]{2}$")
_TOP_LEVEL = {
    "cn": MAINLAND,
    "xn--fiqs8s": MAINLAND,  # 中国
    "xn--fiqz9s": MAINLAND,  # 中國
    "tw": TAIWAN,
    "xn--kprw13d": TAIWAN,  # 台湾
    "xn--kpry57d": TAIWAN,  # 台灣
    "hk": HONG_KONG,
    "xn--j6w193g": HONG_KONG,  # 香港
    "mo": MACAU,
    "xn--mix891f": MACAU,  # 澳門
    "sg": SINGAPORE,
    "xn--yfro4i67o": SINGAPORE,  # 新加坡
}


def region_of(host: str, lang: str, script: str) -> tuple[str, float]:
    """Return a region and how far it is to be believed, in [0, 1].

    A reserved domain (gov.tw) is .95, a country's domain .85, another country's .85 for "other".
    Under a domain without a country Simplified Chinese is weak evidence of the mainland (.6),
    Traditional weaker still of Taiwan (.5: Hong Kong and Macau write so too), anything else .5
    for "other". These are degrees of belief, ordered, and not measured frequencies.
    """
    top = host.lower().rstrip(".").rpartition(".")[2]
    if top in _TOP_LEVEL:
        return _TOP_LEVEL[top], 0.95 if _OFFICIAL.search(host.lower()) else 0.85
    if len(top) == 2 and top.isalpha():
        return OTHER, 0.85
    if lang == "zh" and script == "hans":
        return MAINLAND, 0.6
    if lang == "zh" and script == "hant":
        return TAIWAN, 0.5
    return OTHER, 0.5
