"""`reviewer policy import`: a saved official page becomes verbatim wording, laid over a policy."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reviewer import loading
from reviewer.cli import run
from reviewer.cli.status import Status
from reviewer.errors import EmptySubmission, UnreadableDocument
from reviewer.policy import Standing
from reviewer.readers import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.aligning import Item

PAGES = Path(__file__).parent / "pages"
HTML, MARKDOWN = PAGES / "code-of-conduct.html", PAGES / "code-of-conduct.md"
PACK = """
name = "house"
version = "1"
title = "House rules"
publisher = "The house"
url = "https://house.example/rules"
retrieved = "Written for a test."
legal_status = "None."
"""
CLAUSE = """
[[clauses]]
id = "{id}"
section = "{section}"
title = "{title}"
text = "{text}"
effect = "prohibited"
standing = "summarised"
source = "A summary."
remedy = "Leave it out."
"""
CLAUSES = (
    ("monitoring", "Usage restrictions", "Covert monitoring", "Staff must not be watched in secret."),
    ("scoring", "Usage restrictions", "Social scoring", "People must not be scored by how they live in housing."),
    ("disclosure", "Requirements", "Disclosure", "People must be told that they talk to a machine."),
    ("feedback", "Requirements", "Feedback", "Users can report problems."),
    ("weapons", "Usage restrictions", "Weapons", "Weapons must not be designed."),
)


@pytest.fixture(name="pack")
def _pack(tmp_path: Path) -> Path:
    """Give a policy of five clauses, four of which the Markdown page has."""
    names = ("id", "section", "title", "text")
    made = "".join(CLAUSE.format(**dict(zip(names, row, strict=True))) for row in CLAUSES)
    file = tmp_path / "house.toml"
    file.write_text(PACK + made)
    return file


@pytest.fixture(name="save")
def _save(tmp_path: Path) -> Callable[[str, str], Path]:
    """Give a function that saves a page."""

    def save(name: str, content: str) -> Path:
        file = tmp_path / name
        file.write_text(content)
        return file

    return save


def read(file: Path) -> tuple[Item, ...]:
    """Give the items of a page."""
    return pages.read(file)[1]


def test_a_page_gives_its_items_and_not_what_stands_around_them() -> None:
    """Navigation, scripts, comments, footers and hidden words are no items, and none is lost."""
    items = read(HTML)
    told = " ".join(item.text for item in items)
    for word in ("Training for police", "is fine", "Privacy Choices", "helpful", "editor", "Hidden", "05/01/2026"):
        assert word not in told
    numbers = [item.number for item in items if item.sections[1:] == ("Usage Restrictions",) and item.number]
    assert numbers == [str(number) for number in range(1, 22)]


def test_nested_items_belong_to_the_item_around_them() -> None:
    """Its text is whole, and the nested ones stand behind it as parts."""
    items = read(HTML)
    (decisions,) = (item for item in items if item.number == "5" and "decisions" in item.text)
    assert decisions.text.endswith(
        "or human rights, - financial position or employment opportunities, or - physical or psychological integrity;"
    )
    assert [item.text.split()[0] for item in items if item.part_of == decisions.place] == [
        "legal",
        "financial",
        "physical",
    ]


def test_bold_words_head_a_text_only_if_something_parts_them_from_it() -> None:
    """A stressed word stays a word of the sentence; a lead stays in the wording, too."""
    items = pages.items(
        b"<ul><li><b>Never</b> sell it</li><li><b>Fraud</b>: do not cheat</li><li><b>Theft.</b> Do not steal</li></ul>",
        "page.html",
        is_markdown=False,
    )
    assert [item.heading for item in items] == [None, "Fraud", "Theft"]
    assert [item.text for item in items] == ["Never sell it", "Fraud: do not cheat", "Theft. Do not steal"]


def test_markdown_is_read_as_a_page() -> None:
    """Front matter, scripts and examples are left out; numbers, links, emphasis and tables are read."""
    items = read(MARKDOWN)
    by_number = {item.number: item.text for item in items if item.sections == ("Rules for assistants", "Requirements")}
    assert by_number == {
        "a": "Tell people that they talk to a machine.",
        "b": "Keep a log of what the assistant does for ninety days.",
        "c": "Feedback: Offer users a way to report what goes wrong.",
    }
    told = " ".join(item.text for item in items)
    assert "rate the creditworthiness" in told
    for word in ("ms.date", "example and no rule", "document.write", "{#rules}", "*"):
        assert word not in told


NUMBERED = [
    ('<ol type="a" start="2"><li>two<li>three</ol>', ["b", "c"]),
    ('<ol type="i"><li>one<li value="4">four<li>five</ol>', ["i", "iv", "v"]),
    ("<p>(f) six</p><p>18. eighteen</p><p>(EU) 2024/1689 is a regulation.</p>", ["f", "18"]),
    ("<h2>Article 5: Practices</h2><p>Words.</p>", ["5"]),
    ("<table><tr><th>No.<th>What<tr><td>3<td>Scoring people</table>", ["3"]),
    ("<dl><dt>Fraud<dd>Do not cheat.</dl>", [None]),
    ('<ul><li><a href="/">Home</a><li><a href="/x">More</a></ul><p>1. one</p>', ["1"]),
]


@pytest.mark.parametrize(("markup", "numbers"), NUMBERED, ids=[str(numbers) for _, numbers in NUMBERED])
def test_items_have_the_number_that_a_browser_shows(markup: str, numbers: list[str | None]) -> None:
    """Letters, Roman and typed numbers are read, and a list of links is navigation."""
    found = pages.items(markup.encode(), "page.html", is_markdown=False)
    assert [item.number for item in found] == numbers


EMPTY = [
    ("empty.html", "", EmptySubmission, "save the page once the browser shows its text in full"),
    ("script.html", "<script>app()</script><div id='root'></div>", EmptySubmission, "holds no list"),
    ("empty.md", "", EmptySubmission, "holds no list"),
    ("login.html", "<h1>Sign in</h1><form><p>Name<input type='password'></form>", UnreadableDocument, "to sign in"),
]


@pytest.mark.parametrize(("name", "content", "error", "words"), EMPTY, ids=[name for name, *_ in EMPTY])
def test_a_page_without_the_policy_says_what_to_do(
    save: Callable[[str, str], Path], name: str, content: str, error: type[Exception], words: str
) -> None:
    """An empty page and one to sign in are refused in one sentence with the cure."""
    with pytest.raises(error, match=words):
        read(save(name, content))


def test_an_html_page_gives_official_wording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Number, heading and words find their clauses; the result loads with verbatim texts from the named page."""
    out = tmp_path / "made.toml"
    command = ["policy", "import", str(HTML), "--onto", "microsoft-ai-services@4.0", "--out", str(out)]
    assert run([*command, "--name", "acme"]) == 0
    made = loading.policy(str(out))
    assert (made.address, made.extends) == ("acme@4.0", "microsoft-ai-services@4.0")
    police = made.by_id["us-police-facial-recognition"]
    assert police.text == "for facial recognition by or for a state or local police department in the United States;"
    assert (police.standing, police.confirmed) == (Standing.VERBATIM, None)
    assert hashlib.sha256(HTML.read_bytes()).hexdigest() in police.source
    assert (
        made.by_id["self-harm"].text == "Content that encourages a person to it. Help for people in need stays allowed."
    )
    assert made.by_id["grooming"].standing is not Standing.VERBATIM
    shown = capsys.readouterr().out
    assert "us-police-facial-recognition: 18. for facial recognition" in shown
    assert "self-harm: Suicide and self-injury: Content that encourages a person to it. He... (by heading" in shown
    assert "fraud-detection: 1. detect fraudulent behavior of its users, at sign-up and later; (by likeness" in shown
    assert "Clauses without an item on the page: 11\n  - grooming" in shown
    assert "Items of the page without a clause: 1\n" in shown
    assert "Limited Exceptions: Managed customers can apply" in shown


def test_a_markdown_page_is_laid_over_a_policy_of_ones_own(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A policy file is extended by its path from where the result lies, and `--by` confirms what is sure."""
    out = pack.parent / "made.toml"
    command = [
        "policy",
        "import",
        str(MARKDOWN),
        "--onto",
        str(pack),
        "--out",
        str(out),
        "--by",
        "The legal department",
    ]
    assert run(command) == 0
    assert tomllib.loads(out.read_text())["extends"] == "./house.toml"
    made = loading.policy(str(out))
    assert made.by_id["scoring"].text.endswith("(1) in housing, (2) in credit, or (3) in insurance")
    assert made.by_id["monitoring"].text.startswith("Covert monitoring. Watch staff, or record what they type")
    confirmed = made.by_id["monitoring"].confirmed
    assert confirmed
    assert confirmed.by == "The legal department"
    # What only its words were alike for stays as uncertain as it was.
    guessed = made.by_id["disclosure"]
    assert (guessed.confirmed, guessed.standing) == (None, Standing.SUMMARISED)
    shown = capsys.readouterr().out
    assert "4 of 5 clauses of house@1 have their official wording" in shown
    assert "Matched by likeness of words alone: 2; they count no surer than before" in shown
    assert "Clauses without an item on the page: 1\n  - weapons" in shown
    assert "Keep a log of what the assistant does" in shown.partition("Items of the page without a clause")[2]


def test_nothing_is_written_over_without_force(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays as it is until somebody says `--force`."""
    out = pack.parent / "made.toml"
    out.write_text("mine")
    command = ["policy", "import", str(MARKDOWN), "--onto", str(pack), "--out", str(out)]
    assert run(command) == Status.USAGE
    assert "is there already; name another with --out" in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert run([*command, "--force"]) == 0
    assert loading.policy(str(out)).name == "house-verbatim"


def test_a_result_that_does_not_load_is_not_kept(
    pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the result could not find the policy below it, nothing is left behind, not even the draft."""
    monkeypatch.chdir(pack.parent)
    (pack.parent / "sub").mkdir()
    command = ["policy", "import", str(MARKDOWN), "--onto", "house.toml", "--out", "sub/made.toml"]
    assert run(command) == 0
    assert tomllib.loads((pack.parent / "sub" / "made.toml").read_text())["extends"] == "./../house.toml"
    assert run([*command[:-1], "none/made.toml"]) == Status.USAGE
    assert "cannot be written: No such file or directory" in capsys.readouterr().err
    assert sorted(file.name for file in pack.parent.rglob("*.toml")) == ["house.toml", "made.toml"]


def test_a_page_of_something_else_is_refused(
    pack: Path, save: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where fewer than a quarter of the clauses are there, one sentence names the page to save."""
    page = save("tulips.html", "<h1>Tulips</h1><ul><li>red ones</li><li>yellow ones</li></ul>")
    assert (
        run(["policy", "import", str(page), "--onto", str(pack), "--out", str(pack.parent / "x.toml")]) == Status.USAGE
    )
    err = capsys.readouterr().err
    assert "does not look like the page of house@1" in err
    assert "save the page at https://house.example/rules" in err
    assert not (pack.parent / "x.toml").exists()
    missing = ["policy", "import", "./none.html", "--onto", str(pack)]
    assert run(missing) == Status.INPUT
    assert "it cannot be read (No such file or directory)" in capsys.readouterr().err
