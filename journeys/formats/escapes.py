r"""What an outline writes for characters that would mean something: \| \\ \n \u{9}, and \ before any punctuation."""

from __future__ import annotations

import re
import string
import unicodedata

_ESCAPED = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|.)", re.S)
_PARTING = re.compile(r"\\.|\|", re.S)
_PUNCTUATION = frozenset(string.punctuation + "–—•")


def split_parts(raw: str) -> list[str]:
    """The parts between bars, still escaped, blanks around them taken off. An escaped bar parts nothing."""
    cuts = [match.start() for match in _PARTING.finditer(raw) if match[0] == "|"]
    return [
        raw[start:end].strip() for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(raw)], strict=True)
    ]


def unescape(raw: str) -> str:
    """The text meant. A backslash that escapes nothing known stays as it is."""
    return _ESCAPED.sub(lambda match: _meant(match[0], match[1]), raw) if "\\" in raw else raw


def _meant(whole: str, escaped: str) -> str:
    if escaped == "n":
        return "\n"
    if len(escaped) > 1:
        code = int(escaped[2:-1], 16)
        return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else whole
    return escaped if escaped in _PUNCTUATION else whole


def escape(text: str) -> str:
    """The text as one part of a line: `unescape` gives it back, and no bar, line end or blank at its edges is left."""
    inner = "".join(_escape_character(character) for character in text)
    return _escape_edge(inner[:1]) + inner[1:-1] + _escape_edge(inner[1:][-1:])


def _escape_character(character: str) -> str:
    if character == "\n":
        return "\\n"
    if unicodedata.category(character) == "Cc":
        return f"\\u{{{ord(character):x}}}"
    return f"\\{character}" if character in "\\|" else character


def _escape_edge(character: str) -> str:
    return f"\\u{{{ord(character):x}}}" if character.isspace() else character
