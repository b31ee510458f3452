"""Columns of yes and no, and of who and what, are read; what they say may decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.errors import UnreadableDocument
from tests.readers.sheets.making import PROSE, delimited, only, opened, read

if TYPE_CHECKING:
    from pathlib import Path


def columns(folder: Path, *rows: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns that are read."""
    return opened(folder, delimited(*rows)).look().tables[0].text_columns


def test_a_row_of_short_answers_is_read_whole(tmp_path: Path) -> None:
    """That faces are recognised, and by whom, stands in a few words beside a harmless description."""
    header = ("Title", "Facial recognition", "Data", "Users", "Description")
    row = only(read(tmp_path, delimited(header, ("T", "Yes", "faces, gait", "police", PROSE))))
    assert row.text == "\n\n".join(
        ["Title\nT", "Facial recognition\nYes", "Data\nfaces, gait", "Users\npolice", f"Description\n{PROSE}"]
    )


@pytest.mark.parametrize(
    "answer", ["yes", "No.", "N/A", "TRUE", "x", "[x]", "ja", "Nein", "oui", "S\u00ed", "\u2714\ufe0f"]
)
def test_answers_of_yes_and_no_are_read_under_any_header(tmp_path: Path, answer: str) -> None:
    """Four of five are enough, and blanks do not count."""
    rows = [(answer, PROSE), (answer, PROSE), ("", PROSE), (answer, PROSE), (answer, PROSE), ("later", PROSE)]
    assert columns(tmp_path, ("Scraping", "Purpose"), *rows) == ("Scraping", "Purpose")
    assert columns(tmp_path, ("Scraping", "Purpose"), *rows, ("later", PROSE)) == ("Purpose",)


def test_a_tick_is_an_answer(tmp_path: Path) -> None:
    """It has no letter, and is part of the text all the same."""
    rows = [("\u2714", PROSE), ("\u2610", PROSE)]
    first, _ = read(tmp_path, delimited(("Faces", "Purpose"), rows[0], rows[0]))
    assert getattr(first, "text", "") == f"Faces\n\u2714\n\nPurpose\n{PROSE}"


@pytest.mark.parametrize("header", ["Contact", "Date agreed", "Case number"])
def test_answers_about_persons_days_and_numbers_are_not_read(tmp_path: Path, header: str) -> None:
    """They say nothing of the project."""
    assert columns(tmp_path, (header, "Purpose"), ("yes", PROSE), ("yes", PROSE)) == ("Purpose",)


def test_real_time_is_no_date(tmp_path: Path) -> None:
    """Whether faces are recognised in real time is what the review turns on."""
    header = ("Real-time identification", "Purpose")
    assert columns(tmp_path, header, ("yes", PROSE), ("no", PROSE)) == header


@pytest.mark.parametrize(
    "header",
    [
        "User group",
        "Persons affected",
        "data_subjects",
        "Features",
        "Technology",
        "Sector",
        "Location of use",
        "Decisions it takes",
        "Betrokkenen",
        "Personenbezogene Daten",
        "Zielgruppe",
        "Personnes concern\u00e9es",
        "\u00c1mbito",
    ],
)
def test_a_header_of_who_and_what_is_read(tmp_path: Path, header: str) -> None:
    """However short the answers."""
    assert columns(tmp_path, ("Stage", header), ("Pilot", "Wheels"), ("Live", "Doors")) == (header,)


@pytest.mark.parametrize(
    "header", ["User name", "Data owner", "Technology vendor", "Data protection officer", "Decision"]
)
def test_a_header_of_a_person_or_a_firm_is_not(tmp_path: Path, header: str) -> None:
    """Nor is what the board decided, which must not lead the review."""
    assert columns(tmp_path, (header, "Purpose"), ("Wheels", PROSE), ("Doors", PROSE)) == ("Purpose",)


def test_the_sentences_of_a_closed_list_under_what_it_is_are_not_read(tmp_path: Path) -> None:
    """They are the form's own definitions; short options are what the requester chose."""
    kinds = ("Generative: it writes texts and draws pictures.", "Agentic: it takes decisions with no human at all.")
    rows = [(kinds[number % 2], ("police", "schools")[number % 2], f"{number} {PROSE}") for number in range(40)]
    assert columns(tmp_path, ("Technology", "Sector", "What it does"), *rows) == ("Sector", "What it does")


@pytest.mark.parametrize(
    "rows",
    [
        [("Deploy facial recognition for the police", "x"), ("Find broken wheels of trains", "n/a")],
        [("Cameras for police", "yes"), ("Wheels of trains", "no"), ("Doors of trains", "no")],
    ],
)
def test_a_first_row_like_the_others_is_no_header(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    """It would be lost as one, so that a header is asked for."""
    with pytest.raises(UnreadableDocument, match="its first row is no header"):
        opened(tmp_path, delimited(*rows, (PROSE, "no")))


@pytest.mark.parametrize(
    "header",
    [
        ("Kriterium", "Ja", "Nein"),
        ("Name of the system", "Level", "Group"),
        ("Share of own work", "Anything else we should know here"),
        ("Scraping of sites in bulk", "Faces"),
    ],
)
def test_an_odd_header_stays_one(tmp_path: Path, header: tuple[str, ...]) -> None:
    """What is no longer than a label, or shorter than what stands below it, is taken for one."""
    rows = [
        tuple("x" if name in {"Faces", "Ja", "Nein"} else f"{PROSE} and {at} more of them" for name in header)
        for at in range(3)
    ]
    table = opened(tmp_path, delimited(header, *rows)).look().tables[0]
    assert (table.header, table.rows) == (header, 3)


def test_columns_of_one_name_are_told_with_their_letters(tmp_path: Path) -> None:
    """As they may be named again; a name of its own needs none."""
    data = delimited(("ID", "Purpose", "Stage", "Purpose"), ("1", PROSE, "Pilot", PROSE))
    table = opened(tmp_path, data).look().tables[0]
    assert table.text_columns == ("Purpose (B)", "Purpose (D)")
    assert table.header == ("ID", "Purpose (B)", "Stage", "Purpose (D)")
