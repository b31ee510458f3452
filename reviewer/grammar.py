"""The grammar of one language, compiled: what negates, quotes, fights, asks and answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.phrases import Span, Vocabulary, compile_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.rule import Language

_MARKS = ("negators", "short_negators", "not_negators", "breakers", "denials_after", "fights", "discusses", "supposes")
_MOST_ANSWER_WORDS = 3


class Grammar:
    """One language's function words, ready to be looked for."""

    def __init__(self, language: Language) -> None:
        """Compile `language`; raises `PhraseError` for a phrase that has no meaning."""
        self.language = language
        self._answers = {True: _word_tuples(language.yes), False: _word_tuples(language.no)}
        self._abbreviations = frozenset(language.abbreviations)
        self.common = frozenset(language.common)

    @cached_property
    def barriers(self) -> frozenset[str]:
        """Single words that a gap in a phrase never skips."""
        phrases = (*self.language.negators, *self.language.short_negators, *self.language.breakers)
        return frozenset(phrase for phrase in phrases if phrase.isalpha())

    @cached_property
    def _marks(self) -> Vocabulary:
        return Vocabulary(compile_phrase(phrase, (name,)) for name in _MARKS for phrase in getattr(self.language, name))

    @cached_property
    def _headings(self) -> Vocabulary:
        return Vocabulary(compile_phrase(phrase, ("denies",)) for phrase in self.language.denying_headings)

    def marks(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Give the spans of words that negate, break, fight, discuss or suppose, under those names."""
        return self._marks.scan(words)

    def denies_what_follows(self, heading: str) -> bool:
        """Tell whether a heading or label such as "out of scope" rules out what stands under it."""
        return bool(self._headings.scan(wording.split(heading)))

    def answer(self, text: str) -> bool | None:
        """Tell whether a text begins with a yes or a no; None if with neither."""
        words = tuple(wording.split(text[:60]))[:_MOST_ANSWER_WORDS]
        for length in range(len(words), 0, -1):
            for answer, known in self._answers.items():
                if words[:length] in known:
                    return answer
        return None

    def is_abbreviation(self, before: str) -> bool:
        """Tell whether the full stop after `before` ends an abbreviation, an initial or a number's sign."""
        last = before.rsplit(maxsplit=1)[-1].strip("(\"'[") if before.strip() else ""
        return last in self._abbreviations or (len(last.rsplit(".", 1)[-1]) == 1 and last[-1:].isalpha())


def _word_tuples(phrases: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(wording.split(phrase)) for phrase in phrases)
