"""The journey's own fields, as texts name them: customers a year, who the customer is, the language."""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from journeys.formats.amounts import AmountError, read_count
from journeys.formats.draft import JourneyDraft
from journeys.formats.escapes import unescape
from journeys.limits import TITLE_MAX

LANGUAGES = frozenset(code for code, language in LANG_INFO.items() if "name_local" in language)


def set_header(draft: JourneyDraft, line: int, field: str, value: str) -> None:
    """Put a value, still escaped, into the draft; a finding where it can't be. field: as in JourneyPlan."""
    if field == "customer":
        draft.customer = draft.fit(line, unescape(value), TITLE_MAX)
    elif field == "language":
        set_language(draft, line, value.replace("_", "-"))
    else:
        try:
            draft.customers_per_year = read_count(value)
        except AmountError as error:
            draft.findings.add_error(line, str(error))


def set_language(draft: JourneyDraft, line: int, typed: str) -> None:
    """A language that the journey's own form offers too; a regional variety that it lacks becomes its language."""
    code = typed.casefold()
    language = known_language(code)
    if language is None:
        message = _("“%(code)s” is not a language code. Write one such as en or de.")
        draft.findings.add_error(line, message % {"code": typed[:30]})
        return
    draft.language = language
    if language != code:
        message = _("“%(code)s” was read as “%(language)s”.")
        draft.findings.add_doubt(line, message % {"code": typed[:30], "language": language})


def known_language(code: str) -> str | None:
    """The code itself or the nearest that there are words for; None where there is none. code: in lower case."""
    candidates = (code, *LANG_INFO.get(code, {}).get("fallback", ()), code.partition("-")[0])
    return next((known for known in candidates if known in LANGUAGES), None)
