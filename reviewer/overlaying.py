"""An organisation's policy laid over the one that it extends; every deviation is kept, to be told in every report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reviewer.errors import PolicyError
from reviewer.policy import Deviates, Deviation, Effect, Policy, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reviewer.overlay import Overlay, Stricter, Wording
    from reviewer.policy import Clause

_TABLES = ("off", "stricter", "answers", "confirmed", "verbatim")


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
        update |= _forbidden(overlay, stricter)
    if (answer := overlay.answers.get(clause.id)) and (answer.until is None or day <= answer.until):
        update["answer"] = answer
    if confirmed := overlay.confirmed.get(clause.id):
        update["confirmed"] = confirmed
    if verbatim := overlay.verbatim.get(clause.id):
        update |= {"text": verbatim.text, "standing": _standing(clause, verbatim)}
        if overlay.imported:
            update |= {
                "source": f"Saved page {overlay.imported.file!r}, SHA-256 {overlay.imported.sha256}.",
                "retrieved_on": overlay.imported.on,
            }
    return clause.model_copy(update=update) if update else clause


def _forbidden(overlay: Overlay, stricter: Stricter) -> dict[str, object]:
    """Give what becomes of a restriction that the house forbids: no approval, consent or oversight opens it again."""
    remedy = f"{overlay.publisher} allows this use to nobody ({stricter.reason.rstrip('.')}); please do without it."
    lifted = dict.fromkeys(("needs", "question", "condition"))
    return {"effect": stricter.effect, "flat": True, "asks": (), "exceptions": (), "remedy": remedy, **lifted}


def _standing(clause: Clause, verbatim: Wording) -> Standing:
    """Let official words make a clause certain, unless it was inferred, or they were only guessed to be its own."""
    is_sure = clause.standing is not Standing.INFERRED and not verbatim.guessed
    return Standing.VERBATIM if is_sure else clause.standing


def _deviations(overlay: Overlay, day: date) -> Iterator[Deviation]:
    if overlay.unconfirmed_clauses:
        reason = f"clauses that nobody has held against the page {overlay.unconfirmed_clauses}"
        yield Deviation(kind=Deviates.UNCONFIRMED, clause="", reason=reason, by=overlay.publisher)
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
    for name, count in Counter(clause.id for clause in overlay.clauses).items():
        if name in base.by_id:
            yield f"clauses: {name!r} is a clause of {base.address} already; choose another id."
        if count > 1:
            yield f"clauses: {name!r} stands {count} times; give each clause its own id."
    if not overlay.clauses and overlay.off.keys() >= base.by_id.keys():
        yield f"off: no clause of {base.address} is left; a policy needs one."


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
    if clause.effect is Effect.REQUIRED:
        yield f"{where}: a safeguard cannot be forbidden; add a clause that says what is wanted."
    elif clause.effect is Effect.PROHIBITED or effect is not Effect.PROHIBITED:
        yield f"{where}: {effect} is not stricter than {clause.effect}; an overlay makes nothing milder, but by `off`."
