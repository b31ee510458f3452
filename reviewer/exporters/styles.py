"""How the workbook of a run looks; whatever a colour says stands in words, too."""

from __future__ import annotations

from typing import Final

from reviewer import wording
from reviewer.spreadsheet import Column
from reviewer.verdict import Decision

HEIGHT = 60  # points: four lines; the whole of a long text is in the cell
INPUT_WIDTH = 24  # characters
PLAIN: Final = "plain"
ID, PROJECT = "Id", "Project"  # columns of the sheet `To do` alone

WIDTHS: dict[str, int] = {
    ID: 16,
    PROJECT: 40,
    Column.NUMBER: 9,
    Column.DECISION: 18,
    Column.TIER: 20,
    Column.WHY: 50,
    Column.CLAUSES: 36,
    Column.QUOTES: 60,
    Column.QUESTIONS: 50,
    Column.CONDITIONS: 40,
    Column.REMEDY: 40,
    Column.WARNINGS: 40,
    Column.COST: 10,
    Column.YOUR_DECISION: 16,
    Column.REASON: 40,
    Column.VALID_UNTIL: 13,
    Column.VERDICT: 4,
}

COLOURS = {
    wording.DECISIONS[Decision.REJECT]: "reject",
    wording.DECISIONS[Decision.REFER]: "refer",
    wording.DECISIONS[Decision.APPROVE]: "approve",
    wording.UNREADABLE: "error",
}

_CELL: dict[str, object] = {"text_wrap": True, "valign": "top"}
_BASE: dict[str, dict[str, object]] = {
    PLAIN: _CELL,
    "title": {"bold": True, "font_size": 14},
    "note": {},  # runs on over the empty cells beside it
    "head": {**_CELL, "bold": True, "bg_color": "#E7ECF3", "bottom": 1},
    "reject": {**_CELL, "bold": True, "bg_color": "#F8D7DA", "font_color": "#6E1220"},
    "refer": {**_CELL, "bg_color": "#FFF1CC", "font_color": "#5C4300"},
    "approve": {**_CELL, "bg_color": "#D9F0DF", "font_color": "#14532D"},
    "error": {**_CELL, "italic": True, "bg_color": "#E5E5E5", "font_color": "#333333"},
}
STYLES: dict[str, dict[str, object]] = {
    **_BASE,
    **{f"{name} formula": {**style, "quote_prefix": True} for name, style in _BASE.items()},
    "date": {**_CELL, "num_format": "yyyy-mm-dd"},
    "cost": {**_CELL, "num_format": "0.0000"},
    "link": {"font_color": "#0B5394", "underline": 1},
}
