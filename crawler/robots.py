"""robots.txt as RFC 9309 has it; Protego reads the rules.

What the standard leaves to status codes is here: a file that does not exist allows everything, a
server in trouble forbids everything until it is well again.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 500 * 1024
"""RFC 9309, section 2.5: parse at least 500 kibibytes; nobody means more."""
MAX_REDIRECTS = 5
"""RFC 9309, section 2.3.1.2: follow at least five."""
LIFETIME = 24 * 3600.0
"""RFC 9309, section 2.4: do not use a cached file for more than a day."""
RETRY_AFTER = 3600.0
AGENT = "Duizhao"
"""The product token that robots.txt files address us by."""
_AGENT_LINE = re.compile(r"^([^\S\n]*+user[-\t ]?agent[^\S\n]*+:[^\S\n]*+)([^\n#]*)", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows. ``reachable`` False: nothing is, for ``wait`` seconds."""

    reachable: bool
    parsed: Protego | None = None
    wait: float = RETRY_AFTER

    def allows(self, url: str, agent: str) -> bool:
        """True when ``agent`` may fetch ``url``."""
        return self.reachable and (self.parsed is None or bool(self.parsed.can_fetch(url, agent)))

    def delay(self, agent: str) -> float:
        """Return the Crawl-delay in seconds, 0 when there is none."""
        asked = self.parsed.crawl_delay(agent) if self.parsed else None
        return max(0.0, float(asked)) if asked else 0.0

    def sitemaps(self) -> tuple[str, ...]:
        """Return the sitemaps the file names."""
        return tuple(self.parsed.sitemaps) if self.parsed else ()


def _addressed(line: re.Match[str]) -> str:
    """Make the name in a User-agent line one that Protego compares as RFC 9309, 2.2.1 has it.

    Protego looks for the line's name anywhere inside ours, so that a group for ``zhao`` would be
    ours. Here a name is its product token, and every other robot is ``x``.
    """
    token = re.match(r"[A-Za-z_-]*", line[2].strip())
    name = token[0].lower() if token else ""
    return line[1] + ("*" if line[2].startswith("*") else AGENT if name == AGENT.lower() else "x")


def _lines(body: bytes) -> str:
    """Return what counts of a file, its lines ended by ``\\n``.

    It is UTF-8 by the standard; an editor that saves UTF-16 says so by a byte order mark, and what
    its author has forbidden is forbidden.
    """
    marked = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = body[:MAX_BYTES].decode("utf-16" if marked else "utf-8-sig", "replace")
    text = re.sub(r"\r\n?", "\n", text)
    return (
        text.rpartition("\n")[0] if len(body) > MAX_BYTES else text
    )  # half a line is another rule


ALLOW_ALL = Rules(reachable=True)
UNREACHABLE = Rules(reachable=False)


def from_response(status: int, body: bytes, asked: float = 0.0) -> Rules:
    """Return the rules of a final (not redirected) answer to a request for robots.txt.

    ``asked`` is how long it asks to be left alone, in seconds.
    """
    if 200 <= status < 300:
        text = _lines(body)
        return Rules(reachable=True, parsed=Protego.parse(_AGENT_LINE.sub(_addressed, text)))
    if status == 429 or status >= 500:  # 429 is a plea to slow down, not an absent file
        return Rules(reachable=False, wait=min(max(asked, RETRY_AFTER), LIFETIME))
    return ALLOW_ALL
