"""What a page asks of robots, in a meta tag or an X-Robots-Tag header. Pure.

What is said to the large search engines by name counts for us, too: whoever keeps a page out of
Baidu or Google does not want it in a corpus either. What is said to other named robots does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from email.utils import parsedate_tz

_NAMES = """
robots duizhao googlebot bingbot msnbot slurp yandex baiduspider 360spider haosouspider sogou
sosospider yisouspider bytespider
"""
NAMES = frozenset(_NAMES.split())
NOINDEX, NOFOLLOW = "noindex", "nofollow"
_EXPIRES = "unavailable_after"
# In a header, "name:" before the directives says whom they are for; these are directives.
_WITH_VALUE = (_EXPIRES, "max-snippet", "max-image-preview", "max-video-preview")
_NAME = re.compile(r"[a-z0-9][a-z0-9 _-]*")


def in_meta(contents: Iterable[str], today: str = "") -> set[str]:
    """Return ``noindex`` and ``nofollow`` as far as meta tags' contents ask for them.

    ``today`` (ISO date) decides whether a page that was to be available for a time has expired.
    """
    return {word for content in contents for word in _asked(content, today)}


def in_headers(values: Iterable[str], today: str = "") -> set[str]:
    """Return the same for X-Robots-Tag headers, each of which may name a robot first."""
    found: set[str] = set()
    for value in values:
        before, colon, after = value.partition(":")
        name = before.strip().lower()
        named = colon and not after.startswith("//") and _NAME.fullmatch(name)
        if not named or name in _WITH_VALUE:
            found |= _asked(value, today)
        elif is_ours(name):
            found |= _asked(after, today)
    return found


def is_ours(name: str) -> bool:
    """True when directives for a robot of this name are for us."""
    words = name.strip().lower().split()
    return bool(words) and words[0] in NAMES


def _asked(content: str, today: str) -> set[str]:
    lowered = content.lower()
    words = set(re.split(r"[\s,;，；、]+", lowered))
    if "none" in words:
        return {NOINDEX, NOFOLLOW}
    found = words & {NOINDEX, NOFOLLOW}
    if today and _EXPIRES in lowered and _expired(content, today):
        found.add(NOINDEX)
    return found


def _expired(content: str, today: str) -> bool:
    """True when the date after ``unavailable_after:`` is over; what is no date says nothing."""
    said = re.split(rf"{_EXPIRES}\s*:", content, maxsplit=1, flags=re.IGNORECASE)[-1].strip()
    iso = re.match(r"\d{4}-\d{2}-\d{2}", said)
    if iso:
        return iso[0] < today
    parsed = parsedate_tz(re.sub(r"(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " ", said))
    if parsed is None:
        return False
    try:
        return date(*parsed[:3]).isoformat() < today
    except ValueError:
        return False
