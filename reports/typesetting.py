"""How wide text runs and where its lines break, by the advance widths of the shipped fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from fontTools.ttLib import TTFont

from journeys.hyphenation import SOFT_HYPHEN, dictionary_of
from reports.font_files import font_folder

REGULAR, BOLD, DISPLAY, HEADLINE = "inter-regular", "inter-bold", "archivo-bold", "archivo-extrabold"
QUOTE = "sourceserif4-italic"
IN_PLACE_OF = {DISPLAY: BOLD, HEADLINE: BOLD, QUOTE: REGULAR}  # for text whose letters the face lacks
KERNING_ALLOWANCE = 1.015  # pairs may run wider than their advances
BREAK_MARKS = f"{SOFT_HYPHEN}\u200b"  # soft hyphen, zero-width space: break here if need be
NO_BREAK_MARKS = dict.fromkeys(map(ord, BREAK_MARKS))
HYPHEN_OF = {SOFT_HYPHEN: "-"}
LETTER = f"[^{BREAK_MARKS}]"
PARTS = re.compile(rf"{LETTER}*?(?:{LETTER}{{2}}[-–—/](?=\w\w)|{LETTER}[{BREAK_MARKS}]|{LETTER}$)")
ADDRESS_PARTS = re.compile(r"(?<=[._@?&=:])(?=\w)")
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
UNSEEN = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"))
NEW_LINES = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")


def open_face(face: str) -> TTFont:
    """A font, read anew each time: 2 MB of glyphs, of which whoever asks keeps the little that is needed."""
    return TTFont(font_folder() / f"{face}.woff2", lazy=True)


@cache
def advances(face: str) -> dict[str, float]:
    """Advance width of each letter that the face has, in parts of the type size."""
    with open_face(face) as font:
        metrics, units = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}


@cache
def _arabic_advances(face: str) -> dict[str, float]:
    """Of the letters that stand in for those a face lacks, each as it stands alone: joined ones are no wider."""
    weight = "regular" if face in (REGULAR, QUOTE) else "bold"
    return advances(f"arabic/notosansarabic-{weight}")


def is_arabic(text: str) -> bool:
    """Whether any letter of it needs the Arabic fonts, which are loaded for those alone."""
    return ARABIC.search(text) is not None


def runs_leftward(text: str) -> bool:
    """Whether a text is read from right to left, by its first letter that has a direction."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((side for side in strong if side in ("L", "R", "AL")), "L") != "L"


def face_for(text: str, face: str) -> str:
    """The face itself, or the one in its place where it lacks a letter of the text."""
    known = advances(face)
    return face if all(letter in known for letter in text) else IN_PLACE_OF.get(face, face)


def missing_letters(text: str) -> list[str]:
    """Letters of a printable text that no shipped font has, each once, in order."""
    known, blank = advances(REGULAR), "\n" + BREAK_MARKS
    missing = [letter for letter in dict.fromkeys(text) if letter not in known and letter not in blank]
    return [letter for letter in missing if not (is_arabic(letter) and letter in _arabic_advances(REGULAR))]


def printable(text: str) -> str:
    """The text as it is set: composed, one kind of new line and space, without letters that have no ink."""
    return NEW_LINES.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ").translate(UNSEEN).strip()


@lru_cache(maxsize=20_000)
def ems(text: str, face: str) -> float:
    """Width of a text in parts of its size, with room for kerning."""
    known = advances(face)
    if is_arabic(text):
        known = {**_arabic_advances(face), **known}
    return KERNING_ALLOWANCE * sum(known.get(letter, 0.6) for letter in text if letter not in BREAK_MARKS)


def width_of(text: str, face: str, size: float) -> float:
    """Width of one line in points, with room for kerning."""
    return ems(text, face) * size


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines no wider than the measure, but for those that carry a word of `too_wide`."""

    lines: tuple[str, ...]
    too_wide: tuple[str, ...] = ()


@lru_cache(maxsize=5_000)
def wrap(text: str, face: str, size: float, measure: float, language: str = "en") -> Wrapped:
    """Printable text broken into lines of at most `measure` points; a word wider than that is hyphenated."""
    room = measure / size
    lines, too_wide = [], []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for piece, joint in _pieces(paragraph, face, room, language):
            needed = ems(piece + HYPHEN_OF.get(joint, ""), face)
            if needed > room:
                too_wide.append(piece)
            if line and used + needed > room:
                lines.append(_close(line))
                line, used = "", 0.0
            line += piece + joint
            used += ems(piece + joint, face)
        lines.append(_close(line))
    return Wrapped(tuple(lines), tuple(too_wide))


def _close(line: str) -> str:
    """A finished line: of its soft hyphens only one at the end shows."""
    shown = line.rstrip(" \u200b")
    return shown.translate(NO_BREAK_MARKS) + HYPHEN_OF.get(shown[-1:], "")


def _pieces(paragraph: str, face: str, room: float, language: str) -> Iterator[tuple[str, str]]:
    """What may not be broken, each with what follows it on the same line: a space, a break mark or nothing."""
    for word in paragraph.split(" "):
        parts = PARTS.findall(word) or [word]
        for i, part in enumerate(parts):
            mark = part[-1:] if part[-1:] in BREAK_MARKS else ""
            last = " " if i == len(parts) - 1 else mark
            yield from _narrowed(part.removesuffix(mark), last, face, room, language)


def _narrowed(word: str, joint: str, face: str, room: float, language: str) -> Iterator[tuple[str, str]]:
    """The word, or where it is wider than a line the parts of an address, or else its syllables."""
    parts, inside = [word], ""
    if ems(word, face) > room:
        parts = ADDRESS_PARTS.split(word)
        dictionary = dictionary_of(language)
        if len(parts) == 1 and dictionary:
            parts, inside = dictionary.inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN), SOFT_HYPHEN
    for i, part in enumerate(parts):
        yield part, joint if i == len(parts) - 1 else inside
