"""What the script of the page reads: an index of all rows, and the details of each in blocks of a hundred."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from markupsafe import Markup

from reviewer import wording
from reviewer.exporters.html import words
from reviewer.exporters.html.account import account
from reviewer.exporters.html.marking import Piece, pieces
from reviewer.exporters.html.shown import everywhere
from reviewer.verdict import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.exporters.html.marking import Mark
    from reviewer.run import Entry
    from reviewer.submission import Submission
    from reviewer.verdict import Verdict

BLOCK = 100
LONGEST_START = 110
_GRAVEST_FIRST = [*(kind.value for kind in Kind), "warning"]


class Rows:
    """Collects the index of the rows while their details go by; the details are not kept."""

    def __init__(self) -> None:
        """Start with no row."""
        self._index: list[object] = []
        self._clauses: dict[str, str] = {}

    def blocks(self, entries: Iterable[Entry]) -> Iterator[Markup]:
        """Give the details of all entries, a block of a hundred at a time, in the order of the input."""
        block: list[object] = []
        for entry in entries:
            self._index.append(self._row(entry))
            block.append(_details(entry))
            if len(block) == BLOCK:
                yield as_json(block)
                block = []
        if block:
            yield as_json(block)

    def index(self) -> Markup:
        """Give a row for each entry that has gone by, and the words for their keys."""
        return as_json(
            {
                "rows": self._index,
                "block": BLOCK,
                "clauses": self._clauses,
                "decisions": words.DECISIONS,
                # A key that is a number would put itself before all others in a script.
                "piles": {f"p{key}": name for key, name in words.PILES.items()},
                "readers": words.READERS,
                "why": {why.value: told for why, told in wording.WHY_NOT_MODEL.items()},
            }
        )

    def _row(self, entry: Entry) -> dict[str, object]:
        hit = _hit(entry.verdict) if entry.verdict else {}
        self._clauses.update(hit)
        row: dict[str, object] = {
            "n": entry.id,
            "name": entry.submission.id or str(entry.submission.source),
            "place": str(entry.submission.source) if entry.submission.id else "",
            "said": start_of(entry.submission),
            "pile": f"p{words.pile(entry)}",
            "decision": words.decision(entry),
            "clauses": list(hit),
            "reader": words.reader(entry),
        }
        if entry.verdict and entry.verdict.why_not_model:
            row["why"] = entry.verdict.why_not_model.value
        if entry.sign_off:
            row["signed"] = words.headline(entry)
        return row


def _hit(verdict: Verdict) -> dict[str, str]:
    """Name the clauses that stand against a text, by what the filter calls them."""
    policies, clauses = verdict.policies, (finding.clause for finding in verdict.findings if finding.is_against)
    return {wording.address(clause, policies): words.clause_title(clause, policies) for clause in clauses}


def start_of(submission: Submission) -> str:
    """Give how the requester's own words begin, on one line."""
    text, at, parts = submission.text, 0, []
    for start, end in [*submission.own_words, (len(text), len(text))]:
        parts.append(text[at:start][: LONGEST_START * 4])
        at = max(at, end)
        if sum(map(len, parts)) > LONGEST_START * 4:
            break
    said = " ".join("\n".join(parts).replace("|", " ").split())
    return said if len(said) <= LONGEST_START else f"{said[:LONGEST_START].rstrip()} ..."


def as_json(value: object) -> Markup:
    """Write a value so that nothing in it can end the script element it stands in."""
    text = json.dumps(everywhere(value), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704  escaped


def _details(entry: Entry) -> dict[str, object]:
    told = account(entry)
    return {
        "head": told.headline,
        "why": told.why,
        "place": str(entry.submission.source),
        "text": [_piece(piece, told.marks) for piece in pieces(entry.submission, told.marks)],
        "none": "" if entry.submission.text else words.NO_LONGER_KEPT if entry.verdict else words.NO_TEXT,
        "sections": _slim(asdict(told)["sections"]),
    }


def _slim(value: object) -> object:
    """Leave out what is empty; most of it is."""
    if isinstance(value, dict):
        return {name: _slim(part) for name, part in value.items() if part not in ("", (), None)}
    return [_slim(part) for part in value] if isinstance(value, (list, tuple)) else value


def _piece(piece: Piece, marks: Sequence[Mark]) -> object:
    if not (piece.marks or piece.hidden or piece.own):
        return piece.text
    about: dict[str, object] = {"text": piece.text}
    if piece.marks:
        about["marks"] = piece.marks
        about["style"] = min((marks[number].style for number in piece.marks), key=_GRAVEST_FIRST.index)
        about["ends"] = [marks[number].label for number in piece.ends]
    if piece.hidden:
        about["hidden"] = piece.hidden if piece.begins else 1
    return about | ({"own": 1} if piece.own else {})
