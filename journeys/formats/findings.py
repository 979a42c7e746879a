"""What a reader has to say about a text: which line, what to do about it, and whether it stops us."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

FINDINGS_MAX = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about one line. line counts from 1; is_error: that line can't be used as it stands.

    place: where it is, in the words of a format that has no lines: stages[0].title, or Level in row 7.
    """

    line: int
    text: str
    is_error: bool
    place: str = ""


class Findings:
    """Collects findings; past `most` it keeps no more than that there are others, and whether one is an error."""

    def __init__(self, most: int = FINDINGS_MAX) -> None:
        self._most = most
        self._kept: list[Finding] = []
        self._first_left_out: Finding | None = None

    def add_error(self, line: int, text: str, place: str = "") -> None:
        self._add(Finding(line, text, is_error=True, place=place))

    def add_doubt(self, line: int, text: str, place: str = "") -> None:
        self._add(Finding(line, text, is_error=False, place=place))

    def _add(self, finding: Finding) -> None:
        if len(self._kept) < self._most:
            self._kept.append(finding)
        elif self._first_left_out is None or (finding.is_error and not self._first_left_out.is_error):
            self._first_left_out = finding

    def in_order(self) -> list[Finding]:
        """All findings by line; the last one says that there are more where some were left out."""
        found = sorted(self._kept, key=lambda finding: finding.line)
        if self._first_left_out:
            more = _("There is more to look at from here on. Mend the lines above first.")
            found.append(Finding(self._first_left_out.line, more, self._first_left_out.is_error))
        return found
