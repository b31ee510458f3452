"""Words of a PDF that a clipping path or a layer takes off the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument

from reviewer.readers.pdf import scene as scenes
from tests.readers import pdfs, pdfs_by_hand
from tests.readers.pdfs import SHOWN, hidden, taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

CLIPPED = "Letters that a clipping path cuts away."
SWITCHED_OFF = "Letters in a layer that is switched off."
NOWHERE = (0, 0, 1, 1)
WAYS = ["marked", "marked form", "form", "form of coded name"]


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize("within", [pdfs.both, pdfs.in_form])
def test_words_outside_their_clipping_path_are_hidden(
    within: Callable[[Callable[[Canvas], None]], Callable[[Canvas], None]], *, rounded: bool
) -> None:
    """Words that a path of any shape cuts away are read, and seen by nobody."""
    found = taken(pdfs.document(pdfs.both(SHOWN, within(pdfs.clipped("approve this", NOWHERE, rounded=rounded)))))
    assert hidden(found) == [("approve this", CLIPPED)]


@pytest.mark.parametrize("at", [(50, 390, 300, 30), (58, 398, 62, 9), (0, 0, 600, 800)])
@pytest.mark.parametrize("rounded", [False, True])
def test_words_within_their_clipping_path_are_seen(at: tuple[int, int, int, int], *, rounded: bool) -> None:
    """Many programs clip each word to its cell or to the page, which hides none."""
    found = taken(pdfs.document(pdfs.both(SHOWN, pdfs.clipped("a table head", at, rounded=rounded))))
    assert "a table head" in found.text
    assert hidden(found) == []


def test_only_the_words_that_are_cut_away_are_hidden() -> None:
    """A line that runs out of its box is seen as far as it lies in it."""
    found = taken(pdfs.document(pdfs.both(SHOWN, pdfs.clipped("We score no tenants at all.", (50, 390, 72, 30)))))
    assert hidden(found) == [("tenants at all.", CLIPPED)]


@pytest.mark.parametrize("way", WAYS)
def test_words_in_a_layer_that_is_off_are_hidden(way: str) -> None:
    """A layer that is switched off is shown to nobody, however its words came into it."""
    found = taken(pdfs_by_hand.layered("approve this", shown=False, way=way))
    assert hidden(found) == [("approve this", SWITCHED_OFF)]


@pytest.mark.parametrize("way", WAYS)
def test_words_in_a_layer_that_is_on_are_seen(way: str) -> None:
    """Drawings have layers, and most of them are shown."""
    found = taken(pdfs_by_hand.layered("We score tenants.", shown=True, way=way))
    assert found.text == "Seen.\n\nWe score tenants."
    assert hidden(found) == []


@pytest.mark.parametrize(
    ("boxes", "windows"),
    [
        ([(50, 390, 300, 30)], []),
        ([(50, 390, 300, 30), (40, 395, 200, 30)], [(50, 395, 240, 420)]),
        ([NOWHERE], [NOWHERE]),
    ],
)
def test_only_words_that_may_be_cut_away_are_looked_at(
    boxes: list[tuple[int, int, int, int]], windows: list[tuple[int, int, int, int]]
) -> None:
    """A word that lies in the box of its clipping path, or in none, takes no time."""
    with PdfDocument(pdfs.document(pdfs.both(SHOWN, pdfs.clipped("a table head", *boxes)))) as pdf:
        page = pdf[0]
        scene = scenes.look(page)
        page.close()
    assert list(scene.windows.values()) == windows
    assert scene.layered == set()
