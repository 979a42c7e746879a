"""Names taken out of what people wrote. The words go for good: nothing keeps the text as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Idea, RoundEvent
from assessments.rounds import log_event

GAP = "[…]"
WORDS_MAX = 20


def split_words(text: str) -> list[str]:
    """Words or names to take out, one a line or between commas, the longest first. Raises ValidationError."""
    words = {" ".join(normalize("NFC", part).split()) for part in re.split(r"[\n,;]", text.replace("\0", ""))} - {""}
    if not words:
        raise ValidationError(_("Type the name or words to take out."))
    if len(words) > WORDS_MAX:
        raise ValidationError(_("At most %s at once.") % WORDS_MAX)
    return sorted(words, key=lambda word: (-len(word), word))


def redact_text(text: str, words: Sequence[str]) -> str:
    """The text with a gap for each of the words, in capitals or not.

    As whole words where the text has them so: "Ann" stays in "Annual". Where it does not, as in writing without spaces,
    anywhere.
    """
    text = normalize("NFC", text)
    patterns = [_pattern(word, text) for word in words]
    return re.sub("|".join(patterns), GAP, text, flags=re.IGNORECASE) if patterns else text


def _pattern(word: str, text: str) -> str:
    anywhere = r"\s+".join(re.escape(part) for part in word.split())
    as_word = rf"(?<!\w){anywhere}(?!\w)"
    return as_word if re.search(as_word, text, re.IGNORECASE) else anywhere


@transaction.atomic
def redact_idea(idea: Idea, words: Sequence[str]) -> bool:
    """Overwrite the text and log that it was done, without the words. False: none of them is in it."""
    row: Idea = Idea.objects.select_for_update(of=("self",)).select_related("moment", "round").get(pk=idea.pk)
    text = redact_text(row.text, words)
    if text == normalize("NFC", row.text):
        return False
    row.text, row.is_redacted = text, True
    row.save(update_fields=["text", "is_redacted"])
    log_event(row.round, RoundEvent.Kind.REDACTED, row.moment.title)
    return True
