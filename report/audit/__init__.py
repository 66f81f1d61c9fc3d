"""The audit: an independent sample, to learn how much of what exists the corpus has.

In: a frame that was not used for discovery (``frame``: a list of URLs, or rows of an index;
``pool``: what a service that was kept aside finds for a pool of queries). Out:
draws with known weights (``draws``, a plain file), and after the crawler has fetched them into a
store of the audit's own, for each language which of those on topic the corpus already had
(``match``), works compared with works. ``report.estimate.audit`` makes an estimate of that.

The audit's store is a folder of its own below the data folder. Nothing in it is a discovery: no
count of the corpus, no route and no index ever reads it.
"""
