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

_Double, _Uint = POINTER(c_double), POINTER(c_uint)


def _plain(function: object, gives: type, *takes: type) -> Callable[..., int]:
    """Give a function of the bindings with plain values in place of its pointers to pdfium's structures."""
    return ctypes.CFUNCTYPE(gives, *takes)(ctypes.cast(function, c_void_p).value or 0)  # type: ignore[arg-type]


def address(handle: object) -> int:
    """Give the address in a handle of the bindings, or 0."""
    return ctypes.cast(getattr(handle, "raw", handle), c_void_p).value or 0  # type: ignore[arg-type]


text_object = _plain(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
character_box = _plain(raw.FPDFText_GetCharBox, c_int, c_void_p, c_int, *[_Double] * 4)
origin = _plain(raw.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, *[_Double] * 2)
matrix = _plain(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, POINTER(raw.FS_MATRIX))
font_size: Callable[..., float] = _plain(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
fill_colour = _plain(raw.FPDFPageObj_GetFillColor, c_int, c_void_p, *[_Uint] * 4)
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
activate = _plain(raw.FPDFPageObj_SetIsActive, c_int, c_void_p, c_int)
