"""The names of the elements of a PowerPoint file, in full."""

from __future__ import annotations

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

SHAPE, GROUP, PICTURE, FRAME = (f"{P}{name}" for name in ("sp", "grpSp", "pic", "graphicFrame"))
LINES = f"{A}p"
NO = frozenset({"0", "false", "off"})
YES = frozenset({"1", "true", "on"})
