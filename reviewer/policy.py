"""A code of conduct as data: clauses in our own words, each with how sure we are of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from reviewer.value import Said, Value


class Effect(StrEnum):
    """What a clause does: forbid, allow under a condition, or ask for a safeguard."""

    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    REQUIRED = "required"


class Standing(StrEnum):
    """How we know the text of a clause, from the surest to the least sure.

    `own`: the organisation wrote it itself.
    `verbatim`: the wording of the official page, imported from a saved copy.
    `official`: our paraphrase of a stored copy of the official page.
    `captured`: our paraphrase of a dated machine capture of the whole official page.
    `quoted`: our paraphrase of official words that a third party quotes.
    `summarised`: our paraphrase of a third party's summary.
    `inferred`: from a sister document, another version, or the news; never official text, and never a reason to reject.
    """

    OWN = "own"
    VERBATIM = "verbatim"
    OFFICIAL = "official"
    CAPTURED = "captured"
    QUOTED = "quoted"
    SUMMARISED = "summarised"
    INFERRED = "inferred"


_CERTAIN = frozenset({Standing.OWN, Standing.VERBATIM})


class Needs(StrEnum):
    """What a restricted use needs before it is allowed."""

    APPROVAL = "approval"
    CONSENT = "consent"
    OVERSIGHT = "oversight"


class Role(StrEnum):
    """Whom a clause binds, where it binds only one: who makes a system, or who puts it to use."""

    PROVIDER = "provider"
    DEPLOYER = "deployer"


class Unconfirmed(StrEnum):
    """What a breach of a clause leads to whose text nobody of the organisation has held against the official page."""

    REFER = "refer"
    REJECT = "reject"


class Ask(Value):
    """What a proposal must say for a clause to be judged.

    `fact` is the use of the rules that see it said; where they do not see it, `question` goes to the requester.
    """

    fact: str
    question: str


class Answer(Value):
    """What a house says once for all its projects; `until` is the last day on which it holds."""

    text: Said
    by: Said
    until: date | None = None


class Confirmation(Value):
    """Who held our text of a clause against the official page, and when."""

    by: Said
    on: date


class Clause(Value):
    """One clause.

    `number` is the official one, where there is one.
    `text` is our paraphrase, unless `standing` says otherwise; `scope` says whom and what it reaches, and where.
    `flat` says that the matter itself is forbidden: a text that is about it breaches it.
    `applies_from` is the day from which it holds, where that is later than the policy's own;
    `in_force` is whether it holds on the day asked about.
    `role` is whom it binds, where it binds one only.
    `source` says where the fact comes from, `source_url` where it stands if that is not the policy's page,
    `retrieved_on` when it was read if that is not the policy's day.
    `uses` names the uses in the shared library that the clause is about;
    hits of those in `matters` only show that a text is about it, whatever they show of the use,
    and hits of those in `answered_by` count only once another has shown that.
    `question` is asked where the text is about the clause but does not say; `asks` are the single facts that it needs.
    `condition` is what an approval is tied to; `answer` is the house's own, for all projects.
    `remedy` tells the requester what would change a reject or refer.
    `supersedes` is the clause of an earlier version that this one took the place of, where the id changed.
    """

    id: str
    number: str | None = None
    section: str
    title: str
    text: str
    scope: str | None = None
    exceptions: tuple[str, ...] = ()
    effect: Effect
    flat: bool = False
    needs: Needs | None = None
    applies_from: date | None = None
    in_force: bool = True
    role: Role | None = None
    standing: Standing
    source: str
    source_url: str | None = None
    retrieved_on: date | None = None
    uses: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    question: str | None = None
    asks: tuple[Ask, ...] = ()
    condition: str | None = None
    answer: Answer | None = None
    remedy: str
    supersedes: str | None = None
    confirmed: Confirmation | None = None

    @property
    def named_uses(self) -> frozenset[str]:
        """Every use whose rules it goes by."""
        return frozenset((*self.uses, *self.matters, *self.answered_by))


class Changed(StrEnum):
    """How a clause differs from an earlier version, as far as that is known."""

    ADDED = "added"
    REMOVED = "removed"
    WIDENED = "widened"
    NARROWED = "narrowed"
    REWORDED = "reworded"


class Change(Value):
    """What is known to have changed since an earlier version of the same policy: a fact with its own standing.

    `clause` is an id of this version, or for what was removed, of the version `since`.
    Where no change is declared, a clause that only one of two versions has is a gap in what we know, and no change.
    """

    clause: str
    since: str
    kind: Changed
    note: str
    standing: Standing
    source: str


class Deviates(StrEnum):
    """In which way an organisation's policy deviates from the one that it extends."""

    OFF = "off"
    STRICTER = "stricter"
    ADDED = "added"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    UNCONFIRMED = "unconfirmed"


class Deviation(Value):
    """One deviation from the policy that is extended, with its reason and who answers for it.

    `until` is the last day of an answer; one that has lapsed is told and no longer counts.
    `clause` is empty where it is about all clauses, as what unconfirmed ones may do.
    """

    kind: Deviates
    clause: str
    reason: str
    by: str
    until: date | None = None


class Policy(Value):
    """One version of one code of conduct.

    `effective` is the day from which it holds, by its own words;
    where none is known, `attested_from` is the first day on which it is known to have been in force,
    or `attested_in` the year.
    `retrieved` says how we had its text, `retrieved_on` when.
    `gaps` says what is not known of it; a clause that is missing here may have stood there.
    `changes` are those known since earlier versions.
    `extends` is the policy that an organisation's own is laid over, and `deviations` are how it differs.
    """

    name: str
    version: str
    title: str
    publisher: str
    url: str
    effective: date | None = None
    attested_from: date | None = None
    attested_in: int | None = Field(default=None, ge=1900, le=2999)
    retrieved: str
    retrieved_on: date | None = None
    legal_status: str
    gaps: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    extends: str | None = None
    deviations: tuple[Deviation, ...] = ()
    unconfirmed_clauses: Unconfirmed = Unconfirmed.REJECT
    clauses: tuple[Clause, ...]

    @property
    def address(self) -> str:
        """The policy as `name@version`."""
        return f"{self.name}@{self.version}"

    @property
    def since(self) -> date | None:
        """The first day on which it is known to hold; of a year the first."""
        return self.effective or self.attested_from or (date(self.attested_in, 1, 1) if self.attested_in else None)

    def may_reject(self, clause: Clause) -> bool:
        """Tell whether a breach of a clause can reject: one that is only inferred, or not in force yet, cannot.

        What somebody has held against the official page counts as certain,
        and so does what the house wrote itself, or has itself made stricter.
        """
        if not clause.in_force:
            return False
        if clause.confirmed or clause.standing in _CERTAIN or self._makes_stricter(clause):
            return True
        return clause.standing is not Standing.INFERRED and self.unconfirmed_clauses is Unconfirmed.REJECT

    def _makes_stricter(self, clause: Clause) -> bool:
        return any(one.kind is Deviates.STRICTER and one.clause == clause.id for one in self.deviations)

    @property
    def by_id(self) -> dict[str, Clause]:
        """Every clause under its id; not kept, for a copy with other clauses would keep it, too."""
        return {clause.id: clause for clause in self.clauses}


def is_path(address: str) -> bool:
    """Tell the address of a policy that is a path from a name: it has a separator in it, or ends in `.toml`."""
    return "/" in address or "\\" in address or address.endswith(".toml")
