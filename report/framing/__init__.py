"""Meaning: how each language speaks of a concept, as far as it can be compared at all.

In: the sentences that name a concept. Out: the words around it in one inventory (English words, and
what CC-CEDICT makes of Chinese ones), their log ratio with a site jackknife, a divergence with its
null, and examples. Without a measured recall of the word list nothing is claimed
(B8): ``duizhao label lexicon`` measures it.
"""
