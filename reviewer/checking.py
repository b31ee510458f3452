"""Lint the packs like code, one by one and then as a set; and run every rule's cases."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reviewer.errors import PhraseError, PolicyError
from reviewer.matching import Matcher
from reviewer.phrases import parse
from reviewer.policy import Changed, Effect, Standing
from reviewer.rule import Case
from reviewer.rulebook import rulebook
from reviewer.submission import Submission
from reviewer.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.policy import Clause, Policy
    from reviewer.rule import Library
    from reviewer.rulebook import Part, Rulebook

FEWEST_CASES = 2


class Issue(Value):
    """Something wrong with a pack; `where` names the thing, `text` says what and how to cure it."""

    where: str
    text: str

    def __str__(self) -> str:
        """Read as `where: text`."""
        return f"{self.where}: {self.text}"


class CaseResult(Value):
    """A case and what came of it."""

    case: Case
    matched: bool

    @property
    def holds(self) -> bool:
        """Whether the rule did what the case says."""
        return self.matched == self.case.matches


def run_cases(library: Library, cases: Iterable[Case]) -> Iterator[CaseResult]:
    """Run each case through the rules of its language; a rule must find it, or must not."""
    matchers = {language: matcher(library, language) for language in sorted({case.language for case in cases})}
    for case in cases:
        detections = matchers[case.language].match(Submission.of(case.text))
        yield CaseResult(case=case, matched=case.rule in {detection.rule.id for detection in detections})


def matcher(library: Library, language: str) -> Matcher:
    """Compile the rules of `library` with the words of one language.

    Raises `PolicyError` with every issue if they do not work together.
    """
    return Matcher(sound_rulebook(library, language))


def sound_rulebook(library: Library, language: str, part: Part | None = None) -> Rulebook:
    """File the phrases of one language; raises `PolicyError` with every issue if they do not work together."""
    try:
        return rulebook(library, language, part)
    except (PhraseError, KeyError) as error:
        message = "The rules do not work together:"
        raise PolicyError(message, check_structure(library)) from error


def check_library(library: Library, cases: Sequence[Case]) -> tuple[Issue, ...]:
    """Give everything wrong with rules, concepts, languages and cases."""
    return (*check_structure(library), *_case_issues(library, cases))


def check_structure(library: Library) -> tuple[Issue, ...]:
    """Give what keeps rules, concepts and languages from working together."""
    return (
        *_repeated("rule", (rule.id for rule in library.rules)),
        *_repeated("concept", (f"{concept.language}/{concept.id}" for concept in library.concepts)),
        *_phrase_issues(library),
        *_concept_issues(library),
    )


def check_policy(policy: Policy, library: Library) -> tuple[Issue, ...]:
    """Give everything wrong with a policy's clauses, and the uses that no rule knows."""
    uses = {rule.use for rule in library.rules}
    return (
        *_repeated("clause", (clause.id for clause in policy.clauses)),
        *(issue for clause in policy.clauses for issue in _clause_issues(clause, uses)),
        *(issue for clause in policy.clauses for issue in _fact_issues(clause, policy)),
        *_change_issues(policy),
    )


def check_glossary(library: Library, glossary: Mapping[str, str]) -> tuple[Issue, ...]:
    """Give the concepts of shared rules that nobody explains, and explanations that no rule asks for."""
    named = {name for rule in library.rules if len(rule.languages) > 1 for name in rule.concepts}
    told = {
        "is not explained; say what it means.": named - glossary.keys(),
        "is named by no shared rule; remove it.": glossary.keys() - named,
    }
    found = ((name, text) for text, names in told.items() for name in sorted(names))
    return tuple(Issue(where=f"glossary, {name!r}", text=text) for name, text in found)


def _repeated(kind: str, names: Iterable[str]) -> Iterator[Issue]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Issue(where=f"{kind} {name!r}", text=f"stands {count} times; give each its own id.")


def _phrase_issues(library: Library) -> Iterator[Issue]:
    for concept in library.concepts:
        for phrase in concept.phrases:
            yield from _compile_issue(f"concept '{concept.language}/{concept.id}'", phrase)
    for language in library.languages:
        for field, value in language:
            if isinstance(value, tuple):
                for phrase in value:
                    yield from _compile_issue(f"language {language.id!r}, {field}", phrase)


def _compile_issue(where: str, phrase: str) -> Iterator[Issue]:
    try:
        parse(phrase)
    except PhraseError as error:
        yield Issue(where=where, text=str(error))


def _concept_issues(library: Library) -> Iterator[Issue]:
    for language in library.languages:
        known = {concept.id for concept in library.concepts if concept.language == language.id}
        used = {name for rule in library.rules_of(language) for name in rule.concepts}
        own = (concept for concept in library.concepts if concept.language == language.id)
        included = {name for concept in own for name in concept.includes}
        for name in sorted((used | included) - known):
            yield Issue(
                where=f"concept {name!r}", text=f"is named by a rule or a concept, but {language.id!r} lacks it."
            )
        for name in sorted(known - used - included):
            yield Issue(where=f"concept '{language.id}/{name}'", text="is used by no rule; remove it or use it.")


def _case_issues(library: Library, cases: Sequence[Case]) -> Iterator[Issue]:
    rules = {rule.id for rule in library.rules}
    counts = Counter((case.rule, case.language, case.matches) for case in cases if not case.todo)
    for rule in sorted({case.rule for case in cases} - rules):
        yield Issue(where=f"cases of {rule!r}", text="no rule has this id.")
    for language in library.languages:
        for rule in sorted(rule.id for rule in library.rules_of(language) if not rule.weighed):
            for matches, kind in ((True, "match"), (False, "no-match")):
                if (count := counts[rule, language.id, matches]) < FEWEST_CASES:
                    text = f"has {count} {kind} cases in {language.id!r}; write at least {FEWEST_CASES}."
                    yield Issue(where=f"rule {rule!r}", text=text)


def _clause_issues(clause: Clause, uses: set[str]) -> Iterator[Issue]:
    where = f"clause {clause.id!r}"
    for use in sorted(clause.named_uses):
        if use not in uses:
            yield Issue(where=where, text=f"names the use {use!r}, which no rule is about.")
    if (clause.effect is Effect.RESTRICTED) != (clause.needs is not None):
        yield Issue(where=where, text="`needs` belongs to restricted clauses, and to all of them.")
    if clause.effect is not Effect.PROHIBITED and not clause.condition:
        yield Issue(where=where, text="lacks a `condition`: what is an approval tied to?")
    if clause.effect is Effect.RESTRICTED and not clause.question:
        yield Issue(where=where, text="lacks a `question`: what must the requester say?")
    for field in ("text", "source", "remedy"):
        if not getattr(clause, field).strip():
            yield Issue(where=where, text=f"has an empty `{field}`; say it.")


def _fact_issues(clause: Clause, policy: Policy) -> Iterator[Issue]:
    """Whoever cites a published clause says where its text was read, and when."""
    if clause.standing is Standing.OWN:
        return
    where = f"clause {clause.id!r}"
    if not (clause.source_url or policy.url).startswith(("https://", "http://")):
        yield Issue(where=where, text="lacks the address of its page; give `source_url`, or the policy's `url`.")
    if not (clause.retrieved_on or policy.retrieved_on):
        yield Issue(where=where, text="lacks the day on which it was read; give `retrieved_on`.")


def _change_issues(policy: Policy) -> Iterator[Issue]:
    for change in policy.changes:
        is_known = change.clause in policy.by_id
        if is_known is (change.kind is Changed.REMOVED):
            text = "is a clause still" if is_known else "is no clause of this version"
            yield Issue(where=f"change of {change.clause!r} since {change.since!r}", text=f"{text}; mend `kind` or id.")
