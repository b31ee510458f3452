"""The page of a result: every miss can be opened, nothing runs or is fetched, and texts cannot break out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reviewer.answer import Again, Words
from reviewer.exporters.evaluation import as_html, as_text, plots
from reviewer.labelled import Labelled
from reviewer.verdict import Context, Decision, Kind
from tests.evaluating.makers import answer, case, found, reading, result
from tests.exporters.pages import select

if TYPE_CHECKING:
    from reviewer.score import Evaluation

EVIL = '<script>alert("x")</script> matches faces \u202e of everybody.'


def quoted(text: str, words: str) -> Words:
    """Quote words of a text."""
    start = text.index(words)
    return Words(text=words, start=start, end=start + len(words), context=Context.ASSERTED)


@pytest.fixture(name="told", scope="module")
def _told() -> Evaluation:
    """Make a result with a miss, a false alarm, a text that means harm, and a case that is right."""
    cases = [
        case("it is missed", "faces", language="fr"),
        Labelled(id='<b>"odd"&id', kind="<i>kind", text=EVIL, expect=(), decision=Decision.APPROVE),
        case("right", "faces"),
    ]
    wrong = answer(cases[1].id, found("faces", Kind.REVIEW, quoted(EVIL, "matches faces")))
    return result(cases, reading(answer("it is missed"), wrong, answer("right", "faces")))


@pytest.fixture(name="page", scope="module")
def _page(told: Evaluation) -> str:
    return as_html(told)


def element(page: str, anchor: str) -> Any:  # noqa: ANN401  an element of lxml
    """Find what a link leads to."""
    (there,) = select(page, f"//*[@id='{anchor}']")
    return there


def test_every_miss_can_be_reached_from_the_tables(told: Evaluation, page: str) -> None:
    """Each wrong case has a link with its id, which leads into a block that opens, with its text."""
    texts = {one.id: one.text for one in told.cases}
    links = {link.text_content(): link.get("href") for link in select(page, "//td//a")}
    assert set(links) == {miss.id for miss in told.trials[0].scores.misses} == {"it is missed", '<b>"odd"&id'}
    for name, target in links.items():
        there = element(page, target[1:])
        assert there.getparent().tag == "details"
        assert texts[name][:10] in there.text_content()


def test_all_links_lead_somewhere(page: str) -> None:
    """No link is dead, and no id stands twice."""
    ids = [str(one) for one in select(page, "//@id")]
    assert len(ids) == len(set(ids))
    assert {str(one)[1:] for one in select(page, "//@href")} <= set(ids)


def test_a_miss_shows_what_was_expected_and_what_was_found(page: str) -> None:
    """Quotes are marked in the text, and labels, findings and reasons stand beside it."""
    there = element(page, "rules--b-odd-id")
    (mark,) = there.xpath(".//mark")
    assert (mark.text_content(), mark.get("class")) == ("matches faces", "review")
    said = " ".join(there.text_content().split())
    for part in ("Expected nothing", "Found faces", "Decided Refer to a person", "It says so; found by the rules"):
        assert part in said


def test_nothing_in_a_case_can_run(page: str) -> None:
    """Markup in ids, kinds and texts stays text, invisible characters show by their codes, and no script is there."""
    assert select(page, "//script | //link | //img | //iframe | //*[@src] | //*[@style] | //b[text()='\"odd\"']") == []
    assert "<script>alert" not in page
    assert "<i>kind" not in page
    assert "&lt;U+202E&gt;" in page
    (allowed,) = select(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert allowed.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in allowed


def test_recall_is_drawn_with_its_interval(told: Evaluation, page: str) -> None:
    """Each kind with expected findings has a point at its recall, within its interval, and the figure in words."""
    (bar,) = plots.bars(told.trials[0].scores.kinds)
    assert bar.at == plots.LEFT + plots.WIDTH / 2
    assert bar.low <= bar.at <= bar.high
    (circle,) = select(page, "//svg[contains(@aria-label, 'by kind')]//circle")
    assert float(circle.get("cx")) == bar.at
    assert "1 of 2: 0.50 [" in bar.told


def test_confusion_is_a_table_by_heat(page: str) -> None:
    """A row for each expected clause has a count under each that was found, dark where it is frequent."""
    assert [cell.text_content() for cell in select(page, "//table[@class='heat']/thead//th")] == [
        "expected",
        "faces",
        "nothing",
    ]
    rows = select(page, "//table[@class='heat']/tbody/tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [["faces", "1", "1"], ["nothing", "1", ""]]
    assert [cell.get("class") for cell in rows[0].xpath("td")] == ["h5 same", "h5"]


def test_unsteady_cases_and_flips_can_be_opened_though_they_are_right() -> None:
    """Where readings differ, a reader of the result finds all of them in one block."""
    told = answer("1", "faces").model_copy(update={"again": (Again(decision=Decision.REJECT, clauses=()),)})
    page = as_html(result([case("1", "faces")], reading(told, repeats=2)))
    assert "Reading 2 reject: nothing" in " ".join(element(page, "rules-1").text_content().split())


def test_ids_that_look_alike_keep_their_own_blocks() -> None:
    """Two ids that differ only in letters that a link cannot hold do not share an anchor."""
    page = as_html(result([case("a b", "c"), case("a/b", "c")], reading(answer("a b"), answer("a/b"))))
    assert [element(page, name).get("id") for name in ("rules-a-b", "rules-a-b.2")]


def test_a_terminal_cannot_be_drawn_on() -> None:
    """Control characters in ids and kinds are shown by their codes."""
    told = result([case("a\x1b[2J", "c", kind="k\x1b[1m")], reading(answer("a\x1b[2J")))
    assert "\x1b" not in as_text(told)
    assert "a<U+001B>[2J (k<U+001B>[1m): not found: c" in as_text(told)


def test_the_conventions_stand_with_every_result(told: Evaluation, page: str) -> None:
    """Who reads a figure can read there how it was counted."""
    for line in told.conventions:
        assert line in as_text(told)
    said = " ".join("".join(select(page, "//body//text()")).split())
    assert "20 resamples of whole cases, percentiles, seed 0" in said
