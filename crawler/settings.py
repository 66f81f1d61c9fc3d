"""Scrapy settings that no user would change; the rest comes from the configuration (``addon``).

Nothing runs that runs code, reads files or trusts the network more than a crawl needs: no telnet,
remote control, ``file:`` and ``ftp:`` handlers, cookies, proxies from the environment, unverified
TLS.
"""

BOT_NAME = "duizhao"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
ADDONS = {"crawler.addon.DuizhaoAddon": 0}
ASYNCIO_EVENT_LOOP = None
# The one that also finds hosts of IPv6 alone; the address guard judges both kinds of address.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

SCHEDULER = "crawler.scheduler.FrontierScheduler"
ITEM_PIPELINES = {"crawler.pipelines.StorePipeline": 100}
# What runs is what is named here: Scrapy's own lists are put aside, not added to. It imports every
# class that a list names, also to switch it off, and what a later Scrapy adds to its lists would
# run unasked.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "crawler.middlewares.address.AddressGuard": 0,
    "crawler.progress.Progress": 10,
    "scrapy.extensions.throttle.AutoThrottle": 20,
}
# The store and ``progress`` count what happens; Scrapy's counters, at two dozen a page, are read by
# nobody.
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
# Redirects and retries go through the frontier, where they survive a kill and where every hop
# meets robots.txt, the host's delay and the address guard anew.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.conditional.ConditionalMiddleware": 200,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawler.middlewares.compression.PlainHttpCompressionMiddleware": 590,
    "crawler.middlewares.evidence.EvidenceMiddleware": 950,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
_HTTP = "crawler.download.HeadLimitingHandler"
DOWNLOAD_HANDLERS_BASE = {"http": _HTTP, "https": _HTTP}

DOWNLOAD_DELAY_JITTER = 0.0  # the delay is what a host is promised, not a mean
DOWNLOAD_VERIFY_CERTIFICATES = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
CONCURRENT_ITEMS = 1  # a response is one item; the default of 100 starts a hundred tasks for it
# Bytes of pages that wait for the workers before no more are asked for. By Scrapy's five million
# thousands of small pages wait, and each holds its request, its response and its tasks.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1_000_000
STATS_DUMP = False
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads the spiders' source code at every start
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "en;q=0.9, zh;q=0.9, *;q=0.5",
}
