"""What comes out: a decision, what it rests on, and what would change it."""

from __future__ import annotations

from datetime import date
from enum import IntEnum, StrEnum

from reviewer.policy import Confirmation, Deviation, Effect, Standing
from reviewer.receipt import Receipt, WhyNotModel
from reviewer.submission import Source
from reviewer.value import Value

SCHEMA_VERSION = "1.0"


class Decision(StrEnum):
    """What is recommended; a person signs."""

    APPROVE = "approve"
    REFER = "refer"
    REJECT = "reject"


class Kind(StrEnum):
    """What a finding says of its clause, in SARIF's words."""

    FAIL = "fail"
    REVIEW = "review"
    PASS = "pass"  # noqa: S105  a word of SARIF's, no password
    NOT_APPLICABLE = "notApplicable"


class FoundBy(StrEnum):
    """Who found it."""

    MODEL = "model"
    RULES = "rules"
    BOTH = "both"


class DecidedBy(StrEnum):
    """Who read the text in the end."""

    MODEL = "model"
    RULES = "rules"


class Tier(IntEnum):
    """Which pile it goes on: 1 to 3 to reviewers, 4 back to the requester, 5 waits for the model."""

    NO_OBJECTION = 0
    BREACH_IN_WORDS = 1
    CLAUSE_IN_QUESTION = 2
    APPROVAL_NEEDED = 3
    ANSWER_NEEDED = 4
    NOT_READ_YET = 5


class Reason(StrEnum):
    """Which rows of the decision table held."""

    CLAUSE_BREACHED = "clause_breached"
    QUOTE_NOT_FOUND = "quote_not_found"
    CLAUSE_IN_QUESTION = "clause_in_question"
    CLAUSE_NOT_YET_IN_FORCE = "clause_not_yet_in_force"
    REQUIREMENT_REFUSED = "requirement_refused"
    APPROVAL_NEEDED = "approval_needed"
    ANSWER_NEEDED = "answer_needed"
    INSTRUCTIONS_TO_REVIEWER = "instructions_to_reviewer"
    HIDDEN_TEXT = "hidden_text"
    SECOND_READER_DISAGREES = "second_reader_disagrees"
    REPLY_CONTRADICTS_ITSELF = "reply_contradicts_itself"
    MODEL_FAILED_CALIBRATION = "model_failed_calibration"
    PARTLY_READ = "partly_read"
    NOT_READ_IN_FULL = "not_read_in_full"
    TOO_LITTLE_SAID = "too_little_said"
    LANGUAGE_NOT_COVERED = "language_not_covered"
    NOT_READ_BY_MODEL = "not_read_by_model"
    NOTHING_FOUND = "nothing_found"


class Context(StrEnum):
    """How quoted words stand in their sentence; only asserted ones can carry a breach.

    `scattered` words run over the end of a sentence, so that no sentence says them.
    """

    ASSERTED = "asserted"
    NEGATED = "negated"
    ASKED = "asked"
    DISCUSSED = "discussed"
    SUPPOSED = "supposed"
    FOUGHT = "fought"
    SCATTERED = "scattered"


class Passage(Value):
    """A stretch of the text: `text[start:end]`, in code points of the text as given."""

    text: str
    start: int
    end: int


class Quote(Value):
    """Words of the submission, with their address and the sentence that they stand in.

    `start` and `end` are code points into the text as given, half open;
    both are None, and so is `sentence`, where the words could not be located.
    """

    text: str
    start: int | None = None
    end: int | None = None
    sentence: Passage | None = None
    context: Context = Context.ASSERTED
    source: Source | None = None


class ClauseRef(Value):
    """The clause that a finding is about, as a report cites it.

    `url` is the page that it stands on; `applies_from` is set where it is not in force yet on the day asked about;
    `confirmed` says who held our text of it against the page.
    """

    policy: str
    version: str
    id: str
    number: str | None
    title: str
    effect: Effect
    standing: Standing
    url: str
    applies_from: date | None = None
    confirmed: Confirmation | None = None


class Finding(Value):
    """What the text says about one clause, in which words, and who saw it.

    `rules` are the ids of the rules that hit; `remedy` is what would change the outcome.
    `question` and `condition` are the model's own, where it has any.
    """

    clause: ClauseRef
    kind: Kind
    found_by: FoundBy
    quotes: tuple[Quote, ...]
    rationale: str
    rules: tuple[str, ...] = ()
    remedy: str | None = None
    question: str | None = None
    condition: str | None = None

    @property
    def is_against(self) -> bool:
        """Whether it stands against the text, surely or perhaps."""
        return self.kind in {Kind.FAIL, Kind.REVIEW}

    @property
    def is_located(self) -> bool:
        """Whether any of its words stand in the text."""
        return any(quote.start is not None for quote in self.quotes)


class Condition(Value):
    """What an approval is tied to; a standing one holds for every project."""

    clause: ClauseRef
    text: str
    standing: bool


class Question(Value):
    """What the requester is asked; the text says how the answer matters."""

    clause: ClauseRef
    text: str


class Warning(Value):
    """Something about the text itself that a reader must know, with its place where it has one."""

    reason: Reason | None
    text: str
    quotes: tuple[Quote, ...] = ()


class PolicyRef(Value):
    """Which policy was applied; `digest` is of all its clauses.

    `as_of` is the day that was asked about, where one was named.
    `extends` is the published policy below an organisation's own, and `deviations` are how it differs from that.
    """

    name: str
    version: str
    title: str
    url: str
    digest: str
    as_of: date | None = None
    extends: str | None = None
    deviations: tuple[Deviation, ...] = ()

    @property
    def address(self) -> str:
        """The policy as `name@version`."""
        return f"{self.name}@{self.version}"


class SubmissionRef(Value):
    """Which text was read: its SHA-256 as UTF-8, its length in code points, where it came from.

    `id` is what the requester's side calls it; `file_sha256` is of the bytes of its file, where it came from one.
    """

    sha256: str
    characters: int
    source: Source
    id: str | None = None
    file_sha256: str | None = None


class Calibration(StrEnum):
    """What is known of a model's reading of the control texts; `outdated` if prompts, policy or model have changed."""

    PASSED = "passed"
    FAILED = "failed"
    OUTDATED = "outdated"
    NEVER = "never"


class ModelRef(Value):
    """Which model was asked, where, with which prompts, and whether it has shown that it can read."""

    name: str
    host: str
    prompts_digest: str
    calibration: Calibration = Calibration.NEVER


class Verdict(Value):
    """The answer: the same bytes for the same text, policy, rules, engine and replies, but for its receipt.

    `summary` is one sentence that says why it stands where it stands.
    `further_policies` are those beside `policy` that it was reviewed against; each finding says whose clause it is.
    `review_digest` names everything that it was derived from.
    """

    schema_version: str = SCHEMA_VERSION
    decision: Decision
    tier: Tier
    reasons: tuple[Reason, ...]
    summary: str
    decided_by: DecidedBy
    why_not_model: WhyNotModel | None
    model: ModelRef | None = None
    policy: PolicyRef
    further_policies: tuple[PolicyRef, ...] = ()
    submission: SubmissionRef
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    conditions: tuple[Condition, ...]
    warnings: tuple[Warning, ...]
    review_digest: str
    receipt: Receipt | None = None

    @property
    def policies(self) -> tuple[PolicyRef, ...]:
        """All policies that it was reviewed against."""
        return (self.policy, *self.further_policies)
