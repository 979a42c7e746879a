"""Pictures that would like to hurt whoever opens them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 100">{}</svg>'
)
SQUARE = '<rect width="100" height="100" fill="#cc0000"/>'


def svg(inside: str = SQUARE) -> bytes:
    return SVG.format(inside).encode()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG of that claimed size with those chunks."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def bomb_png() -> bytes:
    """A few kilobytes a row that unpack to 1.4 GB."""
    packer = zlib.compressobj(9)
    row = bytes(1 + 3 * 20_000)
    packed = b"".join(packer.compress(row) for _ in range(1_000)) + packer.flush()
    return png_of(20_000, 24_000, chunk(b"IDAT", packed))


def text_bomb_png() -> bytes:
    """A small picture with 200 MB of packed comment."""
    comment = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    pixels = zlib.compress(bytes(100 * (1 + 3 * 100)))
    return png_of(100, 100, chunk(b"zTXt", comment), chunk(b"IDAT", pixels))


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB", **more) -> bytes:
    """A red picture."""
    red = {"RGB": (204, 0, 0), "L": 90, "RGBA": (204, 0, 0, 255), "CMYK": (0, 255, 255, 40), "I;16": 20_000, "1": 0}[
        mode
    ]
    Image.new(mode, size, red).save(out := BytesIO(), kind, **more)
    return out.getvalue()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return f'<!DOCTYPE svg [<!ENTITY l0 "lol">{entities}]>'.encode() + svg("<text>&l9;</text>")


def uses() -> bytes:
    """Eleven levels, each of which shows the one below ten times."""
    levels = "".join(f'<g id="u{i}">{f"""<use xlink:href="#u{i - 1}"/>""" * 10}</g>' for i in range(1, 11))
    return svg(f'<defs><g id="u0">{SQUARE}</g>{levels}</defs><use xlink:href="#u10"/>')


REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "unreadable"),
    "text": (b"GIF89a is not asked for", "unreadable"),
    "html": (b"<html><body>Acme</body></html>", "unreadable"),
    "gif": (picture("GIF"), "unreadable"),
    "truncated png": (picture()[:-60], "unreadable"),
    "truncated jpeg": (picture("JPEG")[:200], "unreadable"),
    "head alone": (b"\x89PNG\r\n\x1a\n", "unreadable"),
    "jpeg that is none": (b"\xff\xd8\xff" + bytes(1000), "unreadable"),
    "tiff named png": (b"\x89PNG\r\n\x1a\n" + picture("TIFF"), "unreadable"),
    "larger than 2 MB": (svg() + b" " * 2_000_000, "large"),
    "1.4 GB of pixels": (bomb_png(), "pixels"),
    "11 million pixels": (picture(size=(11_000, 1_000)), "pixels"),
    "200 MB of comment": (text_bomb_png(), "unreadable"),
    "white": (svg('<rect width="9" height="9" fill="#ffffff"/>'), "white"),
    "too small": (picture(size=(20, 20)), "small"),
    "broken svg": (svg()[:-6], "unreadable"),
    "laughs": (laughs(), "entities"),
    "entity of a file": (
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>"),
        "entities",
    ),
    "entity of a host": (b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:9/">%x;]>' + svg(), "entities"),
    "10,000 nested groups": (svg("<g>" * 10_000 + SQUARE + "</g>" * 10_000), "complex"),
    "30,000 elements": (svg(SQUARE * 30_000), "complex"),
    "exponential uses": (uses(), "complex"),
    **{
        f"outside: {address}": (svg(f'{SQUARE}<image xlink:href="{address}" width="9" height="9"/>'), "outside")
        for address in (
            "file:///etc/passwd",
            "http://127.0.0.1:9/a.png",
            "https://example.com/a.svg",
            "/etc/passwd",
            "other.svg",
            "css/tokens.css",
            "data:image/png;base64,iVBORw0KGgo=",
        )
    },
}
HARMLESS: dict[str, bytes] = {
    "style that imports": svg(f'<style>@import url("http://127.0.0.1:9/a.css");</style>{SQUARE}'),
    "png": picture(),
    "jpeg": picture("JPEG"),
    "grey": picture(mode="L"),
    "16 bits of grey": picture(mode="I;16"),
    "black and white": picture(mode="1"),
    "cmyk": picture("JPEG", mode="CMYK"),
    "png and html": picture() + b"<html><script>alert(1)</script></html>",
    "jpeg and zip": picture("JPEG") + b"PK\x05\x06" + bytes(18),
    "svg": svg(),
    "svg of another spelling": '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16")
    + svg().decode().encode("utf-16")[2:],
    "script": svg(f'<script>fetch("http://127.0.0.1:9/")</script>{SQUARE}'),
    "handler": svg('<rect width="100" height="100" fill="#cc0000" onload="alert(1)" onclick="alert(1)"/>'),
    "foreign object": svg(
        f"{SQUARE}<foreignObject width='9' height='9'><iframe xmlns='http://www.w3.org/1999/xhtml' src='file:///etc/passwd'/></foreignObject>"
    ),
    "doctype": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">' + svg(),
    "huge size": svg().replace(b"viewBox", b'width="1e9" height="1e9" viewBox'),
    "no size": svg().replace(b'viewBox="0 0 300 100"', b""),
    "use of itself": svg(f'<g id="a">{SQUARE}<use xlink:href="#a"/></g>'),
    "use from elsewhere": svg(f'{SQUARE}<use xlink:href="file:///etc/passwd#a"/>'),
    "processing instruction": b'<?xml-stylesheet href="file:///etc/passwd"?>' + svg(),
}
