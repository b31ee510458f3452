"""The controls of a form on a page: what was filled in and ticked, and which words are the form's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_TICKED = frozenset({"checkbox", "radio"})
# Of these, nobody typed the value.
_SILENT = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password"})
_FILLED_IN = ("input", "select", "textarea")
_NAMING = ("label", "fieldset")


class Controls:
    """Ties boxes to their labels, so that a tick and its words stand together."""

    def __init__(self, root: _Element) -> None:
        """Find every box on the page, and the label that names it or that it lies in."""
        labels = {label.get("for"): label for label in root.iter("label") if label.get("for")}
        self._boxes: dict[_Element, _Element] = {}
        self._marked: set[_Element] = set()
        controls = [one for one in root.iter(*_FILLED_IN) if one.get("type", "").lower() not in _SILENT]
        self._named = {control.get("id") for control in controls} - {None}
        self._around = {around for control in controls for around in control.iterancestors(*_NAMING)}
        for box in root.iter("input"):
            if box.get("type", "").lower() in _TICKED:
                label = next(box.iterancestors("label"), labels.get(box.get("id")))
                if label is not None:
                    self._boxes.setdefault(label, box)
                    self._marked.add(box)

    def is_own(self, element: _Element) -> bool:
        """Tell whether the words in it are the form's own: they name what is filled in; those beside a box answer."""
        if element.tag == "label":
            names = element.get("for") in self._named or element in self._around
            return names and element not in self._boxes
        return element.tag == "button" or (element.tag == "legend" and element.getparent() in self._around)

    def mark(self, label: _Element) -> str:
        """Give the tick that goes with a label, if any."""
        box = self._boxes.get(label)
        return "" if box is None else _tick(box)

    def value(self, control: _Element) -> str:
        """Give what was filled in, as it stands between other words."""
        if control.tag == "select":
            chosen = (option for option in control.iter("option") if option.get("selected") is not None)
            return f" {', '.join(''.join(map(str, option.itertext())).strip() for option in chosen)} "
        kind = control.get("type", "text").lower()
        if kind in _TICKED:
            return "" if control in self._marked else _tick(control)
        return "" if kind in _SILENT else f" {control.get('value', '')} "


def _tick(box: _Element) -> str:
    return " [x] " if box.get("checked") is not None else " [ ] "
