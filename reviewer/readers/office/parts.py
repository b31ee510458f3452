"""The parts of a packed Office file: XML, and the relations that lead from one part to the next."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml import etree

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers import archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from reviewer.readers.limits import Limits
    from reviewer.submission import Source

# A tree of it takes some six times as much memory.
MOST_XML_BYTES = 100_000_000
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, _CHOICE, _FALLBACK = (f"{_COMPATIBLE}{name}" for name in ("AlternateContent", "Choice", "Fallback"))

# The same words under the names of the stricter standard, which Office writes on demand.
_STRICT_PLACE = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_MICROSOFT = "http://schemas.microsoft.com/office/"
_HEAD_BYTES = 16_384
_ENTITIES = "its part {name!r} declares entities, which Office never does; save it again in Office."


class Relation(NamedTuple):
    """Where a part leads to: the kind is the last word of its address; an outside target is a link."""

    kind: str
    target: str
    outside: bool


class Package:
    """A packed Office file, whose parts are read when they are asked for."""

    def __init__(self, data: bytes, source: Source, limits: Limits) -> None:
        """Open it; raises what `archive.check` raises."""
        self.source = source
        self._opened = archive.check(data, source, limits)
        self._sizes = {member.filename: member.file_size for member in self._opened.infolist()}
        self._parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        self._names = {name.lower(): name for name in self._sizes}

    def main(self, tag: str, what: str) -> Part:
        """Give the part that the file is about; raises `UnreadableDocument` if its root is not `tag`."""
        start = Part(self, "")
        part = next(start.related("officeDocument"), None)
        if part is None or part.root.tag != tag:
            message = f"it is named like {what}, but holds none; give it the ending of what it is, or save it again."
            raise UnreadableDocument(message, source=str(self.source))
        return part

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name, in whatever case."""
        return name.lower() in self._names

    def xml(self, name: str) -> Element:
        """Parse a part; raises `UnreadableDocument` or `TooLarge`."""
        found = self._names.get(name.lower())
        if found is None:
            raise archive.damaged(self.source, f"its part {name!r} is missing")
        if self._sizes[found] > MOST_XML_BYTES:
            message = f"its part {name!r} holds {self._sizes[found]:,} bytes, more than {MOST_XML_BYTES:,}; split it."
            raise TooLarge(message, source=str(self.source))
        return self._parsed(archive.unpack(self._opened, found, self.source), name)

    def _parsed(self, data: bytes, name: str) -> Element:
        if any(declaration in data for declaration in _DECLARATIONS):
            raise UnreadableDocument(_ENTITIES.format(name=name), source=str(self.source))
        if _STRICT_PLACE in data:
            data = _STRICT.sub(_TRANSITIONAL, data[:_HEAD_BYTES]) + data[_HEAD_BYTES:]
        try:
            root = etree.fromstring(data, self._parser)
        except etree.XMLSyntaxError as error:
            raise archive.damaged(self.source, f"{name!r}: {error.msg}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableDocument(_ENTITIES.format(name=name), source=str(self.source))
        return root


class Part:
    """One part of a package, with those that it leads to; the empty name is of the package itself."""

    def __init__(self, package: Package, name: str) -> None:
        """Read nothing yet."""
        self.package, self.name = package, name

    @cached_property
    def root(self) -> Element:
        """The root of its XML; raises what `Package.xml` raises."""
        return self.package.xml(self.name)

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """Where it leads to, by the id that its XML uses."""
        folder, base = posixpath.split(self.name)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.package.has(name):
            return {}
        return {element.get("Id", ""): _relation(element, folder) for element in self.package.xml(name)}

    def related(self, kind: str) -> Iterator[Part]:
        """Give the parts of one kind within the package, in the order of their relations."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.outside:
                yield Part(self.package, relation.target)

    def part(self, relation: str | None) -> Part | None:
        """Give the part that an id leads to; None if it leads nowhere or outside."""
        found = self.relations.get(relation or "")
        return None if found is None or found.outside else Part(self.package, found.target)


def _relation(element: Element, folder: str) -> Relation:
    target = unquote(element.get("Target", ""))
    inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    outside = element.get("TargetMode") == "External"
    return Relation(element.get("Type", "").rsplit("/", 1)[-1], target if outside else inside, outside)


def chosen(alternate: Element) -> Element | None:
    """Give the one of several versions of a thing that Office shows: the first that it knows, or what stands in."""
    choices = (choice for choice in alternate.findall(_CHOICE) if _is_known(choice))
    choice = next(choices, None)
    return alternate.find(_FALLBACK) if choice is None else choice


def _is_known(choice: Element) -> bool:
    names = (choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split())
    return all(name.startswith(_MICROSOFT) for name in names)
