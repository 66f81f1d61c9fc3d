"""Archives: pages that somebody else has crawled, read as if they had been crawled here.

In: WARC, WET and WACZ files, or CDXJ lists of places in some, on disk or by HTTP range. Out: pages
in the store with their original dates and addresses, route ``archive:NAME``. ``parts`` finds what
is to be read, ``remote`` brings what is far away, ``records`` turns bytes into captures and names
what is damaged, ``response`` undoes HTTP, ``intake`` understands and stores in batches, ``run``
does it all once. Nothing of a page is fetched from the live web here.
"""
