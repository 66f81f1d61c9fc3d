"""Works and reprints: who is first, and that nothing gets lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.works import Candidate, place
from tests.report_store import cluster

EARLY, LATE = "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"

# Two pages of one work; which of them is first, and why.
FIRST = [
    (("2020-01-01", LATE, 2), ("2021-01-01", EARLY, 1), "the earlier date"),
    (("2020", LATE, 2), ("2020-06-01", EARLY, 1), "a year counts as its first day"),
    (("2020-01-01", LATE, 2), ("", EARLY, 1), "a date before none"),
    (("2020-01-01", EARLY, 2), ("2020-01-01", LATE, 1), "the earlier fetched"),
    (("", EARLY, 1), ("", EARLY, 2), "the lower id"),
]


@pytest.mark.parametrize(("first", "other", "why"), FIRST, ids=[case[2] for case in FIRST])
def test_the_first_page_of_a_work(
    first: tuple[str, str, int], other: tuple[str, str, int], why: str
) -> None:
    one, two = Candidate(*first, b"x"), Candidate(*other, b"x")
    assert [p.reprint for p in place([one, two], cluster)] == [False, True]
    assert [p.reprint for p in place([two, one], cluster)] == [True, False]


def test_pages_without_a_sketch_are_works_of_their_own() -> None:
    asked: list[Sequence[bytes]] = []

    def watching(sketches: Sequence[bytes]) -> list[int]:
        asked.append(sketches)
        return cluster(sketches)

    pages = [Candidate("", EARLY, i, sketch) for i, sketch in enumerate([b"", b"x", b"", b"x"])]
    assert [tuple(p) for p in place(pages, watching)] == [
        (1, False),
        (2, False),
        (3, False),
        (2, True),
    ]
    assert asked == [[b"x", b"x"]]


def test_a_clustering_that_forgets_an_item_is_refused() -> None:
    with pytest.raises(ValueError):
        place([Candidate("", EARLY, 1, b"x")], lambda sketches: [])


candidates = st.builds(
    Candidate,
    date=st.sampled_from(["", "2019", "2020-01", "2020-01-02"]),
    fetched_at=st.sampled_from([EARLY, LATE]),
    url_id=st.integers(1, 99),
    sketch=st.sampled_from([b"", b"a", b"b", b"c"]),
)


@given(st.lists(candidates, max_size=30))
def test_every_work_has_exactly_one_first_page(pages: list[Candidate]) -> None:
    places = place(pages, cluster)
    works = [p.work for p in places]
    assert list(dict.fromkeys(works)) == list(range(1, len(set(works)) + 1))
    assert sorted(p.work for p in places if not p.reprint) == sorted(set(works))
