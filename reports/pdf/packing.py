"""What is done with the objects of a file before it is written: folded, mended, compressed once."""

from __future__ import annotations

import zlib
from typing import Any

from weasyprint.pdf import pydyf

FINISHED = (pydyf.Array, pydyf.Dictionary)  # what holds no stream
PACKING = 6  # of zlib: 9 takes half as long again for 1 % less


class Finished(pydyf.Object):
    """An object of the file as its bytes: pydyf asks for them twice, and writes them out anew each time."""

    compressible = True
    data = b""

    def __init__(self, written: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation, self.free = written.number, written.generation, written.free
        self.compressible, self.data = written.compressible, written.data


def pack(_document: object, pdf: Any) -> None:
    """Compresses each stream once: left to pydyf it happens twice, the second time for the file's identifier.

    Those in which pydyf lists the other objects come only when it writes the file.
    """
    pdf.objects[:] = [Finished(each) if type(each) in FINISHED else each for each in pdf.objects]
    for each in pdf.objects:
        _pack(each)
    add = pdf.add_object

    def pack_and_add(late: pydyf.Object) -> None:
        _pack(late)
        add(late)

    pdf.add_object = pack_and_add


def _pack(stream: Any) -> None:
    if getattr(stream, "compress", False):
        stream.compress = False
        content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
        stream.stream = [zlib.compress(content, PACKING)]
        stream.extra["Filter"] = "/FlateDecode"


def fold(document: object, pdf: Any) -> None:
    """Makes the first page a form that the others place by its name, /Poster: it stands in the file once."""
    first = pdf.objects[pdf.pages["Kids"][0]]
    del pdf.pages["Kids"][:3]  # number, generation, R
    pdf.pages["Count"] -= 1
    content, resources = (pdf.objects[int(first[name].split()[0])] for name in ("Contents", "Resources"))
    plain = type(resources)
    own = plain({**resources, "XObject": plain(resources["XObject"])})
    content.extra |= {"Type": "/XObject", "Subtype": "/Form", "BBox": first["MediaBox"], "Resources": own}
    resources["XObject"]["Poster"] = content.reference
    pdf.catalog.pop("Outlines", None)
    pack(document, pdf)


def pack_fields(document: object, pdf: Any) -> None:
    """A radio button is its group's: it has neither a name nor a place among the fields of its own."""
    form = pdf.catalog.get("AcroForm")
    buttons: list[Any] = [
        entry for entry in pdf.objects if isinstance(entry, dict) and {"Parent", "AS"} <= entry.keys()
    ]
    for button in buttons:
        button.pop("T", None)
    if form is not None:
        own = {button.reference for button in buttons}
        form["Fields"][:] = [reference for reference in form["Fields"] if reference not in own]
    pack(document, pdf)
