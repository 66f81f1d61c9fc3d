"""One language's index on disk: an engine's files, and the manifest that vouches for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from index import manifest as manifests
from index.engine import Document, Engine, Filters, Hits, Query
from index.engines import open_engine
from index.errors import IndexDamaged, IndexUnusable
from index.manifest import Manifest
from store.model import Reader

DATA = "data"
# What tantivy overwrites in a commit; every other file of an engine is written once.
REPLACED = ("meta.json", ".managed.json")


class Volume:
    """An open index of one language. Made by ``open_volume`` or ``new_volume``."""

    def __init__(self, folder: Path, manifest: Manifest, engine: Engine) -> None:
        self.folder = folder
        self.manifest = manifest
        self.engine = engine

    @property
    def revision(self) -> int:
        """The store's revision that this index is at."""
        return self.manifest.revision

    def write(
        self,
        documents: Iterator[Document] | tuple[()],
        gone: Collection[int],
        revision: int,
        witness: tuple[int, str] | None,
    ) -> None:
        """Replace and remove documents, and be at ``revision``.

        ``witness`` is the store's newest run. Raises IndexUnusable.
        """
        if documents or gone:
            self._save(self.manifest._replace(writing=True))
            try:
                self.engine.write(documents, gone)
            except (OSError, ValueError) as error:
                raise IndexUnusable(f"{self.folder}: cannot be written ({error})") from error
        made = self.manifest._replace(revision=revision, witness=witness or self.manifest.witness)
        if made.writing:
            made = made._replace(files=manifests.digests(self.folder / DATA), writing=False)
        self._save(made)

    def search(self, query: Query, filters: Filters, limit: int) -> Hits:
        """Return the number of matches and the best ``limit``."""
        return self.engine.search(query, filters, limit)

    def ids(self, query: Query, filters: Filters) -> frozenset[int]:
        """Return the url_ids of every match."""
        return self.engine.ids(query, filters)

    def count(self) -> int:
        """Return the number of pages."""
        return self.engine.count()

    def belongs_to(self, store: Reader) -> bool:
        """Return whether this is an index of that store, at one of its revisions."""
        return self.manifest.belongs_to(store)

    def close(self) -> None:
        """Let go of every file."""
        self.engine.close()

    def _save(self, manifest: Manifest) -> None:
        manifests.write(self.folder, manifest)
        self.manifest = manifest


def place(root: Path, lang: str, engine: str) -> Path:
    """Return the folder of one language's index; each engine has its own."""
    return root / lang / engine


def open_volume(root: Path, lang: str, engine: str, *, afresh: bool = False) -> Volume:
    """Open an index. Raises IndexDamaged when it is missing, foreign or not as it was written.

    Files that nobody has touched since they were last read are not read, unless ``afresh``.
    """
    folder = place(root, lang, engine)
    manifest = manifests.read(folder)
    if manifest is None or (manifest.lang, manifest.engine) != (lang, engine):
        raise IndexDamaged(f"{folder}: no index of this version; `duizhao index` makes it")
    while not manifests.intact(folder / DATA, manifest, REPLACED, afresh=afresh):
        # A writer may have begun or ended a commit between our two looks.
        before, manifest = manifest, manifests.read(folder)
        if manifest is None or manifest == before:
            raise IndexDamaged(f"{folder}: files are damaged; `duizhao index` makes them anew")
    return Volume(folder, manifest, open_engine(engine, folder / DATA))


def new_volume(root: Path, lang: str, engine: str) -> Volume:
    """Make an empty index, in place of any that is there. Only its owner may read the folder."""
    from shutil import rmtree  # and with it what unpacks archives

    folder = place(root, lang, engine)
    rmtree(folder, ignore_errors=True)
    (folder / DATA).mkdir(parents=True)
    for private in (root, root / lang, folder, folder / DATA):
        private.chmod(0o700)
    # The engine makes its first files by itself: until then anything may be there.
    manifest = Manifest(lang, engine, writing=True)
    manifests.write(folder, manifest)
    return Volume(folder, manifest, open_engine(engine, folder / DATA))
