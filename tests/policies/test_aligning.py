"""The items of a page taken for clauses: by heading, by number, by words, or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.aligning import Alignment, How, Item, align
from tests import makers

if TYPE_CHECKING:
    from reviewer.policy import Clause

SECTION = ("Rules", "Usage restrictions")


def clause(name: str, text: str, number: str | None = None, **fields: object) -> Clause:
    """Make a clause with these words."""
    return makers.clause(name).model_copy(update={"text": text, "number": number, **fields})


POLICE = clause("police-faces", "Facial recognition for a police department is forbidden.", "1")
SCORING = clause("social-scoring", "Nobody may be rated by social behaviour.", "2")
EMOTIONS = clause("emotions", "Emotional states must not be inferred from voices.", "3")
CLAUSES = (POLICE, SCORING, EMOTIONS)


def item(place: int, text: str, number: str | None = None, heading: str | None = None, **fields: object) -> Item:
    """Make an item of the section that the clauses stand in."""
    known = {"sections": SECTION, **fields}
    return Item(place=place, text=text, number=number, heading=heading).model_copy(update=known)


def found(alignment: Alignment) -> dict[str, tuple[int, How]]:
    """Give place and way of each match under its clause."""
    return {match.clause: (match.item.place, match.how) for match in alignment.matches}


def test_numbers_are_believed_where_words_stand_beside_them() -> None:
    """Each item goes to the clause of its number, however unlike its wording is otherwise."""
    items = (
        item(1, "to run facial recognition by or for police in a country", "1"),
        item(2, "to score people by social conduct", "2"),
        item(3, "to guess what somebody feels from voices or gait or a pulse", "3"),
    )
    told = align(items, CLAUSES)
    assert found(told) == {c.id: (place, How.NUMBER) for place, c in enumerate(CLAUSES, 1)}
    assert (told.clauses_left, told.items_left) == ((), ())


def test_no_number_is_believed_where_the_page_counts_otherwise() -> None:
    """With one item more in front, wording goes by its words, is said to be numbered otherwise, and none goes wrong."""
    items = (
        item(1, "to train weapons for a police department", "1"),
        item(2, "facial recognition for a police department", "2"),
        item(3, "nobody may rate people by social behaviour", "3"),
        item(4, "emotional states may not be inferred from voices", "4"),
    )
    told = align(items, CLAUSES)
    assert found(told) == {c.id: (place, How.WORDS) for place, c in enumerate(CLAUSES, 2)}
    assert [match.other_number for match in told.matches] == ["2", "3", "4"]
    assert [left.place for left in told.items_left] == [1]


def test_a_number_alone_is_not_enough() -> None:
    """An item without a word in common with the clause of its number is left, and so is the clause."""
    told = align((item(1, "to sell flowers", "1"),), CLAUSES)
    assert (told.matches, told.clauses_left) == ((), tuple(c.id for c in CLAUSES))
    assert [left.place for left in told.items_left] == [1]


def test_headings_win_over_words() -> None:
    """What is headed like a clause is that clause, though another item has more of its words."""
    items = (
        item(1, "nobody may be rated by social behaviour"),
        item(2, "Points for citizens.", heading="Social Scoring"),
    )
    told = align(items, (SCORING,))
    assert found(told) == {"social-scoring": (2, How.HEADING)}
    both = align((item(1, "Points for citizens.", "2", "Social scoring"),), (SCORING,))
    assert found(both) == {"social-scoring": (1, How.NUMBER_AND_HEADING)}


def test_clauses_of_one_number_share_an_item() -> None:
    """Where we made two clauses of one item of the code, both get its wording; by words only one would."""
    personas = clause("personas", "Personas of real people need consent.", "13")
    chatbots = clause("chatbots", "Romantic chatbots are forbidden.", "13")
    text = "for romantic chatbots, or for personas of real people without consent"
    assert found(align((item(1, text, "13"),), (chatbots, personas))) == {
        "chatbots": (1, How.NUMBER),
        "personas": (1, How.NUMBER),
    }
    assert len(align((item(1, text),), (chatbots, personas)).matches) == 1


def test_letters_agree_with_the_end_of_a_long_number() -> None:
    """An item `(a)` of a list is the clause that we number `5(1)(a)`, and not `5(1)(ba)`."""
    first, second = (clause(n, "Manipulation by hidden means.", f"5(1)({n})") for n in ("a", "ba"))
    told = align((item(1, "manipulation by hidden means that people do not notice", "a"),), (first, second))
    assert found(told) == {"a": (1, How.NUMBER)}


def test_a_section_is_no_clause_by_its_words_but_what_stands_in_it_is() -> None:
    """The whole list has the words of every clause; with its heading it can be one, and its parts are not left then."""
    whole = item(1, "- facial recognition for a police department - trees", heading="Usage", is_section=True)
    part = item(2, "facial recognition for a police department", part_of=1)
    other = item(3, "trees", part_of=1)
    told = align((whole, part, other), (POLICE,))
    assert found(told) == {"police-faces": (2, How.WORDS)}
    assert [left.place for left in told.items_left] == [3]
    headed = whole.model_copy(update={"heading": "Police faces"})
    by_heading = align((headed, part, other), (POLICE,))
    assert found(by_heading) == {"police-faces": (1, How.HEADING)}
    assert by_heading.items_left == ()


def test_an_empty_page_leaves_every_clause() -> None:
    """Without items nothing is matched, and nothing fails."""
    assert align((), CLAUSES).clauses_left == tuple(c.id for c in CLAUSES)
