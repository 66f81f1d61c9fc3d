"""The founding experiment: a concept's English and Chinese words, asked on the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from config.model import Topic
from report.counts import Row
from report.gap.model import Claimed, Spent
from store.records import Claim, Effort


def claimed(claims: Sequence[Claim], topic: Topic, concepts: Sequence[Row]) -> tuple[Claimed, ...]:
    """Return one row a service, concept and day, oldest first.

    Where a language was asked in several wordings, the one with the largest claim stands for it:
    the claims of wordings overlap and cannot be added. Queries that are not of a concept, or of a
    concept that the topic no longer has, are left out.
    """
    names = {concept.id: concept for concept in topic.concepts}
    works = {row.value: (row.en.works, row.zh.works) for row in concepts}
    groups: dict[tuple[str, str, str, str], dict[str, list[Claim]]] = defaultdict(dict)
    for claim in claims:
        if claim.concept in names and claim.lang in ("en", "zh"):
            key = (claim.day, claim.service, claim.kind, claim.concept)
            groups[key].setdefault(claim.lang, []).append(claim)
    rows = []
    for (day, service, kind, concept), by in sorted(groups.items()):
        en, zh = (_best(by.get(lang, [])) or NEVER for lang in ("en", "zh"))
        found = works.get(concept, (0, 0))
        rows.append(
            Claimed(
                service=service,
                kind=kind,
                concept=concept,
                label=names[concept].en,
                label_zh=names[concept].zh,
                day=day,
                en_query=en.query,
                zh_query=zh.query,
                en_total=en.total,
                zh_total=zh.total,
                en_bound=en.bound,
                zh_bound=zh.bound,
                en_refused=en.reason,
                zh_refused=zh.reason,
                en_works=found[0],
                zh_works=found[1],
            )
        )
    return tuple(rows)


NEVER = Claim(0, "", "", "", "", "", "", "refused", "not asked", None, "none", 0, 0, "", 0)
"""What stands for a language in which the concept was not asked for that day."""


def _best(claims: Sequence[Claim]) -> Claim | None:
    """Answers before refusals, then the largest claim, then the first asked."""
    order = sorted(claims, key=lambda c: (c.total is None, -(c.total or 0), c.query_id))
    return order[0] if order else None


def spent(effort: Sequence[Effort]) -> tuple[Spent, ...]:
    """Return the effort of all runs by language and kind of source, English first."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 4)
    for row in effort:
        total = sums[row.lang, row.kind]
        for place, value in enumerate((row.fetches, row.bytes, row.pages, row.on_topic)):
            total[place] += value
    order = {"en": 0, "zh": 1, "other": 2, "unknown": 3}
    return tuple(
        Spent(lang, kind, *sums[lang, kind])
        for lang, kind in sorted(sums, key=lambda key: (order.get(key[0], 4), key))
    )
