"""A page's own styles: which declarations hold for an element.

Seen are inline styles, and rules of the page's `<style>` whose selectors are tags, classes, ids and chains of these.
Not seen are external style sheets, scripts, and rules under other selectors or under conditions such as the width of a
screen; `unfollowed` counts those of the last kind that hide something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

MOST_CHECKS = 1_000_000
# More conditions within one another than any style sheet has.
MOST_NESTED = 20
IMPORTANT = "!important"

_RELEVANT = re.compile(
    r"display|visibility|opacity|filter|font(?:-size)?|color|background(?:-color|-image|-clip)?|position|left|right|top"
    r"|bottom|margin(?:-left|-top)?|text-indent|transform|clip(?:-path)?|overflow(?:-[xy])?|(?:max-)?(?:width|height)"
    r"|content-visibility|-webkit-(?:background-clip|text-fill-color)"
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_BRACE = re.compile(r"([{}])")
_CONDITIONLESS = re.compile(r"@media\s+(?:all|screen|only screen)(?:\s*,\s*(?:all|screen|print))*|@layer\b[^{}]*")
_COMPOUND = re.compile(r"(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_MOST_CODE_POINT = 0x10FFFF

_HIDING = (("display", "none"), ("visibility", "hidden"), ("opacity", "0"), ("font-size", "0"))

Weight = tuple[int, int, int, int]


class Compound(NamedTuple):
    """What an element must be: `p.note#first`."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]

    def fits(self, element: _Element) -> bool:
        """Tell whether the element is such a one."""
        if self.tag not in {"*", element.tag}:
            return False
        return self.ids <= {element.get("id", "")} and self.classes <= set(element.get("class", "").split())


class Rule(NamedTuple):
    """Declarations, and the chain of compounds, from the element upwards, each with what joins it to the last."""

    weight: Weight
    compound: Compound
    above: tuple[tuple[str, Compound], ...]
    declarations: dict[str, str]


class Styles:
    """The rules of one page."""

    def __init__(self, sheets: Iterable[str], source: str, most_checks: int = MOST_CHECKS) -> None:
        """Take the texts of the page's `<style>` elements, in order; errors name `source`.

        `most_checks` is how many comparisons of rules and elements the page may take.
        """
        self._source, self._most_checks = source, most_checks
        self.unfollowed = 0
        self._by_key: dict[str, list[Rule]] = {}
        self._known: dict[tuple[str, str, str], list[Rule]] = {}
        self._checks = 0
        for number, (selector, declared) in enumerate(rule for sheet in sheets for rule in self._rules(sheet)):
            self._take(selector, declared, number)

    def of(self, element: _Element) -> dict[str, str]:
        """Give what is declared for an element, its own style last; raises `TooLarge` for an endless page."""
        held = [(rule.weight, rule.declarations) for rule in self._fitting(element) if self._holds(rule, element)]
        if inline := element.get("style"):
            held.append(((1, 0, 0, 0), declarations(inline)))
        self._spend(len(held))
        return _cascade(held) if held else {}

    def _fitting(self, element: _Element) -> list[Rule]:
        """Give the rules that fit an element wherever it stands; most elements of a page are alike."""
        if not self._by_key:
            return []
        kind = (str(element.tag), element.get("id", ""), element.get("class", ""))
        if kind not in self._known:
            found = [rule for key in _keys(element) for rule in self._by_key.get(key, ())]
            self._spend(len(found))
            self._known[kind] = [rule for rule in found if rule.compound.fits(element)]
        return self._known[kind]

    def _holds(self, rule: Rule, element: _Element) -> bool:
        """Tell whether an element that fits stands where the rule wants it."""
        found = {element}
        for joint, compound in rule.above:
            over = {up for below in found for up in _over(below, joint)}
            self._spend(len(over))
            found = {up for up in over if compound.fits(up)}
        return bool(found)

    def _spend(self, checks: int) -> None:
        self._checks += checks
        if self._checks > self._most_checks:
            most = f"{self._most_checks:,}"
            message = f"its styles take more than the limit of {most} comparisons; save it as text or as a PDF."
            raise TooLarge(message, source=self._source)

    def _rules(self, sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
        for conditions, selectors, body in _blocks(_COMMENT.sub(" ", sheet)):
            declared = {name: value for name, value in declarations(body).items() if _RELEVANT.fullmatch(name)}
            if not declared or selectors.startswith("@"):
                continue
            if all(map(_CONDITIONLESS.fullmatch, conditions)):
                yield from ((selector, declared) for selector in selectors.split(","))
            elif not any(condition.startswith("@media print") for condition in conditions):
                self.unfollowed += _hides(declared)

    def _take(self, selector: str, declared: dict[str, str], number: int) -> None:
        chain = _chain(selector)
        if chain is None:
            self.unfollowed += _hides(declared)
            return
        compounds = [compound for _, compound in chain]
        weight = (
            0,
            sum(len(compound.ids) for compound in compounds),
            sum(len(compound.classes) for compound in compounds) * 1_000 + sum(one.tag != "*" for one in compounds),
            number,
        )
        joints = [joint for joint, _ in chain[:-1]]
        rule = Rule(weight, compounds[0], tuple(zip(joints, compounds[1:], strict=True)), declared)
        self._by_key.setdefault(_key(rule.compound), []).append(rule)


def declarations(text: str) -> dict[str, str]:
    """Read `name: value; ...`, in lower case; an important value stays marked, and later ones do not undo it."""
    declared: dict[str, str] = {}
    for part in _ESCAPE.sub(_unescaped, _COMMENT.sub(" ", text)).lower().split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip(), value.strip()
        if colon and value and (IMPORTANT in value or IMPORTANT not in declared.get(name, "")):
            declared[name] = value
    return declared


def _hides(declared: dict[str, str]) -> bool:
    return any(declared.get(name, "").startswith(value) for name, value in _HIDING)


def _cascade(held: list[tuple[Weight, dict[str, str]]]) -> dict[str, str]:
    """Let the weightier declaration win, and any important one before those that are not."""
    held.sort(key=lambda one: one[0])
    plain = {name: value for _, declared in held for name, value in declared.items()}
    important = {name: value for _, one in held for name, value in one.items() if IMPORTANT in value}
    return {name: value.replace(IMPORTANT, "").strip() for name, value in {**plain, **important}.items()}


def _blocks(css: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Give each block that holds declarations: what it lies in, its head, its body."""
    heads: list[str] = []
    last = ""
    for piece in _BRACE.split(css):
        if piece == "{":
            head = last.rpartition(";")[2].strip()
            heads.append(" ".join(head.lower().split()) if head.startswith("@") else head)
        elif piece == "}" and heads:
            within = heads.pop()
            yield tuple(heads[:MOST_NESTED]), within, last
        last = piece if piece not in {"{", "}"} else ""


def _chain(selector: str) -> list[tuple[str, Compound]] | None:
    """Read a selector from its end; each compound with the joint to the one above it, None for what is not followed."""
    chain: list[tuple[str, Compound]] = []
    joint = ""
    for part in reversed(selector.replace(">", " > ").split()):
        if part == ">":
            joint = ">"
            continue
        found = _COMPOUND.fullmatch(part)
        if found is None:
            return None
        if chain:
            chain[-1] = (joint or " ", chain[-1][1])
        chain.append(("", _compound(found)))
        joint = ""
    return chain if chain and not joint else None


def _compound(found: re.Match[str]) -> Compound:
    names = re.findall(r"[.#][^.#]+", found[2])
    ids = frozenset(name[1:] for name in names if name.startswith("#"))
    classes = frozenset(name[1:] for name in names if name.startswith("."))
    return Compound((found[1] or "*").lower(), ids, classes)


def _key(compound: Compound) -> str:
    """Name the list in which a rule is looked for, the rarest name first."""
    if compound.ids:
        return "#" + min(compound.ids)
    return "." + min(compound.classes) if compound.classes else compound.tag


def _keys(element: _Element) -> Iterator[str]:
    yield from ("*", str(element.tag), "#" + element.get("id", ""))
    yield from {"." + name for name in element.get("class", "").split()}


def _over(element: _Element, joint: str) -> Iterator[_Element]:
    if joint != ">":
        yield from element.iterancestors()
    elif (parent := element.getparent()) is not None:
        yield parent


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        code = int(found[1], 16)
        return chr(code) if 0 < code <= _MOST_CODE_POINT else ""
    return found[2]
