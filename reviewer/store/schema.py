"""The tables as they are now; how they came to be so is in `migrations`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class Utc(TypeDecorator[datetime]):
    """A moment, always in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """Turn a moment into UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """Say that a moment is in UTC."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


metadata = MetaData()

applied = Table(
    "reviewer_migrations",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("applied_at", Utc, nullable=False),
)

# `kind` tells which value the JSON is of: a reply, or a failure.
replies = Table(
    "replies",
    metadata,
    Column("call_digest", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("kept_at", Utc, nullable=False),
)

# Never updated in place: the newest row of a key is the one that holds.
calibrations = Table(
    "calibrations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(128), nullable=False, index=True),
    Column("value", Text, nullable=False),
    Column("kept_at", Utc, nullable=False),
)

# One row: the last number given to a run, a row and a verdict, none of which is given twice, even after a purge;
# and which words are kept. Whoever writes locks it first, so that writers take turns.
state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("runs", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("verdicts", Integer, nullable=False),
    Column("keep", String(16)),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(96), index=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("plan", Text, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("passed_at", Utc, nullable=False),
    Column("ended_at", Utc),
)

# `name` stands for the key, as `texts.name_of` makes it; `key` is the key itself where the name is a digest of it.
# `requester` stands for the submission's own id in the same way. `verdict` is the current one.
# `seen` is the last pass that had the row in its input.
rows = Table(
    "rows",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("name", String(96), nullable=False),
    Column("key", Text),
    Column("requester", String(96), index=True),
    Column("position", Integer, nullable=False),
    Column("submission", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("verdict", Integer),
    Column("error", Text),
    Column("seen", Integer, nullable=False),
    Column("vanished", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("run", "name", name="rows_run_name"),
    UniqueConstraint("verdict", name="rows_verdict"),
    Index("rows_run_position", "run", "position"),
)

# What many verdicts have in common: policy, model, standing conditions. No words of any submission.
shared = Table(
    "shared",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

# Never updated; removed only by a purge.
verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entry", Integer, ForeignKey("rows.id"), nullable=False, index=True),
    Column("review_digest", String(64), nullable=False, index=True),
    Column("decision", String(16), nullable=False),
    Column("tier", SmallInteger, nullable=False),
    Column("decided_by", String(16), nullable=False),
    Column("why_not_model", String(32)),
    Column("shared", String(64), nullable=False),
    Column("value", Text, nullable=False),
    Column("receipt", Text),
    Column("reached_at", Utc, nullable=False),
    Index("verdicts_decision_tier", "decision", "tier"),
)

# Never updated; removed only by a purge.
sign_offs = Table(
    "sign_offs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry", Integer, ForeignKey("rows.id"), nullable=False, index=True),
    Column("decision", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("valid_until", Date),
    Column("at", Utc, nullable=False),
    Column("review_digest", String(64)),
)

# Which calls were made for a row, so that a purge knows whose words a reply repeats.
asked = Table(
    "asked",
    metadata,
    Column("entry", Integer, ForeignKey("rows.id"), primary_key=True, autoincrement=False),
    Column("call_digest", String(64), primary_key=True, index=True),
)
