"""The configuration: what is measured, where it is looked for, and how far a crawl may go.

In: TOML files (the shipped ``default.toml``, ``sources.toml`` and ``topics/*.toml``, a user's file
that overrides any part of them) and options of the command line. Out: one frozen ``Config``
(``config.model``), or a ``ConfigError`` that names file and line of everything that is wrong.
Nothing is contacted. ``config.load`` is the way in; ``config.describe`` prints what was understood.

To add a topic, write ``topics/NAME.toml``: ``id``, ``en``, ``zh`` and a ``[[concept]]`` table for
each idea, with its terms in both languages; then ``topic = "NAME"`` finds it. To add a source, add
a ``[[source]]`` table to ``sources.toml``. To add a setting, add it to ``config.model.Crawl``, to
``config.crawl.FIELDS`` with its range, and to ``default.toml`` with its reason.
"""
