"""Explained or only mentioned: whether a text says what a concept is.

In: one page's title and text in one language, and the topic's terms. Out: for each concept a
verdict with the passage and the cues it rests on. The way is

    mentions (where the terms are) → passage (what stands around one) → cues (what speaks for an
    explanation) and beside (words that stand there in explanations) → score (weights in
    ``weights.toml``) → verdict (the best passage decides)

To add a cue, add a row to ``cues_en`` or ``cues_zh`` and fit again:
``python benchmarks/explained.py --fit``.
"""
