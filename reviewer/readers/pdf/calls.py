"""The functions of pdfium that are called for every stretch of text, by plain addresses.

The checked pointers of the bindings cost more than the calls themselves, above all where pointers are compared.
The addresses stay the caller's: they hold as long as the page that they came from is open.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_double, c_float, c_int, c_uint, c_void_p
from typing import TYPE_CHECKING

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable

# What pdfium fills in, used again by each call: `read` lets in one thread at a time.
_SIDES, _POINT, _CHANNELS, _SIX = (c_double * 4)(), (c_double * 2)(), (c_uint * 4)(), (c_float * 6)()


def _places(values: ctypes.Array[c_double] | ctypes.Array[c_uint]) -> range:
    """Give the addresses of values that stand side by side; plain ones are passed in half the time."""
    first = ctypes.addressof(values)
    return range(first, first + ctypes.sizeof(values), ctypes.sizeof(values) // len(values))


_LEFT, _BOTTOM, _RIGHT, _TOP = _places(_SIDES)
_X, _Y = _places(_POINT)
_AT_SIX = ctypes.addressof(_SIX)
_RED, _GREEN, _BLUE, _OPACITY = _places(_CHANNELS)


def _plain(function: object, gives: type, *takes: type) -> Callable[..., int]:
    """Give a function of the bindings with plain values in place of its pointers to pdfium's structures."""
    return ctypes.CFUNCTYPE(gives, *takes)(ctypes.cast(function, c_void_p).value or 0)  # type: ignore[arg-type]


def address(handle: object) -> int:
    """Give the address in a handle of the bindings, or 0."""
    return ctypes.cast(getattr(handle, "raw", handle), c_void_p).value or 0  # type: ignore[arg-type]


text_object = _plain(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_character_box = _plain(raw.FPDFText_GetCharBox, c_int, c_void_p, c_int, *[c_void_p] * 4)
_origin = _plain(raw.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, *[c_void_p] * 2)
_matrix = _plain(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
font_size: Callable[..., float] = _plain(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
_fill_colour = _plain(raw.FPDFPageObj_GetFillColor, c_int, c_void_p, *[c_void_p] * 4)
render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
count_on_page = _plain(raw.FPDFPage_CountObjects, c_int, c_void_p)
on_page = _plain(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
count_in_form = _plain(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
in_form = _plain(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, ctypes.c_ulong)
kind = _plain(raw.FPDFPageObj_GetType, c_int, c_void_p)
object_matrix = _plain(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, POINTER(raw.FS_MATRIX))
bounds = _plain(raw.FPDFPageObj_GetBounds, c_int, c_void_p, *[POINTER(c_float)] * 4)
segments = _plain(raw.FPDFPath_CountSegments, c_int, c_void_p)
draw_mode = _plain(raw.FPDFPath_GetDrawMode, c_int, c_void_p, POINTER(c_int), POINTER(c_int))
clip = _plain(raw.FPDFPageObj_GetClipPath, c_void_p, c_void_p)
clip_paths = _plain(raw.FPDFClipPath_CountPaths, c_int, c_void_p)
clip_segments = _plain(raw.FPDFClipPath_CountPathSegments, c_int, c_void_p, c_int)
clip_segment = _plain(raw.FPDFClipPath_GetPathSegment, c_void_p, c_void_p, c_int, c_int)
segment_kind = _plain(raw.FPDFPathSegment_GetType, c_int, c_void_p)
segment_point = _plain(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, *[POINTER(c_float)] * 2)
marks = _plain(raw.FPDFPageObj_CountMarks, c_int, c_void_p)
mark = _plain(raw.FPDFPageObj_GetMark, c_void_p, c_void_p, ctypes.c_ulong)
mark_name = _plain(raw.FPDFPageObjMark_GetName, c_int, c_void_p, c_void_p, ctypes.c_ulong, POINTER(ctypes.c_ulong))
activate = _plain(raw.FPDFPageObj_SetIsActive, c_int, c_void_p, c_int)


def matrix(page: int, character: int) -> list[float]:
    """Give the six numbers of the matrix that scales and turns a character."""
    _matrix(page, character, _AT_SIX)
    return _SIX[:]


def character_box(page: int, character: int) -> tuple[float, float, float, float]:
    """Give where the ink of a character lies: left, bottom, right and top, in points."""
    _character_box(page, character, _LEFT, _RIGHT, _BOTTOM, _TOP)
    left, bottom, right, top = _SIDES[:]
    return left, bottom, right, top


def origin(page: int, character: int) -> list[float]:
    """Give the point on the line from which a character is drawn, across and up, in points."""
    _origin(page, character, _X, _Y)
    return _POINT[:]


def fill_colour(drawn: int) -> list[int]:
    """Give the red, green, blue and opacity that an object is filled with, up to 255, or nothing for a pattern."""
    return _CHANNELS[:] if _fill_colour(drawn, _RED, _GREEN, _BLUE, _OPACITY) else []
