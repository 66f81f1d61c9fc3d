"""One language's vectors on disk: two matrices, and the manifest that vouches for them.

A commit writes a new folder and then the manifest that names it by its revision, so a reader or a
crash meets the old vectors or the new ones. Like every index they can be made again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from index import manifest as manifests
from index.errors import IndexDamaged
from index.manifest import Manifest
from index.semantic.encoder import MODEL, Encoder, Vectors
from index.semantic.lead import Lead
from index.semantic.matrix import Matrix, empty, load, matrix
from index.semantic.meaning import FOLDER

WHOLE, SENTENCES, DIGESTS = "whole", "sentences", "digests.npy"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The vectors of one language's pages, as of a revision of the store.

    ``whole`` has a row a page, ``sentences`` several; ``digests`` tell of what text a page's are.
    """

    manifest: Manifest
    whole: Matrix = field(default_factory=empty)
    sentences: Matrix = field(default_factory=empty)
    digests: Mapping[int, int] = field(default_factory=dict)

    @property
    def revision(self) -> int:
        """The store's revision that these vectors are at."""
        return self.manifest.revision

    def nearest(self, vector: Vectors, count: int) -> list[int]:
        """Return the url_ids of the pages nearest to a vector, nearest first."""
        likeness = self.whole.likeness(vector)
        first = np.argsort(-likeness, kind="stable")[:count]
        return [int(url_id) for url_id in self.whole.ids[first]]

    def by_sentence(self, vector: Vectors, ids: Iterable[int]) -> list[int]:
        """Return those of these pages that have vectors, by their nearest sentence."""
        rows = self.sentences.of(np.array(sorted(ids), np.int64))
        best: dict[int, float] = {}
        for url_id, like in zip(rows.ids.tolist(), rows.likeness(vector).tolist(), strict=True):
            best[url_id] = max(best.get(url_id, -1.0), like)
        return sorted(best, key=lambda url_id: (-best[url_id], url_id))

    def changed(
        self, new: Mapping[int, Lead], gone: Iterable[int], revision: int, encoder: Encoder
    ) -> Shelf:
        """Return the vectors at a later revision: of these pages new ones, of those none."""
        fresh = {i: lead for i, lead in new.items() if self.digests.get(i) != lead.digest}
        out = np.array(sorted({*gone, *fresh}), np.int64)
        whole = matrix(list(fresh), encoder.encode([lead.whole for lead in fresh.values()]))
        told = [(i, text) for i, lead in fresh.items() for text in lead.sentences]
        sentences = matrix([i for i, _ in told], encoder.encode([text for _, text in told]))
        kept = {i: self.digests[i] for i in self.digests.keys() - out.tolist()}
        return Shelf(
            self.manifest._replace(revision=revision),
            self.whole.replaced(out, whole),
            self.sentences.replaced(out, sentences),
            kept | {i: lead.digest for i, lead in fresh.items()},
        )


def place(root: Path, lang: str) -> Path:
    """Return the folder of one language's vectors; every engine shares them."""
    return root / FOLDER / lang


def new_shelf(lang: str) -> Shelf:
    """Return vectors of no pages."""
    return Shelf(Manifest(lang, MODEL))


def save(root: Path, shelf: Shelf, witness: tuple[int, str] | None) -> Shelf:
    """Write vectors in place of any that are there; ``witness`` is the store's newest run."""
    folder = place(root, shelf.manifest.lang)
    data = _data(folder, shelf.revision)
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    shelf.whole.save(data, WHOLE)
    shelf.sentences.save(data, SENTENCES)
    np.save(data / DIGESTS, np.array(sorted(shelf.digests.items()), np.int64).reshape(-1, 2))
    for path in data.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    files = manifests.digests(data)
    manifest = shelf.manifest._replace(files=files, witness=witness or shelf.manifest.witness)
    manifests.write(folder, manifest)
    for other in folder.iterdir():
        if other.is_dir() and other != data:
            shutil.rmtree(other, ignore_errors=True)
    return replace(shelf, manifest=manifest)


def open_shelf(root: Path, lang: str) -> Shelf | None:
    """Open vectors; None where there are none of this model.

    Raises IndexDamaged when they are not as they were written.
    """
    folder = place(root, lang)
    manifest = manifests.read(folder)
    if manifest is None or (manifest.lang, manifest.engine) != (lang, MODEL):
        return None
    data = _data(folder, manifest.revision)
    try:
        if not manifests.intact(data, manifest):
            raise ValueError("files are damaged")
        digests = np.load(data / DIGESTS).reshape(-1, 2).tolist()
        return Shelf(manifest, load(data, WHOLE), load(data, SENTENCES), dict(digests))
    except (OSError, ValueError, EOFError) as error:
        if manifests.read(folder) != manifest:  # a writer was between our two looks
            return open_shelf(root, lang)
        raise IndexDamaged(f"{folder}: {error}; `duizhao index` makes the vectors anew") from error


def _data(folder: Path, revision: int) -> Path:
    return folder / f"at-{revision}"
