"""In which languages a page is on topic: the one verdict that the crawl and the report share."""

from __future__ import annotations

from config.names import LANGUAGES
from config.subject import Topic, Verdict
from index.lexicon import Matcher, match_concepts, on_topic
from page.model import Page


class PageJudge:
    """Judges pages by a topic; pickles as the topic alone, so that worker processes can have it."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._match: Matcher | None = None

    def __getstate__(self) -> Topic:
        return self._topic

    def __setstate__(self, topic: Topic) -> None:
        self._topic, self._match = topic, None

    def __call__(self, page: Page) -> Verdict:
        """Return in which languages a page is on topic, each judged on its own text."""
        match = self._match = self._match or match_concepts(self._topic)
        texts = ((lang, page.said_in(lang)) for lang in LANGUAGES)
        named = {lang: match(text, lang) for lang, text in texts if text}
        langs = tuple(lang for lang in named if on_topic(self._topic, named[lang]))
        return Verdict(langs, len(frozenset().union(*named.values())))
