"""PDFs that the library of the tests does not draw, written object by object."""

from __future__ import annotations


def layered(text: str, *, shown: bool, way: str = "marked") -> bytes:
    """Write a PDF with words in a layer: marked as of it themselves, or drawn by a form that is."""
    words, by_form = f"BT /F1 11 Tf 60 400 Td ({text}) Tj ET", "/Fm0 Do"
    contents = {
        "marked": f"/OC /MC0 BDC {words} EMC",
        "marked form": f"/OC /MC0 BDC {by_form} EMC",
        "form": by_form,
        "form of coded name": by_form,
    }
    layer = {"form": "/OC 6 0 R", "form of coded name": "/#4fC 6 0 R"}.get(way, "")
    form = f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 5 0 R >> >> {layer}"
    fonts = "/Font << /F1 5 0 R >> /XObject << /Fm0 7 0 R >> /Properties << /MC0 6 0 R >>"
    off = "" if shown else "/OFF [6 0 R]"
    return _written(
        f"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /Order [6 0 R] {off} >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {fonts} >> >>",
        _stream("", f"BT /F1 11 Tf 60 700 Td (Seen.) Tj ET {contents[way]}"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /OCG /Name (Layer) >>",
        _stream(form, words),
    )


def with_lost_attachment() -> bytes:
    """Write a PDF that names an attached file and does not hold it."""
    return _written(
        "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(costs.xlsx) 9 0 R] >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream("", "BT /F1 11 Tf 60 700 Td (Seen.) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _stream(head: str, content: str) -> str:
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _written(*objects: str) -> bytes:
    """Write objects, of which the first is the catalogue; programs find them again without a table of them."""
    body = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer\n<< /Root 1 0 R >>\n%%EOF".encode()
