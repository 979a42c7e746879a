"""Logos as they are uploaded: cleaned by a program of its own, so that no picture can hurt who holds the data."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.picture_cleaning import ENDED, CleanPicture, clean_picture

WORDS: dict[str, Promise] = {
    "large": _("This file is larger than 2 MB. Save the logo smaller, or as SVG."),
    "pixels": _("This picture has more than 10 million pixels. Save it smaller: 1,200 pixels of width are plenty."),
    "unreadable": _("This file can't be read as PNG, JPEG or SVG. Save the logo anew in one of these."),
    "entities": _("This SVG defines entities, as some programs do for old viewers. Save it as plain SVG, or as PNG."),
    "outside": _("This SVG shows a picture or a font from elsewhere. Save it with paths alone, or as PNG."),
    ENDED: _("This drawing is too intricate for a logo. Simplify it, or save it as PNG."),
    "white": _("Nothing of this would be seen on white paper. Upload the logo in its dark colours."),
    "small": _("This picture is too small to be printed. Upload one that is at least 300 pixels wide."),
}


def clean_logo(upload: bytes) -> CleanPicture:
    """The picture of a PNG, JPEG or SVG: a PNG of at most 75 kB, on white. Raises PictureRefused.

    Takes a second or two for an SVG.
    """
    return clean_picture("reports.logo_program", upload, WORDS)
