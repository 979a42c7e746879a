"""Why a file or a mapping can't be used at all, in words that say what to do."""

from __future__ import annotations


class Refused(ValueError):
    """The file, or the mapping for it, can't be used; its text is for people."""
