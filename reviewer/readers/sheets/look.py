"""What would be read of a sheet: the dry look, before anything is reviewed."""

from __future__ import annotations

from reviewer.value import Value


class Table(Value):
    """One table: its columns, those that are read, and how much stands in them.

    `rows` are all that hold anything, below the header; `blank` are those of them with nothing in the columns read,
    `broken` those that cannot be read.
    `words` and `characters` are of the values in the columns read, without headers.
    Columns that share a name have their letter behind it, as `--text-column` takes them: `Purpose (C)`.
    `shared` are lines that most rows share, which are taken for the form's own words.
    """

    name: str
    sheet: str | None = None
    header: tuple[str, ...] = ()
    header_row: int | None = None
    text_columns: tuple[str, ...] = ()
    id_column: str | None = None
    rows: int = 0
    blank: int = 0
    broken: int = 0
    without_id: int = 0
    words: int = 0
    characters: int = 0
    shared: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Look(Value):
    """What a file of sheets holds; `notes` are on what belongs to no table."""

    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Give the rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def words(self) -> int:
        """Give the words in the columns read."""
        return sum(table.words for table in self.tables)

    @property
    def characters(self) -> int:
        """Give the characters in the columns read, in code points."""
        return sum(table.characters for table in self.tables)
