"""Names as Mermaid draws them: what would mean something to its lexer stands as an entity code, #58; for a colon."""

from __future__ import annotations

import html
import re
import unicodedata

_BREAK = re.compile(r"\s*<br\s*/?\s*/?>\s*", re.I)
_ENTITY = re.compile(r"#(\d{1,7}|[A-Za-z]{2,10});")
# Ends of tokens and remarks, tags, and the two characters that Mermaid itself puts in the place of entity codes.
_HAZARDS = frozenset("#;:<>\n\r\ufb02\u00b6")
_MANY_PERCENT = re.compile("%(?=%)|(?<=%)%")
_KEYWORD = re.compile(r"journey|title|section|acctitle|accdescr|%|```|~~~", re.I)
_REPLACEMENT = "\ufffd"


def plain_name(raw: str) -> str:
    """Text without Mermaid's line breaks and entity codes: a<br>b #35;1 is "a b #1"."""
    return _ENTITY.sub(_character, _BREAK.sub(" ", raw).strip())


def draw_name(text: str) -> str:
    """The text as one name on one line of a diagram, which `plain_name` gives back.

    Only control characters, which no picture can show, become U+FFFD.
    """
    inner = "".join(_draw_character(character) for character in _MANY_PERCENT.sub("\0", text)).replace("\0", "#37;")
    inner = _entity(inner[0]) + inner[1:] if _KEYWORD.match(inner) or _is_blank(inner[:1]) else inner
    return inner[:-1] + _entity(inner[-1]) if _is_blank(inner[-1:]) else inner


def _draw_character(character: str) -> str:
    if character in _HAZARDS:
        return _entity(character)
    is_control = unicodedata.category(character) == "Cc" and character not in "\t\0"
    return _REPLACEMENT if is_control else character


def _is_blank(character: str) -> bool:
    return character.isspace() or character == "\ufeff"


def _entity(character: str) -> str:
    return f"#{ord(character)};"


def _character(entity: re.Match[str]) -> str:
    code = entity[1]
    character = html.unescape(f"&#{code};" if code.isdecimal() else f"&{code};")
    return entity[0] if character in {"\x00", "\ufffd"} or character.startswith("&") else character
