"""What the rules see in a text: each of its languages is read with rules of its own.

A text is read in the language that it is in, and lines in another language with the rules of that one.
Where no rules know its language they still look, in English, and what they see puts a clause in question at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import tongues
from reviewer.rule import Shows
from reviewer.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reviewer.matching import Detection, Matcher, Scan
    from reviewer.reading import Reading
    from reviewer.rule import Language
    from reviewer.submission import Submission
    from reviewer.verdict import Quote


@dataclass(frozen=True)
class Rules:
    """The rules in all their languages; those of one language are compiled when they are asked for the first time.

    The first of its `matchers` has the shipped rules, the others those that a policy brings itself;
    its `supporters` say more of what was found: that a restriction is met, that a fact is stated.
    `digest` names them all.
    """

    languages: frozenset[str]
    digest: str
    matchers: Callable[[str], tuple[Matcher, ...]]
    supporters: Callable[[str], tuple[Matcher, ...]]

    def scan(self, submission: Submission) -> Scans:
        """Look for the concepts of all languages that a text is in."""
        text = Text.of(submission)
        language = text.tongue if text.tongue in self.languages else tongues.ENGLISH
        first, *own = self.matchers(language)
        scan = first.scan(text)
        further = tuple(name for name in text.further_tongues if name in self.languages and name != language)
        return Scans(
            (scan, *(matcher.scan(text, scan.reading) for matcher in own)),
            tuple((name, matcher.scan(text)) for name in further for matcher in self.matchers(name)),
            is_covered=text.tongue in self.languages,
            supporters=lambda: self.supporters(language),
        )


@dataclass(frozen=True)
class Scans:
    """One text as the rules of its language see it, and as those of other languages see lines of it.

    `is_covered` is whether there are rules for its language; `supporters` are tried where something was found.
    """

    main: tuple[Scan, ...]
    further: tuple[tuple[str, Scan], ...]
    is_covered: bool
    supporters: Callable[[], tuple[Matcher, ...]]

    @property
    def text(self) -> Text:
        """What was read."""
        return self.main[0].text

    @property
    def reading(self) -> Reading:
        """The text as its own language reads it."""
        return self.main[0].reading

    @property
    def language(self) -> Language:
        """The language that it was read in."""
        return self.reading.grammar.language

    @property
    def facts(self) -> frozenset[str]:
        """The facts that the rules of its language can see stated."""
        rules = (rule for matcher in self.supporters() for rule in matcher.rules)
        return frozenset(rule.use for rule in rules if rule.shows is Shows.STATES)

    def may_be_about(self, uses: Iterable[str]) -> bool:
        """Tell whether the text may be about any of some uses: it has the words for one, or no rule can tell."""
        scans = (*self.main, *(scan for _, scan in self.further))
        return not self.is_covered or any(scan.may_be_about(use) for use in uses for scan in scans)

    def detections(self) -> tuple[Detection, ...]:
        """Give the rules that hit, those of the text's own language first, and then what says more of that."""
        found = (
            *(hit for scan in self.main for hit in scan.detections()),
            *(hit for name, scan in self.further for hit in _in_tongue(scan.detections(), name)),
        )
        more = (matcher.scan(self.text, self.reading) for matcher in self.supporters()) if found else ()
        return (*found, *(hit for scan in more for hit in scan.detections()))


def _in_tongue(detections: tuple[Detection, ...], tongue: str) -> Iterator[Detection]:
    """Keep what stands in sentences of that language, for words of one mean something else in another."""
    for found in detections:
        if quotes := tuple(quote for quote in found.quotes if _speaks(quote, tongue)):
            yield found.with_quotes(quotes)


def _speaks(quote: Quote, tongue: str) -> bool:
    sentence = quote.sentence.text if quote.sentence else quote.text
    return tongues.of_sentence(sentence) in {tongue, None}
