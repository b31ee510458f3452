"""The published JSON Schema of the verdict."""

from __future__ import annotations

from typing import Any

from reviewer.verdict import SCHEMA_VERSION, Verdict


def verdict_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a verdict as it is written."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:use-case-reviewer:verdict:{SCHEMA_VERSION}",
        **Verdict.model_json_schema(mode="serialization"),
    }
