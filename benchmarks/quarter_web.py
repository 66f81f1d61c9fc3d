"""A small web that lives: pages change, vanish, come back and move, hosts die, requests fail.

Everything follows from the seed and the time asked for, so that the truth is known at any moment.
Times are seconds from the start of the simulation.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

DAY = 86_400.0
ZONE = "Europe/Berlin"
START = datetime(2026, 2, 1, tzinfo=ZoneInfo(ZONE)).timestamp()
SHORTEST = 12 * 3600.0
"""The shortest interval asked for: with a run every six hours and one in four killed, no promise
that is shorter can be kept."""
OFF = (33.3, 35.6)
"""Days between which the machine is off."""
HEADER_BYTES = 200
RATES = (0.0, 0.0, 1 / 60, 1 / 20, 1 / 7, 1 / 3, 1.0)
"""Changes a day; pages take them in turn."""
ENGLISH = (
    "The city's digital government office published its report on open data services.",
    "Residents can now apply for permits online, and most answers come within two days.",
    "Officials said the platform connects forty departments and reduces visits in person.",
    "Researchers asked how the figures were counted and whether rural users were included.",
)
CHINESE = (
    "市数字政府办公室发布了公共数据开放服务报告，介绍了今年的主要进展。",
    "居民现在可以在网上申请办理许可，大多数申请两天之内就能得到答复。",
    "有关负责人表示，一网通办平台已经连接四十个部门，减少了群众跑腿次数。",
    "研究人员询问这些数字是怎样统计出来的，农村用户是否也包括在内。",
)


@dataclass
class SimPage:
    """One page: when it exists, when it changes, and where it has moved to."""

    path: str
    born: float
    changes: list[float]
    chinese: bool
    gone: tuple[float, float] | None = None
    moved_at: float | None = None
    moved_to: str = ""
    noisy: bool = False

    def version(self, now: float) -> int:
        """The number of changes until now."""
        return bisect_right(self.changes, now)

    def is_there(self, now: float) -> bool:
        """True while the address answers with the page."""
        if now < self.born or (self.moved_at is not None and now >= self.moved_at):
            return False
        return self.gone is None or not self.gone[0] <= now < self.gone[1]


@dataclass
class SimSite:
    """One host: its pages, whether it knows conditional requests, and when it is dead."""

    base: str
    validates: bool
    pages: dict[str, SimPage] = field(default_factory=dict)
    dead: tuple[float, float] | None = None

    def is_dead(self, now: float) -> bool:
        """True while nobody answers."""
        return self.dead is not None and self.dead[0] <= now < self.dead[1]


@dataclass(frozen=True)
class Answer:
    """What a server sends: status, headers, body."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Web:
    """The sites, by base address; ``days`` is how long they live."""

    def __init__(self, bases: list[str], pages: int, days: float, seed: int) -> None:
        self._drawn = random.Random(seed)
        self._days = days
        self.sites = {base: self._site(base, n, pages) for n, base in enumerate(bases)}

    def _site(self, base: str, number: int, pages: int) -> SimSite:
        site = SimSite(base, validates=number % 3 != 2)
        for n in range(pages):
            page = self._page(f"/p{n}", 0.0 if n < 0.8 * pages else self._at(), n, number)
            site.pages[page.path] = page
            draw = self._drawn.random()
            if draw < 0.06:  # vanishes, most for good
                start = self._at()
                back = start + DAY * self._drawn.uniform(3, 20) if draw < 0.04 else 9e9
                page.gone = (start, back)
            elif draw < 0.12:  # moves for good, and goes on changing there
                page.moved_at, page.moved_to = max(self._at(), page.born), f"/moved/p{n}"
                there = SimPage(page.moved_to, page.moved_at, page.changes, page.chinese)
                site.pages[there.path] = there
        if number % 4 == 3:
            start = DAY * self._drawn.uniform(0.2, 0.6) * self._days
            site.dead = (start, start + DAY * 0.06 * self._days)
        return site

    def _at(self) -> float:
        return DAY * self._drawn.uniform(0.03, 0.8) * self._days

    def _page(self, path: str, born: float, n: int, number: int) -> SimPage:
        rate, changes, now = RATES[(n + number) % len(RATES)], [], 0.0
        while rate and (now := now + self._drawn.expovariate(rate) * DAY) < self._days * DAY:
            changes.append(now)
        return SimPage(path, born, changes, chinese=(n + number) % 2 == 0, noisy=n % 5 == 4)

    def answer(self, base: str, path: str, now: float, etag: str, since: str) -> Answer:
        """Return what a site answers at a time to a request with these validators."""
        site = self.sites[base]
        if path == "/robots.txt":
            return Answer(404)
        if path in ("/", "/sitemap.xml"):
            return self._listing(site, path, now, etag)
        page = site.pages.get(path)
        if page is not None and page.moved_at is not None and now >= page.moved_at:
            return Answer(301, {"Location": f"{base}{page.moved_to}"})
        if page is None or not page.is_there(now):
            return Answer(404, {}, b"<p>not found</p>")
        said = self._validators(site, page, now)
        if said and (etag == said["ETag"] or (not etag and since == said["Last-Modified"])):
            return Answer(304, said)
        return Answer(200, {"Content-Type": "text/html; charset=utf-8"} | said, text(page, now))

    def cost(self, key: str, now: float) -> int:
        """Return the bytes of an unconditional answer; nothing from a dead host."""
        parts = urlsplit(key)
        base = f"{parts.scheme}://{parts.netloc}"
        if self.sites[base].is_dead(now):
            return 0
        return HEADER_BYTES + len(self.answer(base, parts.path, now, "", "").body)

    def _validators(self, site: SimSite, page: SimPage, now: float) -> dict[str, str]:
        if not site.validates:
            return {}
        version = page.version(now)
        changed = page.changes[version - 1] if version else page.born
        return {"ETag": f'"{version}"', "Last-Modified": formatdate(1.7e9 + changed, usegmt=True)}

    def _listing(self, site: SimSite, path: str, now: float, etag: str) -> Answer:
        there = [page.path for page in site.pages.values() if page.is_there(now)]
        mark = f'"{len(there)}-{hash(tuple(there)) & 0xFFFFFF}"'
        said = {"ETag": mark} if site.validates else {}
        if said and etag == mark:
            return Answer(304, said)
        if path == "/":
            links = "".join(f'<li><a href="{p}">report {p}</a></li>' for p in there)
            body = f"<html><head><title>Home</title></head><body><ul>{links}</ul></body></html>"
            return Answer(200, {"Content-Type": "text/html"} | said, body.encode())
        places = "".join(f"<url><loc>{site.base}{p}</loc></url>" for p in there)
        body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</urlset>"
        return Answer(200, {"Content-Type": "application/xml"} | said, body.encode())


def text(page: SimPage, now: float) -> bytes:
    """Return a page as it is at a time; noisy ones differ in bytes at every request."""
    lines = CHINESE if page.chinese else ENGLISH
    version = page.version(now)
    news = (
        f"第{version}次修订，{page.path}。" if page.chinese else f"Revision {version}, {page.path}."
    )
    body = "".join(f"<p>{news if n == 2 else ''}{line}</p>" for n, line in enumerate(lines * 4))
    noise = f"<!-- rendered at {now} -->" if page.noisy else ""
    return (
        f"<html><head><meta charset=utf-8><title>Report {page.path}</title></head><body>"
        f"<nav>{'<a href=/>home</a> ' * 12}</nav><article><h1>Report {page.path}</h1>{body}"
        f"</article><footer>{'contact imprint ' * 30}</footer>{noise}</body></html>"
    ).encode()


SQL_CHECKS = """
SELECT url.key, visit.checked_at, visit.interval FROM url JOIN visit ON visit.url_id = url.id"""


def write_config(file: Path, bases: list[str]) -> Path:
    """Write the configuration of the simulated sources."""
    tables = [
        f'[[source]]\nid = "s{n}"\nname = "S{n}"\nlangs = ["en", "zh"]\nkind = "press"\n'
        f'home = ["{base}/"]\nsitemap = ["{base}/sitemap.xml"]\n'
        for n, base in enumerate(bases)
    ]
    crawl = (
        '[crawl]\ncontact = "benchmark@example.org"\ndelay = 0.0\nautothrottle = false\n'
        "max_pages = 1000000\nmax_pages_per_source = 1000000\nretry_delay = 1.0\n"
        f'revisit_min = {SHORTEST}\nallow_addresses = ["127.0.0.0/8"]\n'
    )
    file.write_text(crawl + "\n".join(tables), encoding="utf-8")
    return file
