"""The measure of the crawl's cost: Scrapy as it comes, which follows links and keeps nothing.

    python benchmarks/crawl_stock.py LOG START...

Prints the number of pages as its last line. Scrapy's own settings, but for two: it logs as much as
ours does, to a file, and it stays on the hosts of its start addresses.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors.lxmlhtml import LxmlLinkExtractor


class StockSpider(Spider):
    """Follows every link to the hosts it started from."""

    name = "stock"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = {urlsplit(url).netloc for url in self.start_urls}
        self.links = LxmlLinkExtractor(allow_domains=hosts)
        self.pages = 0

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Request]:
        """Yield a request for each link of a page."""
        if isinstance(response, HtmlResponse):
            self.pages += 1
            for link in self.links.extract_links(response):
                yield Request(link.url)


def main() -> None:
    """Crawl from the addresses given and print how many pages there were."""
    log, *start = sys.argv[1:]
    process = CrawlerProcess({"LOG_FILE": log, "LOG_LEVEL": "INFO"})
    crawler = process.create_crawler(StockSpider)
    process.crawl(crawler, start_urls=start)
    process.start()
    assert isinstance(crawler.spider, StockSpider)
    print(crawler.spider.pages)


if __name__ == "__main__":
    main()
