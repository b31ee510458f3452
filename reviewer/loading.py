"""Packs on disk to values, every issue at once with its file and key.

A pack is looked up among the shipped ones as `name` or `name@version`,
or read from a file where the address has a path separator or ends in `.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from reviewer.errors import PolicyError, SettingsError
from reviewer.policy import Policy
from reviewer.rule import Case, Concept, Language, Library, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from reviewer.calibrating import Control
    from reviewer.call import Prompts

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R", dict[str, Any], list[Any])

DEFAULT_POLICY = "microsoft-ai-services"
_USES = "_uses"
_PROMPTS = {"system": "review.system.md", "user": "review.user.md", "repair": "repair.user.md"}
_CASE_KINDS = {
    "match": (True, False),
    "no-match": (False, False),
    "todo-match": (True, True),
    "todo-no-match": (False, True),
}


def prompts() -> Prompts:
    """Load the prompts: those of the wheel, else those of the checkout that an editable install runs from."""
    shipped = resources.files("reviewer") / "_shipped" / "prompts"
    folder = shipped if shipped.is_dir() else Path(__file__).resolve().parent.parent / "prompts"
    return prompts_from(folder)


def prompts_from(folder: Traversable) -> Prompts:
    """Load the prompts in `folder`; raises `SettingsError` if one is missing."""
    from reviewer.call import Prompts

    try:
        return Prompts(**{name: (folder / file).read_text(encoding="utf-8") for name, file in _PROMPTS.items()})
    except (OSError, UnicodeDecodeError) as error:
        message = f"The prompts in {str(folder)!r} cannot be read: {error}; install the package again."
        raise SettingsError(message) from error


@cache
def controls(language: str = "en") -> tuple[Control, ...]:
    """Load the control texts that a model is calibrated with; raises `PolicyError` with every issue."""
    from reviewer.calibrating import Control

    issues: list[str] = []
    file = packs() / "_controls" / f"{language}.toml"
    rows = _rows(_table(file, issues).get("control", []), list, f"{file}: control", issues)
    read = [_valid(Control, row, f"{file}: control {place}", issues) for place, row in enumerate(rows)]
    if issues:
        message = f"The control texts in {str(file)!r} cannot be used:"
        raise PolicyError(message, issues)
    return tuple(control for control in read if control)


def packs() -> Traversable:
    """Give the folder of the shipped packs."""
    return resources.files("reviewer") / "packs"


def uses() -> Traversable:
    """Give the folder of the shipped rules, concepts, languages and cases."""
    return packs() / _USES


@cache
def policies() -> tuple[str, ...]:
    """Give the shipped policies as `name@version`, sorted."""
    folders = (folder for folder in packs().iterdir() if folder.is_dir() and not folder.name.startswith("_"))
    return tuple(
        sorted(
            f"{folder.name}@{file.name.removesuffix('.toml')}"
            for folder in folders
            for file in folder.iterdir()
            if file.name.endswith(".toml")
        )
    )


@cache
def policy(address: str = DEFAULT_POLICY) -> Policy:
    """Load a policy; raises `SettingsError` for an unknown one, `PolicyError` for a broken one."""
    if "/" in address or "\\" in address or address.endswith(".toml"):
        return _policy_from(Path(address))
    known = [shipped for shipped in policies() if shipped == address or shipped.split("@")[0] == address]
    if not known:
        message = f"There is no policy {address!r}; shipped are {', '.join(policies())}; a file is named by its path."
        raise SettingsError(message)
    name, version = known[-1].split("@")
    return _policy_from(packs() / name / f"{version}.toml")


def _policy_from(file: Traversable) -> Policy:
    issues: list[str] = []
    value = _valid(Policy, _table(file, issues), str(file), issues)
    if value is None:
        message = f"The policy {str(file)!r} cannot be used:"
        raise PolicyError(message, issues)
    return value


@cache
def library() -> Library:
    """Load the shipped rules, concepts and languages; raises `PolicyError` with every issue."""
    return library_from(uses())


def library_from(folder: Traversable) -> Library:
    """Load rules, concepts and languages from `folder`; raises `PolicyError` with every issue."""
    issues: list[str] = []
    rules = tuple(_rules(folder, issues))
    concepts = tuple(concept for language in _languages(folder) for concept in _concepts(language, issues))
    languages = tuple(value for language in _languages(folder) if (value := _language(language, issues)))
    if issues:
        message = f"The rules in {str(folder)!r} cannot be used:"
        raise PolicyError(message, issues)
    return Library(concepts=concepts, rules=rules, languages=languages)


@cache
def cases() -> tuple[Case, ...]:
    """Load the cases of the shipped rules; a review has no use for them."""
    return cases_from(uses())


def cases_from(folder: Traversable) -> tuple[Case, ...]:
    """Load the cases in `folder`; raises `PolicyError` with every issue."""
    issues: list[str] = []
    found = tuple(case for language in _languages(folder) for case in _cases(language, issues))
    if issues:
        message = f"The cases in {str(folder)!r} cannot be used:"
        raise PolicyError(message, issues)
    return found


def _languages(folder: Traversable) -> list[Traversable]:
    return [sub for sub in _sorted(folder) if sub.is_dir() and (sub / "language.toml").is_file()]


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []


def _tables(folder: Traversable, issues: list[str]) -> Iterator[tuple[Traversable, dict[str, Any]]]:
    for file in _sorted(folder):
        if file.name.endswith(".toml"):
            yield file, _table(file, issues)


def _table(file: Traversable, issues: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        issues.append(f"{file}: cannot be read: {error.strerror or error}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        issues.append(f"{file}: is no TOML: {error}")
    return {}


def _rules(folder: Traversable, issues: list[str]) -> Iterator[Rule]:
    for file, table in _tables(folder / "rules", issues):
        for place, row in enumerate(_rows(table.get("rule", []), list, f"{file}: rule", issues)):
            name = row.get("id", place) if isinstance(row, dict) else place
            if value := _valid(Rule, row, f"{file}: rule {name!r}", issues):
                yield value


def _concepts(folder: Traversable, issues: list[str]) -> Iterator[Concept]:
    for file, table in _tables(folder / "concepts", issues):
        for name, row in table.items():
            where = f"{file}: concept {name!r}"
            made = {**_rows(row, dict, where, issues), "id": name, "language": folder.name}
            if value := _valid(Concept, made, where, issues):
                yield value


def _language(folder: Traversable, issues: list[str]) -> Language | None:
    file = folder / "language.toml"
    return _valid(Language, {**_table(file, issues), "id": folder.name}, str(file), issues)


def _cases(folder: Traversable, issues: list[str]) -> Iterator[Case]:
    for file, table in _tables(folder / "cases", issues):
        for rule, row in table.items():
            for key, texts in _rows(row, dict, f"{file}: {rule}", issues).items():
                where = f"{file}: {rule}: {key}"
                if key not in _CASE_KINDS:
                    issues.append(f"{where}: is none of {', '.join(_CASE_KINDS)}")
                    continue
                matches, todo = _CASE_KINDS[key]
                for text in _rows(texts, list, where, issues):
                    made = {"rule": rule, "language": folder.name, "text": text, "matches": matches, "todo": todo}
                    if value := _valid(Case, made, where, issues):
                        yield value


def _rows(value: Any, kind: type[R], where: str, issues: list[str]) -> R:  # noqa: ANN401  whatever TOML holds
    """Give `value` if it is of `kind`, or an empty one and an issue."""
    if isinstance(value, kind):
        return value
    issues.append(f"{where}: is a {type(value).__name__}, but must be a {kind.__name__}")
    return kind()


def _valid(kind: type[T], row: object, where: str, issues: list[str]) -> T | None:
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        issues += [f"{where}: {'.'.join(map(str, issue['loc']))}: {issue['msg']}" for issue in error.errors()]
        return None
