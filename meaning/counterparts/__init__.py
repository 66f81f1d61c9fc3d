"""Counterparts: which works have one with the same content in the other language, on any site.

In: works of both languages (address, title, text) and vectors of their titles and leads. Out: pairs
with a score and the evidence. The way is

    hints (addresses of one site that differ in the language alone) and
    margin (each other's nearest by meaning, compared with their neighbourhoods) →
    facts (numbers, dates and names on both sides) → pairs

Nothing here opens a store; ``corpus`` takes works out of one, ``meaning.keep`` keeps the vectors.
"""
