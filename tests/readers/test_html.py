"""Tests of the reader of web pages."""

from __future__ import annotations

import pytest
from lxml import etree

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers import html
from reviewer.readers.html.styles import Styles
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind, Source, Submission

PAGE = Source(file="page.html")


def read(markup: str | bytes, limits: Limits | None = None) -> Submission:
    """Read a page."""
    data = markup if isinstance(markup, bytes) else f'<meta charset="utf-8">{markup}'.encode()
    return html.read(data, PAGE, limits or Limits())


def hidden(submission: Submission) -> list[tuple[str, str]]:
    """Give the hidden words, and why they are."""
    return [
        (submission.text[remark.start : remark.end], remark.text)
        for remark in submission.remarks
        if remark.kind is RemarkKind.HIDDEN
    ]


def told(submission: Submission, kind: RemarkKind) -> list[str]:
    """Give the remarks of a kind."""
    return [remark.text for remark in submission.remarks if remark.kind is kind]


def where(submission: Submission, words: str) -> str:
    """Give the place of some words."""
    return str(submission.place(submission.text.index(words)))


def test_blocks_are_paragraphs_with_addresses() -> None:
    """Each heading, paragraph and list item is found again by its number."""
    found = read(
        "<h1>A plan</h1><p>We  sort <b>let</b>ters.<br>By hand.<ul><li>One<li><p>Two</p></ul>loose<div>end</div>"
    )
    assert found.text == "A plan\n\nWe sort letters.\nBy hand.\n\n- One\n\n- Two\n\nloose\n\nend"
    assert where(found, "By hand") == "page.html, paragraph 2"
    assert where(found, "end") == "page.html, paragraph 6"


def test_preformatted_text_keeps_its_lines() -> None:
    """Blanks and breaks in it are the author's."""
    assert read("<pre>a\n   b</pre>").text == "a\n   b"


def test_what_no_page_shows_is_left_out() -> None:
    """Scripts, styles and templates are for machines."""
    page = "<title>t</title><p>Seen<script>a()</script><style>b{}</style><template>c</template>"
    assert read(page).text == "Seen"


def test_tables_are_rows_with_cells() -> None:
    """A quote from a table names its cell, also beside a cell that spans two columns."""
    found = read("<table><tr><th>A<th>B<th>C</tr><tr><td colspan=2>one<br>two<td>three</tr></table><p>after")
    assert found.text == "| A | B | C |\n| one two | three |\n\nafter"
    assert where(found, "three") == "page.html, table 1, cell C2"


def test_tables_of_layout_are_paragraphs() -> None:
    """Mails lay out everything in tables within tables; their words stand in paragraphs as people see them."""
    found = read("<table><tr><td><table><tr><td><p>One</p><p>Two</p></table><td><h1>Side</h1></table>")
    assert found.text == "One\n\nTwo\n\nSide"


def test_cells_without_rows_are_not_lost() -> None:
    """Markup that no standard allows loses no words."""
    found = read("<table><tr><td>a<td>b</tr><td>c<td>d</table><td>e</td>")
    assert all(letter in found.text for letter in "abcde")


def test_forms_keep_labels_apart_from_answers() -> None:
    """Labels are the form's own words; values, ticks and choices are the requester's."""
    found = read(
        "<form><label for=n>Name</label><input id=n value='A person'><label>Age <input value=30></label>"
        "<div><label><input type=checkbox checked> Stores faces</label><input type=radio id=r>"
        "<label for=r>Never</label></div><select><option>No<option selected>Yes</select><textarea>Free\ntext</textarea>"
        "<input type=hidden value=x><button>Send</button></form>"
    )
    assert found.text == "Name A person Age 30\n\n[x] Stores faces [ ] Never\n\nYes\n\nFree\ntext\n\nSend"
    assert [found.text[start:end] for start, end in found.own_words] == ["Name", "Age", "Send"]


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ("display:none", "display: none"),
        ("DISPLAY : None !important; display:block", "display: none"),
        (r"display:\6eone", "display: none"),
        ("visibility:hidden", "visibility: hidden"),
        ("opacity:0", "opacity: 0"),
        ("content-visibility:hidden", "content-visibility"),
        ("font-size:0", "less than 2 pixels"),
        ("font-size:1px", "less than 2 pixels"),
        ("font:0/0 a", "less than 2 pixels"),
        ("color:#fff", "White letters on a white page."),
        ("color:#fefefe", "White letters on a white page."),
        ("color: rgba(255, 255, 255, 1)", "White letters on a white page."),
        ("color:hsl(0, 0%, 99%)", "White letters on a white page."),
        ("color:transparent", "in the colour of what is behind"),
        ("color:#222;background:#222 none", "in the colour of what is behind"),
        ("position:absolute;left:-9999px", "off the page"),
        ("text-indent:-9999px", "off the page"),
        ("margin-left:-100em", "off the page"),
        ("transform:translateX(-5000px)", "off the page"),
        ("position:absolute;clip:rect(0 0 0 0)", "without room"),
        ("clip-path:inset(50%)", "without room"),
        ("height:0;overflow:hidden", "without room"),
        ("transform:scale(0)", "without room"),
    ],
)
def test_hidden_words_are_text_with_a_warning(style: str, why: str) -> None:
    """What a style hides from people stands in the text, exactly marked, and the rest is not."""
    found = read(f"<p>We do <span style='{style}'>not </span>store faces.</p>")
    assert found.text == "We do not store faces."
    assert [(words, why in reason) for words, reason in hidden(found)] == [("not", True)]


@pytest.mark.parametrize(
    "style",
    [
        "display:block",
        "display:none;display:inline",
        "opacity:0.9",
        "font-size:0.8em",
        "font-size:small",
        "color:#767676",
        "color:var(--ink)",
        "color:white;background:#003366",
        "color:white;background:url(dark.png)",
        "color:white;background-image:linear-gradient(red,blue)",
        "margin:0 auto",
        "left:-9999px",
        "text-indent:-20px",
        "height:0",
        "overflow:hidden;width:100%",
        "transform:translate(10px,5px) scale(0.9)",
    ],
)
def test_ordinary_styles_hide_nothing(style: str) -> None:
    """What people see bars no approval."""
    assert hidden(read(f"<p style='{style}'>Words that people read.</p>")) == []


def test_a_dark_ground_shows_white_letters() -> None:
    """An ancestor's colour counts, by style or as mails write it, and so does a light box within a dark one."""
    assert hidden(read("<div style='background:#111'><p><b style='color:#fff'>seen</b></div>")) == []
    assert hidden(read("<table><tr><td bgcolor=black><font color=white>seen</font></table>")) == []
    page = "<div style='background:#111;color:#fff'>seen<p style='background:#fff'>gone</div>"
    assert hidden(read(page)) == [("gone", "White letters on a white page.")]


def test_visibility_and_size_can_be_undone_within() -> None:
    """A child that shows itself is seen, except in what is not displayed at all."""
    page = "<div style='visibility:hidden;font-size:0'>one<b style='visibility:visible;font-size:12px'>two</b></div>"
    assert [words for words, _ in hidden(read(page))] == ["one"]
    page = "<div style='display:none'><b style='display:block;visibility:visible'>two</b></div><p>x"
    assert [words for words, _ in hidden(read(page))] == ["two"]


@pytest.mark.parametrize("opening", ["<p hidden>", "<dialog>", "<div popover>", "<p hidden=until-found>"])
def test_attributes_hide_too(opening: str) -> None:
    """HTML has ways of its own to show nothing."""
    assert [words for words, _ in hidden(read(f"<p>seen</p>{opening}gone"))] == ["gone"]


def test_what_only_programs_skip_is_seen() -> None:
    """`aria-hidden` hides nothing from eyes."""
    assert hidden(read("<p aria-hidden=true>seen</p>")) == []


@pytest.mark.parametrize(
    "css",
    [
        ".gone{display:none}",
        "/* a } */ i , B.gone { color: red; display:none; }",
        "#top .gone{display:none}",
        "div > p > .gone.x{display:none}",
        "@media screen{.gone{display:none}}",
        "*{display:block}.gone{display:none}b{display:inline}",
        ".x{display:none!important}#in{display:inline}",
        "@import 'a.css';.gone{display:none}",
        "<!-- .gone{display:none} -->",
    ],
)
def test_the_pages_own_rules_hide(css: str) -> None:
    """Classes, ids, tags and chains of them count as inline styles do, the weightier first."""
    page = f"<style>{css}</style><div id=top><p>We do <b id=in class='x gone'>not </b>sell.</div>"
    assert [words for words, _ in hidden(read(page))] == ["not"]


@pytest.mark.parametrize(
    "css",
    [
        "@media print{.gone{display:none}}",
        "section .gone{display:none}",
        "div > .gone{display:none}",
        ".gone{display:none}#in{display:inline}",
        ".gone{display:none",
        "}{.gone}",
    ],
)
def test_rules_that_do_not_hold_hide_nothing(css: str) -> None:
    """What is only for print, elsewhere, undone or broken is seen."""
    page = f"<style>{css}</style><div id=top><p>We do <b id=in class='x gone'>not </b>sell.</div>"
    assert hidden(read(page)) == []


def test_rules_that_cannot_be_followed_are_told() -> None:
    """Nobody is led to think that every way of hiding was checked."""
    css = "a:hover{color:red} .x:nth-child(2){display:none} @media (min-width:9px){.y{visibility:hidden}}"
    notes = told(read(f"<style>{css}</style><p>Words"), RemarkKind.NOTE)
    assert notes == ["2 style rules were not followed, so that words may be hidden by them."]


def test_hidden_rows_are_marked_cell_by_cell() -> None:
    """A row that nobody sees keeps its shape, and one cell of it does not hide the others."""
    found = read("<table><tr style='display:none'><td>a<td>b</tr><tr><td>c<td style='display:none'>d</tr></table>")
    assert [words for words, _ in hidden(found)] == ["a", "b", "d"]
    assert where(found, "d") == "page.html, table 1, cell B2"


def test_what_was_not_read_is_counted() -> None:
    """Pictures and comments are notes; frames and drawings with words bar an approval."""
    found = read(
        "<p>Words<img src=a alt='A face'><img src=b><svg><path/></svg><!-- secret --><!-- --><iframe src=x></iframe>"
        "<object></object><svg><text>hi</text></svg>"
    )
    assert told(found, RemarkKind.UNREAD) == ["Parts of the page were not read: 1 drawing, 1 frame, 1 object."]
    assert told(found, RemarkKind.NOTE) == ["3 pictures were not read.", "1 HTML comment was not read."]
    assert where(found, "A face") == "page.html, paragraph 1, picture's description"


@pytest.mark.parametrize(
    "data",
    [
        b"<p>Caf\xc3\xa9",
        "<p>Caf\u00e9".encode("windows-1252"),
        "<meta charset=iso-8859-1><p>Caf\u00e9".encode("windows-1252"),
        "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>Caf\u0438".encode("koi8-r"),
        "<p>Caf\u00e9".encode("utf-16"),
        "<meta charset=utf-16><p>Caf\u00e9".encode(),
        "<meta charset=made-up><p>Caf\u00e9".encode(),
        b"<p>Caf&eacute;",
    ],
)
def test_the_encoding_is_found(data: bytes) -> None:
    """By its mark, by what the page says, or by its bytes."""
    assert read(data).text in {"Caf\u00e9", "Caf\u0438"}


def test_deep_pages_are_refused_and_end_nothing() -> None:
    """A page nested without end is one sentence, not a crash, and nothing of it is lost in silence."""
    with pytest.raises(UnreadableDocument, match=r"page\.html: its markup cannot be read in full \(excessive depth"):
        read("<p>seen</p>" + "<div>" * 100_000 + "deep")
    assert read("<div>" * 200 + "deep").text == "deep"


def test_endless_styles_are_refused() -> None:
    """Rules times elements has a limit, so that no page hangs the process."""
    css = "".join(f".a .b{number} .c{{display:none}}" for number in range(30))
    styles = Styles([css], "page.html", most_checks=100)
    root = etree.HTML("<div>" * 10 + "<i class=c>x</i>")
    with pytest.raises(TooLarge, match=r"page\.html: its styles take more than the limit of 100 comparisons"):
        styles.of(next(root.iter("i")))


@pytest.mark.parametrize("markup", ["", "<p>", "<script>words()</script>", "<!-- words -->"])
def test_a_page_without_words_is_empty(markup: str) -> None:
    """A page that only a browser could fill says so."""
    with pytest.raises(EmptySubmission, match="there is no text in it"):
        read(markup)


def test_limits_are_named() -> None:
    """Bytes and characters each have one."""
    with pytest.raises(TooLarge, match="limit of 10 "):
        read("<p>Words", Limits(max_bytes=10))
    with pytest.raises(TooLarge, match="limit of 3;"):
        read("<p>Words", Limits(max_characters=3))
