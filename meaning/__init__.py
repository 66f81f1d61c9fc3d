"""What the works say: which explain a concept, which have a counterpart, which words are missing.

In: stored pages and the topic. Out: verdicts that show their reason (``explained``), pairs of
works across the languages (``counterparts``), terms that the topic file lacks (``suggest``). What
is expensive is kept beside the indexes (``keep``), by the hash of the text, and can be deleted at
any time. To add one more such question, give it a package here that opens nothing, and a command.
"""
