"""Packs, overlays, rules and prompts on disk to values, every issue at once with its file and key."""

from __future__ import annotations

from reviewer.loading.packs import Edition, installed, packs, shipped, uses
from reviewer.loading.policies import DEFAULT_POLICY, Pack, pack, policies, policy, versions
from reviewer.loading.prompts import controls, prompts, prompts_from
from reviewer.loading.rules import cases, cases_from, glossary, languages, library, library_from, own_library
from reviewer.policy import is_path

__all__ = [
    "DEFAULT_POLICY",
    "Edition",
    "Pack",
    "cases",
    "cases_from",
    "controls",
    "glossary",
    "installed",
    "is_path",
    "languages",
    "library",
    "library_from",
    "own_library",
    "pack",
    "packs",
    "policies",
    "policy",
    "prompts",
    "prompts_from",
    "shipped",
    "uses",
    "versions",
]
