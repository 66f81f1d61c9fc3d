"""The subcommands of ``duizhao``: one module a command, each thin.

In: what the command line says. Out: one call into another room, and its answer printed. To add a
command, write a module here and name it in ``cli.COMMANDS``; what it needs of other rooms is
imported inside its functions, so that ``--help`` stays quick. What several commands share is no
command: ``steps`` (crawl, index, report), ``options``, ``label_options`` and ``rows``; nor is
``audit_pool``, the half of ``audit`` that asks a service.
"""
