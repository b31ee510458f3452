"""Texts to hold properties against: any Unicode, and the shapes that proposals and forms have."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from reviewer.folding import fold

# Texts hold no half surrogate pairs: `Submission.of` refuses them.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)

# What a reader stumbles over, more often than chance would bring it.
MARKS = ["\u0301", "\u200b", "\u00ad", "\ufeff", "\ufe0f", "\u202e", "\u00a0", "\u2028", "\r\n"]
LETTERS = [
    "ﬁ",
    "ß",
    "İ",
    "ſ",
    "½",
    "ﷺ",
    "人",
    "ガ",
    "カ\u3099",
    "한",
    "\u0958",
    "\u093c",
    "\ufb2a",
    "\u0e01",
    "\U0001d41a",
]
ODD = st.sampled_from([*"аеоісαο'’‘“”„«»-–—.:;,!?|()[]☐☒✓#*=。\n\t ", *MARKS, *LETTERS])
WORDS = st.sampled_from(
    [
        "we",
        "not",
        "no",
        "never",
        "without",
        "police",
        "faces",
        "Café",
        "naïve",
        "Straße",
        "out of scope",
        "yes",
        "U.S.",
        "e.g.",
    ]
)
PROPOSALS = st.lists(st.one_of(WORDS, ODD, st.just(" "), ANYTHING), max_size=40).map(
    lambda parts: "".join(part if len(part) == 1 else f"{part} " for part in parts)
)
TEXTS = st.one_of(ANYTHING, PROPOSALS)


def letters(folded: str) -> str:
    """Give the words of a folded text, all look-alikes unmasked: a slice may lack the letter that gives them away."""
    return " ".join(fold(re.sub(r"(\w)", r"\1x", folded)).text.split())
