"""JSON and JSONL: objects as rows, their keys as columns."""

from __future__ import annotations

import codecs
import io
import json
import reprlib
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers.sheets import encoding as encodings
from reviewer.readers.sheets.choosing import is_prose
from reviewer.readers.sheets.row import SURVEYED_ROWS, Broken, CellRemark, Row
from reviewer.readers.sheets.values import clean, flat
from reviewer.submission import RemarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO, TextIO

# What a line or a row of JSON may hold beside the text that is read.
_ROOM = 4
_DEEPEST = 5_000
_NESTED = "it is nested too deeply; flatten it."


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


_Opened = Callable[[], AbstractContextManager[_Readable]]


class _Item(NamedTuple):
    number: int
    value: object


class _Object(dict[str, object]):
    """An object that keeps both values of a key that stands in it twice; JSON libraries forget the first."""

    def __setitem__(self, key: str, value: object) -> None:
        """Keep a value beside the one that is there."""
        super().__setitem__(key, [self[key], value] if key in self else value)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found = _Object()
        for key, value in pairs:
            found[key] = value
    return found


class RecordGrid:
    """Objects in the order of the file, each a row; the columns are the keys of the first thousand."""

    sheet: str | None = None

    def __init__(
        self,
        items: Callable[[], Iterator[_Item | Broken]],
        notes: tuple[str, ...] = (),
        left_out: tuple[str, ...] = (),
    ) -> None:
        """Learn the keys."""
        self._items, self.notes, self.left_out = items, notes, left_out
        self.keys: tuple[str, ...] | None = tuple(dict.fromkeys(self._first_keys()))

    def rows(self) -> Iterator[Row | Broken]:
        """Read every object; what is none, or is broken, stands as such in its place."""
        for item in self._items():
            if isinstance(item, Broken):
                yield item
            elif isinstance(item.value, dict):
                yield self._row(item.number, item.value)
            else:
                message = (
                    f"it is no object but {reprlib.repr(item.value):.40}; make it an object with a key for each answer."
                )
                yield Broken(item.number, message)

    def _row(self, number: int, value: dict[str, object]) -> Row | Broken:
        try:
            values = list(flat(value))
        except RecursionError:
            return Broken(number, _NESTED)
        told: dict[str, str] = {}
        # `{"a": {"b": 1}, "a.b": 2}` has one name for two values.
        for name, text in zip(clean([key for key, _ in values]), clean([text for _, text in values]), strict=True):
            told[name] = f"{told[name]}; {text}" if told.get(name) and text else text or told.get(name, "")
        has_nul = any("\0" in text for _, text in values)
        keys = self.keys or ()
        remarks = (CellRemark(RemarkKind.NOTE, "It holds NUL characters, which were left out."),) if has_nul else ()
        cells = [told.pop(key, "") for key in keys]
        return Row(number, cells, tuple((name, text) for name, text in told.items() if text), remarks)

    def _first_keys(self) -> Iterator[str]:
        for item in islice(self._items(), SURVEYED_ROWS):
            if isinstance(item, _Item) and isinstance(item.value, dict):
                try:
                    yield from clean([key for key, _ in flat(item.value)])
                except RecursionError:
                    continue  # the row says so itself when it is read


def jsonl(opened: Callable[[], BinaryIO], most: int) -> RecordGrid:
    """Read one object a line; `most` characters are the limit of a submission."""
    return RecordGrid(partial(_lines, opened, _ROOM * most))


def _lines(opened: Callable[[], BinaryIO], most: int) -> Iterator[_Item | Broken]:
    with opened() as file:
        encoding = encodings.detect(file)
    number, is_new = 0, True
    with closing(encodings.lines(opened, encoding, most, [])) as lines:
        for line in lines:
            number += is_new
            starts, is_new = is_new, line.endswith(("\n", "\r"))
            if starts and len(line) > most:
                yield Broken(number, f"the line is longer than {most:,} characters; shorten or split it.", TooLarge)
            elif starts and not line.isspace():
                yield _parsed(number, line)


def _parsed(number: int, line: str) -> _Item | Broken:
    try:
        return _Item(number, json.loads(line, object_pairs_hook=_object))
    except RecursionError:
        return Broken(number, _NESTED)
    except ValueError as error:
        return Broken(number, f"it is no JSON ({error}); mend or delete the line.")


def array(opened: Callable[[], BinaryIO], source: str) -> RecordGrid:
    """Read an array of objects, or the biggest one that an object holds; raises `UnreadableDocument` for neither."""
    with opened() as file:
        encoding = encodings.detect(file)
    recoded = partial(_as_utf8, opened, encoding)
    path, *others = _arrays(recoded, source)
    notes = tuple(f"The array {other.name!r} was not read: another one is longer." for other in others)
    left_out = tuple(repr(other.name) for other in others if other.has_sentences)
    return RecordGrid(partial(_elements, recoded, path.path), notes, left_out)


class _Recoded:
    """A file in another encoding as one in UTF-8, which is all that JSON libraries read."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def read(self, size: int = -1, /) -> bytes:
        """Read so many characters."""
        return self._text.read(size).encode()


class _Shallow:
    """A file of JSON that is given up where it nests deeper than any form does.

    The library keeps the path to every value, so that its time grows with the square of the depth.
    Brackets in texts are counted, too, but there they mostly come in pairs.
    """

    def __init__(self, file: _Readable) -> None:
        self._file, self._depth = file, 0

    def read(self, size: int = -1, /) -> bytes:
        """Read so many bytes; raises `RecursionError`."""
        data = self._file.read(size)
        self._depth += data.count(b"{") + data.count(b"[") - data.count(b"}") - data.count(b"]")
        if self._depth > _DEEPEST:
            raise RecursionError(_NESTED)
        return data


@contextmanager
def _as_utf8(opened: Callable[[], BinaryIO], encoding: encodings.Encoding) -> Iterator[_Readable]:
    with opened() as file:
        if encoding.name != "utf-8-sig" or encoding.mixed:
            with io.TextIOWrapper(file, encoding.name, errors="replace") as text:
                yield _Shallow(_Recoded(text))
            return
        if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            file.seek(0)
        yield _Shallow(file)


def _elements(opened: _Opened, path: str) -> Iterator[_Item | Broken]:
    import ijson

    number = 0
    with opened() as file:
        try:
            for number, value in enumerate(ijson.items(file, path, map_type=_Object, use_float=True), start=1):
                yield _Item(number, value)
        except (ValueError, RecursionError, ijson.JSONError) as error:
            yield Broken(number + 1, f"the JSON breaks off here ({_reason(error)}); mend the file from here on.")


@dataclass
class _Array:
    """An array of objects, called by the path of its elements in ijson's words."""

    path: str
    size: int = 0
    has_sentences: bool = False

    @property
    def name(self) -> str:
        return self.path.removesuffix(".item")


def _arrays(opened: _Opened, source: str) -> list[_Array]:
    """Give the arrays of objects that lie in no other array, the biggest first."""
    import ijson

    arrays: dict[str, _Array] = {}
    with opened() as file:
        try:
            for array in _sized(ijson.parse(file, use_float=True)):
                arrays.setdefault(array.path, array)
        except (ValueError, RecursionError, ijson.JSONError) as error:
            if not arrays:
                message = (
                    f"it is no JSON ({_reason(error)}); save it as an array of objects,"
                    " or name it .jsonl if each line is one."
                )
                raise UnreadableDocument(message, source=source) from error
    if not arrays:
        message = "there is no array of objects in it; put one object for each submission into an array."
        raise UnreadableDocument(message, source=source)
    return sorted(arrays.values(), key=lambda array: -array.size)


def _sized(events: Iterable[tuple[str, str, object]]) -> Iterator[_Array]:
    """Give each array with its first object, and go on to count them; one that is the whole file is not counted."""
    found: dict[str, _Array] = {}
    inside, element = "", ""
    for path, event, value in events:
        if event == "start_array" and not path:
            yield _Array("item")
            return
        if event == "start_array" and not inside:
            inside, element = path, f"{path}.item"
        elif event == "end_array" and path == inside:
            inside = ""
        elif inside and event == "start_map" and path == element:
            if element not in found:
                found[element] = _Array(element)
                yield found[element]
            found[element].size += 1
        elif event == "string" and inside and element in found and is_prose(str(value)):
            found[element].has_sentences = True


def _reason(error: Exception) -> str:
    """Give the first line of what the library says, which comes as bytes and goes on with a picture of the place."""
    told = error.args[0] if error.args else ""
    text = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    return text.strip().partition("\n")[0].rstrip(".") or type(error).__name__
