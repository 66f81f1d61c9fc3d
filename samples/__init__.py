"""A small bilingual web of our own writing, served on loopback by the demo and the tests.

What enters: the texts and page frames below ``content/``, one folder a site (``site.toml``: what
the site is and how it behaves; ``articles.toml``: what it says; ``theme.html``: how it looks).
What leaves: ``samples.serve.serve()``, which serves every site on a port of its own, and
``samples.truth.pages()``, which says what a correct crawl has to find. All organisations, places
and people are invented. To add a site, add a folder; to add an article, add a table to
``articles.toml`` (see ``samples.model.Article``).
"""
