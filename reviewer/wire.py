"""The form that a model answers in: plain, so that every endpoint can hold a model to it.

No defaults, dicts, tuples, unions other than with null, or constraints; evidence and reasoning before the outcome.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from reviewer.verdict import Decision, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable


_TELLING = {"default", "description", "title"}


class WireFinding(BaseModel):
    """What a model says of one clause; `clause` must be an id of the policy, which the schema lists."""

    model_config = ConfigDict(extra="ignore")

    clause: str
    quotes: list[str]
    reasoning: str
    kind: Kind
    question: str | None = None
    condition: str | None = None


class WireReply(BaseModel):
    """A model's whole answer; what it left out of the optional parts counts as nothing said."""

    model_config = ConfigDict(extra="ignore")

    about: str = ""
    findings: list[WireFinding]
    addressed_to_reviewer: list[str] = []
    decision: Decision


def answer_schema(clause_ids: Iterable[str]) -> str:
    """Give the JSON Schema of an answer, as JSON, with every property required and the clauses as an enumeration."""
    schema = WireReply.model_json_schema()
    shapes = schema["$defs"]
    shapes["WireFinding"]["properties"]["clause"]["enum"] = list(clause_ids)
    shapes["Kind"]["enum"] = [Kind.FAIL, Kind.REVIEW, Kind.PASS]
    for shape in (schema, shapes["WireFinding"]):
        shape["required"] = list(shape["properties"])
        shape["additionalProperties"] = False
    return json.dumps(_bare(schema), separators=(",", ":"))


def _bare(value: Any) -> Any:  # noqa: ANN401  whatever a schema holds
    """Leave out what tells and does not constrain: some endpoints refuse it."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key not in _TELLING}
    return [_bare(item) for item in value] if isinstance(value, list) else value
