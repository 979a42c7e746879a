"""The files in which a round's results leave the product, by name. The browser and the shell offer the same."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from accounts.models import Organisation
from assessments.export_files import write_csv, write_json, write_png, write_svg, write_xlsx
from assessments.export_tables import TABLES, Figures
from assessments.wording import level_words

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def write_results(kind: str, figures: Figures, names: Mapping[int, str], table: str = "moments") -> bytes:
    """One of CONTENT_TYPES; table: which one of TABLES a CSV holds; names: of the levels, for pictures."""
    match kind:
        case "csv":
            return write_csv(TABLES[table](figures))
        case "json":
            return write_json(figures)
        case "svg":
            return write_svg(figures, names)
        case "png":
            return write_png(figures, names)
        case _:
            return write_xlsx(figures)


def names_for(organisation: Organisation) -> dict[int, str]:
    """What the organisation calls the levels in the language in use."""
    return {words.level: words.name for words in level_words(organisation, get_language() or "en")}
