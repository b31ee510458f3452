"""What one paragraph of a Word file holds: words that are seen and words that are not, boxes, marks and changes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reviewer.readers.docx import names
from reviewer.readers.docx.look import PLAIN, is_on, look, number
from reviewer.readers.docx.names import BOX, PARAGRAPH_LOOK, RUN, RUN_LOOK, VAL, W
from reviewer.readers.docx.styles import Style, Styles, own
from reviewer.readers.office.parts import ALTERNATE, RELATION, chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

TICKED, UNTICKED = "\u2612", "\u2610"
MOST_LEVELS = 6

# Boxes that people tick are often letters of a font of signs.
_SIGNS = {
    ("wingdings", "A8"): UNTICKED,
    ("wingdings", "6F"): UNTICKED,
    ("wingdings", "FC"): "\u2713",
    ("wingdings", "FD"): TICKED,
    ("wingdings", "FE"): "\u2611",
    ("wingdings", "78"): TICKED,
    ("wingdings 2", "A3"): UNTICKED,
    ("wingdings 2", "2A"): UNTICKED,
    ("wingdings 2", "52"): "\u2611",
    ("wingdings 2", "53"): TICKED,
    ("wingdings 2", "54"): TICKED,
    ("wingdings 2", "50"): "\u2713",
}


class Line:
    """A paragraph, read once. `pieces` are stretches of words, each with why nobody sees it, or nothing."""

    def __init__(self, element: Element, styles: Styles, ground: str | None) -> None:
        """Read a `w:p` that stands on `ground`."""
        properties = element.find(PARAGRAPH_LOOK)
        named = None if properties is None else properties.find(f"{W}pStyle")
        self.style: Style = own(properties).over(styles.paragraph(None if named is None else named.get(VAL)))
        self.ground = ground if self.style.ground is None else self.style.ground
        self.pieces: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        self.comments: list[str] = []
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.diagrams: list[str] = []
        self.inserted: list[str] = []
        self.deleted: list[str] = []
        self.unread: Counter[str] = Counter()
        self.inserting = False
        self._styles = styles
        self._plain = self._why(None)
        self.why_now = self._plain
        self.walk(element)

    @property
    def mark(self) -> str:
        """What stands before the words of a heading or a list item, as in Markdown."""
        if self.style.level:
            return "#" * min(self.style.level, MOST_LEVELS) + " "
        return "- " if self.style.listed else ""

    @property
    def seen(self) -> str:
        """The words that people see."""
        return "".join(text for text, why in self.pieces if not why)

    def walk(self, element: Element) -> None:
        """Read what an element holds; one that is not known is looked into, so that no words are missed."""
        for child in element:
            handle = _HANDLERS.get(child.tag)
            if handle is None:
                self.walk(child)
            else:
                handle(self, child)

    def add(self, text: str) -> None:
        """Add words that look as those of the run do; blanks alone are never a piece of their own."""
        if self.inserting:
            self.inserted.append(text)
        pieces = self.pieces
        if pieces and (pieces[-1][1] == self.why_now or text.isspace()):
            pieces[-1] = (pieces[-1][0] + text, pieces[-1][1])
        elif text and not text.isspace():
            pieces.append((text, self.why_now))

    def run(self, element: Element) -> None:
        """Read a run, whose letters all look the same."""
        properties = element.find(RUN_LOOK)
        self.why_now = self._plain if properties is None else self._why(properties)
        self.walk(element)
        self.why_now = self._plain

    def _why(self, properties: Element | None) -> str:
        if unseen := self.style.layout.why_hidden:
            return unseen
        named = None if properties is None else properties.find(f"{W}rStyle")
        of_style = PLAIN if named is None else self._styles.letters(named.get(VAL))
        base = self.style.look
        # Two styles that both hide show again, as switches in Word do; what a run says itself holds.
        whole = of_style.over(base)._replace(hidden=bool(of_style.hidden) != bool(base.hidden))
        return look(properties).over(whole).why_hidden(self.ground)


def deleted(element: Element) -> str:
    """Give the words in a part that a tracked change took away."""
    return "".join(part.text or "" for part in element.iter(f"{W}delText", f"{W}t"))


def _text(line: Line, element: Element) -> None:
    line.add(element.text or "")


def _sign(line: Line, element: Element) -> None:
    code = element.get(f"{W}char", "").upper()
    code = code[2:] if code.startswith(("F0", "00")) else code
    line.add(_SIGNS.get((element.get(f"{W}font", "").lower(), code), ""))


def _field(line: Line, element: Element) -> None:
    """Read the boxes and the lists to choose from of an older form, which keep their answer in the field."""
    if (box := element.find(f"{W}ffData/{W}checkBox")) is not None:
        said = box.find(f"{W}checked")
        line.add(TICKED if is_on(box.find(f"{W}default") if said is None else said) else UNTICKED)
    if (choice := element.find(f"{W}ffData/{W}ddList")) is not None:
        entries = [entry.get(VAL, "") for entry in choice.findall(f"{W}listEntry")]
        at = number(choice.find(f"{W}result")) or 0
        line.add(entries[at] if at < len(entries) else "")


def _insertion(line: Line, element: Element) -> None:
    before, line.inserting = line.inserting, True
    line.walk(element)
    line.inserting = before


def _deletion(line: Line, element: Element) -> None:
    line.deleted.append(deleted(element))


def _alternate(line: Line, element: Element) -> None:
    if (version := chosen(element)) is not None:
        line.walk(version)


def _watermark(line: Line, element: Element) -> None:
    line.add(element.get("string", ""))


def _diagram(line: Line, element: Element) -> None:
    line.diagrams.append(element.get(f"{RELATION}dm", ""))


def _nothing(_line: Line, _element: Element) -> None:
    """Pass over what holds no words."""


def _mark(field: str) -> Callable[[Line, Element], None]:
    return lambda line, element: getattr(line, field).append(element.get(f"{W}id", ""))


def _sign_of(text: str) -> Callable[[Line, Element], None]:
    return lambda line, _: line.add(text)


def _count(noun: str) -> Callable[[Line, Element], None]:
    return lambda line, _: line.unread.update((noun,))


_HANDLERS: dict[str, Callable[[Line, Element], None]] = {
    RUN: Line.run,
    f"{W}t": _text,
    f"{names.M}t": _text,
    f"{W}tab": _sign_of("\t"),
    f"{W}ptab": _sign_of("\t"),
    f"{W}br": _sign_of("\n"),
    f"{W}cr": _sign_of("\n"),
    f"{W}noBreakHyphen": _sign_of("-"),
    f"{W}sym": _sign,
    f"{W}fldChar": _field,
    f"{W}ins": _insertion,
    f"{W}del": _deletion,
    f"{W}footnoteReference": _mark("footnotes"),
    f"{W}endnoteReference": _mark("endnotes"),
    f"{W}commentReference": _mark("comments"),
    f"{W}object": _count("embedded object"),
    f"{names.A}blip": _count("picture"),
    f"{names.V}imagedata": _count("picture"),
    f"{names.C}chart": _count("chart"),
    f"{names.CX}chart": _count("chart"),
    f"{names.DGM}relIds": _diagram,
    f"{names.V}textpath": _watermark,
    BOX: lambda line, element: line.boxes.append(element),
    ALTERNATE: _alternate,
}
_HANDLERS |= dict.fromkeys(
    (
        PARAGRAPH_LOOK,
        RUN_LOOK,
        *(f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "moveFrom")),
        f"{names.WP}docPr",
    ),
    _nothing,
)
