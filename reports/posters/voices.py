"""Above the foot of a poster: a moment of impact in the words of who tells it, and the line that everyone keeps."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.posters.content import PosterContent
from reports.posters.page import Look, Page, plain_lines
from reports.shapes import line
from reports.sizes import TypeScale
from reports.typesetting import DISPLAY, QUOTE, REGULAR, Wrapped, face_for, wrap

LEFT_SHARE, GUTTER = 0.16, 0.025  # of the width: the names of the two
STORY, PLEDGE, LEAST = 1.6, 1.35, 1.1  # of what stands beside the headline; where there is little room
NARROWER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55)  # of the measure
AIR, MEASURE_MAX = 0.8, 62  # of the type: between the two; ems of a line


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the two: its name and who, left of its words. field: of the inputs; size, face: of the words."""

    field: str
    name: Wrapped
    who: Wrapped
    words: Wrapped
    size: float
    face: str
    type: TypeScale

    @property
    def height(self) -> float:
        named = len(self.name.lines) * self.type.name * 1.15 + len(self.who.lines) * self.type.pitch
        return max(named, len(self.words.lines) * self.size * 1.3) + self.type.body * AIR


def measure_voices(content: PosterContent, width: float, type_: TypeScale) -> tuple[Voice, ...]:
    """Those that there are, in this type."""
    story, who = content.impact
    quoted = ("impact", _("Moment of impact"), who, _("“%(words)s”") % {"words": story.strip('“”"')}, STORY, QUOTE)
    pledged = ("pledge", _("Our pledge"), "", content.pledge, PLEDGE, DISPLAY)
    given = [quoted] if story else []
    return tuple(_voice(each, content, width, type_) for each in [*given, *([pledged] if content.pledge else [])])


def _voice(
    voice: tuple[str, str, str, str, float, str], content: PosterContent, width: float, type_: TypeScale
) -> Voice:
    field, name, who, words, share, face = voice
    left, face = width * LEFT_SHARE, face_for(words, face)
    size = type_.lead * (share if type_.has_remark else LEAST)
    measure = min(width - left - width * GUTTER, MEASURE_MAX * size)
    return Voice(
        field=field,
        name=wrap(name, face_for(name, DISPLAY), type_.name, left, content.language),
        who=wrap(who, REGULAR, type_.body, left, content.text_language) if who else Wrapped(()),
        words=_balanced(words, face, size, measure, content.text_language),
        size=size,
        face=face,
        type=type_,
    )


def _balanced(words: str, face: str, size: float, measure: float, language: str) -> Wrapped:
    """In as few lines as fit, of about the same length: none of one word alone below the others."""
    found = wrap(words, face, size, measure, language)
    for share in NARROWER if len(found.lines) > 1 else ():
        narrower = wrap(words, face, size, measure * share, language)
        if len(narrower.lines) > len(found.lines) or len(narrower.too_wide) > len(found.too_wide):
            break
        found = narrower
    return found


def height_of_voices(voices: tuple[Voice, ...]) -> float:
    """With the rule above them and the air to what comes below; 0 for none."""
    return sum(voice.height for voice in voices) + voices[0].type.body * AIR if voices else 0


def place_voices(page: Page, voices: tuple[Voice, ...], x: float, y: float, width: float) -> None:
    """One below the other under a rule, with their top left corner at x, y."""
    if not voices:
        return
    page.drawing.add(1, Look(stroke="ink", width=1.2, is_flat=True), line(x, y, x + width, y))
    y += voices[0].type.body * AIR
    for voice in voices:
        type_, names = voice.type, plain_lines(voice.name.lines, face_for("".join(voice.name.lines), DISPLAY))
        page.write("h2", x, y, type_.name, type_.name * 1.15, names)
        who = y + len(names) * type_.name * 1.15
        page.write("p", x, who, type_.body, type_.pitch, plain_lines(voice.who.lines), style="soft")
        words = plain_lines(voice.words.lines, voice.face)
        page.write("p", x + width * (LEFT_SHARE + GUTTER), y, voice.size, voice.size * 1.3, words)
        y += voice.height
