"""Bytes → Page. Enters: a fetched HTML document and its URL. Leaves: a frozen ``page.model.Page``.

Pure: no network, no clock, and of the disk only the tables that libraries bring, some unpacked once
a user (``kept``). ``page.build.build`` runs the parts in order:

1. ``charset``: bytes → text, decided by how common the characters of each reading are.
2. ``parse``: text → element tree; BeautifulSoup where the fast parser gives up.
3. ``outline``: one walk over the tree → blocks (paragraphs) and the regions that hold them.
   Everything after reads the outline, or the document's head (``meta``, ``links``).
4. ``title``, ``masthead`` → ``dates``, ``origin``: what the page says of itself.
5. ``extract``: which blocks are main text. ``density`` and ``containers`` read Chinese; ``vote``
   (trafilatura) and ``mending`` read other scripts; ``furniture`` knows what goes.
6. ``kind``, ``missing``, ``language`` (``script``, ``latin``), ``fingerprint``: what the text is.

To add an extractor: a function from the outline to block indices, called in ``extract.extract``;
measure it with ``benchmarks/page.py``. To add a date source: a generator of ``Published`` in
``dates._SOURCES``, at its place in the order of trust. To add a content system's container: its
class or id in ``containers``.
"""
