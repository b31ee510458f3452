"""The texts to measure on: the free-text columns of an inventory, or the labelled descriptions."""

from __future__ import annotations

import csv
import json
from pathlib import Path

DESCRIPTIONS = Path(__file__).resolve().parent.parent / "fixtures" / "descriptions"
FREE_TEXT = ("use_case_name", "problem_solved", "benefits", "system_outputs")


def labelled(name: str = "*") -> list[dict[str, object]]:
    """Give the labelled descriptions of the files that `name` fits, a row each."""
    files = sorted(DESCRIPTIONS.glob(f"{name}.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def texts(inventory: Path | None = None) -> list[str]:
    """Give the descriptions of a CSV file in the columns of the 2025 federal inventory, or the labelled English."""
    if inventory is None:
        return [str(row["text"]) for row in labelled() if row.get("language", "en") == "en"]
    with inventory.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [" \n".join(row[key] for key in FREE_TEXT if row.get(key)) for row in csv.DictReader(file)]
    return [row for row in rows if row.strip()]
