"""A store in memory for the index's tests: keeps ``store.model.Reader``, forgets at exit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.model import Concept, Topic
from page.model import ARTICLE, Page, Published, Segment
from store.model import Removed, SourceRow, StoredPage
from store.records import Account, Claim, Effort, Run, Volume

GOV = SourceRow("gov", "中国政府网", ("zh", "en"), "government", "mainland")
PRESS = SourceRow("press", "Example Press", ("en",), "press", "other")


def concept(id: str, en: Sequence[str], zh: Sequence[str], core: bool = False) -> Concept:
    return Concept(id, en[0], zh[0], tuple(en), tuple(zh), "", core)


TOPIC = Topic(
    "digital-government",
    "Digital government",
    "数字政府",
    (
        concept("dg", ["digital government"], ["数字政府", "數位政府"], core=True),
        concept("eg", ["e-government"], ["电子政务"], core=True),
        concept("brain", ["city brain"], ["城市大脑"]),
        concept("plus", ["Internet Plus"], ["互联网+", "互联网+政务服务"]),
        concept("app", ["mobile app"], ["移动App"]),
    ),
)


def stored(
    url_id: int,
    revision: int,
    text: str = "",
    lang: str = "zh",
    *,
    title: str = "",
    segments: Sequence[tuple[str, str]] = (),
    date: str = "",
    kind: str = ARTICLE,
    host: str = "www.gov.cn",
    source: SourceRow = GOV,
    script: str = "",
) -> StoredPage:
    """One page; ``segments`` only for a bilingual one."""
    parts = tuple(Segment(*part) for part in segments or [(lang, text)] if part[1])
    url = f"https://{host}/{url_id}"
    page = Page(
        url=url,
        charset="utf-8",
        title=title,
        text="\n".join(part.text for part in parts),
        lang=lang,
        kind=kind,
        segments=parts,
        published=Published(date, "meta", 1.0) if date else None,
        script=script,
    )
    return StoredPage(url_id, revision, 1, url, host, source, "2026-01-01T00:00:00Z", page)


class MemoryStore:
    """The latest state of each URL, by rising revision."""

    last_run: tuple[int, str] | None = (1, "this computer")

    def has_run(self, run: tuple[int, str]) -> bool:
        return run == self.last_run

    def __init__(self, *changes: StoredPage | Removed) -> None:
        self.latest: dict[int, StoredPage | Removed] = {}
        self.add(*changes)

    def add(self, *changes: StoredPage | Removed) -> None:
        self.latest.update((change.url_id, change) for change in changes)

    @property
    def revision(self) -> int:
        return max((change.revision for change in self.latest.values()), default=0)

    def changes(self, after: int = 0) -> Iterator[StoredPage | Removed]:
        new = (change for change in self.latest.values() if change.revision > after)
        yield from sorted(new, key=lambda change: change.revision)

    def page(self, url_id: int) -> StoredPage | None:
        change = self.latest.get(url_id)
        return change if isinstance(change, StoredPage) else None

    def find(self, url: str) -> StoredPage | None:
        pages = (self.page(url_id) for url_id in range(10_000))
        return next((page for page in pages if page and page.url == url), None)

    def was_held(self, url: str) -> bool:
        return False

    def routes(self) -> dict[int, tuple[str, ...]]:
        return {}

    def runs(self) -> tuple[Run, ...]:
        return ()

    def effort(self) -> tuple[Effort, ...]:
        return ()

    def account(self) -> Account:
        return Account(0, 0, 0, 0, 0, 0)

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def volumes(self) -> tuple[Volume, ...]:
        return ()
