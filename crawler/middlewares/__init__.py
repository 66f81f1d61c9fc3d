"""What stands between the crawl and the network, one concern a file.

``robots`` asks before fetching, ``evidence`` keeps the response as it was sent, ``compression``
undoes content encodings within a limit, ``address`` refuses connections to non-public addresses.
To add one: a module here, and its place in ``crawler.settings.DOWNLOADER_MIDDLEWARES``.
"""
