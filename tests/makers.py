"""Small values that many tests stand on: a clause, a policy, a rule, a finding."""

from __future__ import annotations

from datetime import date

from reviewer.citing import cite
from reviewer.policy import Clause, Effect, Needs, Policy, Standing
from reviewer.rule import Cue, Level, Rule
from reviewer.verdict import Finding, FoundBy, Kind, Passage, Quote

NEEDS = {Effect.RESTRICTED: Needs.OVERSIGHT}


# A file of rules with a single one in it.
RULE = """
languages = ["en"]
[[rule]]
id = "scores-people"
use = "social-scoring"
title = "People are scored"
why = "It is forbidden."
false_positives = "Games."
level = "strong"
[[rule.cue]]
sentence = ["score", "people"]
"""


def rule(name: str, *cues: Cue, fought: bool = False) -> Rule:
    """Make a strong English rule of some cues, for a use of its own name."""
    return Rule(
        languages=("en",),
        id=name,
        use=name,
        title=name,
        why="w",
        false_positives="none",
        level=Level.STRONG,
        fought=fought,
        cue=cues,
    )


def clause(
    name: str,
    effect: Effect = Effect.PROHIBITED,
    *,
    standing: Standing = Standing.QUOTED,
    needs: Needs | None = None,
    uses: tuple[str, ...] = (),
) -> Clause:
    """Make a clause with a sentence in every field."""
    return Clause(
        id=name,
        section="Usage restrictions",
        title=name.replace("-", " ").capitalize(),
        text=f"What {name} says.",
        effect=effect,
        needs=needs or NEEDS.get(effect),
        standing=standing,
        source="written for a test",
        uses=uses or (name,),
        question=f"What about {name}?",
        condition=f"Mind {name}.",
        remedy=f"Leave {name} out.",
    )


def policy(*clauses: Clause) -> Policy:
    """Make a policy of these clauses."""
    return Policy(
        name="house",
        version="1",
        title="House rules",
        publisher="The house",
        url="https://house.example/rules",
        retrieved="Written for a test.",
        retrieved_on=date(2026, 11, 1),
        legal_status="None.",
        clauses=clauses,
    )


def located(text: str = "matches faces") -> Quote:
    """Make a quote that stands at the start of its text."""
    return Quote(text=text, start=0, end=len(text), sentence=Passage(text=text, start=0, end=len(text)))


def finding(
    about: Clause, kind: Kind, *, quotes: tuple[Quote, ...] | None = None, found_by: FoundBy = FoundBy.RULES
) -> Finding:
    """Make a finding on a clause, by default with a located quote."""
    return Finding(
        clause=cite(about, policy(about)),
        kind=kind,
        found_by=found_by,
        quotes=(located(),) if quotes is None else quotes,
        rationale="It says so",
        remedy=about.remedy,
    )
