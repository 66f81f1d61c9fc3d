"""The web page: the search, both languages side by side, in a browser on this machine.

In: HTTP requests on loopback. Out: HTML that runs nothing, loads nothing from elsewhere and works
without a pointer; the raw responses as plain text. It reads the store and asks the index; all it
ever writes is the index, which it brings up to date.

A request is let in by ``guard``, read by ``asking``, answered by ``app`` with what ``desk`` opens,
and drawn from ``templates/`` by ``render``. To add a page, add its address to ``app.PLACES``, a
method that answers it, a template, and its words in both languages to ``words``.
"""
