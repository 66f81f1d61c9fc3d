"""robots.txt as RFC 9309 has it; Protego reads the rules.

What the standard leaves to status codes is here: a file that does not exist allows everything, a
server in trouble forbids everything until it is well again.
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 500 * 1024
"""RFC 9309, section 2.5: parse at least 500 kibibytes; nobody means more."""
MAX_REDIRECTS = 5
"""RFC 9309, section 2.3.1.2: follow at least five."""
LIFETIME = 24 * 3600.0
"""RFC 9309, section 2.4: do not use a cached file for more than a day."""
RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows. ``reachable`` False: nothing is, for now."""

    reachable: bool
    parsed: Protego | None = None

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


ALLOW_ALL = Rules(reachable=True)
UNREACHABLE = Rules(reachable=False)


def from_response(status: int, body: bytes) -> Rules:
    """Return the rules of a final (not redirected) answer to a request for robots.txt."""
    if 200 <= status < 300:
        text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
        return Rules(reachable=True, parsed=Protego.parse(text))
    if status == 429 or status >= 500:  # 429 is a plea to slow down, not an absent file
        return UNREACHABLE
    return ALLOW_ALL
