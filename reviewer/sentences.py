"""Folded text to sentences, and whether each is asserted, asked or denied.

Proposals are prose; intake forms are questions and answers, labels and values, tick boxes and tables.
What a form asks says nothing against the requester; what the answer says counts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from reviewer import layout
from reviewer import words as wording
from reviewer.sentence import Mode, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.grammar import Grammar
    from reviewer.layout import Piece
    from reviewer.phrases import Span

MOST_HEADING_WORDS = 8
LONGEST_ABBREVIATION = 12
LONGEST_ANSWERED_LINE = 160

_OPTION = re.compile("(\\[[ x\u2713\u2714]?\\]|\\([ x]\\)|[\u2610-\u2612\u25a0\u25a1])\\s*(\\w+)")
_ANSWERED = re.compile(r"[^\n?|]{3,120}?(?:\s*[-=>\t(]+\s*|\s*\.{2,}\s*|\s{2,})(?P<answer>[\w/.]+(?: \w+)?)\s*[).]*\s*")
_STOP = re.compile(r"(?<![.!?])[.!?]++[\"')\]]*+(?=\s|$|[^\x00-\x7f])|(?<=[^\x00-\x7f])[!?]++|\u3002")
_WORD = re.compile(r"[^\W_]")
_INK = re.compile(r"\S")


def sentences(
    text: str, grammar: Grammar, own_words: Sequence[Span] = (), ends: Sequence[int | None] = ()
) -> list[Sentence]:
    """Give the sentences of a folded text in order.

    `own_words` are spans known to be a form's own; `ends` tell for each where its answer ends, if that is known.
    """
    reader, following = _Reader(text, grammar), [*(start for start, _ in own_words), len(text)]
    reader.read_all(0, following[0])
    for own, stop, end in zip_longest(own_words, following[1:], ends):
        reader.read_label(*own)
        reader.read_answer(own[1], stop, end)
    return list(_with_what_is_left(text, reader.found))


def _with_what_is_left(text: str, found: list[Sentence]) -> Iterator[Sentence]:
    """Let words that belong to no sentence, such as the bare number of an empty item, be a form's own."""
    end = 0
    for sentence in (*found, Sentence(len(text), len(text))):
        ink = _INK.search(text, end, sentence.start)
        left = text[ink.start() : sentence.start] if ink else ""
        if ink and wording.split(left) and not layout.is_box(left):  # the mark in a box is no word
            yield Sentence(ink.start(), sentence.start, Mode.ASKED)
        if sentence.start < sentence.end:
            yield sentence
        end = sentence.end


def _mode_of(answer: bool | None) -> Mode:  # noqa: FBT001  a yes, a no, or neither
    if answer is None:
        return Mode.ASKED
    return Mode.ASSERTED if answer else Mode.DENIED


class _Reader:
    """Reads piece after piece, and remembers what headings, columns and questions still rule over the next."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.found: list[Sentence] = []
        self._text, self._grammar = text, grammar
        self._columns: list[str] = []
        self._denying = self._section = self._listing = self._under_denial = False
        self._began = self._end_is_known = False

    def read_label(self, start: int, end: int) -> None:
        """Take words for a form's own: a question, until an answer says yes or no; they may deny what is answered."""
        self._columns, self._denying, self._began = [], False, False
        self._under_denial = self._grammar.denies_what_follows(self._text[start:end].strip(" :"))
        self._add(start, end, Mode.ASKED)

    def read_answer(self, start: int, stop: int, end: int | None) -> None:
        """Read what stands under a label, the answer first, which may be a yes or a no and nothing else."""
        self._end_is_known, upto = end is not None, stop if end is None else end
        answer = self._grammar.whole_answer(self._text[start:upto], figures=True)
        if answer is None:
            self.read_all(start, upto)
        else:
            self._settle(answer)
            self._add(self._ink(start, upto), upto, Mode.ASSERTED)
        if end is not None:
            self._under_denial = False
            self.read_all(end, stop)

    def read_all(self, start: int, end: int) -> None:
        """Read the pieces of a stretch in which no words are a form's own."""
        for piece in layout.pieces(self._text, start, end):
            self.read(piece)

    def read(self, piece: Piece) -> None:
        if layout.is_row(self._text[piece.start : piece.end]):
            self._row(piece)
            return
        self._columns = []
        if self._is_denied(piece):
            self._prose(piece.ink, piece.end, Mode.DENIED)
        elif piece.ticked is not None:
            self._ticked(piece)
        else:
            self._asserted(piece)
        self._open_denial(piece)

    def _is_denied(self, piece: Piece) -> bool:
        """Tell whether a heading such as "Out of scope" still holds: over a section, or over one list or paragraph."""
        if self._under_denial and self._answers(piece):
            return True
        ends = self._is_title(piece) and (piece.heading or piece.apart)
        self._denying = self._denying and not ends and (self._section or piece.item or not self._listing)
        self._listing = piece.item or not self._section
        return self._denying

    def _answers(self, piece: Piece) -> bool:
        """Tell whether a piece belongs to the answer under a label: one paragraph or list, unless its end is known."""
        self._under_denial = self._end_is_known or not (self._began and piece.apart and not piece.item)
        self._began = True
        return self._under_denial

    def _is_title(self, piece: Piece) -> bool:
        if piece.heading or piece.item:
            return piece.heading
        whole = self._text[piece.ink : piece.end].rstrip()
        return not whole.endswith((".", ":", "!", "?")) and wording.count(whole) <= MOST_HEADING_WORDS

    def _open_denial(self, piece: Piece) -> None:
        """Let a heading such as "Out of scope" or "We will not:" rule over what follows."""
        whole = self._text[piece.ink : piece.end].strip().strip("#*_= ")
        section = self._is_title(piece) and not whole.endswith(":")
        if (section or whole.endswith(":")) and self._grammar.denies_what_follows(whole):
            self._denying, self._section, self._listing = True, section, False

    def _ticked(self, piece: Piece) -> None:
        """Read a box with its text, or several boxes whose ticked one says yes or no to the text behind them."""
        text = self._text[piece.start : piece.end]
        options = [option for option in _OPTION.finditer(text) if self._grammar.answer(option[2]) is not None]
        behind = piece.start + options[-1].end() if options else piece.ink
        if self._is_choice(text):
            self._settle(self._answer(text))
        elif len(options) > 1 and wording.split(self._text[behind : piece.end]):
            self._prose(behind, piece.end, _mode_of(self._answer(text)))
        elif piece.ticked or not self._grammar.is_only_answer(self._text[piece.ink : piece.end]):
            self._prose(piece.ink, piece.end, Mode.ASSERTED if piece.ticked else Mode.ASKED)
        elif self._is_asked():  # an answer that was not chosen belongs to its question, which waits for another
            self.found[-1] = replace(self.found[-1], end=piece.end)

    def _asserted(self, piece: Piece) -> None:
        """Read prose, unless its label denies what follows, or it ends in dots and an answer."""
        colon = layout.label(self._text, piece.ink, piece.end)
        value = self._text[colon : piece.end].strip() if colon else ""
        if colon and value and self._grammar.denies_what_follows(self._text[piece.ink : colon]):
            self._add(piece.ink, piece.end, Mode.DENIED)
        elif colon or not self._answered(piece):
            self._prose(piece.ink, piece.end, Mode.ASSERTED)

    def _answered(self, piece: Piece) -> bool:
        """Read a line such as `Facial recognition - no`, if it is one."""
        if piece.end - piece.ink <= LONGEST_ANSWERED_LINE:
            ending = _ANSWERED.fullmatch(self._text, piece.ink, piece.end)
            if ending and (answer := self._grammar.answer(ending["answer"])) is not None:
                self._add(piece.ink, piece.end, _mode_of(answer))
                return True
        return False

    def _row(self, piece: Piece) -> None:
        """Read a table row: a cell that says yes or no, or is ticked under such a head, answers the others."""
        spans = list(layout.cells(self._text, piece.start, piece.end))
        texts = [self._text[start:end].strip() for start, end in spans]
        if layout.is_rule(texts):
            return
        answer = self._row_answer(texts)
        mode = _mode_of(answer)
        for (start, end), text in zip(spans, texts, strict=True):
            self._add(start, end, mode)
            if answer is None and not text.isdigit() and wording.split(text):
                mode = Mode.ASSERTED
        self._columns = self._columns or texts

    def _row_answer(self, texts: list[str]) -> bool | None:
        headed = zip(self._columns[1:], texts[1:], strict=False)
        ticked = [head for head, cell in headed if layout.is_tick(cell) and len(wording.split(cell)) <= 1]
        answers = [self._answer(text) for text in (*ticked, *texts[1:])]
        return next((answer for answer in answers if answer is not None), None)

    def _prose(self, start: int, end: int, mode: Mode) -> None:
        for begins, ends in self._stops(start, end):
            if mode is Mode.ASSERTED:
                self._sentence(begins, ends)
            else:
                self._add(begins, ends, mode)

    def _sentence(self, start: int, end: int) -> None:
        """Read one sentence: a question, an answer to the one before, or a label with its value."""
        colon = layout.label(self._text, start, end)
        if self._is_asked() and self._is_choice(self._text[colon or start : end]):
            self._settle(self._answer(self._text[colon or start : end]))
            return  # the answer that was not chosen would deny the question
        if self._is_asked() and self._answer(self._text[start:end]) is not None:
            colon = None
        answers = bool(colon and self._grammar.is_form_label(self._text[start:colon]))
        answer = self._answer(self._text[colon or start : end])
        if self._is_asked() and answer is None:
            answer = self._grammar.whole_answer(self._text[colon or start : end])
        if self._is_asked() and (answer or (answers and answer is None)):
            self._join(end, label=0 if answer else start)
        elif colon and answer is None and self._ink(colon, end) < end:
            denied = self._grammar.denies_what_follows(self._text[start:colon])
            self._add(start, end, self._asking(colon, end, denied=denied), label=0 if answers or denied else colon)
        else:
            if colon and answer is not None and not answers:
                self._add(start, colon, _mode_of(answer))
                start = colon
            self._settle(answer)
            self._add(start, end, self._asking(start, end))

    def _is_asked(self) -> bool:
        return bool(self.found) and self.found[-1].mode is Mode.ASKED

    def _join(self, end: int, *, label: int) -> None:
        """Let an answer complete the question before it; the question alone counts only after a yes."""
        self.found[-1] = Sentence(self.found[-1].start, end, Mode.ASSERTED, label)

    def _asking(self, start: int, end: int, *, denied: bool = False) -> Mode:
        """Tell a question from a statement, and from a proposal put as a question."""
        if denied:
            return Mode.DENIED
        text = self._text[start:end]
        asks = text[-4:].rstrip(" \"')\u300d").endswith("?") or self._grammar.ends_a_question(text)
        return Mode.ASKED if asks and not self._grammar.proposes(text) else Mode.ASSERTED

    def _add(self, start: int, end: int, mode: Mode, *, label: int = 0) -> None:
        if _WORD.search(self._text, start, end) or wording.split(self._text[start:end]):  # a lone mark is a word, too
            self.found.append(Sentence(start, end, mode, label))

    def _settle(self, answer: bool | None) -> None:  # noqa: FBT001  a yes, a no, or neither
        """Answer the question that stands last, if one does and this is an answer."""
        if answer is not None and self._is_asked():
            self.found[-1] = replace(self.found[-1], mode=_mode_of(answer))

    def _answer(self, value: str) -> bool | None:
        """Tell whether a value says yes or no; of `[x] yes [ ] no`, what is ticked."""
        options = _OPTION.findall(value[:LONGEST_ANSWERED_LINE])
        if options:
            value = next((word for mark, word in options if layout.is_tick(mark)), "")
        return self._grammar.answer(value)

    def _is_choice(self, value: str) -> bool:
        """Tell whether a value is boxes alone, a yes and a no among them, and no other one ticked: `[x] yes [ ] no`."""
        options = _OPTION.findall(value[:LONGEST_ANSWERED_LINE])
        answers = [self._grammar.answer(word) for _, word in options]
        others = [mark for (mark, _), answer in zip(options, answers, strict=True) if answer is None]
        alone = not wording.split(_OPTION.sub("", value))
        return alone and len(answers) - len(others) > 1 and not any(map(layout.is_tick, others))

    def _stops(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut a piece at its full stops, but not after an abbreviation or an initial."""
        begins = self._ink(start, end)
        for stop in _STOP.finditer(self._text, begins, end):
            before = self._text[max(begins, stop.start() - LONGEST_ABBREVIATION) : stop.start()]
            after = self._text[stop.end() : stop.end() + LONGEST_ABBREVIATION]
            if stop.group() == "." and self._grammar.is_abbreviation(before, after):
                continue
            yield begins, stop.end()
            begins = self._ink(stop.end(), end)
        if begins < end:
            yield begins, end

    def _ink(self, start: int, end: int) -> int:
        """Give where the first character stands that is no blank."""
        found = _INK.search(self._text, start, end)
        return found.start() if found else end
