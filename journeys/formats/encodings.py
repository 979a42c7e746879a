"""Bytes of a text file as text: Unicode with or without a mark, else the Windows code page that fits best."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_WORD = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
# Letters of Central Europe that are signs in Western Europe's page, among letters: \xb3 is an l with stroke, or ³.
_CENTRAL = re.compile(rb"[A-Za-z][\x9d\x9f\xb3\xb9\xbe\xbf][a-z]|[\x8d\x8f\x9f\xa3\xaf][a-z\xb3\xb9\xea]")
_SAMPLE = 100_000


class NotText(ValueError):
    """The bytes are no text that we know to read."""


def decode_text(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises NotText."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content, encoding), encoding
    encoding = _utf16_without_mark(content[:_SAMPLE]) or "utf-8"
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        encoding = _windows_page(content[:_SAMPLE])
        return _decode(content, encoding), encoding


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise NotText from None


def _utf16_without_mark(sample: bytes) -> str:
    """Text that is mostly Latin has a NUL in every other place."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.4 and sample[::2].count(0) < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if half and sample[::2].count(0) > half * 0.4 and sample[1::2].count(0) < half * 0.1 else ""


def _windows_page(sample: bytes) -> str:
    """Cyrillic words are of high bytes all through; else Central or Western Europe."""
    if b"\0" in sample:
        raise NotText
    in_words = sum(len(word) for word in _HIGH_WORD.findall(sample))
    if in_words > len(_HIGH.findall(sample)) * 0.6:
        return "cp1251"
    return "cp1250" if _CENTRAL.search(sample) and not re.search(rb"[\x81\x83\x88\x90\x98]", sample) else "cp1252"
