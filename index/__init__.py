"""The index: what the store holds, made searchable, one index a language.

In: pages from the store, by rising revision. Out: hits for a query, the spans of a text that
match it, and the topic's concepts found in a text. An index is disposable: `index.build` catches
up with the store or starts anew, and anything that looks damaged or foreign is made again.

A text becomes tokens in `analysis/` (one short module a language), a query string becomes a tree
in `query`, the topic's words are put into it by `lexicon`, and an engine answers it. To add a
language, write an analyzer and name it in `analysis.ANALYZERS`; to add an engine, write a class
with the five methods of `engine.Engine` and name it in `engines.ENGINES`. The contract tests run
over both tables.
"""
