"""A run as JSON Lines for programs: one object a line, in the order of the input.

Each has these keys, and all of them:

- `run` and `number`: the store's numbers of the run and of the entry (integers); people write the latter as `#12`
- `position` and `key`: its place in the input, and what names it from one pass to the next
- `id`: what the requester's side calls it, or null
- `source`: where it stands, such as `{"file": "intake.csv", "row": 7}`
- `fields`: its row in the input under the headings; of two columns with one name the second is `name (2)`
- `verdict`: the whole verdict, as `reviewer.exporters.schema` describes it, or null where there is none
- `error`: why it could not be read, or null; where `verdict` is null, too, it was not reached yet
- `at`: when the verdict was reached (ISO 8601 with zone), or null
- `sign_offs`: what people decided, the newest last
- `vanished`: whether the input has it no more
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from reviewer.exporters.table import fields

if TYPE_CHECKING:
    from reviewer.exporters.writing import Entries
    from reviewer.run import Entry, Run


def write(file: TextIO, run: Run, entries: Entries) -> None:
    """Write the run, entry by entry."""
    file.writelines(f"{_line(run, entry)}\n" for entry in entries())


def _line(run: Run, entry: Entry) -> str:
    told = {
        "run": run.id,
        "number": entry.id,
        "position": entry.position,
        "key": entry.key,
        "id": entry.submission.id,
        "source": entry.submission.source.model_dump(mode="json", exclude_none=True),
        "fields": fields(entry),
        "verdict": entry.verdict.model_dump(mode="json") if entry.verdict else None,
        "error": entry.error,
        "at": entry.at.isoformat() if entry.at else None,
        "sign_offs": [signed.model_dump(mode="json") for signed in entry.sign_offs],
        "vanished": entry.vanished,
    }
    return json.dumps(told, ensure_ascii=False)
