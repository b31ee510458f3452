"""A model's claims held against the text: each quote located and read in context, each kind kept as far as it bears.

A breach needs words that stand in the text and are asserted there, and so does a requirement that is met;
without them the claim is only a question to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from reviewer.citing import GRAVEST_FIRST, gravity, merged
from reviewer.masking import recounted
from reviewer.policy import Effect
from reviewer.quoting import locate_parts
from reviewer.verdict import Context, Finding, FoundBy, Kind, Reason, Warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.policy import Clause
    from reviewer.reading import Reading
    from reviewer.submission import Submission
    from reviewer.verdict import ClauseRef, Quote
    from reviewer.wire import WireFinding, WireReply

LONGEST_REMARK = 600
FEWEST_WORDS = 2
FEWEST_WORDS_OF_A_PASS = 4

MOST_ADDRESSED = 5

_ADDRESSED = "The text addresses the reviewer, as the model saw; a reader of it obeys nothing that it says."


@dataclass(frozen=True)
class Ground:
    """What claims are held against: the text and the clauses.

    `shown` is what the model saw: the text as `given`, or with some of it masked by as many characters.
    `reading` is of `shown`; `fought` has the clauses whose matter projects also detect, prevent or study.
    """

    given: Submission
    shown: Submission
    reading: Reading
    clauses: Mapping[str, Clause]
    refs: Mapping[str, ClauseRef]
    fought: frozenset[str]

    def locate(self, words: str, clause: str = "") -> tuple[Quote, ...]:
        """Find words in the text, a quote for each sentence that they run over, and quote what was masked in them."""
        fought = clause in self.fought
        if self.shown is self.given:
            return locate_parts(words, self.given, self.reading, fought=fought)
        quotes = locate_parts(recounted(words, self.shown.text), self.shown, self.reading, fought=fought)
        return tuple(_unmasked(quote, self.given.text) for quote in quotes)


@dataclass(frozen=True)
class Claim:
    """What a model says of one clause, with its words located; `asserted` are those that can carry a breach."""

    said: WireFinding
    clause: Clause
    located: tuple[Quote, ...]
    lost: tuple[Quote, ...]
    asserted: tuple[Quote, ...]

    @classmethod
    def of(cls, said: WireFinding, ground: Ground) -> Claim:
        """Locate every quote of a finding."""
        parts = [ground.locate(words, said.clause) for words in said.quotes if words.strip()]
        located = tuple(quote for quotes in parts for quote in quotes if quote.start is not None)
        lost = tuple(quote for quotes in parts for quote in quotes if quote.start is None)
        asserted = tuple(quote for quotes in parts if _bears(quotes) for quote in quotes)
        return cls(said, ground.clauses[said.clause], located, lost, asserted)


def claims(reply: WireReply, ground: Ground) -> tuple[Claim, ...]:
    """Locate the quotes of all findings."""
    return tuple(Claim.of(said, ground) for said in reply.findings)


def lost_words(found: Iterable[Claim]) -> tuple[str, ...]:
    """Give an error for each claim that depends on words of which none stands in the text."""
    return tuple(
        f"the finding on {claim.clause.id!r}: these words do not stand in the description: {quote.text[:200]!r}"
        for claim in found
        if claim.said.kind in {Kind.FAIL, Kind.PASS} and not claim.located
        for quote in claim.lost
    )


def findings(found: Iterable[Claim], refs: Mapping[str, ClauseRef]) -> tuple[Finding, ...]:
    """Give one finding a clause, the gravest claim on it speaking, in the order of the policy."""
    order = {name: place for place, name in enumerate(refs)}
    borne = [(claim, kind) for claim in found if (kind := _kind(claim))]
    borne.sort(key=lambda pair: order[pair[0].clause.id])
    by_clause = (list(group) for _, group in groupby(borne, key=lambda pair: pair[0].clause.id))
    made = (_finding(group, refs[group[0][0].clause.id]) for group in by_clause)
    return tuple(sorted(made, key=gravity))


def addressed(replies: Iterable[WireReply], ground: Ground) -> Iterator[Warning]:
    """Warn of words that a model saw addressed to itself, as far as they stand in the text."""
    words = (words for reply in replies for words in reply.addressed_to_reviewer[:MOST_ADDRESSED])
    quotes = merged(quote for said in words for quote in ground.locate(said) if quote.start is not None)
    if quotes:
        yield Warning(reason=Reason.INSTRUCTIONS_TO_REVIEWER, text=_ADDRESSED, quotes=quotes)


def _unmasked(quote: Quote, text: str) -> Quote:
    if quote.start is None or quote.end is None:
        return quote
    told = quote.sentence
    sentence = told.model_copy(update={"text": text[told.start : told.end]}) if told else None
    return quote.model_copy(update={"text": text[quote.start : quote.end], "sentence": sentence})


def _bears(quotes: tuple[Quote, ...]) -> bool:
    """Tell whether words can carry a breach: more than one, all of them asserted, whatever sentences they run over."""
    asserted = all(quote.start is not None and quote.context is Context.ASSERTED for quote in quotes)
    return asserted and sum(len(quote.text.split()) for quote in quotes) >= FEWEST_WORDS


def _tells(quotes: tuple[Quote, ...]) -> bool:
    """Tell whether any words are enough to say that a requirement is met, which two or three hardly are."""
    return any(len(quote.text.split()) >= FEWEST_WORDS_OF_A_PASS for quote in quotes)


def _kind(claim: Claim) -> Kind | None:
    """Give what is left of a claim, or None if nothing is."""
    said, required = claim.said.kind, claim.clause.effect is Effect.REQUIRED
    if said is Kind.FAIL:
        return Kind.FAIL if claim.asserted or not claim.located else Kind.REVIEW
    if said is Kind.REVIEW:
        return Kind.REVIEW if claim.located or not required else None
    if said is Kind.PASS and claim.clause.effect is not Effect.PROHIBITED:
        return Kind.PASS if _tells(claim.asserted) else None if required else Kind.REVIEW
    return None


def _finding(group: list[tuple[Claim, Kind]], ref: ClauseRef) -> Finding:
    claim, kind = min(group, key=lambda pair: GRAVEST_FIRST.index(pair[1]))
    same = [other for other, its_kind in group if its_kind is kind]
    return Finding(
        clause=ref,
        kind=kind,
        found_by=FoundBy.MODEL,
        quotes=_shown(same, kind),
        rationale=(_remark(claim.said.reasoning) or "The model gives no reason").rstrip("."),
        question=_remark(claim.said.question) if kind is not Kind.PASS else None,
        condition=_remark(claim.said.condition) if kind is not Kind.FAIL else None,
        remedy=None if kind is Kind.PASS else claim.clause.remedy,
    )


def _shown(same: list[Claim], kind: Kind) -> tuple[Quote, ...]:
    """Show the words that carry a breach or a pass, else those that stand somewhere, else those that stand nowhere."""
    bearing = [quote for claim in same for quote in claim.asserted] if kind is not Kind.REVIEW else []
    return merged(bearing or [quote for claim in same for quote in claim.located or claim.lost])


def _remark(text: str | None) -> str | None:
    """Keep a model's words short; None where it has none."""
    told = " ".join((text or "").split())
    return f"{told[:LONGEST_REMARK]}..." if len(told) > LONGEST_REMARK else told or None
