"""What a submission is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviewer.exporters.naming import MOST_CHARACTERS, project
from reviewer.submission import Submission
from tests.exporters import makers


@pytest.mark.parametrize(
    ("fields", "text", "called"),
    [
        (
            (("Ref", "UC-1"), ("Name", "Somebody"), ("Purpose", "It routes.")),
            "Purpose: It routes.\n\nMore.",
            "It routes.",
        ),
        ((("Ref", "UC-1"), ("Use Case Name", "Buses"), ("Purpose", "It routes.")), "Purpose: It routes.", "Buses"),
        ((), "Purpose:\n\n  It routes buses.\nMore.", "It routes buses."),
        ((("Ref", "UC-1"), ("Purpose", "It routes.")), "", "It routes."),
        ((), "", ""),
        ((), "Purpose: a\u202eb", "a<U+202E>b"),
    ],
)
def test_a_project_is_called_by_its_name_or_its_first_line(
    fields: tuple[tuple[str, str], ...], text: str, called: str
) -> None:
    """Labels of a form and the id are no name, and a person's name is not taken for one."""
    given = Submission(text=text, id="UC-1", fields=fields, own_words=((0, len("Purpose:")),) if text else ())
    assert project(replace(makers.entry(1), submission=given)) == called


def test_a_long_name_is_cut_visibly() -> None:
    """A few words are enough, and that there were more is said."""
    called = project(replace(makers.entry(1), submission=Submission(text="It routes buses. " * 90)))
    assert len(called) <= MOST_CHARACTERS
    assert called.endswith("...")
