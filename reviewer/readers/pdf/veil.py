"""What may take words off a page that are drawn: paths that clip them, and layers that can be switched off.

Neither is followed to its end here: words that may be gone are painted and looked at.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

from pypdfium2 import raw

from reviewer.readers.pdf import calls

if TYPE_CHECKING:
    from reviewer.readers.pdf.run import Box

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)

MOST_PATHS = 8
_SIDES_OF_A_BOX = range(4, 6)
_LAYER = "OC".encode("utf-16-le")
# The names of streams are never packed, but a letter of a name may be written as its code.
_LAYERED = re.compile(rb"/(?:O|#4[fF])(?:C|#43)(?![\w#])")
# Values that pdfium fills in, used again by each call: `read` lets in one thread at a time.
_X, _Y, _LENGTH = ctypes.c_float(), ctypes.c_float(), ctypes.c_ulong()
_NAME = ctypes.create_string_buffer(8)


def has_layers(data: bytes) -> bool:
    """Tell whether a file may draw a form or a picture in a layer, which no object says of itself."""
    return _LAYERED.search(data) is not None


def is_layered(drawn: int) -> bool:
    """Tell whether an object is marked as part of a layer, or of several."""
    return any(_is_layer(calls.mark(drawn, at)) for at in range(calls.marks(drawn)))


def _is_layer(mark: int) -> bool:
    if not calls.mark_name(mark, _NAME, len(_NAME), _LENGTH):
        return False
    return _NAME.raw[: max(0, _LENGTH.value - 2)] == _LAYER


def window(drawn: int) -> Box | None:
    """Give the box within which an object is surely not clipped, `NOWHERE` for other shapes, None without any clip.

    It is in the coordinates of what the object stands in.
    """
    clip = calls.clip(drawn)
    count = calls.clip_paths(clip)
    if count <= 0:
        return None
    boxes = [_box(clip, at) for at in range(min(count, MOST_PATHS))]
    if count > MOST_PATHS or NOWHERE in boxes:
        return NOWHERE
    left, bottom, right, top = zip(*boxes, strict=True)
    return max(left), max(bottom), min(right), min(top)


def _box(clip: int, path: int) -> Box:
    """Give the box that a path is, or `NOWHERE` if it is none; pdfium closes a box with a fifth point or without."""
    count = calls.clip_segments(clip, path)
    if count not in _SIDES_OF_A_BOX:
        return NOWHERE
    points = []
    for at in range(count):
        segment = calls.clip_segment(clip, path, at)
        kind = raw.FPDF_SEGMENT_LINETO if at else raw.FPDF_SEGMENT_MOVETO
        if calls.segment_kind(segment) != kind or not calls.segment_point(segment, _X, _Y):
            return NOWHERE
        points.append((_X.value, _Y.value))
    across, up = zip(*points, strict=True)
    box = min(across), min(up), max(across), max(up)
    corners = {(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])}
    return box if set(points) == corners else NOWHERE
