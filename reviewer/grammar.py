"""The grammar of one language, compiled: what negates, quotes, fights, asks and answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.filing import index
from reviewer.folding import fold
from reviewer.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.phrases import Span
    from reviewer.rule import Language

_MARKS = (
    "negators",
    "short_negators",
    "not_negators",
    "openers",
    "breakers",
    "denials_after",
    "retractions",
    "fights",
    "discusses",
    "supposes",
)
_NEGATING = frozenset({"negators", "short_negators"})
# What boxes, systems and people of other countries put down; in a sentence they may mean anything.
_WHOLE = {
    **dict.fromkeys(("ja", "oui", "si", "sim", "tak", "\u2713", "\u2714", "\u2611", "\u2612", "[x]", "x"), True),
    **dict.fromkeys(("nee", "nein", "non", "nao", "nie", "nej", "\u2717", "\u2718", "\u2610", "[]", "[ ]"), False),
}
_FIGURES = {"1": True, "0": False}
_MOST_ANSWER_WORDS = 3
_LONGEST_ANSWER = 60
_BEGINNING = 2


class Grammar:
    """One language's function words, ready to be looked for."""

    def __init__(self, language: Language) -> None:
        """Compile `language`; raises `PhraseError` for a phrase that has no meaning."""
        self.language = language
        self._answers = {True: _word_tuples(language.yes), False: _word_tuples(language.no)}
        self._question_endings = tuple(_folded(language.question_endings))
        self._answers_begin = {words[0] for known in self._answers.values() for words in known}
        self._form_labels = _folded(language.form_labels)
        self._abbreviations = _folded(language.abbreviations)
        self._before_numbers = _folded(language.before_numbers)
        self.common = _folded(language.common)
        self.before_list = _folded(language.before_list)
        self.joins = _folded(language.joins)
        self.subjects = _folded(language.subjects)
        self.verbs = _folded(language.verbs)

    @cached_property
    def barriers(self) -> frozenset[str]:
        """Single words that a gap in a phrase never skips."""
        phrases = (*self.language.negators, *self.language.short_negators, *self.language.breakers)
        return frozenset(word for word in _folded(phrases) if word.isalpha())

    @cached_property
    def _marks(self) -> Vocabulary:
        return Vocabulary(index((phrase, (name,)) for name in _MARKS for phrase in getattr(self.language, name)))

    @cached_property
    def _headings(self) -> Vocabulary:
        return Vocabulary(index((phrase, ("denies",)) for phrase in self.language.denying_headings))

    @cached_property
    def _proposals(self) -> Vocabulary:
        return Vocabulary(index((phrase, ("proposes",)) for phrase in self.language.proposals))

    def marks(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Give the spans of words that negate, break, fight, discuss or suppose, under those names, in order.

        What only seems to negate is left out.
        """
        found = self._marks.scan(words)
        marks = {name: found.spans(name) for name in found.names}
        seeming = {at for start, end in marks.pop("not_negators", ()) for at in range(start, end)}
        for name in _NEGATING & marks.keys() if seeming else ():
            marks[name] = [span for span in marks[name] if span[0] not in seeming]
        return marks

    def denies_what_follows(self, heading: str) -> bool:
        """Tell whether a heading or label such as "out of scope" rules out what stands under it.

        The denial begins or ends it: "not included in phase 1", but not "people who were never arrested last year".
        """
        words = wording.split(heading)
        spans = self._headings.scan(words).spans("denies")
        return any(start <= _BEGINNING or end >= len(words) - 1 for start, end in spans)

    def proposes(self, question: str) -> bool:
        """Tell whether a question begins as a proposal does: "can we", "could you"."""
        words = wording.split(question[:_LONGEST_ANSWER])
        return any(span[0] == 0 for span in self._proposals.scan(words).spans("proposes"))

    def ends_a_question(self, sentence: str) -> bool:
        """Tell whether a sentence asks by its last words, without a mark."""
        return sentence.rstrip(" .\u3002\u300d\"'").endswith(self._question_endings or ("\0",))

    def answer(self, text: str) -> bool | None:
        """Tell whether a text begins with a yes or a no; None if with neither, or with both to choose from."""
        words = tuple(wording.split(text[:_LONGEST_ANSWER]))[: _MOST_ANSWER_WORDS + 1]
        if not words or words[0] not in self._answers_begin:
            return None
        if all(any((word,) in known for word in words[:2]) for known in self._answers.values()):
            return None
        for length in range(min(len(words), _MOST_ANSWER_WORDS), 0, -1):
            for answer, known in self._answers.items():
                if words[:length] in known:
                    return answer
        return None

    def whole_answer(self, text: str, *, figures: bool = False) -> bool | None:
        """Tell whether the whole of an answer says yes or no in any language that forms come in, or by a mark.

        A bare 1 or 0 counts only with `figures`: elsewhere it numbers a page or an item.
        """
        if len(text) > _LONGEST_ANSWER:
            return None
        whole = text.strip(" \t\n.!|")
        found = _WHOLE.get(whole)
        return _FIGURES.get(whole) if found is None and figures else found

    def is_only_answer(self, text: str) -> bool:
        """Tell whether a text is a yes or a no and nothing else."""
        return any(tuple(wording.split(text[:_LONGEST_ANSWER])) in known for known in self._answers.values())

    def is_form_label(self, label: str) -> bool:
        """Tell whether a label only says that a question or an answer follows."""
        return " ".join(wording.split(label)) in self._form_labels

    def is_abbreviation(self, before: str, after: str) -> bool:
        """Tell whether the full stop between `before` and `after` ends an abbreviation or an initial."""
        last = before.rsplit(maxsplit=1)[-1].strip("(\"'[") if before.strip() else ""
        if last in self._before_numbers:
            return after.lstrip()[:1].isdigit()
        return last in self._abbreviations or (len(last.rsplit(".", 1)[-1]) == 1 and last[-1:].isalpha())


def _folded(phrases: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(phrase).text for phrase in phrases)


def _word_tuples(phrases: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(wording.split(phrase)) for phrase in _folded(phrases))
