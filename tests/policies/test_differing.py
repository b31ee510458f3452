"""What differs between two policies: what is declared, what is only not known, and what the sides show."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reviewer.differing import Differs, PolicyDiff, differences, versions_between
from reviewer.exporters import policy_difference
from reviewer.policy import Change, Changed, Clause, Deviates, Deviation, Effect, Needs, Policy, Standing
from tests import makers

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = ("The page was seen in part only.",)
POLICE, SCORING, CHATBOTS = (makers.clause(name) for name in ("police", "scoring", "chatbots"))


def version(
    name: str,
    *clauses: Clause,
    changes: tuple[Change, ...] = (),
    gaps: tuple[str, ...] = GAP,
    since: date | None = None,
) -> Policy:
    """Make a version of one policy of which not all is known."""
    fields = {"version": name, "changes": changes, "gaps": gaps, "attested_from": since}
    return makers.policy(*clauses).model_copy(update=fields)


def change(clause: str, kind: Changed, since: str = "1") -> Change:
    """Declare a change."""
    return Change(
        clause=clause,
        since=since,
        kind=kind,
        note="A bullet of its own.",
        standing=Standing.QUOTED,
        source="The press.",
    )


def altered(clause: Clause, **fields: object) -> Clause:
    """Change fields of a clause."""
    return clause.model_copy(update=fields)


def kinds(diff: PolicyDiff) -> dict[str, list[str]]:
    """Give the kinds of each difference under its clause."""
    return {difference.clause: [*difference.kinds] for difference in diff.differences}


def test_what_is_declared_is_told_apart_from_what_is_only_seen() -> None:
    """A declared addition is added; a clause that nobody calls new is first attested, and an old one is the same."""
    after = version("2", POLICE, SCORING, CHATBOTS, changes=(change("police", Changed.ADDED),))
    told = differences(version("1", SCORING), after)
    assert kinds(told) == {"police": ["added"], "chatbots": ["first_attested"]}
    (added,) = told.of(Differs.ADDED)
    assert (added.before, added.after) == (None, POLICE)
    assert (added.declared[0].note, added.declared[0].standing) == ("A bullet of its own.", Standing.QUOTED)
    assert told.same == ("scoring",)


def test_what_is_missing_in_the_newer_is_removed_only_where_declared() -> None:
    """A clause that we lack in the newer version may still stand there."""
    after = version("2", changes=(change("police", Changed.REMOVED),))
    told = differences(version("1", POLICE, SCORING), after)
    assert kinds(told) == {"police": ["removed"], "scoring": ["not_attested"]}


@pytest.mark.parametrize("kind", [Changed.WIDENED, Changed.NARROWED, Changed.REWORDED])
def test_declared_changes_of_a_clause_on_both_sides_are_told(kind: Changed) -> None:
    """Our words may be the same on both sides; that the official ones changed is told."""
    told = differences(version("1", POLICE), version("2", POLICE, changes=(change("police", kind),)))
    assert kinds(told) == {"police": [kind.value]}


def test_changes_of_the_versions_between_count_in_order() -> None:
    """From the first to the third, an addition in the second and a widening in the third both count."""
    second = version("2", POLICE, changes=(change("police", Changed.ADDED),))
    third = version("3", POLICE, changes=(change("police", Changed.WIDENED, since="2"),))
    told = differences(version("1"), third, [second])
    assert kinds(told) == {"police": ["added", "widened"]}
    assert [declared.version for declared in told.differences[0].declared] == ["2", "3"]
    assert kinds(differences(version("1"), third)) == {"police": ["first_attested", "perhaps_before"]}


def test_a_change_since_an_older_version_is_not_taken_for_one_between_the_two() -> None:
    """Added since the first, a clause that the second is not known to have may have stood in it; so may a widening."""
    changes = (change("police", Changed.ADDED), change("scoring", Changed.WIDENED))
    told = differences(version("2", SCORING), version("3", POLICE, SCORING, changes=changes))
    assert kinds(told) == {"police": ["first_attested", "perhaps_before"], "scoring": ["perhaps_before"]}
    same = differences(version("2", POLICE), version("3", POLICE, changes=changes[:1]))
    assert kinds(same) == {}


CHANGED = [
    ({"number": "2"}, ["renumbered"]),
    ({"number": None}, []),
    ({"effect": Effect.RESTRICTED, "needs": Needs.CONSENT}, ["loosened"]),
    ({"exceptions": ("With consent.",)}, ["exceptions"]),
    ({"scope": "In Europe."}, ["scope"]),
    ({"text": "Other words."}, ["text"]),
    ({"standing": Standing.OFFICIAL}, ["standing"]),
    ({"applies_from": date(2026, 12, 2)}, ["dated"]),
    ({"remedy": "Leave it.", "question": "Why?"}, []),
    ({"number": "3", "text": "Other words."}, ["renumbered", "text"]),
]


@pytest.mark.parametrize(
    ("fields", "expected"), CHANGED, ids=[f"{i}-{','.join(k)}" for i, (_, k) in enumerate(CHANGED)]
)
def test_what_stands_on_both_sides_is_compared(fields: dict[str, object], expected: list[str]) -> None:
    """Number, effect, exceptions, scope, words, day and standing are compared; what we ask and advise is not."""
    old = altered(POLICE, number="1")
    told = differences(version("1", old), version("2", altered(old, **fields)))
    assert kinds(told).get("police", []) == expected


def test_effects_and_needs_go_both_ways() -> None:
    """From restricted to prohibited is tightened; another need under the same effect is told as such."""
    restricted = makers.clause("identity", Effect.RESTRICTED)
    forbidden = altered(restricted, effect=Effect.PROHIBITED, needs=None)
    assert kinds(differences(version("1", restricted), version("2", forbidden))) == {"identity": ["tightened"]}
    other = altered(restricted, needs=Needs.APPROVAL)
    assert kinds(differences(version("1", restricted), version("2", other))) == {"identity": ["needs"]}


def test_a_new_id_is_paired_with_the_old_one() -> None:
    """A clause that took the place of another, over the versions between, is one clause with two ids."""
    second = version("2", altered(POLICE, id="us-police", supersedes="police"))
    third = version("3", altered(POLICE, id="us-state-police", supersedes="us-police"))
    told = differences(version("1", POLICE), third, [second])
    assert kinds(told) == {"us-state-police": ["renamed"]}
    assert (told.differences[0].before, told.differences[0].after) == (POLICE, third.clauses[0])


def test_ids_that_supersede_each_other_end() -> None:
    """A pack that goes round in a circle is compared all the same."""
    second = version("2", altered(POLICE, supersedes="scoring"), altered(SCORING, supersedes="police"))
    assert kinds(differences(version("1"), second)) == {"police": ["first_attested"], "scoring": ["first_attested"]}


def own(name: str, *clauses: Clause, gaps: tuple[str, ...] = ()) -> Policy:
    """Make a version of an organisation's own policy, of which all is known."""
    return version(name, *(altered(clause, standing=Standing.OWN) for clause in clauses), gaps=gaps)


def test_in_an_own_policy_absence_counts() -> None:
    """Who wrote both versions knows what is new and what is gone; a declared gap takes that back."""
    told = differences(own("1", POLICE, SCORING), own("2", SCORING, CHATBOTS))
    assert kinds(told) == {"chatbots": ["added"], "police": ["removed"]}
    unsure = differences(own("1", POLICE, gaps=GAP), own("2", CHATBOTS))
    assert kinds(unsure) == {"chatbots": ["first_attested"], "police": ["not_attested"]}
    numbered = altered(POLICE, number="7")
    assert kinds(differences(own("1", POLICE), own("2", numbered))) == {"police": ["renumbered"]}


def test_an_overlay_is_held_against_what_it_extends() -> None:
    """What a house switched off and added is told with its reason and name, whatever the gaps of the policy."""
    deviations = (
        Deviation(kind=Deviates.OFF, clause="scoring", reason="No public bodies here.", by="The legal department"),
        Deviation(kind=Deviates.ADDED, clause="chatbots", reason="Ours.", by="The legal department"),
    )
    base = version("1", POLICE, SCORING)
    fields = {"name": "acme", "extends": base.address, "deviations": deviations}
    told = differences(base, version("9", POLICE, altered(CHATBOTS, standing=Standing.OWN)).model_copy(update=fields))
    assert kinds(told) == {"chatbots": ["added"], "scoring": ["removed"]}
    (gone,) = told.of(Differs.REMOVED)
    assert gone.declared[0].note == "No public bodies here. (The legal department)"


def test_two_policies_of_different_houses_have_clauses_of_their_own() -> None:
    """What only one of two unlike policies has was neither added nor removed."""
    other = version("1", SCORING).model_copy(update={"name": "other"})
    assert kinds(differences(version("1", POLICE), other)) == {"scoring": ["only_after"], "police": ["only_before"]}


def test_the_versions_between_are_found_by_their_days() -> None:
    """Undated ones, the two ends and other policies are left out, and the rest come oldest first."""
    days = [date(2023, 3, 1), date(2024, 5, 1), date(2024, 10, 1), date(2026, 5, 1)]
    first, second, third, last = (version(f"v{i}", since=day) for i, day in enumerate(days))
    strange = second.model_copy(update={"name": "strange"})
    found = versions_between(first, last, [third, last, version("undated"), strange, second, first])
    assert [found.version for found in found] == ["v1", "v2"]
    assert versions_between(first, strange, [second]) == ()
    assert versions_between(first, version("undated"), [second]) == ()


def shown(before: Policy, after: Policy, width: int, between: Sequence[Policy] = ()) -> str:
    """Give the difference as people see it."""
    return policy_difference.as_text(differences(before, after, between), width)


AFTER = version("2", altered(POLICE, text="Other words."), CHATBOTS, changes=(change("chatbots", Changed.ADDED),))


def test_a_wide_terminal_shows_the_sides_beside_each_other() -> None:
    """Both texts stand in one line, and each line keeps within the width."""
    text = shown(version("1", POLICE), AFTER, 120)
    (line,) = (line for line in text.splitlines() if "What police says." in line)
    assert line.index("Other words.") > 60
    assert "Added: 1" in text
    assert "2 declares it added since 1: A bullet of its own (quoted; The press)." in text
    assert max(map(len, text.splitlines())) <= 120


def test_a_narrow_terminal_shows_one_side_below_the_other() -> None:
    """Below a hundred columns, the older text comes first, then the newer, and no line is too long."""
    text = shown(version("1", POLICE), AFTER, 60)
    assert text.index("What police says.") < text.index("Other words.")
    assert " | " not in text
    assert max(map(len, text.splitlines())) <= 60


def test_paraphrases_that_differ_are_said_to_be_ours() -> None:
    """Nobody takes our other words for other official ones; own words stand for themselves."""
    sentence = "The words are our paraphrase on one side"
    assert sentence in shown(version("1", POLICE), AFTER, 120)
    mine = altered(POLICE, text="Other words.")
    assert sentence not in shown(own("1", POLICE), own("2", mine), 120)


def test_the_report_tells_gaps_and_the_versions_between() -> None:
    """What is not known of a side stands in the report, and whose declared changes counted."""
    text = shown(version("1", POLICE), version("3", POLICE), 80, [version("2", POLICE)])
    assert "Between them: house@2" in text
    assert "Not known of house@1 and house@3\n  - The page was seen in part only." in text
    assert "The same: 1" in text


def test_each_kind_has_its_words() -> None:
    """No difference is left out of the report for want of a title."""
    assert set(policy_difference.KINDS) == set(Differs)


def test_programs_get_all_of_it() -> None:
    """The line of JSON has both clauses whole, kinds and declared changes."""
    told = json.loads(policy_difference.as_json(differences(version("1", POLICE), AFTER)))
    added = {row["clause"]: row for row in told["differences"]}["chatbots"]
    assert (added["kinds"], added["before"], added["after"]["text"]) == (["added"], None, "What chatbots says.")
    assert added["declared"][0]["since"] == "1"
