"""A sorted file answers as the dict it was made of, and no other file is taken for it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dictionary import Dictionary, dictionary
from index.lookup import Lookup
from tests.damage import put_anew

TEXT = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), max_size=6)
KEY = TEXT.filter(lambda text: not any(c < "\t" for c in text))


@settings(max_examples=100, deadline=None)
@given(pairs=st.dictionaries(KEY, TEXT), asked=st.lists(TEXT))
def test_it_answers_as_a_dict(pairs: dict[str, str], asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "pairs"
        made = Lookup.make(path, "v 1", pairs.items())
        opened = Lookup.open(path, "v 1")
        assert opened
        for key in [*pairs, *asked]:
            assert made.find(key) == opened.find(key) == pairs.get(key)


def test_no_other_file_is_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "pairs"
    assert Lookup.open(path, "v 1") is None
    Lookup.make(path, "v 1", [("数据", "data"), ("=datum", "数据")])
    assert Lookup.open(path, "v 2") is None
    whole = path.read_bytes()
    for harmed in (b"", b"\n", whole[:-3], whole.replace(b"data", b"date"), b"\x00" * 100):
        put_anew(path, harmed)
        assert Lookup.open(path, "v 1") is None


@pytest.mark.parametrize("damage", ["damaged", "not to be written"])
def test_the_dictionary_is_made_anew(damage: str, tmp_path: Path) -> None:
    if damage == "damaged":
        (tmp_path / "cedict").write_text("cedict 1 nonsense")
    if damage == "not to be written":
        (tmp_path / "cedict").mkdir()
    made = Dictionary(tmp_path)
    assert made.to_chinese("invoice") == dictionary().to_chinese("invoice")
    assert made.words_in("数据安全") == dictionary().words_in("数据安全")
    assert [path.name for path in tmp_path.iterdir()] == ["cedict"]
