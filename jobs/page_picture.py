"""A page of a PDF, mostly the first, as a small PNG, drawn by PDFium.

Of PDFium a dozen functions are needed, so its library is called as it is: importing all 440 bindings of pypdfium2,
which ships it, takes 100 ms, and a poster of 60 moments takes 300. As it stands here a picture takes about 25 ms. It
is loaded in the child that needs it, so that no worker carries it.
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image

THUMBNAIL_WIDTH, THUMBNAIL_COLOURS = 480, 32
HEIGHT_MAX = 2  # of the width: a longer page is cut there
BYTES_A_PIXEL, RGB, RED_FIRST, WHITE = 3, 2, 0x10, 0xFFFFFFFF
POINTERS = ("FPDF_LoadMemDocument", "FPDF_LoadPage", "FPDFBitmap_CreateEx")


class UnreadablePdf(ValueError):
    """PDFium can't open it, or finds no page in it."""


def picture_of(pdf: bytes, width: int = THUMBNAIL_WIDTH, colours: int = THUMBNAIL_COLOURS, page: int = 0) -> bytes:
    """A page as a PNG of so many pixels width, in so many colours; the same PDF gives the same bytes.

    page: from 0, the first, or from -1, the last. Raises UnreadablePdf.
    """
    pixels = pixels_of(pdf, width, page)
    return _png(pixels.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))


def _png(picture: Image.Image) -> bytes:
    """A picture with a palette, written by hand: Pillow would first load five formats, which takes 40 ms."""
    rows = picture.tobytes()
    lines = b"".join(b"\0" + rows[at : at + picture.width] for at in range(0, len(rows), picture.width))
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 3, 0, 0, 0)  # 8 bits, of a palette
    parts = (
        (b"IHDR", head),
        (b"PLTE", bytes(picture.getpalette() or ())),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pixels_of(pdf: bytes, width: int, number: int = 0) -> Image.Image:
    """A page on white, so many pixels wide. Raises UnreadablePdf."""
    library = _library()
    with _page(library, pdf, number) as page:
        points_wide, points_high = library.FPDF_GetPageWidthF(page), library.FPDF_GetPageHeightF(page)
        height = max(1, round(width * points_high / points_wide))
        return _drawn(library, page, width, height).crop((0, 0, width, min(height, width * HEIGHT_MAX)))


def _drawn(library: Any, page: int, width: int, height: int) -> Image.Image:
    stride = width * BYTES_A_PIXEL
    room = ctypes.create_string_buffer(stride * height)
    bitmap = library.FPDFBitmap_CreateEx(width, height, RGB, room, stride)
    library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, ctypes.c_ulong(WHITE))
    library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, RED_FIRST)
    library.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (width, height), room.raw, "raw", "RGB", stride, 1)


@contextmanager
def _page(library: Any, pdf: bytes, number: int) -> Iterator[int]:
    document = library.FPDF_LoadMemDocument(pdf, len(pdf), None)
    count = library.FPDF_GetPageCount(document) if document else 0
    page = library.FPDF_LoadPage(document, number % count) if count else None
    try:
        if not page:
            raise UnreadablePdf("PDFium finds no such page in this file")
        yield page
    finally:
        if page:
            library.FPDF_ClosePage(page)
        if document:
            library.FPDF_CloseDocument(document)


@cache
def _library() -> Any:
    """PDFium, loaded and begun, once a process. Its arguments have to be told apart from plain whole numbers."""
    library = ctypes.CDLL(str(_library_path()))
    pointer = ctypes.c_void_p
    for name in POINTERS:
        getattr(library, name).restype = pointer
    for name in ("FPDF_GetPageWidthF", "FPDF_GetPageHeightF"):
        function = getattr(library, name)
        function.restype, function.argtypes = ctypes.c_float, [pointer]
    number = ctypes.c_int
    library.FPDF_LoadMemDocument.argtypes = [ctypes.c_char_p, number, ctypes.c_char_p]
    library.FPDF_LoadPage.argtypes = [pointer, number]
    library.FPDFBitmap_CreateEx.argtypes = [number, number, number, pointer, number]
    library.FPDFBitmap_FillRect.argtypes = [pointer, number, number, number, number, ctypes.c_ulong]
    library.FPDF_RenderPageBitmap.argtypes = [pointer, pointer, *[number] * 6]
    for name in ("FPDFBitmap_Destroy", "FPDF_ClosePage", "FPDF_CloseDocument", "FPDF_GetPageCount"):
        getattr(library, name).argtypes = [pointer]
    library.FPDF_InitLibrary()
    return library


def _library_path() -> Path:
    """Where pypdfium2 keeps it; found without importing anything of it."""
    spec = find_spec("pypdfium2_raw")
    if spec is None or not spec.origin:
        raise ImportError("pypdfium2 is not installed")
    return next(path for path in Path(spec.origin).parent.iterdir() if "pdfium." in path.name)
