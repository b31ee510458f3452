"""How lines become pieces: paragraphs, items, headings, rows."""

from __future__ import annotations

import pytest

from reviewer import layout

LONG = "this line is so long that it was wrapped by a program"


def inked(text: str) -> list[str]:
    """Give the words of each piece of a text."""
    return [text[piece.ink : piece.end] for piece in layout.pieces(text)]


CUT = [
    ("", []),
    (" \n\t\n", []),
    ("one line", ["one line"]),
    ("one\n\ntwo", ["one", "two"]),
    ("short line\nshort line", ["short line", "short line"]),
    (f"{LONG}\nand goes on", [f"{LONG}\nand goes on"]),
    (f"{LONG}\n\nand goes on", [LONG, "and goes on"]),
    (f"{LONG}\n- an item", [LONG, "an item"]),
    (f"{LONG}\n# heading", [LONG, "# heading"]),
    (f"{LONG}\npurpose: none", [LONG, "purpose: none"]),
    (f"{LONG}:\nand goes on", [f"{LONG}:", "and goes on"]),
    (f"{LONG}?\nno", [f"{LONG}?", "no"]),
    (f"{LONG}\n[x] yes", [LONG, "yes"]),
    (f"| {LONG} |\n| a | b |", [f"| {LONG} |", "| a | b |"]),
    (f"- {LONG}\n  and goes on\n- two", [f"{LONG}\n  and goes on", "two"]),
    (f"# {LONG}\nand text", [f"# {LONG}", "and text"]),
    ("- one\n* two\n+ three\n\u2022 four", ["one", "two", "three", "four"]),
    ("1. one\n2) two\n(3) three\na) four\n(b) five", ["one", "two", "three", "four", "five"]),
    ("[ ] one\n[x] two\n( ) three\n\u2610 four", ["one", "two", "three", "four"]),
    ("- [ ] one\n- [x] two", ["one", "two"]),
    ("-dash", ["-dash"]),
    ("1.5 litres", ["1.5 litres"]),
]


@pytest.mark.parametrize(("text", "expected"), CUT, ids=[repr(text) for text, _ in CUT])
def test_lines_are_cut_and_joined(text: str, expected: list[str]) -> None:
    """A wrapped line goes on in the next one; items, headings, labels and rows begin anew."""
    assert expected == inked(text)


@pytest.mark.parametrize(
    ("line", "ticked"),
    [
        ("[ ] faces", False),
        ("[] faces", False),
        ("[x] faces", True),
        ("[\u2713] faces", True),
        ("( ) faces", False),
        ("(x) faces", True),
        ("\u2610 faces", False),
        ("\u2611 faces", True),
        ("\u2612 faces", True),
        ("\u2713 faces", True),
        ("\u25a1 faces", False),
        ("\u25a0 faces", True),
        ("- [x] faces", True),
        ("- faces", None),
        ("faces [x]", None),
    ],
)
def test_a_box_is_ticked_or_not(line: str, *, ticked: bool | None) -> None:
    """Boxes of forms, of Markdown and of fonts are read alike."""
    (piece,) = layout.pieces(line)
    assert ticked is piece.ticked


def test_headings_and_items_are_told_apart() -> None:
    """A heading is no item, and a paragraph is neither."""
    text = "# scope\n- item\ntext"
    assert [(piece.heading, piece.item) for piece in layout.pieces(text)] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_blank_line_sets_apart() -> None:
    """The first piece, and each after a blank line, stands apart."""
    assert [piece.apart for piece in layout.pieces("one\ntwo\n\nthree")] == [True, False, True]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("purpose: faces", "purpose:"),
        ("purpose of use (optional): faces", "purpose of use (optional):"),
        ("purpose:", "purpose:"),
        ("at 10:30 we meet", None),
        ("see https://example.org", None),
        ("one. two: three", None),
        ("a b c d e f g h i j k: too many words", None),
        ("no label", None),
    ],
)
def test_a_label_ends_with_its_colon(line: str, label: str | None) -> None:
    """A few words and a colon are a label; times, addresses and sentences are not."""
    end = layout.label(line, 0, len(line))
    assert label == (None if end is None else line[:end])


def test_a_bold_label_is_a_label() -> None:
    """In Markdown the asterisks of a label may close after its colon."""
    line = "**purpose:** faces"
    assert layout.label(line, 0, len(line)) is not None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b | c", ["a", "b", "c"]),
        ("| a | | c |", ["a", "", "c"]),
        ("|a|b|  ", ["a", "b"]),
        ("||", [""]),
    ],
)
def test_a_row_has_its_cells(row: str, expected: list[str]) -> None:
    """Empty cells count, so that columns stay columns."""
    assert expected == [row[start:end].strip() for start, end in layout.cells(row, 0, len(row))]


def test_a_rule_is_no_row_of_words() -> None:
    """The line under the head of a table only draws."""
    assert [layout.is_rule(cells) for cells in (["---", ":-:"], ["---", "no"])] == [True, False]


def test_pieces_never_overlap() -> None:
    """Each piece begins after the one before, and its ink is within it."""
    text = f"# h\n{LONG}\nmore\n\n- [x] a\n| b | c |\nq?\nno"
    ends = [0, *(piece.end for piece in layout.pieces(text))]
    assert all(
        end <= piece.start <= piece.ink <= piece.end for end, piece in zip(ends, layout.pieces(text), strict=False)
    )
