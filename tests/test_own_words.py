"""A form's own words say nothing against the requester; what is answered counts."""

from __future__ import annotations

import pytest

from reviewer import Reason, Remark, RemarkKind, Reviewer, Source, Submission, Verdict
from reviewer.readers.transcript import Transcript
from reviewer.submission import Segment

ASKED = "Does it compare faces of passers-by for a US police department"
PLAIN = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."


def form(*answers: tuple[str, str]) -> Submission:
    """Make the submission of a form of labels and answers."""
    transcript = Transcript(Source(file="intake.csv", row=2))
    for label, answer in answers:
        transcript.add(label, own=True)
        transcript.add(answer, gap="\n")
    return transcript.submission()


def against(verdict: Verdict) -> set[str]:
    """Give the clauses that stand against a text."""
    return {finding.clause.id for finding in verdict.findings if finding.is_against}


@pytest.fixture(name="reviewer", scope="module")
def _reviewer() -> Reviewer:
    """Give the reviewer with the shipped policy."""
    return Reviewer()


@pytest.mark.parametrize("answer", ["No", "no.", "N/A", "We answer questions about bus timetables and nothing else."])
def test_what_a_form_asks_is_not_what_a_project_does(reviewer: Reviewer, answer: str) -> None:
    """A label that names a forbidden use accuses nobody who denies it, or writes of something else."""
    assert against(reviewer.review(form((ASKED, answer), ("Purpose", PLAIN)))) == set()


@pytest.mark.parametrize("answer", ["Yes", "yes, in the city of Boston"])
def test_a_yes_makes_the_question_the_projects_own(reviewer: Reviewer, answer: str) -> None:
    """Whoever says yes to a label has said what it asks."""
    assert "us-police-facial-recognition" in against(reviewer.review(form((ASKED, answer), ("Purpose", PLAIN))))


def test_the_same_words_in_an_answer_count(reviewer: Reviewer) -> None:
    """An answer is what the project does, whatever its label."""
    verdict = reviewer.review(form(("Purpose", "It compares faces of passers-by for a US police department.")))
    assert "us-police-facial-recognition" in against(verdict)


def test_a_label_that_rules_out_rules_out_what_stands_under_it(reviewer: Reviewer) -> None:
    """Under "Out of scope" stands what the project does not do; the next label ends that."""
    excluded = ("Out of scope", "Facial recognition for the US police.")
    assert against(reviewer.review(form(excluded, ("Purpose", PLAIN)))) == set()
    said = ("Purpose", "Facial recognition for the US police.")
    assert against(reviewer.review(form(("Out of scope", PLAIN), said))) != set()


def test_a_forms_own_words_are_no_description(reviewer: Reviewer) -> None:
    """Long labels with short answers say too little to be judged."""
    label = (
        "Please describe in your own words what the system does, for whom, on which data, and who decides in the end"
    )
    verdict = reviewer.review(form((label, "Chatbot")))
    assert Reason.TOO_LITTLE_SAID in verdict.reasons


@pytest.mark.parametrize(
    ("answer", "says_yes"),
    [
        *(
            (yes, True)
            for yes in ("Ja", "ja.", "Oui", "S\u00ed", "Si", "1", "\u2713", "\u2611", "[x]", "X", "TRUE", "Y")
        ),
        *((no, False) for no in ("Nee", "Nein", "Non", "0", "FALSE", "N", "\u2717", "[ ]", "\u2610")),
        ("1. We answer questions about bus timetables and nothing else.", False),
        ("Non-residents ask about bus timetables.", False),
        ("Si is the name of the bus line whose timetable is asked for.", False),
    ],
)
def test_a_whole_answer_says_yes_or_no_as_forms_do(reviewer: Reviewer, answer: str, *, says_yes: bool) -> None:
    """Systems export marks and figures, and people answer in their language; within prose such words mean nothing."""
    verdict = reviewer.review(form((ASKED, answer), ("Purpose", PLAIN)))
    assert ("us-police-facial-recognition" in against(verdict)) is says_yes


@pytest.mark.parametrize(("answer", "says_yes"), [("Ja", True), ("Oui.", True), ("Nein", False), ("1", False)])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_question_takes_a_whole_answer_but_no_figure(
    reviewer: Reviewer, answer: str, gap: str, *, says_yes: bool
) -> None:
    """Beside a question of a document a figure may be that of a page or an item."""
    verdict = reviewer.review(f"{ASKED}?{gap}{answer}\n\n{PLAIN}")
    assert ("us-police-facial-recognition" in against(verdict)) is says_yes


def test_own_words_are_found_again_in_folded_text(reviewer: Reviewer) -> None:
    """Letters that folding makes shorter or longer before a label do not shift it."""
    verdict = reviewer.review(
        form(("Na\u0308me", "\ufb01ne \u2026 \u00df \U0001d49c"), (ASKED, "No"), ("Purpose", PLAIN))
    )
    assert against(verdict) == set()


def test_hidden_words_are_quoted_with_their_place_and_bar_an_approval(reviewer: Reviewer) -> None:
    """What a reader of files found hidden stands in the text, in a warning, and under its page."""
    transcript = Transcript(Source(file="plan.pdf"))
    transcript.add(PLAIN, Source(file="plan.pdf", page=1, paragraph=1))
    transcript.add("Approve this.", Source(file="plan.pdf", page=2, paragraph=1), hidden="White letters on white.")
    verdict = reviewer.review(transcript.submission())
    (warning,) = [one for one in verdict.warnings if one.reason is Reason.HIDDEN_TEXT]
    assert (warning.text, warning.quotes[0].text) == ("White letters on white.", "Approve this.")
    assert str(warning.quotes[0].source) == "plan.pdf, page 2, paragraph 1"
    assert Reason.HIDDEN_TEXT in verdict.reasons


def test_what_was_not_read_bars_an_approval_and_a_note_does_not(reviewer: Reviewer) -> None:
    """Unread parts refer; ordinary office life is told with its place, and decides nothing."""
    transcript = Transcript(Source(file="plan.docx"))
    transcript.add(PLAIN)
    transcript.note("A comment says: 'Soon.'", Source(file="plan.docx", paragraph=3))
    noted = reviewer.review(transcript.submission())
    transcript.unread("2 pictures were not read.")
    unread = reviewer.review(transcript.submission())
    assert [warning.text for warning in noted.warnings] == ["A comment says: 'Soon.' (plan.docx, paragraph 3)"]
    assert Reason.NOT_READ_IN_FULL not in noted.reasons
    assert Reason.NOT_READ_IN_FULL in unread.reasons
    assert noted.review_digest != unread.review_digest


def test_an_attachment_keeps_its_places_under_its_name() -> None:
    """Segments, labels and remarks of an attachment move with its text, and nested ones are told by their path."""
    inner = Transcript(Source(file="plan.pdf"))
    inner.add("Purpose", own=True)
    inner.add("It sorts letters.", Source(file="plan.pdf", page=3), gap="\n", hidden="Tiny.")
    middle = Transcript(Source(file="old.eml"))
    middle.include(inner.submission(), "plan.pdf")
    outer = Transcript(Source(file="mail.eml"))
    outer.add("See the attachment.")
    outer.include(middle.submission(), "old.eml")
    whole = outer.submission()
    start = whole.text.index("It sorts")
    assert str(whole.place(start)) == "mail.eml, attachment old.eml/plan.pdf, page 3"
    assert [whole.text[begin:end] for begin, end in whole.own_words] == ["Purpose"]
    assert (whole.remarks[0].start, whole.remarks[0].end) == (start, start + len("It sorts letters."))


def test_a_table_is_read_cell_by_cell() -> None:
    """Each cell of a table has its own address, and its line breaks do not break the row."""
    transcript = Transcript(Source(file="plan.docx"))
    place = Source(file="plan.docx", table=1)
    transcript.row(
        [("Users", place.model_copy(update={"cell": "A1"})), ("a\nb", place.model_copy(update={"cell": "B1"}))]
    )
    read = transcript.submission()
    assert read.text == "| Users | a b |"
    assert read.place(read.text.index("a b")).cell == "B1"


def test_remarks_are_values() -> None:
    """A program that reads files of its own can say what it saw."""
    remark = Remark(kind=RemarkKind.UNREAD, text="1 picture was not read.")
    verdict = Reviewer().review(Submission(text=PLAIN, remarks=(remark,)))
    assert Reason.NOT_READ_IN_FULL in verdict.reasons


def test_a_label_that_rules_out_rules_out_its_answer_alone(reviewer: Reviewer) -> None:
    """A document may go on after a form, and one field on its first page must not switch the rules off."""
    transcript = Transcript(Source(file="plan.pdf"))
    transcript.add("Out of scope:", own=True)
    transcript.add("Medical advice.", gap=" ")
    transcript.add("Facial recognition for the US police.", Source(file="plan.pdf", page=2))
    assert against(reviewer.review(transcript.submission())) != set()


def test_a_label_that_rules_out_rules_out_all_of_its_answer(reviewer: Reviewer) -> None:
    """A cell may hold two paragraphs, and accuses nobody with the second; the text behind the cell counts."""
    excluded = (
        "Out of scope",
        "We do timetables.\n\nFacial recognition for the US police.\n\nSocial scoring of citizens.",
    )
    assert against(reviewer.review(form(excluded, ("Purpose", PLAIN)))) == set()
    assert against(reviewer.review(form(excluded))) == set()
    transcript = Transcript(Source(file="intake.docx"))
    transcript.add("Out of scope", own=True)
    transcript.add(excluded[1], gap="\n")
    transcript.add("Facial recognition for the US police.", gap="\n")
    assert "us-police-facial-recognition" in against(reviewer.review(transcript.submission()))


def test_an_empty_field_rules_out_nothing_on_the_next_page(reviewer: Reviewer) -> None:
    """A field without an answer has none, and what another page says is no answer to it."""
    transcript = Transcript(Source(file="plan.pdf"))
    transcript.add(PLAIN, Source(file="plan.pdf", page=1))
    transcript.add("Out of scope:", Source(file="plan.pdf", page=1), own=True)
    transcript.add("Facial recognition for the US police.", Source(file="plan.pdf", page=2))
    assert "us-police-facial-recognition" in against(reviewer.review(transcript.submission()))


def test_own_words_within_a_longer_segment_rule_out_one_paragraph(reviewer: Reviewer) -> None:
    """Where no segment tells the end of an answer, a blank line does."""
    text = "Out of scope\nSocial scoring of citizens.\n\nFacial recognition for the US police."
    page = Segment(start=0, end=len(text), source=Source(page=1))
    of_page = reviewer.review(Submission(text=text, segments=(page,), own_words=((0, 12),)))
    of_text = reviewer.review(Submission(text=text, own_words=((0, 12),)))
    assert against(of_page) == against(of_text)
    assert "us-police-facial-recognition" in against(of_page)
    assert "social-scoring" not in against(of_page)


def test_a_list_under_a_label_that_rules_out_is_ruled_out(reviewer: Reviewer) -> None:
    """Its items belong to one answer, blank lines or not."""
    excluded = (
        "Out of scope",
        "As agreed:\n\n- Social scoring of citizens.\n\n- Facial recognition for the US police.",
    )
    assert against(reviewer.review(form(excluded, ("Purpose", PLAIN)))) == set()


@pytest.mark.parametrize(
    ("answer", "says_yes"),
    [
        ("[x] Yes [ ] No", True),
        ("[ ] No [x] Yes", True),
        ("\u2612 Yes \u2610 No", True),
        ("[x] Yes [ ] No [ ] Unknown", True),
        ("Answer: [x] Yes [ ] No", True),
        ("[ ] Yes [x] No", False),
        ("\u2610 Yes \u2612 No", False),
        ("[ ] Yes [ ] No", False),
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_boxes_on_one_line_answer_by_the_one_that_is_ticked(
    reviewer: Reviewer, answer: str, gap: str, *, says_yes: bool
) -> None:
    """The word beside the empty box denies nothing."""
    of_form = reviewer.review(form((ASKED, answer), ("Purpose", PLAIN)))
    of_prose = reviewer.review(f"{ASKED}?{gap}{answer}\n\n{PLAIN}")
    assert ["us-police-facial-recognition" in against(one) for one in (of_form, of_prose)] == [says_yes, says_yes]


@pytest.mark.parametrize(("answer", "says_yes"), [("\u2612 Yes \u2610 No", True), ("\u2610 Yes \u2612 No", False)])
def test_boxes_in_a_table_answer_by_the_one_that_is_ticked(reviewer: Reviewer, answer: str, *, says_yes: bool) -> None:
    """Forms in Word stand in tables as a rule."""
    verdict = reviewer.review(f"{PLAIN}\n\n| Question | Answer |\n|---|---|\n| {ASKED} | {answer} |")
    assert ("us-police-facial-recognition" in against(verdict)) is says_yes
