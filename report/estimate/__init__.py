"""The statistics of the gap: pure functions, no disk, no network, no clock.

In: small frozen dataclasses of numpy arrays (which route found which work, which audit draw was
already in the corpus, what people judged by hand). Out: frozen dataclasses with an estimate, its
interval and what it rests on; or a ``Refused``, which says in both languages why there is none.
Every log ratio is in bits, log2 of Chinese over English, unless a docstring says otherwise.
Chance comes from a ``numpy.random.Generator`` that is passed in.

    audit, split         B1: how many works exist, from an independent audit
    captures, cells      which routes found each work, and the table of that
    chao, loglinear, latent, sizes, envelope, bound    B2 and B3: what can be said without an audit
    prevalence, strata, discoveries    B5: concepts, periods, kinds of site
    clustered            a share of works that lie in sites, for counterparts
    labels               B6: what a classifier gets wrong
    lag                  B7: who wrote of it first
    divergence, keyness  B8: other words for the same thing
    ranking              an order of concepts, by shrinkage
    publish, refused     what may be printed of all that, and the sentences when it may not

The parts are so numbered in the report's section Method (``report/sections/method.py``); each was
checked on simulated webs (``benchmarks/estimators.py``). To add an estimator of size, write a
function from cell counts to sizes and name it in ``sizes.ESTIMATORS``. scipy is used for
quantiles and log-factorials only.
"""
