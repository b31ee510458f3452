"""What people decide beside verdicts: appended, never over what was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from reviewer.errors import StoreError
from reviewer.store.entries import sign_off as read
from reviewer.store.runs import lock
from reviewer.store.schema import rows, sign_offs
from reviewer.store.texts import escaped

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reviewer.run import SignOff
    from reviewer.store.line import Line


class People:
    """The decisions of people in a store."""

    def __init__(self, line: Line) -> None:
        """Take the line to the database."""
        self._line = line

    def sign(self, entry: int, sign_off: SignOff) -> bool:
        """Append a decision; False if it is what the same person decided last, whenever that was.

        So a spreadsheet may be read twice, and whoever goes back to an earlier decision is heard.
        Raises `StoreError` where there is no such entry.
        """
        with self._line.transaction() as connection:
            lock(connection)
            if connection.scalar(select(rows.c.id).where(rows.c.id == entry)) is None:
                message = (
                    f"There is no submission #{entry} in the store {self._line.where!r}; it may have been forgotten."
                )
                raise StoreError(message)
            if _last(connection, entry, sign_off.name) == sign_off.model_copy(update={"at": None}):
                return False
            row = {**sign_off.model_dump(), "reason": escaped(sign_off.reason), "name": escaped(sign_off.name)}
            connection.execute(insert(sign_offs).values(entry=entry, **{**row, "decision": sign_off.decision.value}))
            return True


def _last(connection: Connection, entry: int, name: str) -> SignOff | None:
    by_them = (sign_offs.c.entry == entry) & (sign_offs.c.name == escaped(name))
    row = connection.execute(select(sign_offs).where(by_them).order_by(sign_offs.c.id.desc()).limit(1)).first()
    return None if row is None else read(row).model_copy(update={"at": None})
