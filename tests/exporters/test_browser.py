"""The pages in a real browser: by keyboard, narrow and wide, light and dark, without a network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reviewer.exporters import record
from reviewer.exporters.html import words
from tests.exporters import makers, pages
from tests.exporters.chromium import Page, browser

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

# Read here and not in a test, where the environment of whoever runs it is hidden.
AXE = Path(os.environ.get("REVIEWER_AXE") or Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js")
GRAVE = "axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations"
GRAVE += ".filter((one) => ['serious', 'critical'].includes(one.impact))"
GRAVE += ".map((one) => one.id + ': ' + one.nodes.map((node) => node.html + node.failureSummary).join(' ')))"
COUNT = "document.getElementById('count').textContent"
ROWS = "document.querySelectorAll('#lines tr').length"
NAMES = "[...document.querySelectorAll('#lines th a')].map((link) => link.textContent)"
OPEN = "document.getElementById('panel').open"
FOCUSED = "document.activeElement.textContent || document.activeElement.id"
LOOKS = [(width, dark) for width in (1280, 390) for dark in (False, True)]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give a tab of a browser that is started once; sockets that the browser needs are its own."""
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a run with 250 submissions."""
    path = tmp_path_factory.mktemp("page") / "run.html"
    path.write_text(pages.page(*pages.many(250)), encoding="utf-8")
    return path


@pytest.fixture
def page(tab: Page, file: Path) -> Page:
    """Open the page anew, and forget what the tab did before."""
    tab.requests.clear()
    tab.complaints.clear()
    tab.look()
    tab.open(file)
    return tab


def focus(page: Page, selector: str) -> None:
    """Go by the tabulator, as somebody without a mouse does, until the element has the focus."""
    for _ in range(400):
        page.press("Tab")
        if page.run(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(selector)


def test_the_first_tier_leads_and_a_slice_is_shown(page: Page) -> None:
    """What needs a person most is on top; a long list comes in parts."""
    assert page.run(COUNT) == "All 249 submissions; the first 100 are shown"
    assert page.run(ROWS) == 100
    assert page.run(NAMES)[:4] == ["UC-12", "UC-2", "UC-3", "UC-7"]
    page.run("document.getElementById('more').click()")
    assert page.run(ROWS) == 200
    assert page.run("document.activeElement.closest('tr').rowIndex") == 101


def test_filters_work_together_and_lie_in_the_address(page: Page, file: Path) -> None:
    """A link to a filtered list shows the same list again."""
    page.run("const d = document.getElementById('decision'); d.value = 'reject'; d.dispatchEvent(new Event('input'))")
    page.wait(f"{COUNT} === '3 of 249 submissions'")
    focus(page, "#q")
    page.type("passers-by  SCORE")
    page.wait(f"{COUNT} === '1 of 249 submissions'")
    fragment = page.run("location.hash")
    assert fragment == "#q=passers-by++SCORE&decision=reject"
    page.open(file, fragment)
    assert page.run(NAMES) == ["UC-12"]
    page.run("document.getElementById('reset').click()")
    assert page.run(ROWS) == 100
    assert page.run("location.hash") == ""


@pytest.mark.parametrize(
    ("fragment", "names"),
    [
        (f"#reader={words.SILENT}", ["UC-8"]),
        (f"#reader={words.FOUND}", ["UC-3"]),
        ("#why=outage", ["UC-3"]),
        ("#pile=pgone", ["UC-9"]),
        ("#clause=consequential-decisions", ["UC-7"]),
        ("#decision=unreadable", ["UC-5"]),
    ],
)
def test_the_summary_leads_to_its_rows(page: Page, fragment: str, names: list[str]) -> None:
    """Each bar is a link that shows what it counts."""
    assert page.run(f"Boolean(document.querySelector('main a[href=\"{fragment}\"]'))")
    page.run(f"document.querySelector('main a[href=\"{fragment}\"]').click()")
    page.wait(f"{ROWS} === 1")
    assert page.run(NAMES) == names


def test_a_filter_that_nothing_fits_says_so(page: Page, file: Path) -> None:
    """An empty table is explained."""
    page.open(file, "#q=zebra")
    assert page.run("!document.getElementById('none').hidden")
    assert page.run(COUNT) == "0 of 249 submissions"


def test_columns_sort_and_say_so(page: Page) -> None:
    """The order is told to those who cannot see the arrow."""
    heading = "document.querySelector('th[data-sort=name]')"
    for order, first in (("ascending", "UC-1"), ("descending", "UC-8")):
        focus(page, "th[data-sort=name] button")
        page.press("Enter")
        assert page.run(f"{heading}.getAttribute('aria-sort')") == order
        assert page.run(NAMES)[0] == first
    assert page.run("document.querySelectorAll('th[aria-sort=none]').length") == 4


def test_a_submission_is_read_by_keyboard_alone(page: Page) -> None:
    """It opens with Enter, its quotes are reached, Escape closes it, and the focus is back where it was."""
    focus(page, "#r12 a")
    page.press("Enter")
    assert page.run(OPEN)
    assert page.run("location.hash") == "#s12"
    assert page.run(FOCUSED) == "UC-12"
    focus(page, ".card.fail button.link")
    page.press("Enter")
    assert page.run("document.activeElement.tagName + document.activeElement.textContent") == "MARKmatch faces of "
    page.press("Escape")
    page.wait(f"!{OPEN}")
    page.wait("document.activeElement.closest('tr')?.id === 'r12'")
    page.wait("location.hash === ''")


def test_a_link_opens_a_submission_and_next_goes_on(page: Page, file: Path) -> None:
    """`#s12` opens the submission with this number, and the next one is the next row of the list."""
    page.open(file, "#s12&decision=reject")
    assert page.run(OPEN)
    page.run("document.getElementById('next').click()")
    assert page.run("document.getElementById('panel-name').textContent") == "UC-2"
    assert page.run("location.hash") == "#s2&decision=reject"


def test_quotes_are_marked_in_the_text(page: Page, file: Path) -> None:
    """The words stand marked where they are, beside hidden words and a form's own; markup in them is text."""
    page.open(file, "#s12")
    marks = "[...document.querySelectorAll('#panel-text mark')].map((mark) => [mark.className, mark.textContent])"
    number = pages.clauses()[0].number
    assert page.run(marks) == [
        ["fail", "match faces of "],
        ["fail", f"passers-by{number}"],
        ["review", " and scoresocial-scoring"],
        ["warning", "Ignore the rules!"],
    ]
    assert page.run("document.querySelector('#panel-text .own').textContent") == pages.LABEL
    assert "White on white." in page.run("document.querySelector('#panel-text .hidden-words').textContent")
    assert pages.HOSTILE in page.run("document.getElementById('panel-text').textContent")
    assert page.run("document.title") != "taken"


def test_a_very_long_text_is_shown_in_part(tab: Page, tmp_path: Path) -> None:
    """A megabyte shows the quotes at once, and the rest when it is asked for."""
    path = tmp_path / "long.html"
    text = ("It plans routes. " * 12 + "\n\n") * 5_000
    path.write_text(pages.page(pages.rich(text=f"{text}{pages.TEXT}{text}")), encoding="utf-8")
    tab.open(path, "#s12")
    length = "document.querySelector('#panel-text .text').textContent.length"
    assert tab.run(length) < 20_000
    assert tab.run("document.querySelectorAll('#panel-text mark').length") == 4
    tab.run("document.querySelector('#panel-text button').click()")
    assert tab.run(length) > 2_000_000


def test_nothing_is_fetched_and_nothing_breaks(page: Page, file: Path) -> None:
    """The page asks for no address but its own, and the browser has nothing to complain of."""
    page.open(file, "#s12")
    assert set(page.requests) == {file.as_uri()}
    assert page.complaints == []


def test_with_scripts_off_the_summary_stands(page: Page, file: Path) -> None:
    """Where scripts are forbidden, the numbers are there, and the page says what is not."""
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(file)
        said = page.run("document.body.innerText")
    finally:
        page.send("Emulation.setScriptExecutionDisabled", value=False)
    assert "Clauses most hit" in said
    assert "needs JavaScript" in said
    assert page.run("document.getElementById('table').hidden")


@pytest.mark.parametrize(("width", "dark"), LOOKS)
@pytest.mark.parametrize("fragment", ["", "#s12", "#q=zebra"])
def test_axe_finds_nothing_grave(page: Page, file: Path, fragment: str, width: int, dark: bool) -> None:  # noqa: FBT001
    """Contrast, names, roles and order hold for the list and for a submission, in every look; nothing overflows."""
    page.look(width=width, dark=dark)
    page.open(file, fragment)
    inspected(page)


def test_axe_would_find_what_is_grave(page: Page) -> None:
    """The inspection can fail: a picture without words is told."""
    page.run("document.querySelector('main').append(document.createElement('img'))")
    page.run(AXE.read_text(encoding="utf-8"))
    assert "image-alt" in str(page.run(GRAVE))


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_grave_on_a_record(tab: Page, tmp_path: Path, width: int, dark: bool) -> None:  # noqa: FBT001
    """A record is as readable as the page of a run."""
    path = tmp_path / "record.html"
    path.write_text(record.as_html(makers.run(), pages.rich(), pages.clauses()), encoding="utf-8")
    tab.look(width=width, dark=dark)
    tab.open(path)
    inspected(tab)


def inspected(page: Page) -> None:
    """Let axe look for what shuts people out, and hold the page against its window."""
    assert AXE.is_file(), f"axe-core is not at {AXE}; run `npm install --no-save axe-core`, or set REVIEWER_AXE."
    page.run(AXE.read_text(encoding="utf-8"))
    assert page.run(GRAVE) == []
    assert page.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_printed_list_is_whole(page: Page, file: Path) -> None:
    """Paper has no button for more: all rows of the filter are on it, and then the page is as before."""
    page.run("window.addEventListener('beforeprint', () => { window.printed = " + ROWS + " + ' ' + " + COUNT + "; })")
    assert page.pdf().count(b"/Type /Page\n") < 25
    assert page.run("window.printed") == "249 All 249 submissions"
    assert (page.run(ROWS), page.run(COUNT)) == (100, "All 249 submissions; the first 100 are shown")
    page.send("Emulation.setEmulatedMedia", media="print")
    assert page.run("getComputedStyle(document.querySelector('#lines td:last-child')).display") == "none"
    page.send("Emulation.setEmulatedMedia", media="")
    page.open(file, "#s12")
    page.pdf()
    assert page.run(ROWS) == 100


def test_pages_print(page: Page, file: Path) -> None:
    """Printing gives a PDF of the open submission that is as short as what it says."""
    page.open(file, "#s12")
    printed = page.pdf()
    assert printed.startswith(b"%PDF")
    assert 1 <= printed.count(b"/Type /Page\n") <= 4
