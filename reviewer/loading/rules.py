"""Rules, concepts, languages and cases on disk to values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from reviewer.errors import PolicyError
from reviewer.loading.packs import uses
from reviewer.loading.tables import entries, rows, table, tables, valid
from reviewer.rule import Case, Concept, Language, Level, Library, Rule, Shows, Stance, Weights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

Fitted = TypeVar("Fitted", Stance, Weights)

_CASE_KINDS = {
    "match": (True, False),
    "no-match": (False, False),
    "todo-match": (True, True),
    "todo-no-match": (False, True),
}


@cache
def library() -> Library:
    """Load the shipped rules, concepts and languages; raises `PolicyError` with every issue."""
    return library_from(uses())


def library_from(folder: Traversable, only: str | None = None) -> Library:
    """Load rules, concepts and languages from `folder`, or those of one language `only`.

    Raises `PolicyError` with every issue.
    """
    issues: list[str] = []
    spoken = [sub for sub in _spoken(folder) if only in {None, sub.name}]
    rules = (*_rules(folder, issues), *(rule for sub in spoken for rule in _rules(sub, issues, sub.name)))
    concepts = tuple(concept for sub in spoken for concept in _concepts(sub, issues))
    known = tuple(value for sub in spoken if (value := _language(sub, issues)))
    weights = tuple(weighed for sub in spoken if (weighed := _fitted(Weights, sub, "weights.toml", issues)))
    stances = tuple(stance for sub in spoken if (stance := _fitted(Stance, sub, "stance.toml", issues)))
    rules = (*rules, *(rule for weighed in weights for rule in _weighed_rules(weighed)))
    if issues:
        message = f"The rules in {str(folder)!r} cannot be used:"
        raise PolicyError(message, issues)
    return Library(concepts=concepts, rules=rules, languages=known, weights=weights, stances=stances)


def own_library(folder: Traversable, only: str | None = None) -> Library:
    """Load the rules that a policy brings itself; they may name shipped concepts, in the shipped languages.

    Raises `PolicyError` with every issue.
    """
    own, shipped = library_from(folder, only), library_from(uses(), only) if only else library()
    return Library(
        concepts=(*shipped.concepts, *own.concepts),
        rules=own.rules,
        languages=(*shipped.languages, *own.languages),
    )


@cache
def languages() -> tuple[str, ...]:
    """Give the languages that the shipped rules read, by their codes of ISO 639-1, sorted."""
    return tuple(folder.name for folder in _spoken(uses()) if (folder / "language.toml").is_file())


@cache
def cases() -> tuple[Case, ...]:
    """Load the cases of the shipped rules; a review has no use for them."""
    return cases_from(uses())


def cases_from(folder: Traversable) -> tuple[Case, ...]:
    """Load the cases in `folder`; raises `PolicyError` with every issue."""
    issues: list[str] = []
    found = tuple(case for spoken in _spoken(folder) for case in _cases(spoken, issues))
    if issues:
        message = f"The cases in {str(folder)!r} cannot be used:"
        raise PolicyError(message, issues)
    return found


@cache
def glossary() -> dict[str, str]:
    """Load what the concepts of the shared rules mean; raises `PolicyError` if it cannot be read."""
    issues: list[str] = []
    found = table(uses() / "glossary.toml", issues)
    if issues:
        raise PolicyError("The glossary of the concepts cannot be used:", issues)
    return found


def _spoken(folder: Traversable) -> list[Traversable]:
    """Give the folders of the languages: every one but that of the shared rules."""
    return [sub for sub in entries(folder) if sub.is_dir() and sub.name != "rules" and sub.name[0].isalpha()]


def _rules(folder: Traversable, issues: list[str], language: str | None = None) -> Iterator[Rule]:
    """Read rules for one language, or for those that the head of each file names."""
    for file, read in tables(folder / "rules", issues):
        named = [language] if language else read.get("languages", ())
        for place, row in enumerate(rows(read.get("rule", []), list, f"{file}: rule", issues)):
            where = f"{file}: rule {row.get('id', place) if isinstance(row, dict) else place!r}"
            made = {"languages": named, **rows(row, dict, where, issues)}
            if value := valid(Rule, made, where, issues):
                yield value


def _concepts(folder: Traversable, issues: list[str]) -> Iterator[Concept]:
    for file, read in tables(folder / "concepts", issues):
        for name, row in read.items():
            where = f"{file}: concept {name!r}"
            made = {**rows(row, dict, where, issues), "id": name, "language": folder.name}
            if value := valid(Concept, made, where, issues):
                yield value


def _language(folder: Traversable, issues: list[str]) -> Language | None:
    file = folder / "language.toml"
    return valid(Language, {**table(file, issues), "id": folder.name}, str(file), issues) if file.is_file() else None


def _fitted(model: type[Fitted], folder: Traversable, name: str, issues: list[str]) -> Fitted | None:
    """Load what was fitted for a language, if anything was."""
    file = folder / name
    if not file.is_file():
        return None
    return valid(model, {**table(file, issues), "language": folder.name}, str(file), issues)


def _weighed_rules(weights: Weights) -> Iterator[Rule]:
    """Give a rule to stand for the weights of each use, so that what they find is cited like what rules find."""
    for use in weights.uses:
        yield Rule(
            id=f"{weights.language}-told-like-{use}",
            use=use,
            languages=(weights.language,),
            title="It is told in words like those of such projects",
            why="Its words together are those in which projects of this kind were described.",
            false_positives="Projects of another kind in the same field; a person reads the sentences that weigh most.",
            level=Level.WEAK,
            shows=Shows.MATTER if use in weights.matters else Shows.BREACH,
            weighed=True,
            fought=True,
        )


def _cases(folder: Traversable, issues: list[str]) -> Iterator[Case]:
    for file, read in tables(folder / "cases", issues):
        for rule, row in read.items():
            for key, texts in rows(row, dict, f"{file}: {rule}", issues).items():
                where = f"{file}: {rule}: {key}"
                if key not in _CASE_KINDS:
                    issues.append(f"{where}: is none of {', '.join(_CASE_KINDS)}")
                    continue
                matches, todo = _CASE_KINDS[key]
                for text in rows(texts, list, where, issues):
                    made = {"rule": rule, "language": folder.name, "text": text, "matches": matches, "todo": todo}
                    if value := valid(Case, made, where, issues):
                        yield value
