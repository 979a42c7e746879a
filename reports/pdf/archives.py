"""Reports: PDF/UA-1, or PDF/A-3a with what they were made of."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from weasyprint import Attachment

from reports.pdf.packing import pack
from reports.pdf.setting import write_first_fitting
from reports.pdf.styles import load_arabic, report_style
from reports.typesetting import is_arabic

ACCESSIBLE = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an archived report carries. made_on: ISO date; says: what it holds, in words."""

    name: str
    says: str
    content: bytes
    made_on: str

    def as_attachment(self) -> Attachment:
        """Named as the data that the report was made of."""
        made_at = datetime.fromisoformat(self.made_on)
        more = {"created": made_at, "modified": made_at, "relationship": "Data"}
        return Attachment(string=self.content, name=self.name, description=self.says, **more)


def write_report(
    html: str, pictures: Mapping[str, str | bytes], tell: Callable[[], object], enclosures: Sequence[Enclosure] = ()
) -> bytes:
    """The file of a report: PDF/UA-1 or, where it encloses its data, PDF/A-3a that names itself PDF/UA-1 too.

    tell: called once the pages are set and before they are written. Otherwise as `write_pdf`.
    """
    if any(is_arabic(text) for text in (html, *pictures.values()) if isinstance(text, str)):
        load_arabic()

    def then(laid_out: Any) -> None:
        tell()
        if enclosures:
            _name_as_accessible(laid_out.metadata)

    attachments = [enclosure.as_attachment() for enclosure in enclosures]
    archive = {"pdf_variant": "pdf/a-3a", "attachments": attachments} if enclosures else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves closing its colour profile to Python
        return write_first_fitting([html], pictures, report_style(), pack, then, **archive)


def _name_as_accessible(metadata: Any) -> None:
    """Tells of PDF/UA beside PDF/A, with the description of that word which PDF/A asks for."""
    write = metadata.generate_rdf_metadata

    def write_both(*args: Any) -> bytes:
        xml: bytes = write(*args)
        return xml.replace(b"</rdf:RDF>", ACCESSIBLE.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = write_both
