from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from page.kept import Tables, kept
from page.langid import identifier
from tests.damage import put_anew


class Maker:
    """Makes two tables, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Tables:
        self.times += 1
        return {"a": np.arange(12, dtype=np.uint16).reshape(3, 4), "b": np.array(["x", "文"])}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "duizhao"


def asked(make: Maker, version: str = "1") -> list[object]:
    return [array.tolist() for array in kept("t", version, ("a", "b"), make).values()]


def test_tables_are_made_once(cache: Path) -> None:
    make = Maker()
    first = asked(make)
    assert asked(make) == first == [[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]], ["x", "文"]]
    assert make.times == 1


def homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_who_has_no_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    make = Maker()
    assert asked(make) == asked(make)
    assert make.times == 2


def test_another_version_is_made_anew(cache: Path) -> None:
    make = Maker()
    asked(make)
    asked(make, "2")
    assert make.times == 2


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "gone"])
def test_damage_is_noticed_and_mended(cache: Path, damage: str) -> None:
    make = Maker()
    first, path = asked(make), cache / "t-a.npy"
    data = bytearray(path.read_bytes())
    data[130] ^= 1
    put_anew(path, {"flip": bytes(data), "cut": bytes(data[:90])}.get(damage, b""))
    if damage == "gone":
        path.unlink()
    assert asked(make) == first
    assert asked(make) == first
    assert make.times == 2


def test_where_nothing_can_be_written_they_are_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    make = Maker()
    assert asked(make) == asked(make)
    assert make.times == 2


def test_the_kept_model_says_what_the_library_says(cache: Path) -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    theirs = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    theirs.set_languages([lang for lang in theirs.labels if lang != "zh"])
    texts = (
        "Le bureau a annoncé lundi que les formulaires sont en ligne.",
        "Die Formulare sind ab Montag im Netz.",
        "Portal mobil digital forum",
        "Формуляры доступны",
        "...",
        "",
    )
    for ours in (identifier(("zh",)), identifier(("zh",))):  # made, then read
        assert [ours.classify(text) for text in texts] == [theirs.classify(t) for t in texts]
