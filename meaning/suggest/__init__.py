"""Terms that the topic file lacks: found beside its own, in texts of either language.

In: pages and the topic. Out: proposals with counts and examples, as TOML. The way is

    near (lines that name the topic, and their neighbours) → words_zh / phrases_en (what may be a
    term there) → candidates (counted) → rank (more on topic than off it, like the topic's terms)
    → group (wordings of one thing, in both languages) → toml

Chinese needs no segmenter: a string is a word where its characters keep together and what stands
around it varies. To propose for another language, add a module beside ``words_zh``.
"""
