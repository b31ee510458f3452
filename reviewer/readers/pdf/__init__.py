"""PDF: the words that a page shows, those that it hides, and what on it is no text; pypdfium2 does the parsing."""

from reviewer.readers.pdf.document import read

__all__ = ["read"]
