"""The pictures of docs/samples.md: `python -m checks.pictures`.

Loads the demo organisation into a database of its own that goes away, on a day that never changes, and draws pages of
its posters and reports into docs/samples. The same sources give the same bytes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, StringIO
from typing import Any

import django
import pypdfium2 as pdfium
import time_machine
from PIL import Image

TODAY = "2026-11-23T09:00:00+00:00"
PUBLIC_URL = "https://moments.northern-air.example"
LONG_SIDE, COLOURS, GAP = 1200, 256, 20  # of a picture, in pixels; between pages
BETWEEN = (208, 212, 218)


def picture_of(pdf: bytes, pages: Sequence[str] = ("",)) -> bytes:
    """Pages side by side as a small PNG. pages: words that stand on each, the first page that has them is taken."""
    document = pdfium.PdfDocument(pdf)
    shown = [_page_with(document, words) for words in pages]
    room = LONG_SIDE - GAP * (len(shown) - 1)
    scale = min(room / sum(page.get_width() for page in shown), LONG_SIDE / max(page.get_height() for page in shown))
    return _packed(_side_by_side([page.render(scale=scale).to_pil().convert("RGB") for page in shown]))


def _page_with(document: Any, words: str) -> Any:
    """Lines end where they may: words are looked for across them."""
    said = ((page, " ".join(page.get_textpage().get_text_bounded().split())) for page in document)
    found = next((page for page, text in said if words in text), None)
    if found is None:
        raise ValueError(f"no page says {words!r}")
    return found


def _side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    sheet, left = Image.new("RGB", (width, max(page.height for page in pages)), BETWEEN), 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + GAP
    return sheet


def _packed(picture: Image.Image) -> bytes:
    """With a palette of the colours that are most of the page: those of the levels stay what they are."""
    file = BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


@contextmanager
def demo() -> Iterator[None]:
    """The demo organisation in a data folder that goes away. Once a process: Django is set up for it."""
    with tempfile.TemporaryDirectory(prefix="moments-of-truth-pictures-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            ENV_FILE=os.devnull,
            DATA_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/db.sqlite3",
            REDIS_URL="",
            PUBLIC_URL="http://127.0.0.1:8000",  # the demo is loaded on no other; the QR codes lead elsewhere
            SECRET_KEY="of the samples, so that their QR codes stay",  # noqa: S106  # opens nothing
        )
        django.setup()
        load_demo()
        yield


def load_demo() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    for command in ("load_demo", "load_demo_results", "load_demo_rounds"):
        call_command(command, stdout=StringIO())


def write_pictures() -> None:
    from django.test import override_settings
    from django_scopes import scopes_disabled

    from checks.samples import FOLDER, SAMPLES

    FOLDER.mkdir(exist_ok=True)
    with override_settings(PUBLIC_URL=PUBLIC_URL), scopes_disabled():
        for sample in SAMPLES:
            picture = picture_of(sample.make(), sample.pages)
            (FOLDER / f"{sample.name}.png").write_bytes(picture)
            print(f"docs/samples/{sample.name}.png: {len(picture) // 1000} kB", flush=True)


def main() -> int:
    with time_machine.travel(TODAY, tick=False), demo():
        write_pictures()
    return 0


if __name__ == "__main__":
    sys.exit(main())
