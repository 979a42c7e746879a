"""What is typed in of one sheet: its fields, read row by row. What can't be taken comes back as it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.answers import NOT_SEEN, Answer, clean_text
from assessments.limits import IDEA_MAX, SECONDS_MAX, TIMES_PER_WEEK_MAX
from assessments.models import RoundMoment
from journeys.choices import Decision
from journeys.figures import plain, whole
from journeys.formats.numbers import split_number

LEVELS = ("1", "2", "3", "4", "5", "6", str(NOT_SEEN))
FIELDS = ("level", "times", "seconds", "decision", "idea")


@dataclass(slots=True)
class SheetRow:
    """One moment of a sheet, as typed. number: from 1; errors: by field."""

    moment: RoundMoment
    number: int
    level: str = ""
    times: str = ""
    seconds: str = ""
    decision: str = ""
    idea: str = ""
    errors: dict[str, str] = field(default_factory=dict, init=False)

    def answer(self) -> Answer:
        """What it says; what can't be is put into errors."""
        return Answer(
            level=int(self.level) if self.level in LEVELS else None,
            times_per_week=self._number("times", self.times, TIMES_PER_WEEK_MAX),
            seconds=self._number("seconds", self.seconds, SECONDS_MAX),
            decision=self.decision if self.decision in Decision.values else "",
            idea=self._idea(),
        )

    def _number(self, name: str, typed: str, most: int) -> float | None:
        if not typed.strip():
            return None
        amount, rest = split_number(typed.strip()) or (None, "")
        if amount is None or rest or not 0 <= amount.value <= most:
            self.errors[name] = _("Write a number from 0 to %(most)s.") % {"most": whole(most)}
            return None
        return amount.value

    def _idea(self) -> str:
        text = clean_text(self.idea)
        if len(text) > IDEA_MAX:
            self.errors["idea"] = _("Shorten this to %(most)s characters.") % {"most": whole(IDEA_MAX)}
        return text


def read_rows(moments: Sequence[RoundMoment], typed: Mapping[str, str]) -> list[SheetRow]:
    """The rows of a sheet as they were typed; fields: m1_level, m1_times, m1_seconds, m1_decision, m1_idea."""

    def said(number: int, name: str) -> str:
        return typed.get(f"m{number}_{name}", "")

    return [
        SheetRow(moment, number, **{name: said(number, name) for name in FIELDS})
        for moment in moments
        for number in [moment.position + 1]
    ]


def rows_of(moments: Sequence[RoundMoment], answers: Mapping[int, Answer]) -> list[SheetRow]:
    """The rows of a sheet that says this."""
    return [_row(moment, answers.get(moment.position, Answer())) for moment in moments]


def _row(moment: RoundMoment, said: Answer) -> SheetRow:
    times, seconds = (
        "" if value is None else plain(value, decimals=3) for value in (said.times_per_week, said.seconds)
    )
    level = "" if said.level is None else str(said.level)
    return SheetRow(moment, moment.position + 1, level, times, seconds, said.decision, said.idea)


def answers_in(rows: Sequence[SheetRow]) -> dict[int, Answer]:
    """By position, those that say anything. Look at the rows' errors afterwards."""
    answers = {row.moment.position: row.answer() for row in rows}
    return {place: said for place, said in answers.items() if said.is_given}
