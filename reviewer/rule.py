"""What a use looks like: concepts, the cues that combine them, and the rules with their proof."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from reviewer.value import Value


def _listed(phrases: object) -> object:
    """Take phrases as a list, or as a text in which commas and line ends separate them."""
    if not isinstance(phrases, str):
        return phrases
    return tuple(phrase for line in phrases.splitlines() for part in line.split(",") if (phrase := part.strip()))


Phrases = Annotated[tuple[str, ...], BeforeValidator(_listed)]


def _weighed(words: object) -> object:
    """Take weights as a table, or as a text of `stem weight` pairs in which commas and line ends separate them."""
    if not isinstance(words, str):
        return words
    pairs = (part.split() for line in words.splitlines() for part in line.split(",") if part.strip())
    return {pair[0]: pair[-1] for pair in pairs}


class Level(StrEnum):
    """How much a rule may do on its own: a strong one can reject, a weak one can only refer."""

    STRONG = "strong"
    WEAK = "weak"


class Shows(StrEnum):
    """What a hit of the rule shows about the use.

    `breach`: the text does it.
    `matter`: the text is about it (for restricted uses).
    `met`: the text meets what the restriction asks for, in these words.
    `states`: the text states a fact that a clause asks for, and says nothing for or against it.
    """

    BREACH = "breach"
    MATTER = "matter"
    MET = "met"
    STATES = "states"


class Status(StrEnum):
    """How settled a rule is."""

    EXPERIMENTAL = "experimental"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Concept(Value):
    """A shared vocabulary in one language: many ways of saying one thing.

    `phrases` are in the phrase language of `reviewer.phrases`;
    `includes` names concepts whose phrases count as well.
    """

    id: str
    language: str
    phrases: Phrases = ()
    includes: tuple[str, ...] = ()


class Cue(Value):
    """Concepts that must meet; `a|b` in a list means either of them.

    `sentence`: in one sentence, which the finding quotes.
    `window`: in that sentence or within two sentences of it.
    `document`: anywhere in the text.
    `unless`: none of these in the sentences that the cue drew on.
    `unless_near`: none of these within two sentences either, as a consent may be told after the fact.
    """

    sentence: tuple[str, ...] = Field(min_length=1)
    window: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """All that the cue names, alternatives unparted."""
        return (*self.sentence, *self.window, *self.document, *self.unless, *self.unless_near)


class Case(Value):
    """A sentence that proves a rule: `matches` says whether the rule must find it.

    A `todo` case is a known miss: it is run, shown and counted, and fails nobody.
    """

    rule: str
    language: str
    text: str
    matches: bool
    todo: bool = False


class Rule(Value):
    """A detector for one use, and what it costs when it is wrong.

    `languages` are those that it is written for; it runs in those of them that cover its use.
    `fought` says that the use is an abuse which projects detect, prevent or study;
    such projects are then left alone.
    `even_discussed` lets words count that stand in talk about rules, or in something only supposed.
    `weighed` rules have no cue: they stand for the weights of a use, which are a language's own.
    """

    id: str
    use: str
    languages: tuple[str, ...] = Field(min_length=1)
    title: str
    why: str
    false_positives: str
    level: Level
    shows: Shows = Shows.BREACH
    status: Status = Status.STABLE
    fought: bool = False
    even_discussed: bool = False
    supersedes: str | None = None
    weighed: bool = False
    cue: tuple[Cue, ...] = ()

    @model_validator(mode="after")
    def _has_something_to_go_by(self) -> Rule:
        if bool(self.cue) is self.weighed:
            raise ValueError("a rule has a cue at least, or is weighed and has none")
        return self

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that a cue of the rule names."""
        items = (item for cue in self.cue for item in cue.items)
        return frozenset(name for item in items for name in item.split("|"))


class Language(Value):
    """The grammar that the context of a hit is read with, in one language.

    `uses` are the uses that the rules look for in it, if not all.
    `reach` is how many words, as they are split, make one: in scripts without blanks a word is one character.
    `question_endings` end a question that needs no mark.
    `common`, `joins`, `subjects`, `verbs`, `before_list`, `abbreviations` and `before_numbers` are single words,
    all others phrases; the folded words of the text are compared with them.
    """

    id: str
    name: str
    uses: Phrases = ()
    reach: int = 1
    question_endings: Phrases = ()
    common: Phrases
    negators: Phrases
    short_negators: Phrases
    not_negators: Phrases
    openers: Phrases
    breakers: Phrases
    joins: Phrases
    subjects: Phrases
    verbs: Phrases
    before_list: Phrases
    denials_after: Phrases
    retractions: Phrases = ()
    denying_headings: Phrases
    fights: Phrases
    discusses: Phrases
    supposes: Phrases
    proposals: Phrases
    yes: Phrases
    no: Phrases
    form_labels: Phrases
    abbreviations: Phrases
    before_numbers: Phrases

    def covers(self, rule: Rule) -> bool:
        """Tell whether a rule is looked for in this language."""
        return self.id in rule.languages and (not self.uses or rule.use in self.uses)


class Scale(Value):
    """How much each stem weighs for one use, in thousandths of a logit; `bias` is what a text without any weighs."""

    bias: int
    words: Annotated[dict[str, int], BeforeValidator(_weighed)]


class Weights(Value):
    """The weights of one language, by use.

    A text weighs the sum of its stems, divided by the square root of how many different ones it has, and the bias;
    from `least` on it is alike. A stem is the first `stem` letters of a folded word.
    `fitted` says on what, and when; `matters` are uses of which it only shows that a text is about them.
    """

    language: str
    fitted: str
    stem: int = Field(ge=3)
    least: int
    matters: tuple[str, ...] = ()
    uses: dict[str, Scale]


class Stance(Value):
    """How much each word of a language weighs for a text that only speaks of a use and proposes none.

    Some sentences weigh the sum of their stems, divided by the square root of how many different ones they have,
    what their `marks` weigh, each as often as it stands there, three times at most, and the `bias`;
    from `least` on they propose nothing.
    A stem is the first `stem` letters of a folded word; all weights are in thousandths of a logit.
    `fitted` says on what, and when.
    """

    language: str
    fitted: str
    stem: int = Field(ge=3)
    least: int
    bias: int
    marks: dict[str, int]
    words: Annotated[dict[str, int], BeforeValidator(_weighed)]


class Library(Value):
    """Every rule with the concepts that it combines, the languages that they are in, and the weights of these."""

    concepts: tuple[Concept, ...]
    rules: tuple[Rule, ...]
    languages: tuple[Language, ...]
    weights: tuple[Weights, ...] = ()
    stances: tuple[Stance, ...] = ()

    def language(self, name: str) -> Language:
        """Give the language that is called `name`; raises `KeyError` if there is none."""
        return {language.id: language for language in self.languages}[name]

    def rules_of(self, language: Language) -> tuple[Rule, ...]:
        """Give the rules that are looked for in a language."""
        return tuple(rule for rule in self.rules if language.covers(rule))
