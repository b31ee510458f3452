"""Which columns of a sheet are read: told by the operator, or left to be found."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from reviewer.errors import SettingsError
from reviewer.value import Value

if TYPE_CHECKING:
    from pathlib import Path


class Template(Value):
    """What an operator knows of a sheet; what is left out is found by the reader itself.

    Columns are named as in the header (`Purpose`), by letter (`C`), or by both where two share a name (`Purpose (C)`).
    `leave_out` are columns that are not to be found by the reader, such as a former decision.
    `sheets` are the sheets of a workbook that are read; without any, all are.
    `header_row` is the row of the header as a spreadsheet counts, from 1; 0 says that there is none.
    """

    text_columns: tuple[str, ...] = ()
    id_column: str | None = None
    leave_out: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    header_row: int | None = Field(default=None, ge=0)

    @classmethod
    def load(cls, path: Path) -> Template:
        """Read the `[sheet]` table of a TOML file; raises `SettingsError` with the file and the key."""
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            message = f"The template {str(path)!r} cannot be read: {reason}."
            raise SettingsError(message) from error
        _refuse_others(table, path)
        try:
            return cls.model_validate(table["sheet"])
        except ValidationError as error:
            raise SettingsError(_told(error, path)) from error


def _refuse_others(table: dict[str, object], path: Path) -> None:
    if others := sorted(table.keys() - {"sheet"}):
        message = f"{path}: {others[0]!r} is no key of a template; put what it says into the table '[sheet]'."
        raise SettingsError(message)
    if "sheet" not in table:
        message = f"{path}: the table '[sheet]' is missing; put 'text_columns = [\"Purpose\"]' and the like under it."
        raise SettingsError(message)


def _told(error: ValidationError, path: Path) -> str:
    issue = error.errors()[0]
    key = ".".join(["sheet", *(str(part) for part in issue["loc"])])
    if issue["type"] == "extra_forbidden":
        return f"{path}: {key!r} is no key of a template; it knows {', '.join(Template.model_fields)}."
    return f"{path}: {key!r} is {issue['input']!r}; {issue['msg'][0].lower()}{issue['msg'][1:]}."
