"""The smallest PDF: its pages are red in their left half."""

from __future__ import annotations


def plain_pdf(width: int = 200, height: int = 100, pages: int = 1) -> bytes:
    """Pages of that many points, each as much higher as its number says."""
    paint = f"1 0 0 rg 0 0 {width // 2} {height * pages} re f".encode()
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + pages)).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Length %d>>stream\n%s\nendstream" % (len(paint), paint),
        *(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 3 0 R>>" % (width, height * number)
            for number in range(1, pages + 1)
        ),
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, content) for number, content in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"
