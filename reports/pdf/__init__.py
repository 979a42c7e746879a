"""HTML to PDF: the only package that knows WeasyPrint. Its import takes over a second, so import it where it is needed.

Fonts are whole and static on our side, and embedded with the letters that are used. Measured for an A3 poster of ten
moments, embedding the whole files makes it 13 times as large and takes 2.2 times as long; the picture is the same.
"""

from __future__ import annotations

import logging

import reports.unused_imports  # noqa: F401  before WeasyPrint, whose imports it cuts short

# isort: split
from reports.pdf.archives import Enclosure, write_report
from reports.pdf.fetching import BASE_URL, HouseFetcher, RefusedAddress, house_sheets
from reports.pdf.fonts import own_folder
from reports.pdf.lines import write_lines
from reports.pdf.paintings import Painting, Picture
from reports.pdf.papers import write_paper, write_pdf, write_picture
from reports.pdf.styles import house_style

for talkative in ("weasyprint.progress", "fontTools"):
    logging.getLogger(talkative).setLevel(logging.WARNING)

__all__ = [
    "BASE_URL",
    "Enclosure",
    "HouseFetcher",
    "Painting",
    "Picture",
    "RefusedAddress",
    "house_sheets",
    "house_style",
    "own_folder",
    "write_lines",
    "write_paper",
    "write_pdf",
    "write_picture",
    "write_report",
]
