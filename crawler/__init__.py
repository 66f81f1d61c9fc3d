"""The crawler: a Scrapy project that turns sources into pages in the store.

In: a ``config.model.Config``. Out: rows in the store and raw responses in WARC files. A URL goes
``scope`` (is it ours?) → the store's frontier → ``scheduler`` (a lease becomes a request) →
``middlewares`` (robots, evidence, compression, address guard) → ``spiders`` (a response becomes
one item, pages understood by ``extraction`` in worker processes) → ``pipelines`` (one transaction).

Search services (``search``), lists (``lists``) and archives (``archive``) are further routes into
the same frontier; docs/ROUTES.md has their policy.

To add a route of discovery, add a spider beside ``spiders.site``; to add a rule for what may be
fetched, add a middleware and a reason in ``outcomes``.
"""
