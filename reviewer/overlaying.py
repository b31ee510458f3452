"""An organisation's policy laid over the one that it extends; every deviation is kept, to be told in every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import PolicyError
from reviewer.policy import Deviates, Deviation, Effect, Policy, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reviewer.overlay import Overlay
    from reviewer.policy import Clause

_TABLES = ("off", "stricter", "answers", "confirmed", "verbatim")
_STRICTNESS = {Effect.REQUIRED: 0, Effect.RESTRICTED: 1, Effect.PROHIBITED: 2}


def on(policy: Policy, day: date) -> Policy:
    """Give a policy as it stands on a day: clauses that apply only from a later one are marked."""
    clauses = tuple(_on(clause, day) for clause in policy.clauses)
    return policy if clauses == policy.clauses else policy.model_copy(update={"clauses": clauses})


def _on(clause: Clause, day: date) -> Clause:
    in_force = clause.applies_from is None or clause.applies_from <= day
    return clause if in_force is clause.in_force else clause.model_copy(update={"in_force": in_force})


def laid_over(base: Policy, overlay: Overlay, day: date) -> Policy:
    """Give the policy that an overlay makes of `base` on a day; raises `PolicyError` with every issue."""
    if issues := list(_issues(base, overlay)):
        raise PolicyError(f"{overlay.name}@{overlay.version} cannot be laid over {base.address}:", issues)
    kept = (clause for clause in base.clauses if clause.id not in overlay.off)
    made = {
        "name": overlay.name,
        "version": overlay.version,
        "title": overlay.title,
        "publisher": overlay.publisher,
        "url": overlay.url or base.url,
        "effective": overlay.effective or base.effective,
        "legal_status": overlay.legal_status or base.legal_status,
        "extends": base.address,
        "changes": overlay.changes,
        "deviations": (*base.deviations, *_deviations(overlay, day)),
        "unconfirmed_clauses": overlay.unconfirmed_clauses or base.unconfirmed_clauses,
        "clauses": (*(_overlaid(clause, overlay, day) for clause in kept), *overlay.clauses),
    }
    return base.model_copy(update=made)


def _overlaid(clause: Clause, overlay: Overlay, day: date) -> Clause:
    update: dict[str, object] = {}
    if stricter := overlay.stricter.get(clause.id):
        needs = clause.needs if stricter.effect is Effect.RESTRICTED else None
        update |= {"effect": stricter.effect, "needs": needs}
    if (answer := overlay.answers.get(clause.id)) and (answer.until is None or day <= answer.until):
        update["answer"] = answer
    if confirmed := overlay.confirmed.get(clause.id):
        update["confirmed"] = confirmed
    if verbatim := overlay.verbatim.get(clause.id):
        update |= {"text": verbatim.text, "standing": Standing.VERBATIM}
        if overlay.imported:
            update |= {
                "source": f"Saved page {overlay.imported.file!r}, SHA-256 {overlay.imported.sha256}.",
                "retrieved_on": overlay.imported.on,
            }
    return clause.model_copy(update=update) if update else clause


def _deviations(overlay: Overlay, day: date) -> Iterator[Deviation]:
    for name, off in overlay.off.items():
        yield Deviation(kind=Deviates.OFF, clause=name, reason=off.reason, by=off.by)
    for name, stricter in overlay.stricter.items():
        reason = f"{stricter.effect}: {stricter.reason}"
        yield Deviation(kind=Deviates.STRICTER, clause=name, reason=reason, by=stricter.by)
    for clause in overlay.clauses:
        yield Deviation(kind=Deviates.ADDED, clause=clause.id, reason=clause.title, by=overlay.publisher)
    for name, answer in overlay.answers.items():
        kind = Deviates.LAPSED if answer.until and answer.until < day else Deviates.ANSWERED
        yield Deviation(kind=kind, clause=name, reason=answer.text, by=answer.by, until=answer.until)


def _issues(base: Policy, overlay: Overlay) -> Iterator[str]:
    for table in _TABLES:
        for name in getattr(overlay, table):
            yield from _naming_issues(table, name, base, overlay)
    for clause in overlay.clauses:
        if clause.id in base.by_id:
            yield f"clauses: {clause.id!r} is a clause of {base.address} already; choose another id."


def _naming_issues(table: str, name: str, base: Policy, overlay: Overlay) -> Iterator[str]:
    where = f"{table}.{name}"
    if name not in base.by_id:
        yield f"{where}: {base.address} has no such clause; `reviewer policy show` lists them."
    elif table != "off" and name in overlay.off:
        yield f"{where}: is switched off as well; decide which."
    elif table == "stricter":
        yield from _stricter_issues(base.by_id[name], overlay.stricter[name].effect)
    elif table == "answers" and base.by_id[name].effect is Effect.PROHIBITED:
        yield f"{where}: is prohibited, and no answer of the house changes that; switch it off with a reason."


def _stricter_issues(clause: Clause, effect: Effect) -> Iterator[str]:
    where = f"stricter.{clause.id}"
    if _STRICTNESS[effect] <= _STRICTNESS[clause.effect]:
        yield f"{where}: {effect} is not stricter than {clause.effect}; an overlay makes nothing milder, but by `off`."
    elif effect is Effect.RESTRICTED and clause.needs is None:
        yield f"{where}: a safeguard cannot become a restriction; make it prohibited, or add a clause."
