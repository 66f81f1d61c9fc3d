"""Search services: the topic's terms asked in both languages, what they find and what they claim.

In: a ``config.model.Search``. Out: found URLs in the frontier (route ``search:NAME``) and one row
a query in the store (``store.claims``). ``plan`` pairs the queries, a service (``services``) turns
a query into a request and an answer into a ``Reply``, ``client`` fetches through Scrapy, ``desk``
asks one service after its own delay and keeps what came, ``trial`` asks once for a person to see,
``pool`` asks a service that was kept aside all that an audit draws from, and keeps nothing itself.

To add a service: its entry in ``config.services``, a module in ``services`` with its two functions,
its name in ``services.MODULES``, and its row in the tests' contract. What an answer says is data:
no service's words decide anything but which addresses are looked at.
"""
