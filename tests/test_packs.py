"""The shipped policies: what they say of the facts must not drift, and no fact may be surer than it is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from reviewer import loading
from reviewer.checking import check_policy
from reviewer.policy import Changed, Effect, Needs, Policy, Role, Standing

MICROSOFT = ("2023", "2024-05", "2024-generative-ai", "4.0")
OTHERS = ("anthropic-usage@2025-09-15", "eu-ai-act@2026-07-27", "google-genai@2024-12-17", "openai-usage@2025-10-29")
SHIPPED = (*(f"microsoft-ai-services@{version}" for version in MICROSOFT), *OTHERS)
PREFIXES = {name.split("@")[0]: name.split("-")[0] + "-" for name in OTHERS}
FACTS = {"consent-stated", "operator-named", "oversight-stated", "place-named"}

# What a reader of the pages would look up first: effect, standing and official number.
TABLE = {
    "microsoft-ai-services@2023": """
        limited-access                            restricted official   -
        age-of-consent                            prohibited official   -
        biometric-identification                  prohibited quoted     -
        harm-to-people-or-society                 prohibited quoted     -
        sensitive-attribute-inference             prohibited inferred   -
        companionship-chatbots                    prohibited inferred   -
        consequential-decisions                   restricted inferred   -
        testing-and-oversight                     required   official   -
    """,
    "microsoft-ai-services@2024-05": """
        us-police-facial-recognition              prohibited quoted     -
        law-enforcement-mobile-facial-recognition prohibited quoted     -
        biometric-identification                  prohibited quoted     -
        emotion-inference                         prohibited summarised -
        social-scoring                            prohibited summarised -
    """,
    "microsoft-ai-services@2024-generative-ai": """
        ai-disclosure                             required   official   -
        inconsistent-use                          prohibited official   -
        emotion-inference                         prohibited inferred   -
        us-police-facial-recognition              prohibited inferred   -
    """,
    "microsoft-ai-services@4.0": """
        consequential-decisions                   restricted summarised 5
        emotion-inference                         prohibited quoted     12
        biometric-identification                  restricted summarised 15
        persistent-tracking                       prohibited quoted     17
        us-police-facial-recognition              prohibited summarised 18
        law-enforcement-mobile-facial-recognition prohibited summarised 19
        ai-disclosure                             required   quoted     3
        autonomous-systems-controls               required   inferred   -
    """,
    "openai-usage@2025-10-29": """
        openai-public-biometric-identification    prohibited captured   -
        openai-emotion-inference                  prohibited captured   -
        openai-national-security                  restricted captured   -
        openai-licensed-advice                    restricted captured   -
        openai-high-stakes-decisions              restricted captured   -
    """,
    "anthropic-usage@2025-09-15": """
        anthropic-predictive-policing             prohibited captured   -
        anthropic-emotion-recognition             prohibited captured   -
        anthropic-law-enforcement-rights          prohibited captured   -
        anthropic-high-risk-education             restricted captured   -
        anthropic-high-risk-disclosure            required   captured   -
        anthropic-chatbot-disclosure              required   captured   -
    """,
    "google-genai@2024-12-17": """
        google-tracking-without-consent           prohibited captured   1.7
        google-automated-decisions                restricted captured   1.8
        google-impersonation                      prohibited captured   4.2
    """,
    "eu-ai-act@2026-07-27": """
        eu-manipulation                           prohibited quoted     5(1)(a)
        eu-intimate-content-without-consent       prohibited summarised 5(1)(ba)
        eu-child-sexual-abuse-material            prohibited summarised 5(1)(bb)
        eu-social-scoring                         prohibited quoted     5(1)(c)
        eu-emotion-inference                      prohibited quoted     5(1)(f)
        eu-law-enforcement-remote-biometrics      prohibited quoted     5(1)(h)
        eu-recruitment                            restricted summarised III|4(a)
        eu-public-benefits                        restricted summarised III|5(a)
        eu-credit                                 restricted summarised III|5(b)
        eu-insurance                              restricted summarised III|5(c)
        eu-ai-interaction-disclosure              required   quoted     50(1)
        eu-deep-fake-disclosure                   required   quoted     50(4)
    """,
}
ROWS = [(address, *row.split()) for address, rows in TABLE.items() for row in rows.strip().splitlines()]


@pytest.fixture(name="shipped", params=SHIPPED)
def _shipped(request: pytest.FixtureRequest) -> Policy:
    """Give each shipped policy in turn."""
    return loading.policy(request.param)


def microsoft(version: str) -> Policy:
    """Give a version of Microsoft's code."""
    return loading.policy(f"microsoft-ai-services@{version}")


def changed(version: str, kind: Changed) -> set[str]:
    """Give the clauses that a version of Microsoft's code declares to have changed in this way."""
    return {change.clause for change in microsoft(version).changes if change.kind is kind}


def uses(policy: Policy) -> set[str]:
    """Give every use that a policy names."""
    return {use for clause in policy.clauses for use in clause.uses}


def test_the_shipped_policies_are_these() -> None:
    """A policy stands under the name and version of its file, and none is forgotten here."""
    assert set(loading.policies()) == set(SHIPPED)
    assert [loading.policy(address).address for address in SHIPPED] == list(SHIPPED)


def test_every_clause_tells_source_standing_and_remedy(shipped: Policy) -> None:
    """A reader can look up each clause, knows how sure we are of it, and a requester knows what to do."""
    for clause in shipped.clauses:
        assert clause.source, clause.id
        assert clause.standing not in {Standing.OWN, Standing.VERBATIM}, clause.id
        assert clause.remedy, clause.id
        assert clause.question, clause.id
        assert clause.text.endswith("."), clause.id
        assert clause.section, clause.id


def test_every_policy_tells_when_and_how_it_was_read(shipped: Policy) -> None:
    """A policy says since when it is known to hold, when its text was read, and what of it is not known."""
    assert shipped.since
    assert shipped.retrieved_on
    assert shipped.gaps
    assert "paraphrase" in shipped.legal_status
    assert shipped.url.startswith("https://")


def test_packs_are_sound(shipped: Policy) -> None:
    """Restricted clauses say what they need and ask, and every use that a clause names has a rule."""
    assert [str(issue) for issue in check_policy(shipped, loading.library())] == []


def test_asks_are_of_known_facts(shipped: Policy) -> None:
    """What a proposal must say is one of the facts that rules look for, and each is asked as a question."""
    for clause in shipped.clauses:
        facts = [ask.fact for ask in clause.asks]
        assert set(facts) <= FACTS, clause.id
        assert len(facts) == len(set(facts)), clause.id
        assert all(ask.question.endswith("?") for ask in clause.asks), clause.id


def test_ids_are_unique_over_the_library() -> None:
    """A clause id names one rule; only versions of one policy share theirs."""
    names = Counter(name for address in OTHERS for name in loading.policy(address).by_id)
    older = {name for version in MICROSOFT for name in microsoft(version).by_id}
    assert [name for name, count in names.items() if count > 1 or name in older] == []
    for address in OTHERS:
        prefix = PREFIXES[address.split("@")[0]]
        assert all(name.startswith(prefix) for name in loading.policy(address).by_id)


@pytest.mark.parametrize(("address", "name", "effect", "standing", "number"), ROWS)
def test_facts_do_not_drift(address: str, name: str, effect: str, standing: str, number: str) -> None:
    """Effect, standing and official number of the clauses that matter most are what the facts give."""
    clause = loading.policy(address).by_id[name]
    told = (clause.effect.value, clause.standing.value, clause.number or "-")
    assert told == (effect, standing, number.replace("|", " "))


def test_only_official_numbers_are_numbers() -> None:
    """A page that numbers nothing gets no numbers from us."""
    for address in ("openai-usage@2025-10-29", "anthropic-usage@2025-09-15", *SHIPPED[:3]):
        assert {clause.number for clause in loading.policy(address).clauses} == {None}


def test_restrictions_of_four_are_numbered_one_to_twenty_one() -> None:
    """Every official number of the 21 usage restrictions has its clause."""
    numbers = {clause.number for clause in microsoft("4.0").clauses if clause.section == "Usage restrictions"}
    assert numbers == {str(number) for number in range(1, 22)}


def test_two_clauses_are_new_in_may_2024() -> None:
    """Only the two bans on facial recognition by police are attested as new, and nothing else as changed."""
    changes = {change.clause: change for change in microsoft("2024-05").changes}
    assert set(changes) == {"us-police-facial-recognition", "law-enforcement-mobile-facial-recognition"}
    for change in changes.values():
        assert (change.kind, change.since, change.standing) == (Changed.ADDED, "2023", Standing.QUOTED)
        assert change.clause not in microsoft("2023").by_id


def test_the_first_version_changed_nothing() -> None:
    """No change is declared since a text that nobody has."""
    assert microsoft("2023").changes == ()


def test_what_only_the_press_reports_is_no_change() -> None:
    """Rules that were reported in the week of the update stand there as summaries, not as additions."""
    for name in ("emotion-inference", "biometric-categorisation", "social-scoring", "persistent-tracking"):
        assert microsoft("2024-05").by_id[name].standing is Standing.SUMMARISED
        assert name not in microsoft("2023").by_id


@pytest.mark.parametrize("version", MICROSOFT[1:])
def test_changes_name_clauses_of_known_versions(version: str) -> None:
    """A change is of a clause of its own version, or of the older one if it was removed, and the older one exists."""
    for change in microsoft(version).changes:
        gone = change.kind is Changed.REMOVED
        assert change.since in MICROSOFT[: MICROSOFT.index(version)]
        assert change.clause in microsoft(change.since if gone else version).by_id
        assert not gone or change.clause not in microsoft(version).by_id
        assert change.note.endswith(".")


def test_changes_of_four() -> None:
    """The identity ban was narrowed to an approval, and what came from the AI Act and from other codes was added."""
    assert changed("4.0", Changed.NARROWED) == {"biometric-identification"}
    assert {"crime-prediction", "face-database-scraping", "impersonation"} <= changed("4.0", Changed.ADDED)
    assert "emotion-inference" not in changed("4.0", Changed.ADDED)
    assert microsoft("4.0").by_id["exploiting-vulnerabilities"].supersedes == "age-of-consent"


def test_versions_follow_each_other() -> None:
    """The versions of Microsoft's code stand in the order of the days since which they are known."""
    days = [microsoft(version).since or date.max for version in MICROSOFT]
    assert all(earlier < later for earlier, later in pairwise(days))
    assert microsoft("2024-05").since == date(2024, 5, 1)
    assert [version for version in MICROSOFT if microsoft(version).effective] == ["4.0"]


def test_google_has_no_clause_that_it_does_not_have() -> None:
    """Neither police, emotions, biometric categories, social scores nor crime prediction stand in Google's policy."""
    named = " ".join(uses(loading.policy("google-genai@2024-12-17")))
    for topic in ("police", "policing", "law-enforcement", "emotion", "categorisation", "scoring", "crim", "attribute"):
        assert topic not in named


def test_days_of_the_ai_act() -> None:
    """Article 5 holds but for its two additions, Annex III waits for 2027, and Article 50 holds since August 2026."""
    act = loading.policy("eu-ai-act@2026-07-27")
    days = {clause.number: clause.applies_from for clause in act.clauses}
    first = [number for number, day in days.items() if day == date(2025, 2, 2)]
    assert first == [f"5(1)({letter})" for letter in "abcdefgh"]
    assert {number for number, day in days.items() if day == date(2026, 12, 2)} == {"5(1)(ba)", "5(1)(bb)"}
    for clause in act.clauses:
        if clause.effect is Effect.RESTRICTED:
            assert (clause.needs, clause.applies_from) == (Needs.OVERSIGHT, date(2027, 12, 2))
        if clause.effect is Effect.REQUIRED:
            assert clause.applies_from == date(2026, 8, 2)


def test_article_50_binds_providers_or_deployers() -> None:
    """Marking is the provider's duty, telling people of deep fakes the deployer's."""
    act = loading.policy("eu-ai-act@2026-07-27")
    bound = {clause.number: clause.role for clause in act.clauses if clause.role}
    assert {number for number, role in bound.items() if role is Role.PROVIDER} == {"50(1)", "50(2)"}
    assert {number for number, role in bound.items() if role is Role.DEPLOYER} == {"50(3)", "50(4)"}


def test_what_consent_cures_stays_a_ban_with_an_exception() -> None:
    """A ban that consent lifts names consent among its exceptions, in every policy."""
    for address, name in (
        ("microsoft-ai-services@4.0", "persistent-tracking"),
        ("anthropic-usage@2025-09-15", "anthropic-tracking-without-consent"),
        ("google-genai@2024-12-17", "google-tracking-without-consent"),
        ("openai-usage@2025-10-29", "openai-face-database"),
    ):
        clause = loading.policy(address).by_id[name]
        assert clause.effect is Effect.PROHIBITED
        assert any("onsent" in exception for exception in clause.exceptions)
