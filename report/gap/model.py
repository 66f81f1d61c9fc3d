"""What is known of the gap, as rows of numbers and strings. Log ratios are in bits: log2(zh/en).

An end of an interval that is open is None; so is a number that is refused, and then the row says
why in both tongues.
"""

from __future__ import annotations

from dataclasses import dataclass

ESTIMATE, INTERVAL, DIRECTION, REFUSED = "estimate", "interval", "direction", "refused"
INCOMPARABLE = {"terms_changed", "hubs_changed"}
"""Cautions after which an earlier report's counts are of something else."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not said: a stable code, and the sentence in both tongues."""

    code: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Span:
    """One method's answer: log2 ratio (None where it gives only an interval) and its ends."""

    name: str
    log2: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What one language's side of the headline rests on.

    ``coverage`` is the share of existing works that the corpus has, by the audit, with the 95 %
    limits that its draws leave; ``works`` the
    estimated number of existing works with its 95 % limits, None where the headline is no
    estimate. ``drawn`` audited works, of which ``had`` were in the
    corpus; ``frame_draws`` are all draws, on topic or not. ``judged`` works were looked at by hand
    and ``split`` of them lie in more than one cluster; ``split_share`` is their share, in which
    those with a neighbour speak for the ones that nobody was sure of, with the
    Clopper-Pearson 95 % limits ``split_low`` and ``split_high``. ``per_cluster`` is mu of B1; all
    four are None while ``waiting`` pairs of drawn works have no answer. Of ``inside_judged`` pairs
    within a cluster ``joined`` were not the same work.
    """

    lang: str
    clusters: int
    drawn: int
    had: int
    coverage: float | None
    coverage_low: float | None
    coverage_high: float | None
    works: float | None
    works_low: float | None
    works_high: float | None
    judged: int
    split: int
    split_share: float | None
    split_low: float | None
    split_high: float | None
    per_cluster: float | None
    waiting: int
    inside_judged: int
    joined: int


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer, or why there is none.

    ``kind`` says what may be printed: ``estimate`` (``answer`` has a point), ``interval`` (ends
    only), ``direction`` (who has more, and ``bound``), ``refused`` (``reasons`` only).
    ``direction`` is ``zh``, ``en`` or "". ``bound`` is at least how much more that language has,
    in bits and positive; None where no bound holds. ``spread`` are the single methods, for the
    sensitivity bar. ``reasons`` say what was refused on the way. Of ``frame_draws`` rows of the
    audit's ``frame``, ``frame_fetched`` answered with a page.
    """

    kind: str
    answer: Span | None
    direction: str
    bound: float | None
    bound_direction: str
    spread: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    en: Basis
    zh: Basis
    frame_draws: int
    frame_fetched: int
    frame: str
    biased: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of a dimension: how much larger its share is among Chinese works than English.

    ``en_works`` of ``en_of`` and ``zh_works`` of ``zh_of`` works found have it. ``log2`` is the
    difference of the shares with its interval; ``standardised`` the same at equal lengths.
    ``marked``: it stands out beyond chance among all rows of its dimension
    (Benjamini-Hochberg), as found and at equal lengths. ``suppressed``
    says why there are counts only, ``unstandardised`` why a row that is compared is not at equal
    lengths: it is then not marked. ``rank`` orders rows by shrunken difference, 1 is the most
    Chinese; None where suppressed.
    """

    dimension: str
    value: str
    label: str
    label_zh: str
    en_works: int
    en_of: int
    zh_works: int
    zh_of: int
    log2: float | None
    low: float | None
    high: float | None
    p: float | None
    marked: bool
    standardised: float | None
    standardised_low: float | None
    standardised_high: float | None
    rank: int | None
    suppressed: Reason | None
    unstandardised: Reason | None


@dataclass(frozen=True, slots=True)
class Month:
    """Works by their first page's date: ``month`` is YYYY-MM, or YYYY where only that is known."""

    month: str
    en: int
    zh: int


@dataclass(frozen=True, slots=True)
class First:
    """First appearance in one language: the earliest dated work, and how far back it may go.

    ``limit`` is the 99 % lower limit of the true first appearance (ISO date), None where open.
    """

    lang: str
    dated: int
    earliest: str
    limit: str | None
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Lag:
    """Years by which English follows Chinese; negative: Chinese follows. ``subject`` is "" for the
    whole topic, else a concept. Open ends are None."""

    subject: str
    label: str
    label_zh: str
    low: float | None
    high: float | None
    en: First | None
    zh: First | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Times:
    """Everything about time. ``window`` are the dates between which the crawl could see."""

    months: tuple[Month, ...]
    undated_en: int
    undated_zh: int
    window_from: str
    window_to: str
    lags: tuple[Lag, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a service claimed for one concept on one day, both languages beside the corpus.

    Totals are None where it gave none or refused; ``en_bound`` and ``zh_bound`` say what kind of
    number each is (``exact``, ``estimate``, ``at_least``, ``none``), ``en_refused`` and
    ``zh_refused`` why there is none.
    """

    service: str
    kind: str
    concept: str
    label: str
    label_zh: str
    day: str
    en_query: str
    zh_query: str
    en_total: int | None
    zh_total: int | None
    en_bound: str
    zh_bound: str
    en_refused: str
    zh_refused: str
    en_works: int
    zh_works: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Effort on one language and kind of source, over all runs."""

    lang: str
    kind: str
    fetches: int
    bytes: int
    pages: int
    on_topic: int


@dataclass(frozen=True, slots=True)
class Change:
    """One concept since the earlier report: works then and now, and what its gap did.

    ``moved`` is ``opened``, ``closed``, ``grew``, ``shrank``, ``turned`` (to the other language) or
    "" (not beyond noise, or there was no gap and is none).
    """

    concept: str
    label: str
    label_zh: str
    en_before: int
    en_now: int
    zh_before: int
    zh_now: int
    moved: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since the report made at ``since``; totals are of works found.

    ``cautions`` say what besides the web may have changed them: ``terms_changed`` (the topic's
    words) and ``hubs_changed``, after which no concept's gap is said to have moved,
    ``terms_unknown`` (the report at ``since`` did not keep its words) and ``sources_changed``.
    """

    since: str
    en_before: int
    en_now: int
    zh_before: int
    zh_now: int
    concepts: tuple[Change, ...]
    cautions: tuple[Reason, ...]

    @property
    def comparable(self) -> bool:
        """Whether works are counted as they were: else no gap is said to have moved."""
        return INCOMPARABLE.isdisjoint(caution.code for caution in self.cautions)


@dataclass(frozen=True, slots=True)
class Gap:
    """All of it. An empty tuple or None: there is no data for that."""

    headline: Headline
    differences: tuple[Difference, ...]
    times: Times
    claims: tuple[Claimed, ...]
    effort: tuple[Spent, ...]
    changes: Changes | None

    def of(self, dimension: str) -> tuple[Difference, ...]:
        """Return the differences of one dimension."""
        return tuple(d for d in self.differences if d.dimension == dimension)
