"""`reviewer policy` as a person meets it: list, show, explain, diff."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reviewer.cli import run

if TYPE_CHECKING:
    from pathlib import Path

FULL = """
name = "house"
version = "1"
title = "House rules"
publisher = "The house"
url = "https://house.example/rules"
attested_from = 2026-01-01
retrieved = "Written for a test."
retrieved_on = 2026-02-03
legal_status = "None."
gaps = ["Clause 2 was not seen."]

[[clauses]]
id = "scoring"
number = "1"
section = "Rules"
title = "Scoring people"
text = "Nobody is scored."
scope = "Staff and guests."
exceptions = ["Games."]
effect = "restricted"
needs = "approval"
applies_from = 2026-12-02
role = "deployer"
standing = "summarised"
source = "A summary."
source_url = "https://house.example/summary"
retrieved_on = 2026-03-04
question = "Who is scored?"
condition = "The board approves."
remedy = "Leave scores out."
supersedes = "ranking"
asks = [{ fact = "operator-named", question = "Who runs it?" }]
"""
OVERLAY = """
name = "annex"
version = "1"
title = "Annex"
publisher = "The annex"
extends = "./house.toml"
unconfirmed_clauses = "refer"

[answers.scoring]
text = "The board has approved it."
by = "The board"
until = 2999-06-30

[confirmed.scoring]
by = "The legal department"
on = 2026-11-20
"""


@pytest.fixture(name="annex")
def _annex(tmp_path: Path) -> str:
    """Give a policy that says all that can be said, laid over another."""
    (tmp_path / "house.toml").write_text(FULL)
    (tmp_path / "annex.toml").write_text(OVERLAY)
    return str(tmp_path / "annex.toml")


def test_list_tells_how_surely_each_policy_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Title, clauses, since when, when it was retrieved and the standings stand in two lines."""
    assert run(["policy", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (at,) = (i for i, line in enumerate(lines) if line.startswith("microsoft-ai-services@4.0: "))
    assert "clauses, in force from 2026-05-01" in lines[at]
    assert "Retrieved on 2026-" in lines[at + 1]
    assert " quoted, " in lines[at + 1]


def test_show_tells_what_is_not_known_and_what_deviates(annex: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Gaps, deviations and the policy below stand above the clauses, and marks beside them."""
    assert run(["policy", "show", annex]) == 0
    shown = capsys.readouterr().out
    for words in (
        "Attested from 2026-01-01.",
        "Retrieved on 2026-02-03.",
        "Extends house@1; a breach of a clause that nobody has confirmed: refer.",
        "  - scoring (answered until 2999-06-30): The board has approved it. (The board)",
        "  - all clauses (unconfirmed): clauses that nobody has held against the page refer (The annex)",
        "Not known\n  - Clause 2 was not seen.",
        "binds the deployer, confirmed, answered)",
    ):
        assert words in shown


def test_explain_tells_all_that_a_clause_says(annex: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Scope, exceptions, dates, role, sources, asks, answers and confirmation each have their line."""
    assert run(["policy", "explain", "scoring", "--policy", annex]) == 0
    shown = capsys.readouterr().out
    for line in (
        "Scope: Staff and guests.",
        "Exception: Games.",
        "Applies from: 2026-12-02",
        "Binds: the deployer",
        "Confirmed: held against the official page by The legal department on 2026-11-20",
        "Page: https://house.example/summary",
        "Retrieved: 2026-03-04",
        "Supersedes: ranking",
        "A proposal must say: Who runs it? [operator-named]",
        "The house's answer: The board has approved it. (The board, until 2999-06-30)",
        "Deviation: scoring (answered until 2999-06-30)",
    ):
        assert line in shown


OLDER, NEWER = "microsoft-ai-services@2023", "microsoft-ai-services@2024-05"
POLICE = ["us-police-facial-recognition", "law-enforcement-mobile-facial-recognition"]


def test_diff_names_what_the_update_of_may_2024_added(capsys: pytest.CaptureFixture[str]) -> None:
    """Exactly two clauses were added; what is merely first attested then is listed apart."""
    assert run(["policy", "diff", OLDER, NEWER, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    kinds = {row["clause"]: row["kinds"] for row in told["differences"]}
    assert [clause for clause, found in kinds.items() if "added" in found] == POLICE
    assert {"emotion-inference", "social-scoring"} <= {c for c, found in kinds.items() if "first_attested" in found}
    assert not {"removed", "widened", "narrowed"} & {kind for found in kinds.values() for kind in found}


def test_diff_goes_from_the_older_to_the_newer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named the other way round, the versions are turned, and that is said; the report fits the terminal."""
    monkeypatch.setenv("COLUMNS", "70")
    assert run(["policy", "diff", NEWER, OLDER]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"From {OLDER} to {NEWER}\n\nAdded: 2\n")
    assert err == f"{OLDER} is the older, and stands first.\n"
    assert max(map(len, out.splitlines())) <= 70
    assert "\x1b" not in out


def test_diff_counts_what_the_versions_between_declare(capsys: pytest.CaptureFixture[str]) -> None:
    """From 2023 to 4.0 the two clauses of May 2024 are still added ones."""
    assert run(["policy", "diff", OLDER, "microsoft-ai-services@4.0", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["between"] == [NEWER, "microsoft-ai-services@2024-generative-ai"]
    kinds = {row["clause"]: row["kinds"] for row in told["differences"]}
    assert all("added" in kinds[clause] for clause in POLICE)


def test_the_help_names_each_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks for help sees all of them, and a misspelt one is refused."""
    assert run(["policy", "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("check", "diff", "explain", "import", "list", "new", "show", "test"))
    assert run(["policy", "dif"]) == 2
