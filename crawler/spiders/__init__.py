"""Spiders: one a route family. ``site`` goes by home pages, links, sitemaps and feeds.

To add one: derive from ``crawler.spiders.base.FrontierSpider`` and yield requests with
``meta={"route": …}`` from ``start``; scheduling, politeness, safety and storage come with it.
"""
