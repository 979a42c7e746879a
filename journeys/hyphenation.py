"""Where long words may break, so that they fit narrow cards and columns."""

from __future__ import annotations

import re
from functools import cache

import pyphen

SOFT_HYPHEN = "\u00ad"
LONG_WORD = re.compile(r"[^\W\d_]{10,}")


@cache
def dictionary_of(language: str) -> pyphen.Pyphen | None:
    """The hyphenation of a language as in <html lang>; None where there is none."""
    known = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=known) if known else None


def with_soft_hyphens(text: str, language: str) -> str:
    """The text with an invisible hyphen at each place where a word of ten letters or more may break."""
    dictionary = dictionary_of(language)
    if dictionary is None:
        return text
    return LONG_WORD.sub(lambda word: dictionary.inserted(word[0], SOFT_HYPHEN), text)
