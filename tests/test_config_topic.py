"""Topic files: every kind of mistake, with its line and advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.configuring import TOPIC, problems, write

TOPIC_ERRORS = [
    ('["绿茶"]', "[]", 9, "zh_terms is empty"),
    ('["绿茶"]', '[" "]', 9, "is empty"),
    ('["绿茶"]', '["……"]', 9, "has no letter"),
    ('["green tea"]', '["绿茶"]', 8, "'绿茶' is Chinese; move it to zh_terms"),
    ("core = true", "core = false", 4, "no concept has core = true"),
    ("core = true", 'core = "yes"', 11, "'yes' is neither true nor false"),
    ("core = true", "cores = true", 11, "did you mean 'core'?"),
    ("core = true", f"core = true\n{TOPIC[TOPIC.index('[[') :]}", 13, "is another concept's"),
    (
        "core = true",
        'core = true\n[[concept]]\nid = "b"\nen = "B"\nzh = "B"\nmeaning = "B"\n'
        'en_terms = ["b"]\nzh_terms = [\n"乙",\n"绿茶"]\n',
        20,
        "'绿茶' is also a term of 'green-tea'",
    ),
    ('en = "Tea"\n', "", 1, "'en' is missing"),
    (TOPIC[TOPIC.index("[[") :], "", 1, "'concept' is missing"),
    (TOPIC[TOPIC.index("[[") :], "concept = []", 4, "holds no tables"),
    (TOPIC[TOPIC.index("[[") :], "concept = [1]", 4, "1 stands where a table should"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), TOPIC_ERRORS)
def test_mistakes_in_a_topic(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in TOPIC
    path = write(tmp_path, TOPIC.replace(old, new, 1), "tea.toml")
    found = problems(None, topic=str(path))
    assert any(each.startswith(f"{path}:{line}: ") and message in each for each in found), found
